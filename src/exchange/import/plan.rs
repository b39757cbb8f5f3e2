//! From a table to the changes it asks for, with everything there is to say of them. Pure: nothing is written.

use super::complete;
use super::edits;
use super::incoming::{Fields, Incoming, Out};
use super::links::Links;
use super::matching;
use super::notes::{Level, Note, Notes};
use super::pace::Pace;
use super::pipelines::{self, Additions, NewPipeline, NewStage};
use super::request::Request;
use super::resolve;
use super::rows;
use super::style::Styles;
use super::target::Target;
use super::work::Work;
use crate::base::Ref;
use crate::base::text::cut;
use crate::model::edit::value_at;
use crate::model::validate::findings;
use crate::model::{
    Book, Change, ChangeSet, EditOp, FieldEdit, FieldPath, Record, Scope, Severity, Value, create,
};
use crate::{tr, tr_n};
use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

/// What an import comes to.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The changes; none where something has to be decided first.
    pub set: ChangeSet,
    /// The records as they will be.
    pub book: Book,
    /// The fields by which rows were matched with the records that are there; none where all are new.
    pub matched_by: Vec<SmolStr>,
    /// How the file writes dates and numbers.
    pub styles: Styles,
    /// What becomes of the rows.
    pub counts: Counts,
    /// Pipelines that are made of the file's stages.
    pub pipelines: Vec<NewPipeline>,
    /// Stages that pipelines are given.
    pub stages: Vec<NewStage>,
    /// What else is made along with the rows.
    pub made: Vec<Ref>,
    /// What there is to say.
    pub notes: Vec<Note>,
    /// The rows that stay out, in order.
    pub rejects: Vec<Reject>,
    /// The rows that come in, in order.
    pub taken: Vec<Taken>,
}

/// What becomes of the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// New records.
    pub created: usize,
    /// Records that change.
    pub updated: usize,
    /// Records that say what the row says already.
    pub unchanged: usize,
    /// Rows that were not wanted.
    pub skipped: usize,
    /// Rows that cannot be taken.
    pub rejected: usize,
}

/// A row that stays out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// Which row of the table it is.
    pub at: usize,
    /// Its line in the file.
    pub line: u64,
    /// Why.
    pub reason: String,
}

/// A row that comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its line in the file.
    pub line: u64,
    /// The record it becomes.
    pub reference: Ref,
    /// Whether that is new.
    pub is_new: bool,
    /// What the row says of it, as it will be stored.
    pub fields: Fields,
    /// What that changes of a record that is there.
    pub changes: Vec<Changed>,
}

/// A value that a row changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Where it is.
    pub path: FieldPath,
    /// What is there; nothing where it is added to a list.
    pub before: Value,
    /// What will be.
    pub after: Value,
    /// Whether it is added to what is there.
    pub is_added: bool,
}

impl Changed {
    fn of(record: &Record, edit: &FieldEdit) -> Self {
        let (before, after, is_added) = match &edit.op {
            EditOp::Add(value) => (Value::Empty, value.clone(), true),
            EditOp::Put(value) => (value_at(&record.fields, &edit.path).clone(), value.clone(), false),
            EditOp::Clear | EditOp::Take(_) => (Value::Empty, Value::Empty, false),
        };
        Self { path: edit.path.clone(), before, after, is_added }
    }

    /// For people, on one line: `title: CTO → CEO`, `emails: + anna@acme.example`.
    pub fn told(&self) -> String {
        let text = |value: &Value| {
            let one = value.scalars().join(", ").split_whitespace().collect::<Vec<_>>().join(" ");
            cut(&one, LONG).into_owned()
        };
        let (path, after) = (&self.path, text(&self.after));
        match text(&self.before) {
            _ if self.is_added => format!("{path}: + {after}"),
            before if before.is_empty() => format!("{path}: – → {after}"),
            before => format!("{path}: {before} → {after}"),
        }
    }
}

/// Longer values are cut where a change is told.
const LONG: usize = 60;

impl Plan {
    /// Whether something has to be decided before anything can be imported.
    pub fn is_stopped(&self) -> bool {
        self.notes.iter().any(|note| note.level == Level::Stop)
    }

    /// The first values a column comes to, each once.
    pub fn samples(&self, target: &Target, most: usize) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for taken in self.taken.iter().take(SAMPLED) {
            let get =
                |name: &str| taken.fields.iter().find(|(n, _)| n == name).map_or(Value::empty(), |(_, v)| v);
            let text = match target {
                Target::Out
                | Target::Currency(_)
                | Target::Currencies
                | Target::Time(_)
                | Target::Deleted
                | Target::Outcome => String::new(),
                Target::Field(field, _) | Target::Extra(field) => get(field).scalars().join(", "),
                Target::Created => get("created").as_str().to_owned(),
                Target::FullName => {
                    [get("first_name").as_str(), get("last_name").as_str()].join(" ").trim().to_owned()
                }
                Target::Part(field, part) => {
                    let value = get(field);
                    let inner = value.items().first().unwrap_or(value);
                    inner.get(part).as_str().to_owned()
                }
            };
            if !text.is_empty() && !found.contains(&text) {
                found.push(text);
            }
            if found.len() == most {
                break;
            }
        }
        found
    }
}

/// How many rows are looked at for examples.
const SAMPLED: usize = 200;

/// Each row is read, placed, written into the book that will be, and checked.
const STEPS: usize = 4;

/// Works out what an import comes to; nothing where it is stopped before the end.
pub fn plan(request: &Request<'_>, pace: &Pace) -> Option<Plan> {
    pace.begin(request.table.rows.len() * STEPS);
    let mut notes = Notes::default();
    let styles = rows::styles(request);
    let mut rng = fastrand::Rng::with_seed(request.seed);
    let mut incoming = rows::read(request, styles, &mut rng, pace, &mut notes);
    for remark in request.columns.iter().filter_map(|column| column.remark.as_ref()) {
        notes.file(Level::Rule, "column", remark);
    }
    if let Some(line) = request.table.broken_quote {
        let text = tr!("a quote is missing or too many here: look whether rows have run into each other");
        notes.row(Level::Warning, "quotes", text, line);
    }
    if let Some(line) = request.table.open_quote {
        let (level, text) = match request.options.open_quotes {
            false => (
                Level::Stop,
                tr!(
                    "the cell whose quote opens here never ends, so that it holds the rest of the file: close the quote, or say --open-quotes"
                ),
            ),
            true => (Level::Warning, tr!("the cell whose quote opens here holds the rest of the file")),
        };
        notes.row(level, "open-quote", text, line);
    }
    say_unreadable(request, &mut notes);
    let by = matching::fields(request, &mut notes);
    let mut work = Work {
        request,
        pace,
        book: request.book.clone(),
        links: Links::default(),
        rng,
        unknown: IndexMap::new(),
        made: Vec::new(),
    };
    matching::settle(&mut work, &by, &mut incoming, &mut notes);
    rows::fill(request, &mut work.rng, &mut incoming, &mut notes);
    let additions = pipelines::settle(&mut work, &mut incoming, &mut notes);
    resolve::links(&mut work, &mut incoming, false, &mut notes);
    let references = place(&mut work, &mut incoming, &mut notes);
    resolve::links(&mut work, &mut incoming, true, &mut notes);
    let changes = settle(&mut work, &mut incoming, &references, &mut notes);
    let settled = Settled { incoming, references, changes, additions, by, styles, notes };
    (!pace.is_stopped()).then(|| finish(work, settled))
}

/// Records whose files cannot be read are not there for an import, and the person has to know.
fn say_unreadable(request: &Request<'_>, notes: &mut Notes) {
    let folder = &request.ty.folder;
    let own = request.book.broken().keys().filter(|path| path.first() == folder.as_str());
    if let n @ 1.. = own.count() {
        let text = tr_n!(
            "{n} file of {folder} cannot be read, so that a row about it looks new: `kontor check` says what is wrong",
            "{n} files of {folder} cannot be read, so that rows about them look new: `kontor check` says what is wrong",
            n,
            folder = folder
        );
        notes.file(Level::Warning, "unreadable-records", text);
    }
}

/// Completes the rows that are new and gives each its reference, so that others can point at it.
fn place(work: &mut Work<'_>, incoming: &mut [Incoming], notes: &mut Notes) -> FxHashMap<usize, Ref> {
    let (ty, now) = (work.request.ty, work.request.now);
    let mut references = FxHashMap::default();
    work.book.put_off_index();
    for row in incoming.iter_mut().take_while(|_| work.pace.step()).filter(|row| row.comes()) {
        if work.request.options.strict && !row.lost.is_empty() {
            row.reject(row.lost.join("; "));
            continue;
        }
        if let Some(existing) = &row.existing {
            references.insert(row.at, existing.reference.clone());
            continue;
        }
        complete::complete(work, row, notes);
        let reference = create::new_reference(&work.book, ty, &row.fields, now, &mut work.rng);
        complete::choices(work, row, notes);
        let Some(record) = upsert(work, &reference, &row.fields) else {
            row.reject(tr!("no file can be named after it"));
            continue;
        };
        work.links.add(&work.book, ty, &record);
        references.insert(row.at, reference);
    }
    references
}

/// Puts a record into the book that will be.
fn upsert(work: &mut Work<'_>, reference: &Ref, fields: &Fields) -> Option<Record> {
    let ty = work.request.ty;
    let path = create::file_of(&work.book, ty, reference, fields, work.request.now)?;
    let fields = fields.iter().filter(|(_, value)| !value.is_empty()).cloned().collect();
    let record = Record { reference: reference.clone(), path, fields };
    work.book.upsert(record.clone());
    Some(record)
}

/// Holds every row against the rules, and keeps those out that break one, until no row is left that does.
fn settle(
    work: &mut Work<'_>,
    incoming: &mut [Incoming],
    references: &FxHashMap<usize, Ref>,
    notes: &mut Notes,
) -> FxHashMap<usize, Vec<FieldEdit>> {
    let mut changes = FxHashMap::default();
    work.book.put_off_index();
    for row in incoming.iter_mut().take_while(|_| work.pace.step()).filter(|row| row.comes()) {
        let (Some(reference), lost) = (references.get(&row.at), !row.lost.is_empty()) else { continue };
        if work.request.options.strict && lost {
            row.reject(row.lost.join("; "));
            remove_new(work, row, reference);
            continue;
        }
        let fields = match &row.existing {
            Some(existing) => {
                let edits = edits::edits(work.request.ty, existing, row);
                let fields = crate::model::edit::edited(&existing.fields, &edits);
                changes.insert(row.at, edits);
                fields
            }
            None => row.fields.clone(),
        };
        // With the links to records of the same file.
        if upsert(work, reference, &fields).is_none() {
            row.reject(tr!("no file can be named after it"));
        }
    }
    loop {
        let mut again = false;
        for row in incoming.iter_mut().take_while(|_| work.pace.step()).filter(|row| row.comes()) {
            let Some(reference) = references.get(&row.at) else { continue };
            let Some(reason) = fault(work, row, reference) else { continue };
            row.reject(reason);
            again |= !work.book.backlinks(reference).is_empty();
            match row.existing.clone() {
                Some(existing) => work.book.upsert((*existing).clone()),
                None => remove_new(work, row, reference),
            }
            notes.row(Level::Warning, "rejected", tr!("rows that cannot be taken stay out"), row.line);
        }
        if !again {
            return changes;
        }
    }
}

fn remove_new(work: &mut Work<'_>, row: &Incoming, reference: &Ref) {
    if row.existing.is_none() {
        work.book.remove(reference);
    }
}

/// What breaks the rules in a row, beyond what was wrong with its record before.
fn fault(work: &Work<'_>, row: &Incoming, reference: &Ref) -> Option<String> {
    let ty = work.request.ty;
    let errors = |fields: &crate::model::Fields| {
        let scope = Scope { book: &work.book, ty, fields: fields.into() };
        let all = findings(&scope, reference).into_iter();
        all.filter(|f| f.severity == Severity::Error).map(|f| f.message).collect::<Vec<_>>()
    };
    let mut found = errors(&work.book.get(reference)?.fields);
    if let Some(existing) = row.existing.as_ref().filter(|_| !found.is_empty()) {
        let before = errors(&existing.fields);
        found.retain(|message| !before.contains(message));
    }
    match found.is_empty() {
        true => None,
        false => Some(found.into_iter().chain(row.lost.iter().cloned()).collect::<Vec<_>>().join("; ")),
    }
}

/// Everything that is settled of the rows.
struct Settled {
    incoming: Vec<Incoming>,
    references: FxHashMap<usize, Ref>,
    changes: FxHashMap<usize, Vec<FieldEdit>>,
    additions: Additions,
    by: Vec<SmolStr>,
    styles: Styles,
    notes: Notes,
}

fn finish(mut work: Work<'_>, settled: Settled) -> Plan {
    let Settled { incoming, references, mut changes, additions, by, styles, mut notes } = settled;
    let (mut counts, mut rejects, mut taken, mut set) =
        (Counts::default(), Vec::new(), Vec::new(), Vec::new());
    for row in incoming {
        let Incoming { at, line, fields, existing, out, .. } = row;
        let reference = match (out, references.get(&at)) {
            (Some(Out::Rejected(reason)), _) => {
                counts.rejected += 1;
                rejects.push(Reject { at, line, reason });
                continue;
            }
            (Some(Out::Skipped), _) | (None, None) => {
                counts.skipped += 1;
                continue;
            }
            (None, Some(reference)) => reference.clone(),
        };
        let fields: Fields = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        taken.push(Taken {
            line,
            reference: reference.clone(),
            is_new: existing.is_none(),
            fields: fields.clone(),
            changes: match (&existing, changes.get(&at)) {
                (Some(record), Some(edits)) => edits.iter().map(|edit| Changed::of(record, edit)).collect(),
                _ => Vec::new(),
            },
        });
        match existing {
            None => {
                counts.created += 1;
                set.push(Change::Create { reference, fields });
            }
            Some(_) => match changes.remove(&at).unwrap_or_default() {
                edits if edits.is_empty() => counts.unchanged += 1,
                edits => {
                    counts.updated += 1;
                    set.push(Change::Set { reference, edits });
                }
            },
        }
    }
    let made = made(&mut work, &set);
    let support = made.iter().filter_map(|reference| {
        let record = work.book.get(reference)?;
        Some(Change::Create { reference: reference.clone(), fields: record.fields.to_vec() })
    });
    let mut all: Vec<Change> = support.collect();
    let stages = extend(&mut work, additions.stages, &taken, &mut all);
    resolve::sum_up(&work, &mut notes);
    all.append(&mut set);
    let notes = notes.finish();
    if notes.iter().any(|note| note.level == Level::Stop) {
        all.clear();
    }
    let summary = summary(work.request, &counts);
    let set = ChangeSet::new("import", all).with_summary(summary);
    let stands = |pipeline: &NewPipeline| {
        made.iter().filter_map(|made| work.book.get(made)).any(|record| record.text("name") == pipeline.name)
    };
    let pipelines = additions.pipelines.into_iter().filter(stands).collect();
    Plan {
        set,
        book: work.book,
        matched_by: by,
        styles,
        counts,
        pipelines,
        stages,
        made,
        notes,
        rejects,
        taken,
    }
}

/// Gives pipelines the stages in which deals come in: not those that only a row wanted that stays out in the end.
fn extend(
    work: &mut Work<'_>,
    stages: Vec<NewStage>,
    taken: &[Taken],
    all: &mut Vec<Change>,
) -> Vec<NewStage> {
    let holds = |taken: &Taken, field: &str, id: &str| {
        taken.fields.iter().any(|(name, value)| name == field && value.as_str() == id)
    };
    let comes = |stage: &NewStage| {
        let here =
            |t: &&Taken| holds(t, "stage", &stage.id) && holds(t, "pipeline", stage.pipeline.id.as_str());
        taken.iter().find(here).is_some()
    };
    let (kept, idle): (Vec<NewStage>, Vec<NewStage>) = stages.into_iter().partition(comes);
    for stage in &idle {
        if let Some(original) = work.request.book.get(&stage.pipeline) {
            work.book.upsert(Record::clone(original));
        }
    }
    for stage in &kept {
        if let Some(record) = work.book.get(&stage.pipeline) {
            let edits = vec![FieldEdit::put("stages", record.get("stages").clone())];
            all.push(Change::Set { reference: stage.pipeline.clone(), edits });
        }
    }
    kept
}

/// What was made along and is pointed at: not what only a row wanted that stays out in the end.
fn made(work: &mut Work<'_>, set: &[Change]) -> Vec<Ref> {
    let coming: FxHashSet<&Ref> = set.iter().filter_map(reference_of).collect();
    let mut kept = std::mem::take(&mut work.made);
    loop {
        let comes = |from: &Ref| coming.contains(from) || kept.contains(from);
        let is_idle = |made: &Ref| !work.book.backlinks(made).iter().any(|link| comes(&link.from));
        match kept.iter().position(is_idle) {
            Some(at) => {
                let reference = kept.remove(at);
                work.book.remove(&reference);
            }
            None => return kept,
        }
    }
}

fn reference_of(change: &Change) -> Option<&Ref> {
    match change {
        Change::Create { reference, .. } | Change::Set { reference, .. } => Some(reference),
        _ => None,
    }
}

fn summary(request: &Request<'_>, counts: &Counts) -> String {
    let noun = |n: usize| match n {
        1 => request.ty.label.get("en").to_lowercase(),
        _ => request.ty.plural_label.get("en").to_lowercase(),
    };
    let created = (counts.created > 0).then(|| format!("{} new {}", counts.created, noun(counts.created)));
    let updated =
        (counts.updated > 0).then(|| tr_n!("{n} changed", "{n} changed", counts.updated).into_owned());
    let what: Vec<String> = created.into_iter().chain(updated).collect();
    format!("import {}: {}", request.file, what.join(", "))
}
