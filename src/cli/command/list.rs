//! `kontor list`: the records of a type.

use super::search::searcher;
use super::{DONE, Done};
use crate::base::{Id, Now};
use crate::cli::Failure;
use crate::cli::find::record_type;
use crate::cli::format::FormatArg;
use crate::cli::json::{self, Each};
use crate::cli::line::Ink;
use crate::cli::out::note;
use crate::cli::session::Session;
use crate::cli::table::{Between, Cell, Column as Heading, write_grouped};
use crate::cli::value;
use crate::crm::Known;
use crate::crm::groups::groups;
use crate::crm::views::{CLOCK, View, has_clock, signed, views};
use crate::model::kinds::{Entry, title_of};
use crate::model::{Book, Record, Scope, TypeDef};
use crate::query::{Column, Ground, Query, QueryError, all_of, as_written, columns, has_words, names_a_type};
use clap::Args;
use smol_str::SmolStr;
use std::ffi::OsString;
use std::sync::Arc;

/// What `kontor list` is told.
#[derive(Debug, Args)]
pub struct List {
    /// The type: accounts, deals, cases, …; may be left out where the query says `type:`
    #[arg(value_name = "TYPE", required_unless_present = "view")]
    type_name: Option<String>,
    /// Which of them: `stage:proposal`, `amount>10k owner:me`, `name~pump sort:-amount`
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// The columns; a dotted name follows a link: `name,account.name,amount`
    #[arg(long, value_name = "FIELD,…", value_delimiter = ',')]
    columns: Vec<String>,
    /// Sort by these; a minus in front sorts the other way round: `-amount,name`
    #[arg(long, value_name = "FIELD,…", value_delimiter = ',', allow_hyphen_values = true)]
    sort: Vec<String>,
    /// Not more than so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// One heading for each value of this field, with how many there are and their sum; for days one a month
    #[arg(long, value_name = "FIELD")]
    group: Option<String>,
    /// Start from a view, by its name, id or reference; what else is asked narrows it
    #[arg(long, value_name = "NAME")]
    view: Option<String>,
    /// Say how the query was understood instead of running it
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    format: FormatArg,
}

impl List {
    /// Lists them.
    pub fn run(mut self, session: &mut Session<'_>) -> Done {
        let workspace = session.open()?;
        let (book, now) = (workspace.book(), workspace.now());
        let view = self.view.as_deref().map(|name| view(&book, workspace.me(), name)).transpose()?;
        let (ty, text) = match &view {
            Some(view) => (Some(record_type(&book, &view.type_name)?), self.narrowed(view)),
            None => self.asked(&book)?,
        };
        let known = Known::of(&book, now);
        // One that is not open finds nothing, and then words are found as they are written.
        let searcher = has_words(&text).then(|| searcher(&workspace).unwrap_or_default());
        let ground = Ground::new(&book, Entry { me: workspace.me(), now }).with_facts(known);
        let ground = match &searcher {
            Some(searcher) => ground.with_words(searcher),
            None => ground,
        };
        let mut query = Query::read(&text, ty, &ground).map_err(|error| Failure::query(&text, error))?;
        if let Some(view) = view {
            self.take(view, ty, &query);
        }
        query.sort_first(words(&self.sort), ty, &book)?;
        if query.is_unsearched() {
            note(&as_written());
        }
        if self.explain {
            let lines = query.explain(&book);
            match self.format.is_json() {
                true => session.out.json(&serde_json::json!({ "query": text, "explained": lines }))?,
                false => lines.iter().try_for_each(|line| session.out.cells([line]))?,
            }
            return Ok(DONE);
        }
        let only = ty.or_else(|| query.types().next().filter(|_| query.types().count() == 1));
        match only {
            Some(ty) => self.of_type(session, &book, ty, &query, now),
            None => self.of_types(session, &book, &query),
        }
    }

    /// The type and the query.
    fn asked<'b>(&self, book: &'b Book) -> Result<(Option<&'b Arc<TypeDef>>, String), Failure> {
        let rest = self.query.join(" ");
        let first = self.type_name.as_deref().unwrap_or_default();
        if let Some(ty) = book.schema().find(first) {
            return Ok((Some(ty), rest));
        }
        let whole = format!("{first} {rest}").trim_end().to_owned();
        match names_a_type(&whole, book) {
            true => Ok((None, whole)),
            false => record_type(book, first).map(|ty| (Some(ty), rest)),
        }
    }

    /// The query of a view and what was asked besides.
    fn narrowed(&self, view: &View) -> String {
        let words = self.type_name.iter().chain(&self.query);
        all_of([view.query.as_str(), &words.map(String::as_str).collect::<Vec<_>>().join(" ")])
    }

    /// Takes a view's columns, order and headings where nothing else was asked for. Clocks are for screens.
    fn take(&mut self, view: View, ty: Option<&Arc<TypeDef>>, query: &Query) {
        let no_clock = |path: &SmolStr| signed(path).1 != CLOCK || !ty.is_some_and(|ty| has_clock(ty));
        let texts =
            |paths: &[SmolStr]| paths.iter().filter(|p| no_clock(p)).map(ToString::to_string).collect();
        if self.columns.is_empty() {
            self.columns = texts(&view.columns);
        }
        if self.sort.is_empty() && query.order().is_empty() {
            self.sort = texts(&view.sort);
        }
        self.group = self.group.take().or(view.group.map(|group| group.to_string()));
    }

    /// Records of one type, with the columns of that type.
    fn of_type(
        &self,
        session: &mut Session<'_>,
        book: &Book,
        ty: &Arc<TypeDef>,
        query: &Query,
        now: Now,
    ) -> Done {
        let chosen = columns(ty, words(&self.columns), book)?;
        let mut rows = query.of_type(book, ty);
        query.arrange(&mut rows, book);
        rows.truncate(self.limit.or(query.limit()).unwrap_or(usize::MAX));
        let between = self.group(&mut rows, ty, query, book, now)?;
        if self.format.is_json() {
            let record = |record: &Arc<Record>| match chosen.as_slice() {
                [] => json::record(book, record),
                chosen => only(book, ty, record, chosen),
            };
            session.out.json(&Each(|| rows.iter().map(record)))?;
            return Ok(DONE);
        }
        let list = match chosen.is_empty() {
            true => columns(ty, ty.list.iter().map(|c| c.as_str()), book)?,
            false => chosen,
        };
        let cells = |record: &Arc<Record>| row(book, ty, record, &list, now);
        let rows: Vec<Vec<Cell>> = rows.iter().map(cells).collect();
        let headings = list.iter().map(|c| Heading::aligned(&c.label, c.numeric));
        let headings: Vec<_> = [Heading::whole("ID")].into_iter().chain(headings).collect();
        table(session, &headings, &rows, &between)
    }

    /// Puts the rows under headings, if that is asked for.
    fn group(
        &self,
        rows: &mut Vec<Arc<Record>>,
        ty: &Arc<TypeDef>,
        query: &Query,
        book: &Book,
        now: Now,
    ) -> Result<Vec<Between>, QueryError> {
        let Some(path) = &self.group else { return Ok(Vec::new()) };
        let asked = query.order().first().map(|order| (order.path.as_str(), order.descending));
        let style = book.settings().style();
        let groups = groups(book, ty, path, asked, rows, now)?;
        let between = groups.into_iter().map(|group| Between {
            above: group.start,
            detail: group.detail(&style),
            title: group.title,
        });
        Ok(between.collect())
    }

    /// Records of several types: what they are and what they are called.
    fn of_types(&self, session: &mut Session<'_>, book: &Book, query: &Query) -> Done {
        if !self.columns.is_empty() || self.group.is_some() {
            let message = "records of several types have no columns in common";
            return Err(Failure::usage("bad-query", message).hint("ask for one type, such as type:case"));
        }
        let mut rows = query.passing(book);
        rows.truncate(self.limit.or(query.limit()).unwrap_or(usize::MAX));
        if self.format.is_json() {
            session.out.json(&Each(|| rows.iter().map(|record| json::record(book, record))))?;
            return Ok(DONE);
        }
        let cells = |record: &Arc<Record>| {
            let ty = book.schema().in_folder(&record.reference.folder);
            let language = book.settings().language();
            let label = ty.map(|ty| ty.label.get(language).to_owned()).unwrap_or_default();
            vec![
                Cell::new(Ink::Dim, record.reference.to_string()),
                Cell {
                    shown: label,
                    plain: ty.map(|ty| ty.name.to_string()).unwrap_or_default(),
                    ink: Ink::Plain,
                },
                Cell::new(Ink::Bold, title_of(book, record)),
            ]
        };
        let rows: Vec<Vec<Cell>> = rows.iter().map(cells).collect();
        table(session, &[Heading::whole("record"), Heading::left("type"), Heading::left("name")], &rows, &[])
    }
}

/// The view of that name.
fn view(book: &Book, me: Option<&Id>, name: &str) -> Result<View, Failure> {
    let views = views(book, me);
    View::find(&views, name).map_err(|near| {
        let known: Vec<_> = views.iter().map(|view| view.name.as_str()).collect();
        Failure::usage("no-such-view", format!("there is no view '{name}'"))
            .meant(near, &format!("there are {}", known.join(", ")))
    })
}

fn table(session: &mut Session<'_>, headings: &[Heading], rows: &[Vec<Cell>], between: &[Between]) -> Done {
    if session.out.is_terminal() && rows.is_empty() {
        session.out.say(crate::tr!("none"))?;
        return Ok(DONE);
    }
    write_grouped(&mut session.out, headings, rows, between)?;
    Ok(DONE)
}

/// The arguments of the program, with what a query turns round so that it is not taken for an option: `-tag:pilot`
/// becomes `not tag:pilot`. A word alone, such as `-anna`, could be an option and stays one.
pub fn spelled_out(args: Vec<OsString>) -> Vec<OsString> {
    let command = args.iter().position(|arg| arg == "list" || arg == "ls").unwrap_or(args.len());
    let spell = |(at, arg): (usize, OsString)| match arg.to_str().and_then(|arg| arg.strip_prefix('-')) {
        Some(rest) if at > command && is_condition(rest) => format!("not {rest}").into(),
        _ => arg,
    };
    args.into_iter().enumerate().map(spell).collect()
}

/// Whether what follows a minus is a condition of a query, and no option.
pub fn is_condition(text: &str) -> bool {
    let name = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(text.len());
    let after = &text[name..];
    // -C takes a folder, and a folder may have any name.
    !text.starts_with('C')
        && (text.starts_with(['(', '"']) || (name > 0 && after.starts_with([':', '=', '<', '>', '~', '!'])))
}

/// What was listed with commas, without what is empty.
fn words(listed: &[String]) -> impl Iterator<Item = &str> {
    listed.iter().map(|word| word.trim()).filter(|word| !word.is_empty())
}

/// The id on a terminal, where the type is known; the whole reference for programs.
fn row(book: &Book, ty: &TypeDef, record: &Record, list: &[Column], now: Now) -> Vec<Cell> {
    let scope = Scope { book, ty, fields: (&record.fields).into() };
    let id = Cell { shown: record.id().to_string(), plain: record.reference.to_string(), ink: Ink::Dim };
    let cells = list.iter().enumerate().map(|(at, column)| {
        let texts = scope.resolve(column.path()).values.into_iter().flat_map(|v| v.scalars());
        let plain = column.whole(book, record).unwrap_or_else(|| texts.collect::<Vec<_>>().join(", "));
        let own = ty.field(column.path()).map(|field| value::ink(&scope, field, record.get(&field.name)));
        let ink = match own.unwrap_or_default() {
            // The first column is what the record is called.
            Ink::Plain if at == 0 => Ink::Bold,
            ink => ink,
        };
        Cell { shown: column.cell(book, record, now), plain, ink }
    });
    [id].into_iter().chain(cells).collect()
}

fn only(book: &Book, ty: &TypeDef, record: &Record, list: &[Column]) -> serde_json::Value {
    let scope = Scope { book, ty, fields: (&record.fields).into() };
    let mut object = json::head(book, record);
    for column in list.iter().filter(|c| c.path() != "id") {
        let mut values: Vec<_> = scope.resolve(column.path()).values.into_iter().map(json::value).collect();
        let value = match values.len() {
            _ if let Some(whole) = column.whole(book, record) => whole.into(),
            0 => serde_json::Value::Null,
            1 => values.swap_remove(0),
            _ => values.into(),
        };
        object.insert(json::key(column.path()), value);
    }
    object.into()
}

impl From<QueryError> for Failure {
    fn from(error: QueryError) -> Self {
        let failure = Self::usage("bad-query", error.message);
        match error.suggestion {
            Some(near) => failure.hint(format!("did you mean '{near}'?")),
            None => failure,
        }
    }
}

impl Failure {
    /// A query that cannot be read, with the place pointed at.
    fn query(text: &str, error: QueryError) -> Self {
        let (column, at) = (error.column(text), error.at.clone());
        Self::from(error).pointing(text, column, text.get(at).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_turned_round_is_no_option() {
        let check = |args: &str, expect: &str| {
            let spelled = spelled_out(args.split('|').map(OsString::from).collect());
            let spelled: Vec<_> = spelled.into_iter().map(|arg| arg.into_string().unwrap()).collect();
            assert_eq!(spelled.join("|"), expect);
        };
        check(
            "kontor|list|deals|-tag:x|-(a or b)|-\"a b\"",
            "kontor|list|deals|not tag:x|not (a or b)|not \"a b\"",
        );
        check(
            "kontor|list|deals|-C|dir|--limit=3|-Ca=b|-h|-x",
            "kontor|list|deals|-C|dir|--limit=3|-Ca=b|-h|-x",
        );
        check("kontor|-C|x|ls|-a!=b|-5", "kontor|-C|x|ls|not a!=b|-5");
        check("kontor|set|-a=b", "kontor|set|-a=b");
    }
}
