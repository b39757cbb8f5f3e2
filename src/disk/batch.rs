//! Several files changed as one: all of them, or none.
//!
//! Before the first file is touched a journal with the old and the new contents is on the disk; it goes when the
//! change is committed or put back. After a crash [`recover`] finds it and finishes the one or the other.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::journal::{Entry, Journal};
use super::{DiskError, MAX_ATTACHMENT_BYTES, Root, WriteLock, flush, write};
use crate::base::RepoPath;

/// What should become of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// The file.
    pub path: RepoPath,
    /// Its new content; none to delete it.
    pub content: Option<Vec<u8>>,
    /// What it must hold now (`Some(None)`: it must not exist), if that matters.
    pub expected: Option<Option<Vec<u8>>>,
}

impl FileChange {
    /// Create the file or replace its content.
    pub fn write(path: RepoPath, content: impl Into<Vec<u8>>) -> Self {
        FileChange { path, content: Some(content.into()), expected: None }
    }

    /// Delete the file.
    pub fn delete(path: RepoPath) -> Self {
        FileChange { path, content: None, expected: None }
    }

    /// Only if the file still holds `old` (none: does not exist), so that nobody's edit is overwritten unseen.
    pub fn expecting(mut self, old: Option<Vec<u8>>) -> Self {
        self.expected = Some(old);
        self
    }
}

/// Files changed and not yet committed. Dropped without [`Staged::settle`], it puts them back.
#[derive(Debug)]
#[must_use = "dropping it puts the files back"]
pub struct Staged<'a> {
    root: &'a Root,
    lock: &'a WriteLock,
    journal: Journal,
    open: bool,
}

/// What [`recover`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recovered {
    /// No change was under way.
    Nothing,
    /// The change had been committed; these are its files.
    Committed(Vec<RepoPath>),
    /// The change had not been committed, and its files hold their old contents again, but for those in
    /// `left_alone`, which somebody has edited since.
    PutBack {
        /// The files of the change.
        files: Vec<RepoPath>,
        /// Those that hold neither the old nor the new content.
        left_alone: Vec<RepoPath>,
    },
}

/// Told of every step, so that tests can make any of them the last.
pub(super) trait Steps: Sync {
    /// A step is about to be taken; an error stands for the disk's.
    fn reached(&self, step: &'static str) -> io::Result<()>;
}

/// The name of the step in which one file is written.
const WRITE: &str = "write";

/// Lets every step happen, and tells how many files have been written.
struct Told<'t> {
    written: AtomicUsize,
    total: usize,
    told: &'t (dyn Fn(usize, usize) + Sync),
}

impl Steps for Told<'_> {
    fn reached(&self, step: &'static str) -> io::Result<()> {
        if step == WRITE {
            let written = self.written.fetch_add(1, Ordering::Relaxed) + 1;
            (self.told)(written, self.total);
        }
        Ok(())
    }
}

/// Changes the files, all or none, and waits until the disk has them. Refuses while an earlier change is unfinished:
/// [`recover`] comes first, since only that change's journal says how its files are put right.
pub fn apply<'a>(
    root: &'a Root,
    lock: &'a WriteLock,
    changes: Vec<FileChange>,
) -> Result<Staged<'a>, DiskError> {
    apply_telling(root, lock, changes, &|_, _| {})
}

/// As [`apply`]; `told` hears how many files have been written, and of how many.
pub fn apply_telling<'a>(
    root: &'a Root,
    lock: &'a WriteLock,
    changes: Vec<FileChange>,
    told: &(dyn Fn(usize, usize) + Sync),
) -> Result<Staged<'a>, DiskError> {
    let steps = Told { written: AtomicUsize::new(0), total: changes.len(), told };
    apply_by_steps(root, lock, changes, &steps)
}

pub(super) fn apply_by_steps<'a>(
    root: &'a Root,
    lock: &'a WriteLock,
    changes: Vec<FileChange>,
    steps: &dyn Steps,
) -> Result<Staged<'a>, DiskError> {
    if let Some(journal) = Journal::waiting(lock.folder()) {
        return Err(DiskError::Unfinished { journal });
    }
    let journal = plan(root, changes)?;
    steps.reached("journal").map_err(|source| DiskError::State { path: lock.folder().into(), source })?;
    journal.save(lock.folder())?;
    let mut staged = Staged { root, lock, journal, open: true };
    match staged.carry_out(steps) {
        Ok(()) => Ok(staged),
        Err(error) => {
            staged.put_back()?;
            Err(error)
        }
    }
}

/// Looks at everything before touching anything.
fn plan(root: &Root, changes: Vec<FileChange>) -> Result<Journal, DiskError> {
    let mut journal = Journal::default();
    let mut seen = BTreeSet::new();
    let mut folders = BTreeSet::new();
    for FileChange { path, content, expected } in changes {
        if !seen.insert(path.clone()) {
            return Err(DiskError::Twice { path });
        }
        let (_, metadata) = root.look(&path)?;
        let mode = metadata.as_ref().and_then(write::mode_of);
        let old = match metadata {
            Some(_) => root.read_up_to(&path, MAX_ATTACHMENT_BYTES)?,
            None => None,
        };
        if expected.is_some_and(|expected| expected != old) {
            return Err(DiskError::ChangedMeanwhile { path });
        }
        let mut folder = path.parent().filter(|_| content.is_some());
        while let Some(missing) = folder.filter(|folder| !folder.to_path(root.path()).is_dir()) {
            folder = missing.parent();
            folders.insert(missing);
        }
        journal.entries.push(Entry { path, temporary: write::temporary_name(), mode, old, new: content });
    }
    journal.folders = folders.into_iter().collect();
    Ok(journal)
}

impl Staged<'_> {
    /// The files it changed.
    pub fn paths(&self) -> impl Iterator<Item = &RepoPath> {
        self.journal.entries.iter().map(|entry| &entry.path)
    }

    /// The change is committed: it stays.
    pub fn settle(mut self) -> Result<(), DiskError> {
        self.open = false;
        // Should the journal come back after a power failure, `recover` finds the change committed.
        Journal::forget_soon(self.lock.folder())?;
        for entry in self.journal.entries.iter().filter(|entry| entry.new.is_none()) {
            remove_empty_folders(self.root, &entry.path);
        }
        Ok(())
    }

    /// The change is off: every file gets its old bytes back, and folders made for it go.
    pub fn rollback(mut self) -> Result<(), DiskError> {
        self.put_back()
    }

    fn put_back(&mut self) -> Result<(), DiskError> {
        self.open = false;
        put_back(self.root, &self.journal)?;
        Journal::forget(self.lock.folder())
    }

    fn carry_out(&mut self, steps: &dyn Steps) -> Result<(), DiskError> {
        let root = self.root;
        for folder in &self.journal.folders {
            let made = steps.reached("folder").and_then(|()| fs::create_dir(folder.to_path(root.path())));
            made.map_err(|source| DiskError::Write { path: folder.clone(), source })?;
        }
        let written = self.journal.entries.par_iter().map(|entry| {
            let Some(new) = &entry.new else { return Ok(None) };
            let temporary = write::beside(&root.resolve(&entry.path)?, &entry.temporary);
            let written = steps.reached(WRITE).and_then(|()| write::create(&temporary, new, entry.mode));
            written.map_err(|source| DiskError::Write { path: entry.path.clone(), source })?;
            Ok(Some(temporary))
        });
        let written = written.filter_map(Result::transpose).collect::<Result<Vec<_>, _>>()?;
        // A name must never stand for content that the disk does not have.
        self.waited(steps.reached("wait").and_then(|()| flush::files(&written)))?;
        for entry in &self.journal.entries {
            let place = root.resolve(&entry.path)?;
            let done = steps.reached("rename").and_then(|()| match entry.new {
                Some(_) => fs::rename(write::beside(&place, &entry.temporary), &place),
                None => write::remove(&place),
            });
            done.map_err(|source| DiskError::Write { path: entry.path.clone(), source })?;
        }
        let mut folders: BTreeSet<PathBuf> = BTreeSet::new();
        for path in self.journal.entries.iter().map(|entry| &entry.path).chain(&self.journal.folders) {
            folders.extend(path.to_path(root.path()).parent().map(PathBuf::from));
        }
        self.waited(steps.reached("sync").and_then(|()| flush::folders(&folders)))
    }

    /// A wait for the disk is about all files; the error names the first.
    fn waited(&self, done: io::Result<()>) -> Result<(), DiskError> {
        match (done, self.journal.entries.first()) {
            (Err(source), Some(entry)) => Err(DiskError::Write { path: entry.path.clone(), source }),
            _ => Ok(()),
        }
    }
}

impl Drop for Staged<'_> {
    fn drop(&mut self) {
        if self.open {
            // What can't be put back now is put back by `recover`: the journal is still there.
            let _ = self.put_back();
        }
    }
}

/// Finishes what a crash interrupted. `committed` says whether the newest commit holds this content for a file
/// (none: does not have the file).
///
/// Call it with the lock held, before reading the files.
pub fn recover(
    root: &Root,
    lock: &WriteLock,
    mut committed: impl FnMut(&RepoPath, Option<&[u8]>) -> bool,
) -> Result<Recovered, DiskError> {
    let Some(journal) = Journal::load(lock.folder())? else { return Ok(Recovered::Nothing) };
    let files = journal.entries.iter().map(|entry| entry.path.clone()).collect();
    let recovered = match journal.entries.iter().all(|entry| committed(&entry.path, entry.new.as_deref())) {
        true => Recovered::Committed(files),
        false => Recovered::PutBack { files, left_alone: put_back(root, &journal)? },
    };
    Journal::forget(lock.folder())?;
    Ok(recovered)
}

/// Gives every file that holds the new content its old content; returns those that hold neither.
fn put_back(root: &Root, journal: &Journal) -> Result<Vec<RepoPath>, DiskError> {
    let mut left_alone = Vec::new();
    for entry in &journal.entries {
        let failed = |source| DiskError::NotPutBack { path: entry.path.clone(), source };
        // A link that has come to stand here is somebody's doing, and so is a file that can't be read any more.
        let Ok(place) = root.resolve(&entry.path) else {
            left_alone.push(entry.path.clone());
            continue;
        };
        let temporary = write::beside(&place, &entry.temporary);
        write::remove(&temporary).map_err(failed)?;
        let now = root.read_up_to(&entry.path, MAX_ATTACHMENT_BYTES);
        match now {
            Ok(now) if now == entry.old => {}
            Ok(now) if now == entry.new => match &entry.old {
                Some(old) => {
                    place.parent().map_or(Ok(()), fs::create_dir_all).map_err(failed)?;
                    write::replace(&place, &temporary, old, entry.mode).map_err(failed)?;
                }
                None => write::remove(&place).and_then(|()| write::sync_folder_of(&place)).map_err(failed)?,
            },
            _ => left_alone.push(entry.path.clone()),
        }
    }
    for folder in journal.folders.iter().rev() {
        match fs::remove_dir(folder.to_path(root.path())) {
            // Not empty: somebody else put a file there, so the folder is theirs now.
            Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::DirectoryNotEmpty) => {
                return Err(DiskError::NotPutBack { path: folder.clone(), source: error });
            }
            _ => {}
        }
    }
    Ok(left_alone)
}

/// Like git, keeps no folder for the sake of a file that was deleted.
fn remove_empty_folders(root: &Root, path: &RepoPath) {
    let mut folder = path.parent();
    while let Some(empty) = folder.filter(|folder| fs::remove_dir(folder.to_path(root.path())).is_ok()) {
        folder = empty.parent();
    }
}

#[cfg(test)]
#[path = "batch_tests.rs"]
mod tests;
