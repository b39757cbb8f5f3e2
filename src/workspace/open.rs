//! Finding and opening a workspace.

use super::load::{Everything, load};
use super::{OpenError, Workspace};
use crate::base::{Clock, Id, RepoPath};
use crate::disk::{self, Root, WriteLock};
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
    let start = Root::open(start)?;
    let missing = || OpenError::NotAWorkspace(start.path().to_owned());
    let root = start.path().ancestors().find_map(marked).ok_or_else(missing)?;
    let repo = Repo::discover(root.path(), environment)?;
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
        let Found { repo, root } = self;
        recover(&repo, &root)?;
        let Everything { book, groundwork, stamps } = load(&root, progress);
        let me = me(&book, repo.identity());
        Ok(Workspace { repo, root, clock, book, groundwork, stamps, me })
    }
}

/// A crash between writing and committing leaves a journal. Where another Kontor is writing just now there is
/// nothing to recover: it will finish by itself.
fn recover(repo: &Repo, root: &Root) -> Result<(), OpenError> {
    let Ok(lock) = WriteLock::acquire(&repo.state_folder(), Duration::ZERO) else { return Ok(()) };
    let committed =
        |path: &RepoPath, content: Option<&[u8]>| repo.is_committed(path, content).unwrap_or(false);
    disk::recover(root, &lock, committed)?;
    if repo.index_is_behind() {
        // Another program may be at work on the index. The next commit's refresh catches up.
        let _ = repo.refresh_index();
    }
    Ok(())
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
