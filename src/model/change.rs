//! What a person wants changed, as data: the one thing that goes into the write pipeline.

use super::{Record, Value};
use crate::base::{Id, Ref, RepoPath};
use smol_str::SmolStr;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// Everything one user action changes. It becomes one commit, or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeSet {
    /// The action's name, kept in the commit's `Kontor-Action:` trailer.
    pub action: &'static str,
    /// The commit's subject, where the action knows better than the list of changed fields.
    pub summary: Option<String>,
    /// The changes, in order.
    pub changes: Vec<Change>,
    /// The record as the person had it before them when they began, where that was a while ago: what has become
    /// another value since is not overwritten unseen.
    pub seen: Option<Arc<Record>>,
}

impl ChangeSet {
    /// A change set of one action with no subject of its own.
    pub fn new(action: &'static str, changes: Vec<Change>) -> Self {
        Self { action, summary: None, changes, seen: None }
    }

    /// The same with a subject for the commit.
    #[must_use]
    pub fn with_summary(mut self, summary: impl Into<String>) -> Self {
        self.summary = Some(summary.into());
        self
    }
}

/// A change to one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A new record. Its file goes where the type's layout says.
    Create {
        /// Must not exist yet.
        reference: Ref,
        /// Its fields, in the order they are to stand in the file.
        fields: Vec<(SmolStr, Value)>,
    },
    /// Field edits; every byte outside the edited values stays.
    Set {
        /// Must exist.
        reference: Ref,
        /// Applied in order.
        edits: Vec<FieldEdit>,
    },
    /// The record's file is removed.
    Delete {
        /// Must exist.
        reference: Ref,
    },
    /// The record gets another id. Links to it are further changes in the same set.
    Rename {
        /// Must exist.
        from: Ref,
        /// Must be free in the same folder.
        to: Id,
    },
    /// The file's whole text, from an editor. It must be valid where it was so before.
    Replace {
        /// The file of a record, a schema file or the settings.
        path: RepoPath,
        /// What it is to hold; `None` removes the file.
        text: Option<String>,
    },
    /// An earlier content out of history, to the byte. It need not be valid by the rules of today.
    Restore {
        /// The file of a record, a schema file, the settings or an attachment.
        path: RepoPath,
        /// What it is to hold; `None` removes the file.
        content: Option<Vec<u8>>,
    },
}

/// One edit within a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldEdit {
    /// Which value.
    pub path: FieldPath,
    /// What to do with it.
    pub op: EditOp,
}

impl FieldEdit {
    /// Sets a top-level field.
    pub fn put(field: impl AsRef<str>, value: Value) -> Self {
        Self { path: FieldPath::field(field), op: EditOp::Put(value) }
    }

    /// Removes a top-level field.
    pub fn clear(field: impl AsRef<str>) -> Self {
        Self { path: FieldPath::field(field), op: EditOp::Clear }
    }
}

/// What to do at a [`FieldPath`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditOp {
    /// Sets the value, adding the field where it is absent.
    Put(Value),
    /// Removes the field; fine where it is absent.
    Clear,
    /// Adds an element to a list, once.
    Add(Value),
    /// Removes the element from a list; fine where it is absent.
    Take(Value),
}

/// A place inside a record: `stage`, `billing_address.city`, `lines.k7f3.quantity`.
/// A step into a list of lines names the line's `id`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FieldPath {
    /// The top-level field.
    pub field: SmolStr,
    /// Steps below it.
    pub rest: Vec<SmolStr>,
}

impl FieldPath {
    /// A top-level field.
    pub fn field(name: impl AsRef<str>) -> Self {
        Self { field: SmolStr::new(name), rest: Vec::new() }
    }
}

impl FromStr for FieldPath {
    type Err = BadFieldPath;

    fn from_str(text: &str) -> Result<Self, BadFieldPath> {
        let mut steps = text.split('.').map(SmolStr::new);
        let field = steps.next().unwrap_or_default();
        let rest: Vec<_> = steps.collect();
        if field.is_empty() || rest.iter().any(|s| s.is_empty()) {
            return Err(BadFieldPath(text.to_owned()));
        }
        Ok(Self { field, rest })
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.field)?;
        self.rest.iter().try_for_each(|step| write!(f, ".{step}"))
    }
}

/// A field path with an empty step.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a field: write a name such as stage, or billing_address.city for a part of it")]
pub struct BadFieldPath(String);
