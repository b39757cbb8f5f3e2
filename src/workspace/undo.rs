//! Taking back what was done, as a new commit: nothing is ever rewritten.
//!
//! The history itself is the undo stack. A commit that undoes another names it in a trailer, and so does one
//! that redoes it; the newest word about a commit counts.

use super::message::{ACTION, REDOES, UNDOES};
use super::{Applied, ChangeError, Workspace};
use crate::base::{CommitId, RepoPath};
use crate::git::{FileVersions, LogEntry, LogQuery};
use crate::model::diff::{FieldChange, diff};
use crate::model::edit::value_at;
use crate::model::{Change, ChangeSet, EditOp, FieldEdit, Record, create};
use std::collections::BTreeMap;

/// How far back to look for something to undo.
const DEPTH: usize = 1000;

/// What a commit of the user stands for.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    Action,
    Undo(CommitId),
    Redo(CommitId),
}

impl Workspace {
    /// Takes back the user's last action that still stands, or the named commit, whoever made it.
    ///
    /// # Errors
    /// When there is nothing to take back, or a later change touched the same fields; then nothing changes.
    pub fn undo(&mut self, commit: Option<CommitId>) -> Result<Applied, ChangeError> {
        let entry = match commit {
            Some(commit) => self.entry(commit)?,
            None => {
                let own = self.own_commits()?;
                let target = undo_target(&steps(&own));
                let at = target.ok_or(ChangeError::Nothing("there is nothing of yours to undo"))?;
                own.into_iter().nth(at).ok_or(ChangeError::Nothing("there is nothing of yours to undo"))?
            }
        };
        self.invert(&entry, "undo", "Undo", (UNDOES, entry.commit.to_string()))
    }

    /// Takes back the user's last undo, unless something was done since.
    ///
    /// # Errors
    /// As [`Workspace::undo`].
    pub fn redo(&mut self) -> Result<Applied, ChangeError> {
        const NOTHING: ChangeError =
            ChangeError::Nothing("there is nothing to redo: only undo can be taken back");
        let own = self.own_commits()?;
        let (at, target) = redo_target(&steps(&own)).ok_or(NOTHING)?;
        let entry = own.into_iter().nth(at).ok_or(NOTHING)?;
        self.invert(&entry, "redo", "Redo", (REDOES, target.to_string()))
    }

    fn entry(&self, commit: CommitId) -> Result<LogEntry, ChangeError> {
        let query = LogQuery { from: Some(commit), limit: Some(1), ..LogQuery::default() };
        self.repo.log(&query)?.into_iter().next().ok_or(ChangeError::Nothing("there is no such commit"))
    }

    /// The user's commits made by Kontor, newest first.
    fn own_commits(&self) -> Result<Vec<LogEntry>, ChangeError> {
        let me = self.repo.identity()?;
        let all = self.repo.log(&LogQuery { limit: Some(DEPTH), ..LogQuery::default() })?.into_iter();
        let mine = all.filter(|e| e.author.email == me.email && e.message.trailer(ACTION).next().is_some());
        Ok(mine.collect())
    }

    /// Makes a commit that takes back what `entry` did.
    fn invert(
        &mut self,
        entry: &LogEntry,
        action: &'static str,
        verb: &str,
        trailer: (&str, String),
    ) -> Result<Applied, ChangeError> {
        let mut changes = Vec::new();
        let mut conflicts = Vec::new();
        for versions in entry.changes.iter().filter(|v| v.path.as_str().ends_with(".yaml")) {
            match self.inverse(versions)? {
                Ok(change) => changes.extend(change),
                Err(fields) => conflicts.extend(fields),
            }
        }
        // "Undo Undo …" would grow with each step back and forth.
        let subject =
            entry.message.subject.trim_start_matches("Undo ").trim_start_matches("Redo ").to_owned();
        if !conflicts.is_empty() {
            return Err(ChangeError::ChangedSince { subject, fields: conflicts });
        }
        if changes.is_empty() {
            return Err(ChangeError::Nothing(
                "that commit changed no records, so there is nothing to take back",
            ));
        }
        let set = ChangeSet::new(action, changes).with_summary(format!("{verb} {subject}"));
        self.apply_with(&set, &[trailer])
    }

    /// The change that takes one file back, or the fields that a later change touched.
    fn inverse(&self, versions: &FileVersions) -> Result<Result<Option<Change>, Vec<String>>, ChangeError> {
        let path = &versions.path;
        let content = |blob: Option<_>| blob.map(|b| self.repo.content(b)).transpose();
        let (before, after) = (content(versions.old)?, content(versions.new)?);
        let current = self.root.read(path)?;
        if current == before {
            return Ok(Ok(None));
        }
        if current == after {
            let text = before.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            return Ok(Ok(Some(Change::Replace { path: path.clone(), text })));
        }
        let read = |bytes: Option<Vec<u8>>| {
            bytes.and_then(|b| super::load::record(self.book.schema(), path, &b).ok())
        };
        let whole = || vec![path.to_string()];
        let (Some(after), Some(current)) = (read(after), read(current)) else { return Ok(Err(whole())) };
        let Some(before) = read(before) else {
            return Ok(Err(names(path, &diff(&after.fields, &current.fields))));
        };
        Ok(fields_back(path, &before, &after, &current).map(|edits| {
            let folders =
                |folder: &str| self.book.schema().types().iter().any(|t| t.folder.as_str() == folder);
            let reference = create::reference_of(folders, path)?;
            Some(Change::Set { reference, edits })
        }))
    }
}

/// The edits that bring the fields which `before → after` changed back, if `current` still has them as `after`.
fn fields_back(
    path: &RepoPath,
    before: &Record,
    after: &Record,
    current: &Record,
) -> Result<Vec<FieldEdit>, Vec<String>> {
    let changes = diff(&before.fields, &after.fields);
    let now = |c: &FieldChange| value_at(&current.fields, &c.path).clone();
    let touched: Vec<_> = changes.iter().filter(|c| now(c) != c.new && now(c) != c.old).cloned().collect();
    if !touched.is_empty() {
        return Err(names(path, &touched));
    }
    let back = changes.into_iter().filter(|c| now(c) != c.old).map(|c| FieldEdit {
        op: if c.old.is_empty() { EditOp::Clear } else { EditOp::Put(c.old) },
        path: c.path,
    });
    Ok(back.collect())
}

fn names(path: &RepoPath, changes: &[FieldChange]) -> Vec<String> {
    let stem = path.as_str().trim_end_matches(".yaml");
    changes.iter().map(|c| format!("{stem} {}", c.path)).collect()
}

fn steps(entries: &[LogEntry]) -> Vec<(CommitId, Step)> {
    let step = |e: &LogEntry| {
        let named = |key| e.message.trailer(key).find_map(|id| id.parse().ok());
        match (named(UNDOES), named(REDOES)) {
            (Some(id), _) => Step::Undo(id),
            (None, Some(id)) => Step::Redo(id),
            (None, None) => Step::Action,
        }
    };
    entries.iter().map(|e| (e.commit, step(e))).collect()
}

/// Where the newest action that still stands is. Newest first, as the log is.
fn undo_target(steps: &[(CommitId, Step)]) -> Option<usize> {
    let mut undone: BTreeMap<CommitId, bool> = BTreeMap::new();
    for (at, (commit, step)) in steps.iter().enumerate() {
        match step {
            Step::Undo(target) => {
                undone.entry(*target).or_insert(true);
            }
            Step::Redo(target) => {
                undone.entry(*target).or_insert(false);
            }
            Step::Action if !undone.get(commit).copied().unwrap_or(false) => return Some(at),
            Step::Action => {}
        }
    }
    None
}

/// The newest undo that has not been taken back, and what it undid, if no action came after it.
fn redo_target(steps: &[(CommitId, Step)]) -> Option<(usize, CommitId)> {
    let mut redone: Vec<CommitId> = Vec::new();
    for (at, (_, step)) in steps.iter().enumerate() {
        match step {
            Step::Action => return None,
            Step::Redo(target) => redone.push(*target),
            Step::Undo(target) => match redone.iter().position(|r| r == target) {
                Some(taken_back) => {
                    redone.swap_remove(taken_back);
                }
                None => return Some((at, *target)),
            },
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> CommitId {
        format!("{n:040x}").parse().unwrap()
    }

    /// Steps oldest first: `a1` is action 1, `u1` undoes it, `r1` redoes it. Undos and redos get ids from 100.
    fn world(text: &str) -> Vec<(CommitId, Step)> {
        let mut steps: Vec<_> = text
            .split_whitespace()
            .enumerate()
            .map(|(i, word)| {
                let n = word[1..].parse().unwrap();
                match &word[..1] {
                    "a" => (id(n), Step::Action),
                    "u" => (id(100 + i as u8), Step::Undo(id(n))),
                    _ => (id(100 + i as u8), Step::Redo(id(n))),
                }
            })
            .collect();
        steps.reverse();
        steps
    }

    fn check(text: &str, undo: Option<u8>, redo: Option<u8>) {
        let steps = world(text);
        assert_eq!(undo_target(&steps).map(|at| steps[at].0), undo.map(id), "undo after {text}");
        assert_eq!(redo_target(&steps).map(|(_, target)| target), redo.map(id), "redo after {text}");
    }

    #[test]
    fn goes_back_and_forth() {
        check("", None, None);
        check("a1 a2", Some(2), None);
        check("a1 a2 u2", Some(1), Some(2));
        check("a1 a2 u2 u1", None, Some(1));
        check("a1 a2 u2 u1 r1", Some(1), Some(2));
        check("a1 a2 u2 u1 r1 r2", Some(2), None);
        check("a1 a2 u2 r2 u2", Some(1), Some(2));
        check("a1 a2 u2 a3", Some(3), None);
        check("a1 a2 u2 a3 u3", Some(1), Some(3));
        check("a1 a2 u2 a3 u3 u1", None, Some(1));
        check("a1 u1 r1 u1 r1 u1", None, Some(1));
    }
}
