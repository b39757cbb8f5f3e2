//! Taking back what was done, as a new commit: nothing is ever rewritten.
//!
//! The history itself is the undo stack. A commit that undoes another names it in a trailer, and so does one
//! that redoes it; the newest word about a commit counts.

use super::attachments::limit_of;
use super::draft::ATTACHMENTS;
use super::load::is_groundwork;
use super::message::{ACTION, REDOES, UNDOES};
use super::{Applied, ChangeError, Workspace};
use crate::base::{CommitId, RepoPath};
use crate::git::{FileVersions, LogEntry, LogQuery};
use crate::model::diff::{FieldChange, diff};
use crate::model::edit::value_at;
use crate::model::{Change, ChangeSet, EditOp, FieldEdit, Record, SETTINGS_FILE};
use std::collections::BTreeMap;

/// How far back to look for something to undo: first a little, as a rule enough, then far.
const DEPTHS: [usize; 2] = [50, 2000];

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
                let found = self.among_own(undo_target)?;
                found
                    .map(|(entry, _)| entry)
                    .ok_or(ChangeError::Nothing("there is nothing of yours to undo"))?
            }
        };
        match step(&entry) {
            // To take an undo back is to redo, and what a redo did is undone like the action itself.
            Step::Undo(target) => self.invert(&entry, "redo", "Redo", (REDOES, target.to_string())),
            Step::Redo(target) => self.invert(&entry, "undo", "Undo", (UNDOES, target.to_string())),
            Step::Action => self.invert(&entry, "undo", "Undo", (UNDOES, entry.commit.to_string())),
        }
    }

    /// Takes back the user's last undo, unless something was done since.
    ///
    /// # Errors
    /// As [`Workspace::undo`].
    pub fn redo(&mut self) -> Result<Applied, ChangeError> {
        let nothing = ChangeError::Nothing("there is nothing to redo: only undo can be taken back");
        let (entry, target) = self.among_own(redo_target)?.ok_or(nothing)?;
        self.invert(&entry, "redo", "Redo", (REDOES, target.to_string()))
    }

    fn entry(&self, commit: CommitId) -> Result<LogEntry, ChangeError> {
        let query = LogQuery { from: Some(commit), limit: Some(1), ..LogQuery::default() };
        self.repo.log(&query)?.into_iter().next().ok_or(ChangeError::Nothing("there is no such commit"))
    }

    /// The one among the user's commits made by Kontor, newest first, that `choose` points at.
    fn among_own<T>(
        &self,
        choose: impl Fn(&[(CommitId, Step)]) -> Option<(usize, T)>,
    ) -> Result<Option<(LogEntry, T)>, ChangeError> {
        let me = self.repo.identity()?;
        for depth in DEPTHS {
            let log = self.repo.log(&LogQuery { limit: Some(depth), ..LogQuery::default() })?;
            let all_there_is = log.len() < depth;
            let mine = |e: &LogEntry| {
                // The commit in which everything began is no action of anybody's.
                let began = e.parents.is_empty();
                !began && e.author.email == me.email && e.message.trailer(ACTION).next().is_some()
            };
            let own: Vec<_> = log.into_iter().filter(mine).collect();
            let steps: Vec<_> = own.iter().map(|e| (e.commit, step(e))).collect();
            if let Some((at, more)) = choose(&steps) {
                return Ok(own.into_iter().nth(at).map(|entry| (entry, more)));
            }
            if all_there_is {
                break;
            }
        }
        Ok(None)
    }

    /// Makes a commit that takes back what `entry` did.
    fn invert(
        &mut self,
        entry: &LogEntry,
        action: &'static str,
        verb: &str,
        trailer: (&str, String),
    ) -> Result<Applied, ChangeError> {
        // What another process left half done is no state to go back from.
        drop(self.right_to_write()?);
        let folders: Vec<_> = self.book.schema().types().iter().map(|t| t.folder.to_string()).collect();
        let ours = |path: &RepoPath| {
            let record = path.extension() == Some("yaml") && folders.iter().any(|f| f == path.first());
            record || is_groundwork(path) || path.first() == ATTACHMENTS
        };
        let files: Vec<_> = entry.changes.iter().filter(|v| ours(&v.path)).collect();
        let began = |v: &&FileVersions| v.path.as_str() == SETTINGS_FILE && v.old.is_none();
        if files.is_empty() || files.iter().any(began) {
            return Err(ChangeError::Nothing(
                "that commit changed no records, or it made the workspace: there is nothing to take back",
            ));
        }
        self.refresh(&files.iter().map(|v| v.path.clone()).collect::<Vec<_>>());
        let (mut changes, mut conflicts) = (Vec::new(), Vec::new());
        let renamed = self.renamed_in(entry);
        if let Some((from, to)) = &renamed {
            changes.extend(self.attachments_back(from, to)?);
        }
        // A file that came into git with the commit was there before: it is not thrown away.
        let kept =
            |v: &&FileVersions| v.path.first() != ATTACHMENTS || (v.old.is_some() && renamed.is_none());
        for versions in files.into_iter().filter(kept) {
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
        let set = ChangeSet::new(action, changes).with_summary(format!("{verb} {subject}"));
        let applied = self.apply_with(&set, &[trailer])?;
        match applied.commit {
            Some(_) => Ok(applied),
            None => Err(ChangeError::Nothing("everything in it is as it was before already")),
        }
    }

    /// The change that takes one file back, or the fields that a later change touched.
    fn inverse(&self, versions: &FileVersions) -> Result<Result<Option<Change>, Vec<String>>, ChangeError> {
        let path = &versions.path;
        let content = |blob: Option<_>| blob.map(|b| self.repo.content(b)).transpose();
        let (before, after) = (content(versions.old)?, content(versions.new)?);
        let current = self.root.read_up_to(path, limit_of(path))?;
        if current == before {
            return Ok(Ok(None));
        }
        if current == after {
            return Ok(Ok(Some(Change::Restore { path: path.clone(), content: before })));
        }
        let read = |bytes: Option<Vec<u8>>| {
            bytes.and_then(|b| super::load::record(self.book.schema(), path, &b).ok())
        };
        let whole = || vec![path.to_string()];
        let (Some(after), Some(current)) = (read(after), read(current)) else { return Ok(Err(whole())) };
        let Some(before) = read(before) else {
            return Ok(Err(names(&current, &diff(&after.fields, &current.fields))));
        };
        Ok(fields_back(&before, &after, &current).map(|edits| {
            (!edits.is_empty()).then(|| Change::Set { reference: current.reference.clone(), edits })
        }))
    }
}

/// The edits that bring the fields which `before → after` changed back, if `current` still has them as `after`.
fn fields_back(before: &Record, after: &Record, current: &Record) -> Result<Vec<FieldEdit>, Vec<String>> {
    let changes = diff(&before.fields, &after.fields);
    let now = |c: &FieldChange| value_at(&current.fields, &c.path).clone();
    let touched: Vec<_> = changes.iter().filter(|c| now(c) != c.new && now(c) != c.old).cloned().collect();
    if !touched.is_empty() {
        return Err(names(current, &touched));
    }
    let back = changes.into_iter().filter(|c| now(c) != c.old).map(|c| FieldEdit {
        op: if c.old.is_empty() { EditOp::Clear } else { EditOp::Put(c.old) },
        path: c.path,
    });
    Ok(back.collect())
}

fn names(record: &Record, changes: &[FieldChange]) -> Vec<String> {
    match changes {
        // Only its comments or its form differ.
        [] => vec![record.reference.to_string()],
        changes => changes.iter().map(|c| format!("{} {}", record.reference, c.path)).collect(),
    }
}

fn step(entry: &LogEntry) -> Step {
    let named = |key| entry.message.trailer(key).find_map(|id| id.parse().ok());
    match (named(UNDOES), named(REDOES)) {
        (Some(id), _) => Step::Undo(id),
        (None, Some(id)) => Step::Redo(id),
        (None, None) => Step::Action,
    }
}

/// Where the newest action that still stands is. Newest first, as the log is.
fn undo_target(steps: &[(CommitId, Step)]) -> Option<(usize, ())> {
    let mut undone: BTreeMap<CommitId, bool> = BTreeMap::new();
    for (at, (commit, step)) in steps.iter().enumerate() {
        match step {
            Step::Undo(target) => {
                undone.entry(*target).or_insert(true);
            }
            Step::Redo(target) => {
                undone.entry(*target).or_insert(false);
            }
            Step::Action if !undone.get(commit).copied().unwrap_or(false) => return Some((at, ())),
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
        assert_eq!(undo_target(&steps).map(|(at, ())| steps[at].0), undo.map(id), "undo after {text}");
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
