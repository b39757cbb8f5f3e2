//! Finding and opening a workspace.

use super::keep::Keeping;
use super::load::{Everything, from_snapshot, groundwork, load_on};
use super::snapshot::{self, Snapshot};
use super::{OpenError, Refreshed, Workspace};
use crate::base::{Clock, Folder, Id, RepoPath};
use crate::disk::{self, Derived, DiskError, Recovered, Root, WriteLock};
use crate::git::{Environment, GitError, Identity, Repo};
use crate::model::{Book, SETTINGS_FILE};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long another Kontor may hold the right to write before we say so.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// A workspace that was found but not read yet.
pub struct Found {
    repo: Repo,
    root: Root,
}

/// Finds the workspace around `start`: the nearest folder with a `kontor.yaml`, which must be the top of a git
/// repository.
///
/// # Errors
/// When there is none, or git or the disk refuse.
pub fn find(start: &Path, environment: Environment) -> Result<Found, OpenError> {
    find_by(start, environment, Repo::discover)
}

/// Reads the workspace around `start` and leaves everything as it is: nothing is recovered or written, and nothing is
/// kept for the next start. For looking only.
///
/// # Errors
/// When there is none, or git or the disk refuse.
pub fn look(start: &Path, environment: Environment, clock: Arc<dyn Clock>) -> Result<Workspace, OpenError> {
    let mut left = find_by(start, environment, Repo::observe)?.read(clock, || {});
    left.take_in();
    Ok(left.workspace)
}

fn find_by(
    start: &Path,
    environment: Environment,
    open: fn(&Path, Environment) -> Result<Repo, GitError>,
) -> Result<Found, OpenError> {
    let start = Root::open(start)?;
    let missing = || OpenError::NotAWorkspace(start.path().to_owned());
    let root = start.path().ancestors().find_map(marked).ok_or_else(missing)?;
    let repo = open(root.path(), environment)?;
    let top = Root::open(repo.root())?;
    if top.path() != root.path() {
        return Err(OpenError::NotAtTop { workspace: root.path().to_owned(), top: top.path().to_owned() });
    }
    Ok(Found { repo, root })
}

/// The folder, if it holds a `kontor.yaml`.
fn marked(folder: &Path) -> Option<Root> {
    let settings = RepoPath::try_from(SETTINGS_FILE).ok()?;
    Root::open(folder).ok().filter(|root| matches!(root.stamp(&settings), Ok(Some(_))))
}

impl Found {
    /// Where it is.
    pub fn path(&self) -> PathBuf {
        self.root.path().to_owned()
    }

    /// What surrounds its repository.
    pub fn environment(&self) -> &Environment {
        self.repo.environment()
    }

    /// Reads it. First a change that a crash interrupted is finished or put back.
    ///
    /// # Errors
    /// When git or the disk refuse. Broken files are problems of the book and no error.
    pub fn open(self, clock: Arc<dyn Clock>, progress: impl Fn() + Sync) -> Result<Workspace, OpenError> {
        Ok(self.open_as_left(clock, progress)?.into_workspace())
    }

    /// Opens it as it was when it was last read, if that is known: at once, however large it is. What has changed
    /// since is missing until [`AsLeft::catch_up`].
    ///
    /// # Errors
    /// When git or the disk refuse.
    pub fn open_as_left(
        self,
        clock: Arc<dyn Clock>,
        progress: impl Fn() + Sync,
    ) -> Result<AsLeft, OpenError> {
        recover(&self.repo, &self.root)?;
        Ok(self.read(clock, progress))
    }

    fn read(self, clock: Arc<dyn Clock>, progress: impl Fn() + Sync) -> AsLeft {
        let Found { repo, root } = self;
        let since = disk::Instant::now();
        let folder = repo.state_folder();
        let kept = || snapshot::read(&Derived::open(&folder, snapshot::NAME)?);
        let (kept, groundwork) = rayon::join(kept, || groundwork(&root));
        let (Everything { book, groundwork, stamps }, kept) = match kept {
            Some(Snapshot { folders, stamps, lists }) => {
                (from_snapshot(groundwork, folders, lists), Some(stamps))
            }
            None => (load_on(&root, groundwork, progress), None),
        };
        let me = me(&book, repo.identity());
        let keeping = Keeping::since(since, kept.is_some());
        let workspace = Workspace { repo, root, clock, book, groundwork, stamps, keeping, me };
        AsLeft { workspace, kept }
    }
}

/// A workspace that may not know yet what has changed since it was last read.
pub struct AsLeft {
    workspace: Workspace,
    /// The stamps of the files of its records, as long as the files have not been looked at.
    kept: Option<Vec<(Folder, snapshot::Stamps)>>,
}

impl AsLeft {
    /// The workspace, as far as it is known.
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// Takes in what has changed since; whether anything had.
    pub fn catch_up(&mut self) -> bool {
        let news = self.take_in();
        self.workspace.keep();
        news
    }

    fn take_in(&mut self) -> bool {
        let Some(kept) = self.kept.take() else { return false };
        let Workspace { stamps, book, .. } = &mut self.workspace;
        stamps.reserve(book.len());
        for (folder, kept) in kept {
            stamps.extend(book.of(&folder).iter().map(|record| record.path.clone()).zip(kept.unpack()));
        }
        let news = self.workspace.rescan() != Refreshed::Nothing;
        if news {
            self.workspace.drop_broken();
        }
        news
    }

    /// The workspace, caught up.
    pub fn into_workspace(mut self) -> Workspace {
        self.catch_up();
        self.workspace
    }
}

/// Where another Kontor is writing just now there is nothing to recover: it will finish by itself.
fn recover(repo: &Repo, root: &Root) -> Result<(), OpenError> {
    let Ok(lock) = WriteLock::acquire(&repo.state_folder(), Duration::ZERO) else { return Ok(()) };
    put_right(repo, root, &lock)?;
    if repo.index_is_behind() {
        // Another program may be at work on the index. The next commit's refresh catches up.
        let _ = repo.refresh_index();
    }
    Ok(())
}

/// A crash between writing and committing leaves a journal, by which the change is finished or put back.
fn put_right(repo: &Repo, root: &Root, lock: &WriteLock) -> Result<Recovered, DiskError> {
    disk::recover(root, lock, |path, content| repo.is_committed(path, content).unwrap_or(false))
}

impl Workspace {
    /// The right to write. What another process left half done since this one opened is put right first and taken in:
    /// its files are nobody's hand edits, and nothing may be built on them.
    pub(super) fn right_to_write(&mut self) -> Result<WriteLock, DiskError> {
        let lock = WriteLock::acquire(&self.repo.state_folder(), PATIENCE)?;
        match put_right(&self.repo, &self.root, &lock)? {
            Recovered::Nothing => {}
            Recovered::Committed(files) | Recovered::PutBack { files, .. } => drop(self.refresh(&files)),
        }
        Ok(lock)
    }
}

/// The user whose record has the identity's address, or else its name.
pub(super) fn me(book: &Book, identity: Result<Identity, GitError>) -> Option<Id> {
    let identity = identity.ok()?;
    let users = book.of_type("user");
    let by_mail = users
        .iter()
        .find(|u| u.get("email").scalars().iter().any(|e| e.eq_ignore_ascii_case(&identity.email)));
    let found =
        by_mail.or_else(|| users.iter().find(|u| u.text("name").eq_ignore_ascii_case(&identity.name)));
    found.map(|user| user.id().clone())
}
