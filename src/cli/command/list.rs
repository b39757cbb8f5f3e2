//! `kontor list`: the records of a type.

use super::{DONE, Done};
use crate::base::Now;
use crate::cli::Failure;
use crate::cli::args::FormatArg;
use crate::cli::find::record_type;
use crate::cli::line::Ink;
use crate::cli::session::Session;
use crate::cli::table::{Cell, Column as Heading, write};
use crate::cli::{json, value};
use crate::model::kinds::Entry;
use crate::model::{Book, Record, Scope, TypeDef};
use crate::query::{Column, Query, QueryError, columns, sort};
use clap::Args;
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
        let (book, now) = (workspace.book(), workspace.now());
        let ty = record_type(&book, &self.type_name)?;
        let chosen = columns(ty, words(&self.columns), &book)?;
        let entry = Entry { me: workspace.me(), now };
        let query = Query::parse(&self.query.join(" "), ty, &book, entry)?;
        let mut rows = query.filter(&book, book.of(&ty.folder));
        // The last word decides first among equals, so it is sorted by before the others.
        for word in words(&self.sort).collect::<Vec<_>>().into_iter().rev() {
            sort(&mut rows, ty, word.trim_start_matches(['-', '+']), word.starts_with('-'), &book)?;
        }
        rows.truncate(self.limit.unwrap_or(usize::MAX));
        if self.format.is_json() {
            let records = rows.iter().map(|record| match chosen.as_slice() {
                [] => json::record(&book, record),
                chosen => only(&book, ty, record, chosen),
            });
            session.out.json(&records.collect::<serde_json::Value>())?;
            return Ok(DONE);
        }
        let list = match chosen.is_empty() {
            true => columns(ty, ty.list.iter().map(|c| c.as_str()), &book)?,
            false => chosen,
        };
        let cells = |record: &Arc<Record>| row(&book, ty, record, &list, now);
        let rows: Vec<Vec<Cell>> = rows.iter().map(cells).collect();
        if session.out.is_terminal() && rows.is_empty() {
            session.out.say(crate::tr!("none"))?;
            return Ok(DONE);
        }
        let headings = list.iter().map(|c| Heading::aligned(&c.label, c.numeric));
        let headings: Vec<_> = [Heading::left("id")].into_iter().chain(headings).collect();
        write(&mut session.out, &headings, &rows)?;
        Ok(DONE)
    }
}

/// What was listed with commas, without what is empty.
fn words(listed: &[String]) -> impl Iterator<Item = &str> {
    listed.iter().map(|word| word.trim()).filter(|word| !word.is_empty())
}

/// The id on a terminal, where the type is known; the whole reference for programs.
fn row(book: &Book, ty: &TypeDef, record: &Record, list: &[Column], now: Now) -> Vec<Cell> {
    let scope = Scope { book, ty, fields: &record.fields };
    let id = Cell { shown: record.id().to_string(), plain: record.reference.to_string(), ink: Ink::Dim };
    let cells = list.iter().enumerate().map(|(at, column)| {
        let texts = scope.resolve(column.path()).values.into_iter().flat_map(|v| v.scalars());
        let plain = match column.path().as_str() {
            "id" => record.id().to_string(),
            _ => texts.collect::<Vec<_>>().join(", "),
        };
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
    let scope = Scope { book, ty, fields: &record.fields };
    let mut object = json::head(book, record);
    for column in list.iter().filter(|c| c.path() != "id") {
        let mut values: Vec<_> = scope.resolve(column.path()).values.into_iter().map(json::value).collect();
        let value = match values.len() {
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
