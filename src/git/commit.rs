//! Making a commit of some files, on top of HEAD, beside whatever else the user has staged or changed.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use chrono::{DateTime, FixedOffset};
use git2::{ErrorCode, Oid};

use super::error::{Doing, age};
use super::holding::Held;
use super::repo::{commit_id, oid};
use super::tree::Files;
use super::{GitError, Head, Identity, Repo};
use crate::base::{CommitId, RepoPath};

/// A commit to be made.
#[derive(Clone, Copy, Debug)]
pub struct NewCommit<'a> {
    /// The files and their new contents; none for a file that goes.
    pub changes: &'a [(RepoPath, Option<Vec<u8>>)],
    /// The message, ending in a newline.
    pub message: &'a str,
    /// Who made the change.
    pub author: &'a Identity,
    /// When, on the author's clock.
    pub time: DateTime<FixedOffset>,
}

/// A commit that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its name.
    pub commit: CommitId,
    /// The files that a hook gave another content on their way into it.
    pub altered: Vec<RepoPath>,
}

/// How long another program may hold a lock before we give up.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// How long after writing the index git may take to move HEAD.
const BREATH: Duration = Duration::from_millis(20);

/// How often the branch may be moved under us before we give up.
const ATTEMPTS: usize = 5;

impl Repo {
    /// Commits the files with exactly these contents. The index is brought up to date by [`Repo::refresh_index`],
    /// to be called afterwards when nobody waits; what else is staged or changed stays as it is.
    ///
    /// On success the commit survives a crash of the machine.
    pub fn commit(&self, new: &NewCommit<'_>) -> Result<CommitId, GitError> {
        Ok(self.commit_on(&self.settled_head()?, new)?.commit)
    }

    /// Where HEAD is once no other git is at work on the index, a checkout for one: what a change is to be planned on,
    /// before any file is read.
    pub fn settled_head(&self) -> Result<Head, GitError> {
        self.wait_for_index()?;
        self.head()
    }

    /// As [`Repo::commit`], for a change planned on that HEAD. Refuses if another branch has been checked out since, or
    /// somebody else has committed one of the files.
    pub fn commit_on(&self, planned: &Head, new: &NewCommit<'_>) -> Result<Made, GitError> {
        self.wait_for_index()?;
        let (branch, parent) = self.still_on(planned)?;
        self.is_unchanged_since(planned, parent, new)?;
        match self.needs_git(new.changes.iter().map(|(path, _)| path))? {
            true => self.commit_through_git(new, parent),
            false => {
                let commit = self.commit_by_library(new, planned, &branch, parent)?;
                Ok(Made { commit, altered: Vec::new() })
            }
        }
    }

    /// The branch to commit to, which must be that of `planned`, and its newest commit.
    fn still_on(&self, planned: &Head) -> Result<(String, Option<Oid>), GitError> {
        let (branch, parent) = self.branch_to_commit_to()?;
        match planned {
            Head::Branch { name, .. } if branch.strip_prefix("refs/heads/") == Some(name) => {
                Ok((branch, parent))
            }
            _ => Err(GitError::HeadMoved { to: branch.trim_start_matches("refs/heads/").to_string() }),
        }
    }

    /// What somebody else has committed since does no harm unless it is about the same files.
    fn is_unchanged_since(
        &self,
        planned: &Head,
        parent: Option<Oid>,
        new: &NewCommit<'_>,
    ) -> Result<(), GitError> {
        let base = planned.commit().map(|commit| oid(&commit)).transpose()?;
        if base == parent {
            return Ok(());
        }
        let (before, now) = (self.blobs_at(base, new)?, self.blobs_at(parent, new)?);
        match before.iter().zip(&now).position(|(before, now)| before != now) {
            Some(changed) => Err(GitError::ChangedMeanwhile { path: new.changes[changed].0.clone() }),
            None => Ok(()),
        }
    }

    /// Whether the newest commit holds this content for the file (none: does not have the file).
    pub fn is_committed(&self, path: &RepoPath, content: Option<&[u8]>) -> Result<bool, GitError> {
        let committed = self.blob_in(self.head_tree()?.as_ref(), path)?;
        let blob = content.map(|content| self.write_blob(path, content)).transpose()?;
        Ok(committed == blob)
    }

    fn commit_by_library(
        &self,
        new: &NewCommit<'_>,
        planned: &Head,
        branch: &str,
        mut parent: Option<Oid>,
    ) -> Result<CommitId, GitError> {
        const DOING: &str = "making the commit";
        let author =
            new.author.at(git2::Time::new(new.time.timestamp(), new.time.offset().local_minus_utc() / 60))?;
        let edits = self.write_blobs(new)?;
        let subject = new.message.lines().next().unwrap_or_default();
        for _ in 0..ATTEMPTS {
            let parent_commit = parent.map(|parent| self.git.find_commit(parent)).transpose().doing(DOING)?;
            let base = parent_commit.as_ref().map(git2::Commit::tree).transpose().doing(DOING)?;
            let mut written: Vec<Oid> = edits.iter().filter_map(|edit| edit.1).collect();
            let tree = self.edited_tree(base.as_ref(), &edits, &mut written)?;
            if base.as_ref().map(git2::Tree::id) == Some(tree)
                || base.is_none() && edits.iter().all(|edit| edit.1.is_none())
            {
                return Err(GitError::NothingToCommit);
            }
            let tree = self.git.find_tree(tree).doing(DOING)?;
            let parents: Vec<_> = parent_commit.iter().collect();
            let commit =
                self.git.commit(None, &author, &author, new.message, &tree, &parents).doing(DOING)?;
            written.push(commit);
            self.sync_objects(&written)?;
            self.note_pending(new.changes.iter().map(|(path, _)| path))?;
            let log = format!("commit{}: {subject}", if parent.is_none() { " (initial)" } else { "" });
            // Waiting for the disk takes long enough for a checkout.
            self.still_on(planned)?;
            if self.move_branch(branch, parent, commit, &log)? {
                return Ok(commit_id(commit));
            }
            // Somebody else has committed. Ours goes on top of theirs.
            parent = self.still_on(planned)?.1;
            self.is_unchanged_since(planned, parent, new)?;
        }
        Err(GitError::Contended { branch: branch.trim_start_matches("refs/heads/").to_string() })
    }

    /// Moves the branch from one commit to the next; false if it was not at the first.
    pub(super) fn move_branch(
        &self,
        branch: &str,
        from: Option<Oid>,
        to: Oid,
        log: &str,
    ) -> Result<bool, GitError> {
        let since = Instant::now();
        let lock = self.common_dir().join(format!("{branch}.lock"));
        self.remove_if_orphaned(Held::Branch, &lock);
        let _holding = self.holding(Held::Branch, &lock)?;
        loop {
            let moved = match from {
                Some(from) => self.durable.reference_matching(branch, to, true, from, log),
                None => self.durable.reference(branch, to, false, log),
            };
            match moved.as_ref().map_err(git2::Error::code) {
                Ok(_) => return Ok(true),
                Err(ErrorCode::Modified | ErrorCode::Exists | ErrorCode::NotFound) => return Ok(false),
                Err(ErrorCode::Locked) if since.elapsed() < PATIENCE => pause(),
                Err(ErrorCode::Locked) => {
                    return Err(locked(&if lock.exists() { lock } else { self.git_dir().join("HEAD.lock") }));
                }
                Err(_) => drop(moved.doing("moving the branch")?),
            }
        }
    }

    fn write_blobs<'a>(&self, new: &NewCommit<'a>) -> Result<Vec<(&'a RepoPath, Option<Oid>)>, GitError> {
        let write = |(path, content): &'a (RepoPath, Option<Vec<u8>>)| {
            Ok((path, content.as_ref().map(|content| self.write_blob(path, content)).transpose()?))
        };
        new.changes.iter().map(write).collect()
    }

    /// Stores a file's content as git would on `git add`.
    pub(super) fn write_blob(&self, path: &RepoPath, content: &[u8]) -> Result<Oid, GitError> {
        use std::io::Write;
        const DOING: &str = "storing a file";
        // Without CRLF there is nothing for core.autocrlf or the text attribute to convert.
        if !content.windows(2).any(|pair| pair == b"\r\n") {
            return self.git.blob(content).doing(DOING);
        }
        let mut writer = self.git.blob_writer(Some(path.as_str().as_ref())).doing(DOING)?;
        let written = writer.write_all(content).map_err(|error| git2::Error::from_str(&error.to_string()));
        written.and_then(|()| writer.commit()).doing(DOING)
    }

    fn blobs_at(&self, commit: Option<Oid>, new: &NewCommit<'_>) -> Result<Vec<Option<Oid>>, GitError> {
        let tree =
            commit.map(|commit| self.git.find_commit(commit).and_then(|commit| commit.tree())).transpose();
        let tree = tree.doing("reading the newest commit")?;
        let mut files = Files::of(self, tree.as_ref());
        new.changes.iter().map(|(path, _)| Ok(files.blob(path)?.map(|(id, _)| id))).collect()
    }

    /// Waits until nobody is at work on the index, and HEAD belongs to it: git lets go of the one a moment before it
    /// moves the other.
    fn wait_for_index(&self) -> Result<(), GitError> {
        let lock = self.git_dir().join("index.lock");
        let since = Instant::now();
        while lock.exists() && !self.remove_if_orphaned(Held::Index, &lock) {
            if since.elapsed() >= PATIENCE {
                return Err(locked(&lock));
            }
            pause();
        }
        let written = || std::fs::metadata(self.git_dir().join("index")).and_then(|index| index.modified());
        let is_fresh = || {
            written().is_ok_and(|time| SystemTime::now().duration_since(time).is_ok_and(|age| age < BREATH))
        };
        while is_fresh() && since.elapsed() < PATIENCE {
            pause();
        }
        Ok(())
    }
}

/// A short wait for another program.
pub(super) fn pause() {
    std::thread::sleep(Duration::from_millis(10));
}

/// The error that names a lock file and its age.
pub(super) fn locked(lock: &Path) -> GitError {
    let modified = std::fs::metadata(lock).and_then(|metadata| metadata.modified());
    let old = modified.ok().and_then(|time| SystemTime::now().duration_since(time).ok()).unwrap_or_default();
    GitError::Locked { path: PathBuf::from(lock), age: age(old) }
}

#[cfg(test)]
#[path = "commit_tests.rs"]
mod tests;
