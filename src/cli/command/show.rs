//! `kontor show`: one record.

use super::{DONE, Done};
use crate::base::show::money;
use crate::base::text::{safe_lines, width};
use crate::base::{Now, Ref};
use crate::cli::format::FormatArg;
use crate::cli::line::{Ink, Line};
use crate::cli::out::Out;
use crate::cli::session::Session;
use crate::cli::{find, json, value};
use crate::crm::quote;
use crate::model::kinds::{fill, show, title_of};
use crate::model::{Book, FieldDef, Kind, Record, Scope, Value};
use clap::Args;
use std::io;

/// Show a record
#[derive(Debug, Args)]
pub struct Show {
    /// The record: accounts/acme-gmbh, its file, or its id if that is the only one
    #[arg(value_name = "REF")]
    reference: String,
    #[command(flatten)]
    format: FormatArg,
}

impl Show {
    /// Shows the record.
    pub fn run(self, session: &mut Session<'_>) -> Done {
        let workspace = session.open()?;
        let record = find::record(session, &workspace, &self.reference)?;
        let book = workspace.book();
        match self.format.is_json() {
            true => session.out.json(&json::record(&book, &record))?,
            false => Page { book: &book, record: &record, now: workspace.now() }.write(&mut session.out)?,
        }
        Ok(DONE)
    }
}

/// A record for people.
struct Page<'a> {
    book: &'a Book,
    record: &'a Record,
    now: Now,
}

/// A field and what is to be said about it.
struct Entry<'a> {
    label: String,
    field: Option<&'a FieldDef>,
    value: &'a Value,
}

/// How far values stand in from the labels' column.
const GAP: usize = 2;
const INDENT: usize = 2;

impl Page<'_> {
    fn write(&self, out: &mut Out) -> io::Result<()> {
        let reference = self.record.reference.to_string();
        let title = title_of(self.book, self.record);
        out.line(&Line::new().ink(Ink::Bold, title).text("  ").ink(Ink::Dim, &reference))?;
        let Some(scope) = Scope::of(self.book, self.record) else { return Ok(()) };
        let subtitle = scope.ty.subtitle.as_ref().map(|t| fill(&scope, t)).filter(|t| !t.is_empty());
        if let Some(subtitle) = subtitle {
            out.line(&Line::new().ink(Ink::Dim, subtitle))?;
        }
        let parts = self.parts(&scope);
        let links = self.backlinks();
        let labels = parts.iter().flat_map(|(_, entries)| entries.iter().map(|e| e.label.as_str()));
        let column = labels.chain(links.iter().map(|(l, _)| l.as_str())).map(width).max().unwrap_or(0);
        let column = INDENT + column + GAP;
        for (heading, entries) in &parts {
            out.say("")?;
            out.line(&Line::new().ink(Ink::Accent, heading))?;
            entries.iter().try_for_each(|entry| self.entry(out, &scope, entry, column))?;
        }
        if !links.is_empty() {
            out.say("")?;
            out.line(&Line::new().ink(Ink::Accent, crate::tr!("Linked from")))?;
            for (label, count) in links {
                let line = Line::new().text(" ".repeat(INDENT)).ink(Ink::Dim, label).pad_to(column);
                out.line(&line.text(count.to_string()))?;
            }
        }
        Ok(())
    }

    /// The fields that hold something, by the groups of the schema; what the schema does not know comes last.
    fn parts<'r>(&'r self, scope: &Scope<'r>) -> Vec<(String, Vec<Entry<'r>>)> {
        let language = self.book.settings().language();
        let ty = self.book.schema().in_folder(&self.record.reference.folder);
        let Some(ty) = ty else { return Vec::new() };
        let entry = |field: &'r FieldDef| {
            let value = self.record.get(&field.name);
            let label = field.label.get(language).to_owned();
            (!value.is_empty()).then_some(Entry { label, field: Some(field), value })
        };
        let in_group = |name: Option<&str>| -> Vec<Entry<'r>> {
            let known = |g: &str| ty.groups.iter().any(|group| group.name == g);
            let own = |f: &&FieldDef| f.group.as_deref().filter(|g| known(g)) == name;
            ty.fields.iter().filter(own).filter_map(entry).collect()
        };
        let mut parts = vec![(ty.label.get(language).to_owned(), in_group(None))];
        for group in &ty.groups {
            parts.push((group.label.get(language).to_owned(), in_group(Some(&group.name))));
        }
        let unknown = self.record.fields.iter().filter(|(n, v)| scope.ty.field(n).is_none() && !v.is_empty());
        let other = unknown.map(|(name, value)| Entry { label: name.to_string(), field: None, value });
        parts.push((crate::tr!("Not in the schema").into(), other.collect()));
        parts.retain(|(_, entries)| !entries.is_empty());
        parts
    }

    fn entry(&self, out: &mut Out, scope: &Scope<'_>, entry: &Entry<'_>, column: usize) -> io::Result<()> {
        let room = out.prose_columns().saturating_sub(column).max(20);
        let ink = entry.field.map_or(Ink::Plain, |field| value::ink(scope, field, entry.value));
        let lines = self.lines(scope, entry, room);
        for (at, text) in lines.iter().enumerate() {
            let label = if at == 0 { entry.label.as_str() } else { "" };
            let line = Line::new().text(" ".repeat(INDENT)).ink(Ink::Dim, label).pad_to(column);
            out.line(&line.ink(ink, text))?;
        }
        Ok(())
    }

    /// The value as lines that fit.
    fn lines(&self, scope: &Scope<'_>, entry: &Entry<'_>, room: usize) -> Vec<String> {
        let wrapped = |text: &str| -> Vec<String> {
            let lines = safe_lines(text).map(|line| line.into_owned());
            lines
                .flat_map(|l| textwrap::wrap(&l, room).into_iter().map(String::from).collect::<Vec<_>>())
                .collect()
        };
        match (entry.field, entry.value) {
            (Some(FieldDef { kind: Kind::Lines(fields), .. }), Value::List(lines)) => {
                let mut shown: Vec<_> =
                    lines.iter().flat_map(|line| wrapped(&self.line(scope, fields, line))).collect();
                let sums = quote::totals(self.book, self.record).and_then(|totals| totals.sums);
                if let Some(sums) = sums.filter(|_| entry.field.is_some_and(|field| field.name == "lines")) {
                    let total = money(&sums.total, &self.book.settings().style());
                    shown.push(crate::tr!("total {amount}", amount = total).into_owned());
                }
                shown
            }
            (Some(FieldDef { kind: Kind::Longtext, .. }), Value::Text(text)) => wrapped(text),
            (Some(field), value) => wrapped(&show(scope, field, value, self.now)),
            (None, value) => wrapped(&value.scalars().join(", ")),
        }
    }

    /// One line of a lines field: its parts one after the other.
    fn line(&self, scope: &Scope<'_>, fields: &[FieldDef], line: &Value) -> String {
        let parts = line.entries().iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| {
            match fields.iter().find(|f| f.name == *name) {
                Some(field) => {
                    let label = field.label.get(self.book.settings().language()).to_lowercase();
                    (label, show(scope, field, value, self.now))
                }
                None => (name.to_string(), value.scalars().join(", ")),
            }
        });
        parts.map(|(name, text)| format!("{name} {text}")).collect::<Vec<_>>().join(" · ")
    }

    /// Who points here: how many by each field, under the field's own heading for it.
    fn backlinks(&self) -> Vec<(String, usize)> {
        let language = self.book.settings().language();
        let mut counts: Vec<(String, usize)> = Vec::new();
        for link in self.book.backlinks(&self.record.reference) {
            let label = heading(self.book, &link.from, &link.field, language);
            match counts.iter_mut().find(|(l, _)| *l == label) {
                Some((_, count)) => *count += 1,
                None => counts.push((label, 1)),
            }
        }
        counts
    }
}

fn heading(book: &Book, from: &Ref, field: &str, language: &str) -> String {
    let Some(ty) = book.schema().in_folder(&from.folder) else { return from.folder.to_string() };
    let own = ty.field(field.split('.').next().unwrap_or(field)).and_then(|f| f.backlink.as_ref());
    own.unwrap_or(&ty.plural_label).get(language).to_owned()
}
