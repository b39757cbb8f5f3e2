//! `kontor list`: the records of a type.

use super::{DONE, Done};
use crate::base::Now;
use crate::cli::Failure;
use crate::cli::args::FormatArg;
use crate::cli::find::record_type;
use crate::cli::line::Ink;
use crate::cli::session::Session;
use crate::cli::table::{Cell, Column, write};
use crate::cli::{json, value};
use crate::model::near::nearest;
use crate::model::order::Key;
use crate::model::{Book, Kind, Record, Scope, TypeDef};
use clap::Args;
use std::cmp::Ordering;
use std::sync::Arc;

/// List the records of a type
#[derive(Debug, Args)]
pub struct List {
    /// The type: accounts, deals, cases, …
    #[arg(value_name = "TYPE")]
    type_name: String,
    /// Which of them: `stage=proposal`, `amount>10k and owner=me`, `name~pump`
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
    #[command(flatten)]
    format: FormatArg,
}

impl List {
    /// Lists them.
    pub fn run(self, session: &mut Session<'_>) -> Done {
        let workspace = session.open()?;
        let book = workspace.book();
        let ty = record_type(&book, &self.type_name)?;
        let columns: Vec<&str> = self.columns.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).collect();
        columns.iter().try_for_each(|column| known(&book, ty, column))?;
        let order = order(&book, ty, &self.sort)?;
        let query = crate::cli::assemble::query(&workspace, ty, &self.query)?;
        let mut rows: Vec<&Arc<Record>> = book.of(&ty.folder).iter().filter(|r| query(r)).collect();
        sort(&book, ty, &mut rows, &order);
        rows.truncate(self.limit.unwrap_or(usize::MAX));
        if self.format.is_json() {
            let records = rows.iter().map(|record| match columns.as_slice() {
                [] => json::record(&book, record),
                columns => only(&book, ty, record, columns),
            });
            session.out.json(&records.collect::<serde_json::Value>())?;
            return Ok(DONE);
        }
        let list: Vec<&str> = match columns.as_slice() {
            [] => ty.list.iter().map(|c| c.as_str()).collect(),
            columns => columns.to_vec(),
        };
        let cells = |record: &Arc<Record>| row(&book, ty, record, &list, workspace.now());
        let rows: Vec<Vec<Cell>> = rows.into_iter().map(cells).collect();
        write(&mut session.out, &headings(&book, ty, &list), &rows)?;
        if session.out.is_terminal() && rows.is_empty() {
            session.out.say(crate::tr!("none"))?;
        }
        Ok(DONE)
    }
}

fn headings(book: &Book, ty: &TypeDef, list: &[&str]) -> Vec<Column> {
    let sample = book.of(&ty.folder).first();
    let fields = sample.map_or(&[][..], |record| &record.fields);
    let scope = Scope { book, ty, fields };
    let column = |path: &&str| {
        let right = scope.resolve(path).field.is_some_and(|f| f.kind.is_numeric());
        Column::aligned(value::heading(&scope, path), right)
    };
    [Column::left("id")].into_iter().chain(list.iter().map(column)).collect()
}

/// The id on a terminal, where the type is known; the whole reference for programs.
fn row(book: &Book, ty: &TypeDef, record: &Record, list: &[&str], now: Now) -> Vec<Cell> {
    let scope = Scope { book, ty, fields: &record.fields };
    let id = Cell { shown: record.id().to_string(), plain: record.reference.to_string(), ink: Ink::Dim };
    let cells = list.iter().enumerate().map(|(at, path)| {
        let cell = value::cell(&scope, path, now);
        // The first column is what the record is called.
        if at == 0 && cell.ink == Ink::Plain { Cell { ink: Ink::Bold, ..cell } } else { cell }
    });
    [id].into_iter().chain(cells).collect()
}

fn only(book: &Book, ty: &TypeDef, record: &Record, columns: &[&str]) -> serde_json::Value {
    let scope = Scope { book, ty, fields: &record.fields };
    let mut object = json::head(book, record);
    for column in columns {
        let mut values: Vec<_> = scope.resolve(column).values.into_iter().map(json::value).collect();
        let value = match values.len() {
            0 => serde_json::Value::Null,
            1 => values.swap_remove(0),
            _ => values.into(),
        };
        object.insert(json::key(column), value);
    }
    object.into()
}

/// Whether the first step of the path is a field of the type.
fn known(book: &Book, ty: &TypeDef, path: &str) -> Result<(), Failure> {
    let first = path.split('.').next().unwrap_or(path);
    let used = || book.of(&ty.folder).iter().any(|record| record.has(first));
    if ty.field(first).is_some() || first == "id" || used() {
        return Ok(());
    }
    let near = nearest(first, ty.fields.iter().map(|f| f.name.as_str()));
    Err(Failure::usage("no-such-field", format!("{} has no field '{first}'", ty.name))
        .meant(near, &format!("`kontor schema {}` lists them", ty.name)))
}

/// Something to sort by, and whether backwards.
type By<'a> = (&'a str, bool);

fn order<'a>(book: &Book, ty: &TypeDef, sort: &'a [String]) -> Result<Vec<By<'a>>, Failure> {
    let by = |word: &'a String| {
        let word = word.trim();
        let path = word.trim_start_matches(['-', '+']);
        known(book, ty, path).map(|()| (path, word.starts_with('-')))
    };
    sort.iter().filter(|word| !word.trim().is_empty()).map(by).collect()
}

/// Sorts by the given fields; records without a value come last either way, ties stay in the order of ids.
fn sort(book: &Book, ty: &TypeDef, rows: &mut Vec<&Arc<Record>>, order: &[By<'_>]) {
    if order.is_empty() {
        return;
    }
    let key = |record: &Record, path: &str| {
        if path == "id" {
            return Key::Text(record.id().as_str().into(), "".into());
        }
        let found = Scope { book, ty, fields: &record.fields }.resolve(path);
        let stage = found.field.filter(|f| matches!(f.kind, Kind::Choice(_)));
        let texts: Vec<_> = found.values.iter().flat_map(|v| v.scalars()).collect();
        let place = stage.and_then(|f| place(&Scope { book, ty, fields: &record.fields }, f, texts.first()?));
        place.unwrap_or_else(|| Key::of(book, found.field, texts.first().unwrap_or(&"")))
    };
    let mut keyed: Vec<(Vec<Key>, &Arc<Record>)> =
        rows.iter().map(|r| (order.iter().map(|(path, _)| key(r, path)).collect(), *r)).collect();
    keyed.sort_by(|(a, _), (b, _)| {
        let each = a.iter().zip(b).zip(order).map(|((a, b), (_, back))| match (a, b) {
            (Key::Nothing, _) | (_, Key::Nothing) => a.cmp(b),
            _ if *back => b.cmp(a),
            _ => a.cmp(b),
        });
        each.fold(Ordering::Equal, Ordering::then)
    });
    *rows = keyed.into_iter().map(|(_, record)| record).collect();
}

/// A choice's place among the words of its own record, such as a stage's in its pipeline.
fn place(scope: &Scope<'_>, field: &crate::model::FieldDef, text: &str) -> Option<Key> {
    let at = crate::model::kinds::choices(scope, field).iter().position(|c| c.value == text)?;
    Some(Key::Number(at.into()))
}
