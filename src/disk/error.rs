//! What can go wrong with files: what, where, and what to do next.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::base::RepoPath;

/// A file or folder that could not be read or written.
#[derive(Debug, Error)]
pub enum DiskError {
    /// The person's editor failed.
    #[error("the editor '{editor}' failed ({reason}): set $VISUAL or $EDITOR to one that works")]
    Editor {
        /// Its command line.
        editor: String,
        /// What happened.
        reason: String,
    },
    /// A text for the editor can't be put into a file, or read back.
    #[error("{path}: can't hand the text to the editor here: {source}")]
    NoDraft {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The repository's folder can't be opened.
    #[error("{path}: can't open this folder: {source}")]
    NoRoot {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A new folder was wanted where there is something already.
    #[error("{path}: is there already and is left alone: name a folder that does not exist yet")]
    Taken {
        /// The place.
        path: PathBuf,
    },
    /// A file was to be written where another one is that its writer does not know as its own.
    #[error(
        "{path}: is there already and is no such file that Kontor wrote, so it is left alone: name another"
    )]
    Foreign {
        /// The place.
        path: PathBuf,
    },
    /// A new folder can't be made.
    #[error("{path}: this folder can't be made: {source}")]
    NotMade {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file outside the repository can't be written.
    #[error("{path}: this file can't be written: {source}")]
    NotSaved {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file outside the repository can't be read.
    #[error("{path}: this file can't be read: {source}")]
    NotRead {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A part of the path is a symbolic link.
    #[error("{path}: {link} is a symbolic link, and links are not followed: put the real file there")]
    Link {
        /// What was to be read or written.
        path: RepoPath,
        /// The part that is a link.
        link: RepoPath,
    },
    /// A folder, device or pipe where a file should be.
    #[error("{path}: not a plain file: move it out of the way")]
    NotAFile {
        /// What was to be read or written.
        path: RepoPath,
    },
    /// A file where a folder should be.
    #[error("{path}: {at} is a file where a folder is needed: move it out of the way")]
    NotAFolder {
        /// What was to be read or written.
        path: RepoPath,
        /// The part that is a file.
        at: RepoPath,
    },
    /// Larger than any record may be.
    #[error("{path}: {size} bytes, and a record may have {limit} at most: move long text to attachments/")]
    TooLarge {
        /// The file.
        path: RepoPath,
        /// How long it is.
        size: u64,
        /// How long it may be.
        limit: u64,
    },
    /// A file name Kontor can't work with.
    #[error("{shown}: {reason}")]
    Name {
        /// The path, with what can't be shown replaced.
        shown: String,
        /// What is wrong with it and what to do.
        reason: String,
    },
    /// The system would not let us read.
    #[error("{path}: can't be read: {source}")]
    Read {
        /// The file or folder.
        path: RepoPath,
        /// What the system said.
        source: io::Error,
    },
    /// The system would not let us write.
    #[error("{path}: can't be written, nothing was changed: {source}")]
    Write {
        /// The file or folder.
        path: RepoPath,
        /// What the system said.
        source: io::Error,
    },
    /// The file on disk is no longer the one the change was made from.
    #[error(
        "{path}: was changed by another program meanwhile, nothing was written: look at it and try again"
    )]
    ChangedMeanwhile {
        /// The file.
        path: RepoPath,
    },
    /// One batch changes a file two times.
    #[error("{path}: is changed two times in one go, nothing was written")]
    Twice {
        /// The file.
        path: RepoPath,
    },
    /// Another Kontor is writing.
    #[error("another Kontor{holder} is writing to this repository: wait for it, or close it ({lock})")]
    Busy {
        /// The lock it holds.
        lock: PathBuf,
        /// ` (process 4711)`, where it is known.
        holder: String,
    },
    /// Kontor's own folder under the git directory can't be used.
    #[error("{path}: Kontor's own files can't be kept here: {source}")]
    State {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// An earlier change was interrupted and has not been put right yet.
    #[error(
        "{journal}: an earlier change was interrupted, nothing was written: open the workspace again, which finishes it"
    )]
    Unfinished {
        /// The note of it.
        journal: PathBuf,
    },
    /// The journal of an unfinished change makes no sense.
    #[error(
        "{path}: the note of an unfinished change is damaged: compare the working tree with `git status` and `git diff`, \
         then remove this file"
    )]
    DamagedJournal {
        /// The journal.
        path: PathBuf,
    },
    /// Some files could not be put back; the journal stays.
    #[error(
        "{path}: can't be put back after a failed change: {source}. Kontor tries again before the next change"
    )]
    NotPutBack {
        /// The file.
        path: RepoPath,
        /// What the system said.
        source: io::Error,
    },
}

impl DiskError {
    /// The file or folder in the repository it is about.
    pub fn path(&self) -> Option<&RepoPath> {
        match self {
            DiskError::Link { path, .. }
            | DiskError::NotAFile { path }
            | DiskError::NotAFolder { path, .. }
            | DiskError::TooLarge { path, .. }
            | DiskError::Read { path, .. }
            | DiskError::Write { path, .. }
            | DiskError::ChangedMeanwhile { path }
            | DiskError::Twice { path }
            | DiskError::NotPutBack { path, .. } => Some(path),
            DiskError::NoRoot { .. }
            | DiskError::NoDraft { .. }
            | DiskError::Taken { .. }
            | DiskError::Foreign { .. }
            | DiskError::NotMade { .. }
            | DiskError::NotSaved { .. }
            | DiskError::NotRead { .. }
            | DiskError::Name { .. }
            | DiskError::Editor { .. }
            | DiskError::Busy { .. }
            | DiskError::State { .. }
            | DiskError::Unfinished { .. }
            | DiskError::DamagedJournal { .. } => None,
        }
    }
}
