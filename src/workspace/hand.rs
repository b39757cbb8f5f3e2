//! Edits made without Kontor: in a text editor, by a script. They are committed once they are valid and quiet.

use super::load::{SCHEMA_FOLDER, is_groundwork, record, tops};
use super::plan::Touched;
use super::{Applied, ChangeError, Workspace, message};
use crate::base::{CommitId, Now, RepoPath};
use crate::crm::rules::findings;
use crate::git::{GitError, Head, Identity, Made, NewCommit, UncommittedKind};
use crate::model::{Problem, SETTINGS_FILE, Schema, Scope, Settings, Severity, create};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The name under which hand edits stand in the history.
const ACTION: &str = "hand-edit";

/// What was committed of the hand edits, and what could not be.
#[derive(Debug, Default)]
pub struct HandCommit {
    /// The commit, if there was anything to commit.
    pub applied: Option<Applied>,
    /// The files that are not valid yet, with their errors.
    pub held_back: Vec<Problem>,
}

/// One file that differs from the newest commit.
pub(super) struct Edited {
    pub path: RepoPath,
    pub old: Option<Vec<u8>>,
    pub new: Option<Vec<u8>>,
}

impl Workspace {
    /// The files of the workspace that are not as in the newest commit.
    ///
    /// # Errors
    /// When git cannot tell.
    pub fn hand_edited(&self) -> Result<Vec<RepoPath>, ChangeError> {
        let found = self.repo.uncommitted(&tops(self.book.schema()))?;
        let ours = found.into_iter().filter(|u| u.kind != UncommittedKind::Conflict);
        Ok(ours.map(|u| u.path).filter(|p| p.as_str().ends_with(".yaml")).collect())
    }

    /// Refuses where git waits for a decision on one of the workspace's files.
    ///
    /// # Errors
    /// [`ChangeError::Unmerged`] with those files; or when git cannot tell.
    pub fn refuse_unmerged(&self) -> Result<(), ChangeError> {
        let found = self.repo.unmerged(&tops(self.book.schema()))?;
        if found.is_empty() { Ok(()) } else { Err(ChangeError::Unmerged(found)) }
    }

    /// Commits these hand-edited files, as far as they are valid, as one commit with a message made from the
    /// fields that changed.
    ///
    /// # Errors
    /// When git refuses; the files stay as they are in any case.
    pub fn commit_by_hand(&mut self, paths: &[RepoPath]) -> Result<HandCommit, ChangeError> {
        let identity = self.repo.identity()?;
        let lock = self.right_to_write()?;
        let planned = self.repo.settled_head()?;
        self.refresh(paths);
        let head = planned.commit();
        let mut result = HandCommit::default();
        let mut edited = Vec::new();
        for path in paths {
            let old = head.map(|h| self.repo.content_at(&h, path)).transpose()?.flatten();
            let new = match self.root.read(path) {
                Ok(new) => new,
                // A link, a folder, a giant: nothing to commit, and no reason to hold back the others.
                Err(error) => {
                    result.held_back.extend(super::load::unreadable(&error));
                    continue;
                }
            };
            let file = Edited { path: path.clone(), old, new };
            if file.old == file.new {
                continue;
            }
            let errors = self.errors(&file);
            match errors.is_empty() {
                true => edited.push(file),
                false => result.held_back.extend(errors),
            }
        }
        self.hold_back_halves(&mut edited, &mut result.held_back, head)?;
        if edited.is_empty() {
            return Ok(result);
        }
        result.applied = self.commit_edited(edited, &identity, self.now(), &planned)?;
        drop(lock);
        self.refresh(result.applied.as_ref().map_or(&[], |applied| &applied.altered));
        Ok(result)
    }

    /// Commits these files as they are on the disk; none where git keeps them as they were.
    pub(super) fn commit_edited(
        &self,
        edited: Vec<Edited>,
        author: &Identity,
        now: Now,
        planned: &Head,
    ) -> Result<Option<Applied>, ChangeError> {
        let touched = self.touched(&edited);
        let summary = groundwork_summary(&edited, &touched);
        let message = message::message(&self.book, ACTION, summary.as_deref(), &touched, now);
        let changes: Vec<_> = edited.into_iter().map(|f| (f.path, f.new)).collect();
        let text = message.to_string();
        let time = now.local().fixed_offset();
        let new = NewCommit { changes: &changes, message: &text, author, time };
        match self.repo.commit_on(planned, &new) {
            // A filter made them what they were.
            Err(GitError::NothingToCommit) => Ok(None),
            Err(error) => Err(error.into()),
            Ok(Made { commit, altered }) => {
                Ok(Some(Applied { commit: Some(commit), subject: message.subject, touched, altered }))
            }
        }
    }

    /// A file that is gone may have become another that is held back: committed alone, half of a move would lose the
    /// record. So deletions wait as long as there is a new file in their folder that cannot be committed.
    fn hold_back_halves(
        &self,
        edited: &mut Vec<Edited>,
        held_back: &mut Vec<Problem>,
        head: Option<CommitId>,
    ) -> Result<(), ChangeError> {
        let mut new: BTreeMap<String, RepoPath> = BTreeMap::new();
        for path in held_back.iter().map(|p| &p.path).chain(self.book.broken().keys()) {
            if head.map(|head| self.repo.content_at(&head, path)).transpose()?.flatten().is_none() {
                new.entry(path.first().to_owned()).or_insert_with(|| path.clone());
            }
        }
        edited.retain(|file| {
            let half = file.new.is_none().then(|| new.get(file.path.first())).flatten();
            held_back.extend(half.map(|new| {
                let message = crate::tr!(
                    "the file is gone, and {new} is new and can't be committed: if one became the other, mend that first; if \
                     not, move it out of the way",
                    new = new
                );
                Problem::error(file.path.clone(), 1, 1, "half-moved", message)
            }));
            half.is_none()
        });
        Ok(())
    }

    /// What keeps a hand-edited file from being committed: errors it did not have in the newest commit.
    fn errors(&self, file: &Edited) -> Vec<Problem> {
        let Some(bytes) = &file.new else { return Vec::new() };
        let text = String::from_utf8_lossy(bytes);
        if file.path.as_str() == SETTINGS_FILE {
            return Settings::load(&file.path, &text).1;
        }
        if file.path.as_str().starts_with(SCHEMA_FOLDER) {
            return Schema::load(&[(file.path.clone(), text.into_owned())]).1;
        }
        if let Some(problem) = self.book.broken().get(&file.path) {
            return vec![problem.clone()];
        }
        let new = match record(self.book.schema(), &file.path, bytes) {
            Ok(new) => new,
            Err(problem) => return vec![problem],
        };
        let old = file.old.as_ref().and_then(|b| record(self.book.schema(), &file.path, b).ok());
        let Some(scope) = Scope::of(&self.book, &new) else { return Vec::new() };
        let before = old.as_ref().and_then(|r| Scope::of(&self.book, r));
        let known = before.map_or(Vec::new(), |s| findings(&s, &new.reference));
        let fresh = findings(&scope, &new.reference)
            .into_iter()
            .filter(|f| f.severity == Severity::Error && !known.contains(f))
            .collect();
        match crate::yaml::parse_bytes(bytes) {
            Ok(root) => crate::model::validate::placed(fresh, &file.path, &root),
            Err(error) => vec![super::load::syntax(&file.path, &error)],
        }
    }

    /// The records in these files, before and after. A file that was moved within its folder is one record.
    fn touched(&self, files: &[Edited]) -> Vec<Touched> {
        let folders = |folder: &str| self.book.schema().types().iter().any(|t| t.folder.as_str() == folder);
        let mut touched: Vec<Touched> = Vec::new();
        for file in files {
            let Some(reference) = create::reference_of(folders, &file.path) else { continue };
            let state = |bytes: &Option<Vec<u8>>| {
                bytes.as_ref().and_then(|b| record(self.book.schema(), &file.path, b).ok())
            };
            let (before, after) = (state(&file.old).map(Arc::new), state(&file.new));
            match touched.iter_mut().find(|t| t.reference == reference) {
                Some(other) => {
                    other.before = other.before.take().or(before);
                    other.after = other.after.take().or(after);
                }
                None => touched.push(Touched { reference, before, after }),
            }
        }
        touched
    }
}

/// Schema and settings files are no records, so a commit of nothing else needs a subject of its own.
fn groundwork_summary(edited: &[Edited], touched: &[Touched]) -> Option<String> {
    let groundwork: Vec<_> =
        edited.iter().map(|f| &f.path).filter(|p| is_groundwork(p)).map(|p| p.as_str()).collect();
    (touched.is_empty() && !groundwork.is_empty())
        .then(|| format!("{}: edited by hand", groundwork.join(", ")))
}
