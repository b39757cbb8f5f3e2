//! The one way in: plan, write all files or none, commit, and only then the new book.

use super::attachments::limit_of;
use super::keep::Keeping;
use super::load::{Everything, load, record, tops};
use super::open::me;
use super::plan::{Plan, Touched, plan};
use super::{ChangeError, Workspace, message};
use crate::base::{CommitId, RepoPath};
use crate::disk::{self, FileChange};
use crate::git::{Head, Made, NewCommit};
use crate::model::{Change, ChangeSet};
use crate::tr;
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// A change that has been made and survives a crash.
#[derive(Debug, Clone)]
pub struct Applied {
    /// Its commit; `None` when everything was so already.
    pub commit: Option<CommitId>,
    /// The commit's subject.
    pub subject: String,
    /// Every record it touched.
    pub touched: Vec<Touched>,
    /// The files that one of the user's git hooks gave another content on their way into the commit.
    pub altered: Vec<RepoPath>,
}

impl Applied {
    /// What to say where a hook made something else of the change than the subject tells.
    pub fn altered_note(&self) -> Option<String> {
        let paths: Vec<_> = self.altered.iter().map(RepoPath::as_str).collect();
        let said = || {
            tr!("a git hook changed {paths} on the way into the commit: look again", paths = paths.join(", "))
        };
        (!paths.is_empty()).then(|| said().into())
    }
}

/// An import of thousands is not looked up one by one.
pub(super) const COMPARED: usize = 100;

impl Workspace {
    /// Makes a change: checks it, writes its files all or none, commits them, and brings the book up to date.
    ///
    /// Until [`Workspace::settle_index`] git's index does not know of the commit; call it when nobody waits.
    ///
    /// # Errors
    /// When anything stands in the way; then every file is as it was.
    pub fn apply(&mut self, set: &ChangeSet) -> Result<Applied, ChangeError> {
        self.apply_with(set, &[])
    }

    /// As [`Workspace::apply`], with further trailers for the commit.
    pub(super) fn apply_with(
        &mut self,
        set: &ChangeSet,
        trailers: &[(&str, String)],
    ) -> Result<Applied, ChangeError> {
        self.apply_telling(set, trailers, &|_, _| {})
    }

    /// The same; `told` hears how many files have been written, and of how many.
    pub(super) fn apply_telling(
        &mut self,
        set: &ChangeSet,
        trailers: &[(&str, String)],
        told: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Applied, ChangeError> {
        let identity = self.repo.identity()?;
        let lock = self.right_to_write()?;
        let head = self.repo.settled_head()?;
        let now = self.now();
        let Plan { book, mut files, mut touched, reload } =
            plan(&self.book, set, now, &|path| self.root.read_up_to(path, limit_of(path)))?;
        let own = self.attachment_changes(&touched)?.into_iter();
        let named: FxHashSet<_> = files.iter().map(|f| f.path.clone()).collect();
        files.extend(own.filter(|change| !named.contains(&change.path)));
        self.refuse_uncommittable(set, &files, &head)?;
        let head = self.rescue(&files, &identity, now, head)?;
        self.compare_with_head(&mut touched, &head)?;
        let mut message = message::message(&book, set.action, set.summary.as_deref(), &touched, now);
        for (key, value) in trailers {
            message = message.with_trailer(*key, value.as_str());
        }
        let subject = message.subject.clone();
        if files.is_empty() {
            return Ok(Applied { commit: None, subject, touched: Vec::new(), altered: Vec::new() });
        }
        let changes: Vec<_> = files.iter().map(|f| (f.path.clone(), f.content.clone())).collect();
        let staged = disk::apply_telling(&self.root, &lock, files, told)?;
        let new = NewCommit {
            changes: &changes,
            message: &message.to_string(),
            author: &identity,
            time: now.local().fixed_offset(),
        };
        let Made { commit, altered } = match self.repo.commit_on(&head, &new) {
            Ok(made) => made,
            Err(error) => {
                staged.rollback()?;
                return Err(error.into());
            }
        };
        // Should this fail, the note that stays behind says what is true: the change is committed.
        let _ = staged.settle();
        drop(lock);
        self.book = Arc::new(book);
        match reload {
            true => self.reload(),
            false => changes.iter().for_each(|(path, content)| self.note_own(path, content.as_deref())),
        }
        self.refresh(&altered);
        if touched.iter().any(|t| t.reference.folder.as_str() == "users") {
            self.me = me(&self.book, Ok(identity));
        }
        Ok(Applied { commit: Some(commit), subject, touched, altered })
    }

    /// Refuses what git would not keep as it is meant: files it is told to ignore, and, where a sparse checkout leaves
    /// records out, changes that these would have to follow.
    fn refuse_uncommittable(
        &self,
        set: &ChangeSet,
        files: &[FileChange],
        head: &Head,
    ) -> Result<(), ChangeError> {
        for FileChange { path, .. } in files {
            let known = || head.commit().map(|head| self.repo.content_at(&head, path)).transpose();
            if self.repo.is_ignored(path)? && known()?.flatten().is_none() {
                return Err(ChangeError::Ignored(path.clone()));
            }
        }
        let left_out = self.repo.left_out(&tops(self.book.schema()))?;
        if let Some(file) = files.iter().find(|file| left_out.contains(&file.path)) {
            return Err(ChangeError::LeftOut(file.path.clone()));
        }
        let goes = |change: &Change| matches!(change, Change::Delete { .. } | Change::Rename { .. });
        match set.changes.iter().any(goes) && !left_out.is_empty() {
            true => Err(ChangeError::OutOfSight(left_out.len())),
            false => Ok(()),
        }
    }

    /// The commit says what it changes, and that may be more than the person did: a file may hold hand edits
    /// that were not committed, or less, where another Kontor has committed meanwhile.
    fn compare_with_head(&self, touched: &mut [Touched], head: &Head) -> Result<(), ChangeError> {
        if touched.len() > COMPARED {
            return Ok(());
        }
        let head = head.commit();
        for touched in touched.iter_mut() {
            let Some(before) = &touched.before else { continue };
            let content = head.map(|head| self.repo.content_at(&head, &before.path)).transpose()?.flatten();
            match content.map(|bytes| record(self.book.schema(), &before.path, &bytes)) {
                None => touched.before = None,
                Some(Ok(committed)) => touched.before = Some(Arc::new(committed)),
                // It was committed broken and has been mended since.
                Some(Err(_)) => {}
            }
        }
        Ok(())
    }

    /// Brings git's index up to date with the commits made, so that `git status` is clean.
    ///
    /// # Errors
    /// When another program holds the index for longer than two seconds; a later call catches up.
    pub fn settle_index(&self) -> Result<(), ChangeError> {
        Ok(self.repo.refresh_index()?)
    }

    /// Reads everything again.
    pub fn reload(&mut self) {
        self.keeping = Keeping::since(disk::Instant::now(), false);
        let Everything { book, groundwork, stamps } = load(&self.root, || {});
        (self.book, self.groundwork, self.stamps) = (book, groundwork, stamps);
        self.me = me(&self.book, self.repo.identity());
    }
}
