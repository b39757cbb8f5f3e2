//! `kontor search`: records by words.

use super::{DONE, Done, FOUND_PROBLEMS};
use crate::base::limits::MAX_QUERY;
use crate::base::text::width;
use crate::cli::Failure;
use crate::cli::find::record_type;
use crate::cli::format::FormatArg;
use crate::cli::line::{Ink, Line};
use crate::cli::out::note;
use crate::cli::progress;
use crate::cli::session::Session;
use crate::model::kinds::Entry;
use crate::model::{Book, FieldDef};
use crate::search::{Found, Hit, Marked, SearchError, Searcher, Wanted};
use crate::workspace::Workspace;
use clap::Args;
use serde_json::json;
use std::io;

/// Find records by words, in every text of every record, best first
///
/// All words must match; each may be the beginning of one. Accents and case don't matter, a word of five letters or
/// more may have a mistake in it, and codes, addresses and telephone numbers are found by any part of three characters or
/// more. A word may name a type, 'quote acme'; terms of the query language narrow and sort what is found, 'pump
/// priority:high sort:-opened'. The exit code is 1 if nothing is found.
#[derive(Debug, Args)]
pub struct Search {
    /// What to look for; '"words in quotes"' stand in a row, type:case and other terms narrow it
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,
    /// Only records of this type: accounts, deals, cases, …
    #[arg(long = "type", value_name = "TYPE")]
    type_name: Option<String>,
    /// Not more than so many
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    format: FormatArg,
}

impl Search {
    /// Finds them.
    pub fn run(self, session: &mut Session<'_>) -> Done {
        let words = self.words.join(" ");
        if words.len() > MAX_QUERY {
            let message = format!("a search has at most {MAX_QUERY} bytes: shorten it");
            return Err(Failure::usage("bad-query", message));
        }
        let workspace = session.open()?;
        let (book, now) = (workspace.book(), workspace.now());
        let ty = self.type_name.as_deref().map(|word| record_type(&book, word)).transpose()?;
        let searcher = searcher(&workspace)?;
        let wanted =
            Wanted { folder: ty.map(|ty| &ty.folder), among: None, limit: self.limit, today: now.today() };
        let told = searcher.ask(&words, &book, Entry { me: workspace.me(), now }, &wanted);
        if let Some(fault) = &told.fault {
            note(&crate::tr!("looked for as words alone: {fault}", fault = fault));
        }
        let found = told.found;
        match self.format.is_json() {
            true => {
                session.out.json(&found.hits.iter().map(|hit| as_json(&book, hit)).collect::<Vec<_>>())?
            }
            false if session.out.is_terminal() => tell(session, &book, &found)?,
            false => {
                for hit in &found.hits {
                    session.out.cells([
                        hit.record.reference.to_string(),
                        hit.title.text.clone(),
                        snippet(hit),
                    ])?;
                }
            }
        }
        Ok(if found.hits.is_empty() { FOUND_PROBLEMS } else { DONE })
    }
}

/// What finds words in the workspace. The first time the index is made, and that is shown.
///
/// # Errors
/// When there is no room for an index even in memory.
pub fn searcher(workspace: &Workspace) -> Result<Searcher, SearchError> {
    let bar = progress::bar();
    let searcher = workspace.searcher(&mut |done, total| {
        progress::show(&bar, crate::tr!("making the index"), done, total);
    });
    bar.finish_and_clear();
    searcher
}

fn as_json(book: &Book, hit: &Hit) -> serde_json::Value {
    let folder = &hit.record.reference.folder;
    let ty = book.schema().in_folder(folder).map_or(folder.as_str(), |ty| ty.name.as_str());
    json!({
        "ref": hit.record.reference.to_string(),
        "type": ty,
        "title": hit.title.text,
        "snippet": snippet(hit),
        "score": (f64::from(hit.score) * 1000.0).round() / 1000.0,
    })
}

/// The text that matched, where it is not the title.
fn snippet(hit: &Hit) -> String {
    hit.excerpt.as_ref().map(|excerpt| excerpt.text.text.clone()).unwrap_or_default()
}

const GAP: usize = 2;
/// The title takes no more than this, so that what matched is seen too.
const TITLE: usize = 40;

/// A line a record: the reference, the title, what matched; the words in bold.
fn tell(session: &mut Session<'_>, book: &Book, found: &Found) -> io::Result<()> {
    let room = session.out.columns();
    let references: Vec<_> = found.hits.iter().map(|hit| hit.record.reference.to_string()).collect();
    let first = references.iter().map(|r| width(r)).max().unwrap_or_default().min(room * 2 / 5);
    let titles = found.hits.iter().map(|hit| width(&hit.title.text));
    let second = titles.max().unwrap_or_default().min(TITLE).min(room.saturating_sub(first + GAP));
    let rest = room.saturating_sub(first + second + 2 * GAP);
    for (hit, reference) in found.hits.iter().zip(&references) {
        let mut line =
            Line::new().ink(Ink::Dim, crate::base::text::cut(reference, first)).pad_to(first + GAP);
        line = marked(line, &hit.title.fit(second)).pad_to(first + second + 2 * GAP);
        if let Some(excerpt) = &hit.excerpt {
            let label = format!("{}: ", label(book, hit, &excerpt.field));
            let rest = rest.saturating_sub(width(&label));
            line = marked(line.ink(Ink::Dim, label), &excerpt.text.fit(rest));
        }
        session.out.line(&line)?;
    }
    let more = found.total.saturating_sub(found.hits.len());
    match (found.hits.is_empty(), more) {
        (true, _) => session.out.say(crate::tr!("nothing found")),
        (false, 0) => Ok(()),
        (false, more) => {
            let said = crate::tr_n!("{n} more: --limit shows them", "{n} more: --limit shows them", more);
            session.out.line(&Line::new().ink(Ink::Dim, said))
        }
    }
}

fn marked(line: Line, text: &Marked) -> Line {
    let ink = |hit| if hit { Ink::Bold } else { Ink::Plain };
    text.pieces().into_iter().fold(line, |line, (piece, hit)| line.ink(ink(hit), piece))
}

/// What the field is called.
fn label(book: &Book, hit: &Hit, field: &str) -> String {
    let ty = book.schema().in_folder(&hit.record.reference.folder);
    let name = |field: &FieldDef| field.label.get(book.settings().language()).to_owned();
    ty.and_then(|ty| ty.field(field)).map_or_else(|| field.to_owned(), name)
}

impl From<SearchError> for Failure {
    fn from(error: SearchError) -> Self {
        Self::problem("search", error.to_string())
    }
}
