//! What can go wrong with the repository: what, where, and what to do next.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use thiserror::Error;

use crate::base::{CommitId, RepoPath};

/// Something git could not do.
#[derive(Debug, Error)]
pub enum GitError {
    /// No repository here or above.
    #[error("{path}: no git repository here: run `kontor init`, or `kontor demo` to look around in a sample")]
    NotARepository {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The folder belongs to somebody else, so its configuration can't be trusted.
    #[error(
        "{path}: this repository belongs to another user, and opening it could run their programs: if you trust it, run \
         `git config --global --add safe.directory {path}`"
    )]
    NotOwned {
        /// The repository.
        path: PathBuf,
    },
    /// There is no working tree.
    #[error("{path}: a bare repository has no files to work on: clone it and open the clone")]
    Bare {
        /// The repository.
        path: PathBuf,
    },
    /// References are kept in a format libgit2 can't read.
    #[error(
        "{path}: its references are in the reftable format, which Kontor can't read yet: run \
         `git refs migrate --ref-format=files`"
    )]
    Reftable {
        /// The repository.
        path: PathBuf,
    },
    /// Objects are missing on purpose.
    #[error(
        "{path}: a partial clone lacks part of the history: make a full clone without --filter and open that"
    )]
    PartialClone {
        /// The repository.
        path: PathBuf,
    },
    /// Hashes other than SHA-1.
    #[error("{path}: its objects are named by SHA-256, which Kontor can't read yet: use a SHA-1 repository")]
    Sha256 {
        /// The repository.
        path: PathBuf,
    },
    /// A link in Kontor's own folder, by which it would write elsewhere.
    #[error(
        "{path}: is a symbolic link, and Kontor follows none in its own folder: remove it; all that is there is made again"
    )]
    Linked {
        /// The link.
        path: PathBuf,
    },
    /// Some other thing libgit2 does not know.
    #[error("{path}: git uses something here that Kontor can't read: {detail}")]
    Unsupported {
        /// The repository.
        path: PathBuf,
        /// What it is.
        detail: String,
    },
    /// HEAD is not on a branch.
    #[error(
        "HEAD is detached at {commit}, so a commit would belong to no branch: run `git switch BRANCH` first"
    )]
    DetachedHead {
        /// Where it is, shortened.
        commit: String,
    },
    /// A merge, rebase or the like is half done.
    #[error(
        "a {operation} is under way: finish it with `git {command} --continue`, or take it back with `git {command} {undo}`"
    )]
    UnderWay {
        /// What it is called.
        operation: &'static str,
        /// The git command that does it.
        command: &'static str,
        /// How to take it back.
        undo: &'static str,
    },
    /// Nobody knows who commits.
    #[error("git doesn't know who you are: run `git config --global {key} \"{example}\"`")]
    NoIdentity {
        /// The setting that is missing.
        key: &'static str,
        /// What it could be.
        example: &'static str,
    },
    /// A name or address that git can't store.
    #[error(
        "{name:?} <{email}> can't be a commit's author: correct it with `git config user.name` and `git config user.email`"
    )]
    BadIdentity {
        /// The name.
        name: String,
        /// The address.
        email: String,
    },
    /// Another git holds the index or a reference.
    #[error(
        "{path} has been there for {age}: another git is at work, or one died; when none is running, remove this file"
    )]
    Locked {
        /// The lock file.
        path: PathBuf,
        /// How old it is, for people.
        age: String,
    },
    /// The newest commit has another version of the file than the change was made from.
    #[error(
        "{path}: was committed by another program meanwhile, nothing was committed: look at it and try again"
    )]
    ChangedMeanwhile {
        /// The file.
        path: RepoPath,
    },
    /// Another branch was checked out under us.
    #[error("{to} was checked out by another program meanwhile, nothing was committed: try again")]
    HeadMoved {
        /// Where HEAD is now.
        to: String,
    },
    /// The branch keeps moving under us.
    #[error("{branch} keeps being moved by another program, nothing was committed: try again")]
    Contended {
        /// The branch.
        branch: String,
    },
    /// The files are as in the newest commit.
    #[error("nothing to commit: the files are as in the newest commit")]
    NothingToCommit,
    /// A link, submodule or folder stands where a file should be.
    #[error("{path}: is not a plain file in the newest commit: move it away with git first")]
    NotAFile {
        /// The file.
        path: RepoPath,
    },
    /// The user's hook said no.
    #[error("a git hook refused the commit, nothing was committed:\n{output}")]
    HookRefused {
        /// What it said; to be made safe before it is shown.
        output: String,
    },
    /// The commit could not be signed.
    #[error("the commit could not be signed, nothing was committed (commit.gpgsign is set):\n{output}")]
    NotSigned {
        /// What git said; to be made safe before it is shown.
        output: String,
    },
    /// git is not installed.
    #[error(
        "git is not installed, or not on the PATH: install it from https://git-scm.com or your system's packages"
    )]
    NoGit,
    /// A git command failed.
    #[error("`git {command}` failed: {output}")]
    Command {
        /// The command.
        command: String,
        /// What it said; to be made safe before it is shown.
        output: String,
    },
    /// A git command said something we don't understand.
    #[error(
        "`git {command}` answered in a way Kontor doesn't understand: update git (2.30 or later is needed)"
    )]
    Answer {
        /// The command.
        command: String,
    },
    /// A commit that is not there.
    #[error("{commit}: there is no such commit in this repository: fetch it, or look it up with `git log`")]
    NoSuchCommit {
        /// The commit.
        commit: CommitId,
    },
    /// libgit2 failed.
    #[error("{doing}: {source}")]
    Library {
        /// What was being done.
        doing: &'static str,
        /// What libgit2 said.
        source: git2::Error,
    },
    /// A file under the git directory can't be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// `3 s`, `5 min`, `2 h`, `4 d`: how long ago, in the largest unit that fits.
pub(super) fn age(age: Duration) -> String {
    let seconds = age.as_secs();
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min", seconds / 60),
        3600..86400 => format!("{} h", seconds / 3600),
        _ => format!("{} d", seconds / 86400),
    }
}

/// Says what was being done when libgit2 failed.
pub(super) trait Doing<T> {
    /// Names the work for the error.
    fn doing(self, doing: &'static str) -> Result<T, GitError>;
}

impl<T> Doing<T> for Result<T, git2::Error> {
    fn doing(self, doing: &'static str) -> Result<T, GitError> {
        self.map_err(|source| GitError::Library { doing, source })
    }
}
