//! Committing through git itself, for the sake of hooks, signatures and filters.

use std::fs;
use std::path::{Path, PathBuf};

use git2::Oid;

use super::cli::said;
use super::tree::Files;
use super::{GitError, Made, NewCommit, Repo};
use crate::base::{CommitId, RepoPath};

impl Repo {
    /// Commits as `git commit --only` does: from an index of its own, so that a refusal leaves no trace and what
    /// is staged besides stays staged.
    pub(super) fn commit_through_git(
        &self,
        new: &NewCommit<'_>,
        parent: Option<Oid>,
    ) -> Result<Made, GitError> {
        let index = OwnIndex::new(self)?;
        index.hold_head(parent)?;
        let put = index.put(new.changes)?;
        if index.is_as(parent)? {
            return Err(GitError::NothingToCommit);
        }
        self.note_pending(new.changes.iter().map(|(path, _)| path))?;
        let date = new.time.format("@%s %z").to_string();
        new.author.at(git2::Time::new(0, 0))?;
        let output = self
            .run_git_set(&["gc.auto=0", "maintenance.auto=false"], "commit") // upkeep has its own time
            .args(["--quiet", "--no-status", "--cleanup=verbatim", "--file=-"])
            .index(&index.place)
            .env("GIT_AUTHOR_NAME", &new.author.name)
            .env("GIT_AUTHOR_EMAIL", &new.author.email)
            .env("GIT_AUTHOR_DATE", &date)
            .env("GIT_COMMITTER_NAME", &new.author.name)
            .env("GIT_COMMITTER_EMAIL", &new.author.email)
            .env("GIT_COMMITTER_DATE", &date)
            .output(Some(new.message.as_bytes()))?;
        let before = parent.map(|parent| parent.to_string());
        let after = self.head()?.commit();
        match after {
            // A hook after the commit may complain; the commit is made.
            Some(commit) if Some(commit.as_str()) != before.as_deref() => {
                Ok(Made { altered: self.altered(&commit, put)?, commit })
            }
            _ => {
                let output = said(&output);
                match output.contains("failed to sign") || output.contains("failed to write commit object") {
                    true => Err(GitError::NotSigned { output }),
                    false => Err(GitError::HookRefused { output }),
                }
            }
        }
    }

    /// The files that the commit has otherwise than they were put into the index.
    fn altered(&self, commit: &CommitId, put: Vec<Put>) -> Result<Vec<RepoPath>, GitError> {
        let tree = self.tree_of(commit)?;
        let mut files = Files::of(self, Some(&tree));
        let mut altered = Vec::new();
        for (path, blob) in put {
            if files.blob(&path)?.map(|(id, _)| id) != blob {
                altered.push(path);
            }
        }
        Ok(altered)
    }
}

/// A file as it was put into the index; none for one that goes.
type Put = (RepoPath, Option<Oid>);

/// An index beside the repository's own, removed when done with.
struct OwnIndex<'a> {
    repo: &'a Repo,
    place: PathBuf,
}

impl<'a> OwnIndex<'a> {
    fn new(repo: &'a Repo) -> Result<Self, GitError> {
        let folder = repo.state_folder();
        let place = folder.join(format!("index-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|source| GitError::Io { path: folder, source })?;
        let own = OwnIndex { repo, place };
        own.remove();
        Ok(own)
    }

    /// Fills it from the newest commit. Starting from the repository's index keeps the stamps of files, which spares
    /// hooks reading all of them.
    fn hold_head(&self, parent: Option<Oid>) -> Result<(), GitError> {
        let Some(parent) = parent else {
            return self.repo.run_git("read-tree").index(&self.place).arg("--empty").run(None).map(drop);
        };
        let real = self.repo.git_dir().join("index");
        if real.exists() {
            fs::copy(&real, &self.place).map_err(|source| GitError::Io { path: real, source })?;
        }
        let git = self.repo.run_git("read-tree").index(&self.place).args(["--reset"]).arg(parent.to_string());
        git.run(None).map(drop)
    }

    fn put(&self, changes: &[(RepoPath, Option<Vec<u8>>)]) -> Result<Vec<Put>, GitError> {
        let mut lines = Vec::new();
        let mut put = Vec::with_capacity(changes.len());
        for (path, content) in changes {
            let blob = content.as_ref().map(|content| self.store(path, content)).transpose()?;
            let mode = match blob {
                None => "0",
                Some(_) if self.is_executable(path) => "100755",
                Some(_) => "100644",
            };
            let line = format!("{mode} {} 0\t{path}\0", blob.unwrap_or(Oid::ZERO_SHA1));
            lines.extend_from_slice(line.as_bytes());
            put.push((path.clone(), blob));
        }
        let git = self.repo.run_git("update-index").index(&self.place).args(["-z", "--index-info"]);
        git.run(Some(&lines)).map(|_| put)
    }

    /// Stores a content the way `git add` does, with all filters.
    fn store(&self, path: &RepoPath, content: &[u8]) -> Result<Oid, GitError> {
        let option = format!("--path={path}");
        let id = self.repo.run_git("hash-object").args(["-w", "--stdin", &option]).run(Some(content))?;
        Oid::from_str(String::from_utf8_lossy(&id).trim())
            .map_err(|_| GitError::Answer { command: "hash-object".into() })
    }

    fn is_executable(&self, path: &RepoPath) -> bool {
        let tree = self.repo.head_tree().ok().flatten();
        let entry = tree.and_then(|tree| tree.get_path(Path::new(path.as_str())).ok());
        entry.is_some_and(|entry| entry.filemode() == i32::from(git2::FileMode::BlobExecutable))
    }

    fn is_as(&self, parent: Option<Oid>) -> Result<bool, GitError> {
        let tree = self.repo.run_git("write-tree").index(&self.place).run(None)?;
        let tree = String::from_utf8_lossy(&tree).trim().to_string();
        let base = match parent {
            Some(_) => self.repo.head_tree()?.map(|tree| tree.id().to_string()),
            None => Some("4b825dc642cb6eb9a060e54bf8d69288fbee4904".to_string()), // the empty tree
        };
        Ok(base == Some(tree))
    }

    fn remove(&self) {
        let _ = fs::remove_file(&self.place);
        let _ = fs::remove_file(self.place.with_extension("lock"));
    }
}

impl Drop for OwnIndex<'_> {
    fn drop(&mut self) {
        self.remove();
    }
}

#[cfg(test)]
#[path = "through_git_tests.rs"]
mod tests;
