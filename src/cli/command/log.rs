//! `kontor log`: what happened.

use super::{DONE, Done};
use crate::base::RepoPath;
use crate::base::text::{contrast, cut};
use crate::cli::find::target;
use crate::cli::format::FormatArg;
use crate::cli::line::{Ink, Line};
use crate::cli::session::Session;
use crate::cli::{Failure, json};
use crate::git::LogQuery;
use crate::model::Value;
use crate::workspace::Workspace;
use crate::workspace::history::{Event, EventKind, RecordEvent, of_record, recent};
use clap::Args;
use serde_json::json;

/// Show what happened, field by field
#[derive(Debug, Args)]
pub struct Log {
    /// Only what happened to this record, back through its renames; deleted ones by folder/id
    #[arg(value_name = "REF")]
    reference: Option<String>,
    /// Not more than so many commits
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    #[command(flatten)]
    format: FormatArg,
}

/// A value in the history is cut here.
const VALUE: usize = 60;

impl Log {
    /// Shows it, newest first.
    pub fn run(self, session: &mut Session<'_>) -> Done {
        let workspace = session.open()?;
        let events = self.events(session, &workspace)?;
        if self.format.is_json() {
            session.out.json(&events.iter().map(as_json).collect::<Vec<_>>())?;
            return Ok(DONE);
        }
        let zone = workspace.book().settings().zone();
        for event in &events {
            let time = event.time.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string();
            if !session.out.is_terminal() {
                session.out.cells([event.commit.short(), &time, &event.author.name, &event.subject])?;
                let records = event.records.iter().filter(|_| self.reference.is_some());
                for change in records.filter(|r| r.kind != EventKind::Deleted).flat_map(|r| &r.fields) {
                    let (field, old, new) = (change.path.to_string(), &change.old, &change.new);
                    session.out.cells(["", &field, &old.scalars().join(", "), &new.scalars().join(", ")])?;
                }
                continue;
            }
            let line = Line::new().ink(Ink::Warn, event.commit.short()).text("  ").ink(Ink::Dim, time);
            session.out.line(
                &line.text("  ").ink(Ink::Accent, &event.author.name).text("  ").text(&event.subject),
            )?;
            if self.reference.is_some() {
                for record in &event.records {
                    details(record).iter().try_for_each(|line| session.out.line(line))?;
                }
            }
        }
        Ok(DONE)
    }

    fn events(&self, session: &Session<'_>, workspace: &Workspace) -> Result<Vec<Event>, Failure> {
        let book = workspace.book();
        let Some(typed) = &self.reference else {
            let query = LogQuery { limit: Some(self.limit), ..LogQuery::default() };
            return Ok(recent(workspace.repo(), &book, &query)?);
        };
        let path = match target(session, workspace, typed) {
            Ok(found) => found.path().clone(),
            // What was deleted has a history still.
            Err(missing) => gone(workspace, typed)?.ok_or(missing)?,
        };
        Ok(of_record(workspace.repo(), &book, &path, self.limit)?)
    }
}

/// The file a record had that is there no more, wherever in its folder it was.
fn gone(workspace: &Workspace, typed: &str) -> Result<Option<RepoPath>, Failure> {
    let book = workspace.book();
    let Some(reference) = crate::actions::reference(book.schema(), typed) else { return Ok(None) };
    let Ok(folder) = RepoPath::try_from(reference.folder.as_str()) else { return Ok(None) };
    let query = LogQuery { paths: &[folder], ..LogQuery::default() };
    let commits = workspace.repo().log(&query)?;
    let mut files = commits.iter().flat_map(|entry| &entry.changes).map(|change| &change.path);
    Ok(files.find(|path| path.file_name() == format!("{}.yaml", reference.id)).cloned())
}

fn details(record: &RecordEvent) -> Vec<Line> {
    let indent = || Line::new().text("    ");
    match &record.kind {
        EventKind::Renamed { from } => {
            vec![indent().ink(Ink::Dim, crate::tr!("renamed from {from}", from = from))]
        }
        EventKind::Deleted => vec![indent().ink(Ink::Dim, crate::tr!("deleted"))],
        EventKind::Unreadable => {
            vec![indent().ink(Ink::Bad, crate::tr!("the file could not be read as a record"))]
        }
        EventKind::Created | EventKind::Changed => record
            .fields
            .iter()
            .map(|change| {
                let line = indent().ink(Ink::Dim, format!("{}: ", change.path));
                match (change.old.is_empty(), change.new.is_empty()) {
                    (true, _) => line.text(said(&change.new)),
                    (_, true) => {
                        line.text(said(&change.old)).ink(Ink::Dim, format!(" → {}", crate::tr!("(empty)")))
                    }
                    _ => {
                        let (old, new) = contrast(&text(&change.old), &text(&change.new), VALUE);
                        line.text(old).ink(Ink::Dim, " → ").text(new)
                    }
                }
            })
            .collect(),
    }
}

fn said(value: &Value) -> String {
    cut(&text(value), VALUE).into_owned()
}

fn text(value: &Value) -> String {
    value.scalars().join(", ")
}

fn as_json(event: &Event) -> serde_json::Value {
    let changes = event.records.iter().flat_map(|record| {
        record.fields.iter().map(|change| {
            json!({
                "ref": record.reference.to_string(),
                "field": change.path.to_string(),
                "old": json::value(&change.old),
                "new": json::value(&change.new),
            })
        })
    });
    json!({
        "commit": event.commit.to_string(),
        "time": event.time.to_rfc3339(),
        "author": format!("{} <{}>", event.author.name, event.author.email),
        "subject": event.subject,
        "action": event.action,
        "changes": changes.collect::<Vec<_>>(),
    })
}
