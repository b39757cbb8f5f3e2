//! What is to become one commit, and how it becomes one.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Files;
use crate::base::{Now, Ref, RepoPath};
use crate::git::{Bulk, GitError, Identity, Message, NewCommit};
use crate::model::{Book, Record, SETTINGS_FILE, Schema, Settings, create};
use crate::workspace::load;
use crate::workspace::message::{ACTION, RECORD, message};
use crate::workspace::plan::Touched;

/// One commit to be: who saved what, when, and by which action.
#[derive(Clone, Debug)]
pub struct Save {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: Arc<Author>,
    /// The action's name.
    pub action: &'static str,
    /// The subject, where the list of changes would make a poor one. Such a commit has no line for each field.
    pub subject: Option<String>,
    /// The files and what they hold from now on.
    pub files: Vec<(RepoPath, Vec<u8>)>,
}

/// Somebody who commits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// Name and address.
    pub who: Identity,
    /// Whose clock they go by.
    pub zone: Tz,
}

/// How many records a commit names in its trailers.
const NAMED: usize = 200;

/// The schema and the settings that stand in the files.
pub fn groundwork(files: &Files) -> (Arc<Schema>, Arc<Settings>) {
    let text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
    let schemas = files.iter().filter(|(path, _)| path.first() == load::SCHEMA_FOLDER);
    let (schema, _) =
        Schema::load(&schemas.map(|(path, bytes)| (path.clone(), text(bytes))).collect::<Vec<_>>());
    let settings = files.iter().find(|(path, _)| path.as_str() == SETTINGS_FILE);
    let settings = settings.map(|(path, bytes)| Settings::load(path, &text(bytes)).0).unwrap_or_default();
    (Arc::new(schema), Arc::new(settings))
}

/// Which record a file is, if it is one.
pub fn reference_of(schema: &Schema, path: &RepoPath) -> Option<Ref> {
    create::reference_of(|folder| schema.types().iter().any(|ty| ty.folder.as_str() == folder), path)
}

/// Writes saves as commits, in Kontor's own words.
pub struct Scribe<'a> {
    schema: Arc<Schema>,
    settings: Arc<Settings>,
    book: Book,
    /// Records that have come in and are not in the book yet.
    unindexed: Vec<Record>,
    bulk: Bulk<'a>,
}

impl<'a> Scribe<'a> {
    /// Starts with no record at all.
    pub fn new(schema: Arc<Schema>, settings: Arc<Settings>, bulk: Bulk<'a>) -> Self {
        Scribe {
            book: Book::empty(schema.clone(), settings.clone()),
            schema,
            settings,
            unindexed: Vec::new(),
            bulk,
        }
    }

    /// Commits one save.
    pub fn write(&mut self, save: Save) -> Result<(), GitError> {
        let message = match &save.subject {
            Some(subject) => self.in_brief(subject, &save),
            None => self.in_full(&save),
        };
        let time = save.at.with_timezone(&save.by.zone).fixed_offset();
        let changes: Vec<_> = save.files.into_iter().map(|(path, bytes)| (path, Some(bytes))).collect();
        let message = message.to_string();
        self.bulk.commit(&NewCommit { changes: &changes, message: &message, author: &save.by.who, time })
    }

    /// The run of commits, to be finished.
    pub fn into_bulk(self) -> Bulk<'a> {
        self.bulk
    }

    fn in_full(&mut self, save: &Save) -> Message {
        self.index();
        let mut touched: Vec<Touched> = Vec::new();
        for (path, bytes) in &save.files {
            let Ok(after) = load::record(self.book.schema(), path, bytes) else { continue };
            let before = self.book.get(&after.reference).cloned();
            self.book.upsert(after.clone());
            touched.push(Touched { reference: after.reference.clone(), before, after: Some(after) });
        }
        message(&self.book, save.action, None, &touched, Now::new(save.at, self.book.settings().zone()))
    }

    /// Many records at once are better indexed afresh.
    fn index(&mut self) {
        if self.unindexed.is_empty() {
            return;
        }
        let known = self.book.records().map(|record| Record::clone(record));
        let all = known.chain(self.unindexed.drain(..)).collect();
        self.book = Book::new(self.schema.clone(), self.settings.clone(), all, Vec::new());
    }

    /// For commits of many files at once: their records are counted, folder by folder.
    fn in_brief(&mut self, subject: &str, save: &Save) -> Message {
        let schema = &self.schema;
        let read = save.files.par_iter().filter_map(|(path, bytes)| load::record(schema, path, bytes).ok());
        let records: Vec<Record> = read.collect();
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        for record in &records {
            *counts.entry(record.reference.folder.as_str()).or_default() += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().map(|(folder, n)| format!("{folder}: {n} new")).collect();
        counts.sort();
        let mut message =
            Message::new(subject).with_body(counts.join("\n")).with_trailer(ACTION, save.action);
        for record in records.iter().take(NAMED) {
            message = message.with_trailer(RECORD, record.reference.to_string());
        }
        self.unindexed.extend(records);
        message
    }
}
