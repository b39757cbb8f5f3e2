//! From a change set to the files it makes, without writing any: pure but for reading the files as they are.

use super::draft::Draft;
use super::error::ChangeError;
use crate::base::{Now, Ref, RepoPath};
use crate::disk::{DiskError, FileChange};
use crate::model::diff::{FieldChange, diff};
use crate::model::{Book, ChangeSet, Fields, Record};
use std::sync::Arc;

/// What a change set does, worked out and checked.
#[derive(Debug)]
pub struct Plan {
    /// The book as it will be.
    pub book: Book,
    /// The files as they will be, with what they must hold before.
    pub files: Vec<FileChange>,
    /// Every record that changes, in the order of the changes.
    pub touched: Vec<Touched>,
    /// Whether the schema or the settings change, so that everything must be read again.
    pub reload: bool,
}

/// One record before and after.
#[derive(Debug, Clone)]
pub struct Touched {
    /// Its reference, the new one if it was renamed.
    pub reference: Ref,
    /// What it was; `None` for a new record.
    pub before: Option<Arc<Record>>,
    /// What it is; `None` for a deleted one.
    pub after: Option<Record>,
}

impl Touched {
    /// The values that differ.
    pub fn changes(&self) -> Vec<FieldChange> {
        let fields = |record: Option<&Record>| record.map_or(Fields::default(), |r| r.fields.clone());
        diff(&fields(self.before.as_deref()), &fields(self.after.as_ref()))
    }
}

/// From so many changes on an index is sooner made anew than kept up with each of them.
const MANY: usize = 1000;

/// Reads a file as it is on the disk.
pub type ReadFile<'a> = dyn Fn(&RepoPath) -> Result<Option<Vec<u8>>, DiskError> + 'a;

/// Works out what `set` does to `book` and the files.
///
/// # Errors
/// When the change cannot be made, or would break the schema's rules where they hold now.
pub fn plan(book: &Book, set: &ChangeSet, now: Now, read: &ReadFile<'_>) -> Result<Plan, ChangeError> {
    let mut book = book.clone();
    let many = set.changes.len() >= MANY;
    if many {
        book.put_off_index();
    }
    let mut draft = Draft::new(book, now, set.seen.clone(), read);
    for change in &set.changes {
        draft.change(change)?;
    }
    let plan = draft.finish()?;
    if many {
        plan.book.make_index();
    }
    Ok(plan)
}
