//! What would come of an import, as rows: what is made along, what is lost, by which rules, and what stays out.

use super::work::Worked;
use crate::exchange::import::{Changed, Level, Note, Reject};
use crate::model::kinds::title_of_ref;
use crate::tr;
use crate::tui::theme::Role;
use crate::tui::widgets::grid::{self, Cell, Group};
use smol_str::{SmolStr, format_smolstr};

/// The columns, by name.
pub const WHERE: &str = "where";
/// See [`WHERE`].
pub const WHAT: &str = "what";

/// Changes, and rows that stay out, that are listed; all of them are in the file they are written to.
const LISTED: usize = 5000;

/// The note that rows stay out, each of which is listed.
const REJECTED: &str = "rejected";

/// Records made along that are named.
const NAMED: usize = 100;

/// What there is to say of an import.
#[derive(Default)]
pub struct Report {
    rows: Vec<Row>,
    groups: Vec<Group>,
}

struct Row {
    place: String,
    text: String,
    tone: Role,
}

impl Report {
    /// What there is to say of this.
    pub fn new(worked: &Worked) -> Self {
        let mut report = Self::default();
        report.notes(worked, Level::Stop, tr!("TO DECIDE FIRST").into_owned());
        report.pipelines(worked);
        report.made(worked);
        report.changed(worked);
        report.notes(worked, Level::Warning, tr!("LOST").into_owned());
        report.notes(worked, Level::Rule, tr!("RULES").into_owned());
        let rejects = &worked.plan.rejects;
        report.group(tr!("STAY OUT").into_owned(), rejects.len(), rejects.iter().take(LISTED).map(reject));
        report
    }

    fn group(&mut self, title: String, count: usize, rows: impl Iterator<Item = Row>) {
        let start = self.rows.len();
        self.rows.extend(rows);
        if self.rows.len() > start {
            self.groups.push(Group { key: title.as_str().into(), start, title, detail: count.to_string() });
        }
    }

    fn notes(&mut self, worked: &Worked, level: Level, title: String) {
        let notes: Vec<&Note> =
            worked.plan.notes.iter().filter(|note| note.level == level && note.code != REJECTED).collect();
        self.group(title, notes.len(), notes.into_iter().map(note));
    }

    fn pipelines(&mut self, worked: &Worked) {
        for pipeline in &worked.plan.pipelines {
            let stages = pipeline.stages.iter().map(|(name, chance, kind)| Row {
                place: if kind == "open" { chance.clone() } else { kind.to_string() },
                text: name.clone(),
                tone: Role::Text,
            });
            let title = tr!("NEW PIPELINE  {name}", name = pipeline.name).into_owned();
            self.group(title, pipeline.stages.len(), stages);
        }
        let plan = &worked.plan;
        let rows = plan.stages.iter().map(|stage| Row {
            place: stage.chance.clone(),
            text: format!("{} · {}", title_of_ref(&plan.book, &stage.pipeline), stage.name),
            tone: Role::Text,
        });
        self.group(tr!("NEW STAGE").into_owned(), plan.stages.len(), rows);
    }

    /// What becomes of the records that are there: every value, before and after.
    fn changed(&mut self, worked: &Worked) {
        let plan = &worked.plan;
        let changed = plan.taken.iter().filter(|taken| !taken.changes.is_empty());
        let rows = changed.flat_map(|taken| {
            let place = tr!("line {line}", line = taken.line).into_owned();
            let title = title_of_ref(&plan.book, &taken.reference);
            let row = move |change: &Changed| Row {
                place: place.clone(),
                text: format!("{title} · {}", change.told()),
                tone: Role::Text,
            };
            taken.changes.iter().map(row).collect::<Vec<_>>()
        });
        self.group(tr!("CHANGED").into_owned(), plan.counts.updated, rows.take(LISTED));
    }

    fn made(&mut self, worked: &Worked) {
        let plan = &worked.plan;
        let made: Vec<_> = plan.made.iter().filter(|made| made.folder.as_str() != "pipelines").collect();
        let rows = made.iter().take(NAMED).map(|made| Row {
            place: made.folder.to_string(),
            text: title_of_ref(&plan.book, made),
            tone: Role::Text,
        });
        self.group(tr!("MADE ALONG").into_owned(), made.len(), rows);
    }

    /// What a row says, in full.
    pub fn about(&self, index: usize) -> String {
        self.rows.get(index).map_or_else(String::new, |row| match row.place.as_str() {
            "" => row.text.clone(),
            place => format!("{place}: {}", row.text),
        })
    }
}

fn note(note: &Note) -> Row {
    let place = match note.rows {
        0 => String::new(),
        1 => tr!("line {line}", line = note.line).into_owned(),
        n => tr!("{n} rows", n = n).into_owned(),
    };
    let tone = match note.level {
        Level::Stop => Role::Bad,
        Level::Warning => Role::Warn,
        Level::Rule => Role::Text,
    };
    Row { place, text: note.text.clone(), tone }
}

fn reject(reject: &Reject) -> Row {
    let place = tr!("line {line}", line = reject.line).into_owned();
    Row { place, text: reject.reason.clone(), tone: Role::Text }
}

impl grid::Rows for Report {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn key(&self, index: usize) -> SmolStr {
        self.rows
            .get(index)
            .map_or_else(SmolStr::default, |row| format_smolstr!("{} {}", row.place, row.text))
    }

    fn cell(&self, index: usize, column: &str) -> Cell {
        let Some(row) = self.rows.get(index) else { return Cell::default() };
        match column {
            WHERE => Cell::of(row.place.as_str(), Role::Muted),
            _ => Cell::of(row.text.as_str(), row.tone),
        }
    }

    fn groups(&self) -> &[Group] {
        &self.groups
    }
}
