//! A repository for tests, and git itself to ask for its opinion. Nothing of the machine's own settings counts.

use std::path::Path;
use std::process::{Command, Output};

use chrono::{DateTime, FixedOffset};

use super::{Environment, GitError, Identity, NewCommit, Repo};
use crate::base::{CommitId, RepoPath};

pub struct Sandbox {
    dir: tempfile::TempDir,
}

/// A path that is known to be one.
pub fn path(text: &str) -> RepoPath {
    text.parse().unwrap()
}

/// A time with an odd offset.
pub fn time() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-21T14:00:00+05:30").unwrap()
}

/// A change to commit.
pub fn change(name: &str, content: Option<&str>) -> (RepoPath, Option<Vec<u8>>) {
    (path(name), content.map(|content| content.as_bytes().to_vec()))
}

impl Sandbox {
    /// A repository without a commit, of a user called Lena Vogt.
    pub fn new() -> Sandbox {
        let sandbox = Sandbox { dir: tempfile::tempdir().unwrap() };
        sandbox.git(&["init", "--quiet", "--initial-branch=main", "--template="]);
        sandbox.git(&["config", "user.name", "Lena Vogt"]);
        sandbox.git(&["config", "user.email", "lena@example.com"]);
        sandbox
    }

    /// One with three committed files.
    pub fn with_files() -> Sandbox {
        let sandbox = Sandbox::new();
        for (name, text) in
            [("accounts/acme.yaml", "name: Acme\n"), ("accounts/b.yaml", "b: 1\n"), ("c.yaml", "c: 1\n")]
        {
            sandbox.write(name, text);
        }
        sandbox.git(&["add", "."]);
        sandbox.git(&["commit", "--quiet", "--message=start"]);
        sandbox
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub fn repo(&self) -> Repo {
        Repo::discover(self.path(), Environment::isolated()).unwrap()
    }

    /// Writes a file of the working tree, without committing it.
    pub fn write(&self, name: &str, text: &str) {
        let place = self.path().join(name);
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(place, text).unwrap();
    }

    /// Writes the files and commits them, as the workspace does; the index is brought up to date.
    pub fn save(&self, repo: &Repo, changes: &[(RepoPath, Option<Vec<u8>>)]) -> Result<CommitId, GitError> {
        for (path, content) in changes {
            let place = path.to_path(self.path());
            match content {
                Some(content) => {
                    std::fs::create_dir_all(place.parent().unwrap()).unwrap();
                    std::fs::write(place, content).unwrap();
                }
                None => std::fs::remove_file(place).unwrap(),
            }
        }
        let commit = self.commit(repo, changes)?;
        repo.refresh_index()?;
        Ok(commit)
    }

    /// Commits without writing files.
    pub fn commit(&self, repo: &Repo, changes: &[(RepoPath, Option<Vec<u8>>)]) -> Result<CommitId, GitError> {
        let author = Identity::new("Jonas Öz", "jonas@example.com");
        let message = "subject → here\n\nbody\n\nKontor-Action: set\n";
        repo.commit(&NewCommit { changes, message, author: &author, time: time() })
    }

    /// Installs a hook.
    #[cfg(unix)]
    pub fn hook(&self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt;
        let place = self.path().join(".git/hooks").join(name);
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(&place, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&place, std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Runs git here; it must succeed. Gives its output without the last newline.
    pub fn git(&self, args: &[&str]) -> String {
        let output = self.try_git(args);
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim_end_matches('\n').to_string()
    }

    /// Runs git here, come what may.
    pub fn try_git(&self, args: &[&str]) -> Output {
        let mut command = Command::new("git");
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"GIT_"))
        {
            command.env_remove(name);
        }
        command
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("HOME", self.path().join(".git"))
            .env("LC_ALL", "C")
            .current_dir(self.path())
            .args(args)
            .output()
            .unwrap()
    }

    /// What git says about the working tree and the index.
    pub fn status(&self) -> String {
        self.git(&["status", "--porcelain", "--untracked-files=all"])
    }

    /// git finds nothing wrong with what was written.
    pub fn check(&self) {
        let output = self.try_git(&["fsck", "--strict", "--no-dangling"]);
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        // Before the first commit it notices that there is none, and it likes to give advice.
        let complaints: Vec<_> =
            said.lines().filter(|line| !line.starts_with("notice:") && !line.starts_with("hint:")).collect();
        assert!(output.status.success() && complaints.is_empty(), "{complaints:#?}");
    }
}
