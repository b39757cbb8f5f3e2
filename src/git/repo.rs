//! Opening a repository.

use std::path::{Path, PathBuf};

use git2::{ErrorClass, ErrorCode, ObjectFormat, RepositoryOpenFlags, RepositoryState};

use super::error::Doing;
use super::{Environment, GitError};
use crate::base::CommitId;

/// An opened repository with a working tree. Opening it runs nothing that the repository brings along.
pub struct Repo {
    pub(super) git: git2::Repository,
    /// A second handle, for moving branches: it waits for the disk each time. The first does not, since new objects
    /// are waited for all at once.
    pub(super) durable: git2::Repository,
    root: PathBuf,
    git_dir: PathBuf,
    common_dir: PathBuf,
    environment: Environment,
}

/// Where the next commit goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// On a branch; without a commit if there is none yet.
    Branch {
        /// Its short name, such as `main`.
        name: String,
        /// Its newest commit.
        commit: Option<CommitId>,
    },
    /// On a commit, on no branch.
    Detached {
        /// The commit.
        commit: CommitId,
    },
}

impl Head {
    /// The commit the working tree is based on.
    pub fn commit(&self) -> Option<CommitId> {
        match self {
            Head::Branch { commit, .. } => *commit,
            Head::Detached { commit } => Some(*commit),
        }
    }
}

impl Repo {
    /// Opens the repository `start` is in.
    pub fn discover(start: &Path, environment: Environment) -> Result<Repo, GitError> {
        let repo = Repo::observe(start, environment)?;
        repo.make_durable()?;
        Ok(repo)
    }

    /// The same for looking only: nothing is written, not even what makes commits outlast a power cut.
    pub fn observe(start: &Path, environment: Environment) -> Result<Repo, GitError> {
        let mut flags = RepositoryOpenFlags::empty();
        if environment.outside_config && !environment.located_by_variables {
            // For GIT_CONFIG_GLOBAL and its like; the place itself is always `start`.
            flags |= RepositoryOpenFlags::FROM_ENV;
        }
        let none: [&Path; 0] = [];
        let open =
            || git2::Repository::open_ext(start, flags, none).map_err(|error| not_opened(start, error));
        Repo::over(open()?, open()?, environment)
    }

    /// Makes an empty repository in a folder, which may exist and hold files, on a branch of git's configured
    /// default name.
    pub fn init(path: &Path, environment: Environment) -> Result<Repo, GitError> {
        let mut options = git2::RepositoryInitOptions::new();
        options.mkpath(true).no_reinit(true).external_template(environment.outside_config);
        let outside = environment.outside_config.then(git2::Config::open_default).and_then(Result::ok);
        let branch = outside.and_then(|config| config.get_string("init.defaultBranch").ok());
        options.initial_head(branch.as_deref().unwrap_or("main"));
        git2::Repository::init_opts(path, &options).doing("making the repository")?;
        Repo::discover(path, environment)
    }

    fn over(
        git: git2::Repository,
        durable: git2::Repository,
        environment: Environment,
    ) -> Result<Repo, GitError> {
        let git_dir = git.path().to_path_buf();
        if git.object_format() != ObjectFormat::Sha1 {
            return Err(GitError::Sha256 { path: git_dir });
        }
        let Some(root) = git.workdir().map(Path::to_path_buf) else {
            return Err(GitError::Bare { path: git_dir });
        };
        let common_dir = git.commondir().to_path_buf();
        let repo = Repo { git, durable, root, git_dir, common_dir, environment };
        refuse_links(&repo.state_folder())?;
        repo.set_up(&repo.git)?;
        repo.set_up(&repo.durable)?;
        Ok(repo)
    }

    /// In isolation, hides everybody else's settings.
    fn set_up(&self, git: &git2::Repository) -> Result<(), GitError> {
        match self.environment.outside_config {
            true => Ok(()),
            false => git.set_config(&self.own_config()?).doing("reading git's settings"),
        }
    }

    /// libgit2 waits for the disk only if a setting says so, and settings are files.
    fn make_durable(&self) -> Result<(), GitError> {
        const DOING: &str = "reading Kontor's settings for git";
        let place = self.state_folder().join("durable.config");
        let text = "# Kontor's own settings for libgit2; can be deleted at any time.\n[core]\n\tfsyncObjectFiles = true\n";
        if std::fs::read_to_string(&place).ok().as_deref() != Some(text) {
            // Where this can't be written, nothing can be committed either, and reading is all there is.
            let _ = std::fs::create_dir_all(self.state_folder()).and_then(|()| std::fs::write(&place, text));
        }
        if !place.is_file() {
            return Ok(());
        }
        let mut config = self.durable.config().doing(DOING)?;
        config.add_file(&place, git2::ConfigLevel::App, false).doing(DOING)?;
        self.durable.set_config(&config).doing(DOING)
    }

    fn own_config(&self) -> Result<git2::Config, GitError> {
        let mut config = git2::Config::new().doing("reading git's settings")?;
        let files = [
            (self.common_dir.join("config"), git2::ConfigLevel::Local),
            (self.git_dir.join("config.worktree"), git2::ConfigLevel::Worktree),
        ];
        for (file, level) in files.iter().filter(|(file, _)| file.is_file()) {
            config.add_file(file, *level, false).doing("reading git's settings")?;
        }
        Ok(config)
    }

    /// The top of the working tree.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The working tree's own git directory; below the common one in a linked working tree.
    pub fn git_dir(&self) -> &Path {
        &self.git_dir
    }

    /// The git directory that all working trees share.
    pub fn common_dir(&self) -> &Path {
        &self.common_dir
    }

    /// Where Kontor keeps what it can make again: `<git-dir>/kontor`. It may not exist yet.
    pub fn state_folder(&self) -> PathBuf {
        self.git_dir.join("kontor")
    }

    /// What surrounds the repository.
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// The same repository, for another thread.
    pub fn again(&self) -> Result<Repo, GitError> {
        Repo::discover(&self.root, self.environment.clone())
    }

    /// Where HEAD is now.
    pub fn head(&self) -> Result<Head, GitError> {
        let reference = self.git.find_reference("HEAD").doing("reading HEAD")?;
        let Some(branch) = reference.symbolic_target().ok().flatten() else {
            let commit = reference.target().ok_or_else(|| git2::Error::from_str("HEAD points nowhere"));
            return Ok(Head::Detached { commit: commit_id(commit.doing("reading HEAD")?) });
        };
        let name = branch.strip_prefix("refs/heads/").unwrap_or(branch).to_string();
        match self.git.refname_to_id(branch) {
            Ok(commit) => Ok(Head::Branch { name, commit: Some(commit_id(commit)) }),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(Head::Branch { name, commit: None }),
            Err(error) => Err(error).doing("reading the branch"),
        }
    }

    /// The branch to commit to, as a full reference name, and its newest commit; or why nothing can be committed.
    pub(super) fn branch_to_commit_to(&self) -> Result<(String, Option<git2::Oid>), GitError> {
        let under_way = |operation, command, undo| Err(GitError::UnderWay { operation, command, undo });
        match self.git.state() {
            RepositoryState::Clean => {}
            RepositoryState::Merge => return under_way("merge", "merge", "--abort"),
            RepositoryState::Revert | RepositoryState::RevertSequence => {
                return under_way("revert", "revert", "--abort");
            }
            RepositoryState::CherryPick | RepositoryState::CherryPickSequence => {
                return under_way("cherry-pick", "cherry-pick", "--abort");
            }
            RepositoryState::Bisect => return under_way("bisect", "bisect", "reset"),
            RepositoryState::Rebase
            | RepositoryState::RebaseInteractive
            | RepositoryState::RebaseMerge
            | RepositoryState::ApplyMailboxOrRebase => return under_way("rebase", "rebase", "--abort"),
            RepositoryState::ApplyMailbox => return under_way("patch series", "am", "--abort"),
        }
        match self.head()? {
            Head::Detached { commit } => Err(GitError::DetachedHead { commit: commit.short().to_string() }),
            Head::Branch { name, commit } => {
                let commit = commit.map(|commit| oid(&commit)).transpose()?;
                Ok((format!("refs/heads/{name}"), commit))
            }
        }
    }

    /// The tree of the newest commit; none if there is no commit.
    pub(super) fn head_tree(&self) -> Result<Option<git2::Tree<'_>>, GitError> {
        let commit = self.head()?.commit();
        commit.map(|commit| self.tree_of(&commit)).transpose()
    }

    /// The tree of a commit.
    pub(super) fn tree_of(&self, commit: &CommitId) -> Result<git2::Tree<'_>, GitError> {
        match self.git.find_commit(oid(commit)?).and_then(|commit| commit.tree()) {
            Err(error) if error.code() == ErrorCode::NotFound => {
                Err(GitError::NoSuchCommit { commit: *commit })
            }
            found => found.doing("reading a commit"),
        }
    }
}

/// Whoever can put a link into Kontor's own folder must not thereby choose where it writes.
fn refuse_links(place: &Path) -> Result<(), GitError> {
    let Ok(metadata) = std::fs::symlink_metadata(place) else { return Ok(()) };
    if metadata.is_symlink() {
        return Err(GitError::Linked { path: place.to_path_buf() });
    }
    let inside = metadata.is_dir().then(|| std::fs::read_dir(place)).and_then(Result::ok);
    inside.into_iter().flatten().flatten().try_for_each(|entry| refuse_links(&entry.path()))
}

/// Our name of a commit for libgit2's.
pub(super) fn commit_id(oid: git2::Oid) -> CommitId {
    // Repositories with longer hashes are not opened.
    oid.to_string().parse().unwrap_or_else(|_| unreachable!("a SHA-1 has 40 digits"))
}

/// libgit2's name of a commit for ours.
pub(super) fn oid(commit: &CommitId) -> Result<git2::Oid, GitError> {
    git2::Oid::from_str(commit.as_str()).doing("reading a commit's name")
}

fn not_opened(path: &Path, error: git2::Error) -> GitError {
    let path = path.to_path_buf();
    let detail = error.message().to_string();
    let lower = detail.to_ascii_lowercase();
    match (error.code(), error.class()) {
        (ErrorCode::NotFound, _) => GitError::NotARepository { path },
        (ErrorCode::Owner, _) => GitError::NotOwned { path },
        _ if lower.contains("refstorage") => GitError::Reftable { path },
        _ if lower.contains("partialclone") => GitError::PartialClone { path },
        _ if lower.contains("objectformat") || lower.contains("object format") => GitError::Sha256 { path },
        (_, ErrorClass::Repository) => GitError::Unsupported { path, detail },
        _ => GitError::Library { doing: "opening the repository", source: error },
    }
}

#[cfg(test)]
#[path = "repo_tests.rs"]
mod tests;
