//! How the working tree and the branch stand.

use super::{GitError, Head, Repo};
use crate::base::RepoPath;

/// A file that is not as in the newest commit, in the working tree or in the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uncommitted {
    /// The file.
    pub path: RepoPath,
    /// In which way.
    pub kind: UncommittedKind,
}

/// In which way a file differs from the newest commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UncommittedKind {
    /// The commit does not have it.
    New,
    /// It has another content or mode.
    Changed,
    /// It is gone from the working tree.
    Deleted,
    /// A merge could not decide.
    Conflict,
}

/// How a branch stands against the one it is synchronised with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Distance {
    /// Commits only we have.
    pub ahead: usize,
    /// Commits only they have, as far as we know.
    pub behind: usize,
}

impl Repo {
    /// The files below the given top folders (or top files) that are not as in the newest commit, sorted. Without any,
    /// looks everywhere. Files that git ignores are left out.
    pub fn uncommitted(&self, tops: &[impl AsRef<str>]) -> Result<Vec<Uncommitted>, GitError> {
        let git = self
            .run_git("status")
            .args([
                "--porcelain=v1",
                "-z",
                "--untracked-files=all",
                "--no-renames",
                "--ignore-submodules=all",
                "--",
            ])
            .args(tops.iter().map(AsRef::as_ref));
        let output = git.run(None)?;
        let mut found: Vec<Uncommitted> =
            output.split(|&byte| byte == 0).filter(|line| !line.is_empty()).filter_map(parse).collect();
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(found)
    }

    /// Whether git is told to pass over this file.
    pub fn is_ignored(&self, path: &RepoPath) -> Result<bool, GitError> {
        let ignored = self.git.is_path_ignored(path.as_str());
        ignored.map_err(|source| GitError::Library { doing: "looking for ignored files", source })
    }

    /// How the current branch stands against its upstream as of the last fetch; none if it has no upstream.
    pub fn distance(&self) -> Result<Option<Distance>, GitError> {
        let Head::Branch { name, commit: Some(commit) } = self.head()? else { return Ok(None) };
        let upstream =
            self.git.find_branch(&name, git2::BranchType::Local).and_then(|branch| branch.upstream());
        let Some(theirs) = upstream.ok().and_then(|branch| branch.get().target()) else { return Ok(None) };
        let counted = self.git.graph_ahead_behind(super::repo::oid(&commit)?, theirs);
        match counted {
            Ok((ahead, behind)) => Ok(Some(Distance { ahead, behind })),
            Err(source) => Err(GitError::Library { doing: "comparing with the upstream branch", source }),
        }
    }
}

/// `XY path`: X is the index against the commit, Y the working tree against the index.
fn parse(line: &[u8]) -> Option<Uncommitted> {
    let (state, path) = line.split_at_checked(3)?;
    let kind = match (state[0], state[1]) {
        (b'U', _) | (_, b'U') | (b'A', b'A') | (b'D', b'D') => UncommittedKind::Conflict,
        (_, b'D') | (b'D', b' ') => UncommittedKind::Deleted,
        (b'?', _) | (b'A', _) | (_, b'A') => UncommittedKind::New,
        _ => UncommittedKind::Changed,
    };
    // A file Kontor can't name can't be a record.
    Some(Uncommitted { path: std::str::from_utf8(path).ok()?.parse().ok()?, kind })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::sandbox::{Sandbox, change};

    fn found(repo: &Repo, tops: &[&str]) -> String {
        let lines: Vec<_> = repo
            .uncommitted(tops)
            .unwrap()
            .iter()
            .map(|file| format!("{} {:?}", file.path, file.kind))
            .collect();
        lines.join(", ")
    }

    #[test]
    fn hand_edits_are_found() {
        let sandbox = Sandbox::with_files();
        let repo = sandbox.repo();
        assert_eq!(found(&repo, &[]), "");
        sandbox.write("accounts/acme.yaml", "name: by hand\n");
        sandbox.write("accounts/deep/er/new é.yaml", "x");
        sandbox.write("accounts/staged.yaml", "x");
        sandbox.git(&["add", "accounts/staged.yaml"]);
        sandbox.write(".gitignore", "*.tmp\n");
        sandbox.write("accounts/x.tmp", "x");
        std::fs::remove_file(sandbox.path().join("accounts/b.yaml")).unwrap();
        let accounts = "accounts/acme.yaml Changed, accounts/b.yaml Deleted, accounts/deep/er/new é.yaml New, accounts/staged.yaml New";
        assert_eq!(found(&repo, &["accounts", "schema", "kontor.yaml"]), accounts);
        assert_eq!(found(&repo, &[]), format!(".gitignore New, {accounts}"));
        assert_eq!(found(&repo, &["c.yaml", "*"]), "");
    }

    #[test]
    fn an_unborn_branch_has_only_new_files() {
        let sandbox = Sandbox::new();
        sandbox.write("a.yaml", "a");
        assert_eq!(found(&sandbox.repo(), &[]), "a.yaml New");
        assert_eq!(sandbox.repo().distance().unwrap(), None);
    }

    #[test]
    fn ahead_and_behind() {
        let sandbox = Sandbox::with_files();
        let repo = sandbox.repo();
        assert_eq!(repo.distance().unwrap(), None);
        sandbox.git(&["branch", "theirs"]);
        sandbox.git(&["branch", "--quiet", "--set-upstream-to=theirs"]);
        assert_eq!(repo.distance().unwrap(), Some(Distance { ahead: 0, behind: 0 }));
        sandbox.save(&repo, &[change("c.yaml", Some("c: 2\n"))]).unwrap();
        sandbox.save(&repo, &[change("c.yaml", Some("c: 3\n"))]).unwrap();
        sandbox.git(&[
            "update-ref",
            "refs/heads/theirs",
            &sandbox.git(&["commit-tree", "-p", "theirs", "-m", "x", "HEAD^{tree}"]),
        ]);
        assert_eq!(repo.distance().unwrap(), Some(Distance { ahead: 2, behind: 1 }));
    }

    #[cfg(unix)]
    #[test]
    fn a_repository_cannot_make_a_look_at_it_run_programs() {
        let sandbox = Sandbox::with_files();
        let ran = sandbox.path().join(".git/ran");
        let script = format!("touch {}", ran.display());
        sandbox.hook("evil", &script);
        for hook in ["post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc"] {
            sandbox.hook(hook, &script);
        }
        let evil = sandbox.path().join(".git/hooks/evil").display().to_string();
        for key in
            ["core.fsmonitor", "core.pager", "diff.external", "diff.x.textconv", "gpg.program", "core.editor"]
        {
            sandbox.git(&["config", key, &evil]);
        }
        sandbox.git(&["config", "log.showSignature", "true"]);
        sandbox.git(&["config", "filter.x.clean", &evil]);
        sandbox.write(".git/info/attributes", "*.yaml diff=x\n");
        sandbox.git(&["status"]);
        assert!(ran.exists(), "git by itself does run them, so this test can fail");
        std::fs::remove_file(&ran).unwrap();
        let repo = sandbox.repo();
        repo.head().unwrap();
        repo.identity().unwrap();
        repo.distance().unwrap();
        repo.log(&crate::git::LogQuery::default()).unwrap();
        repo.uncommitted(&["."; 0]).unwrap();
        assert!(!ran.exists(), "a program of the repository was run");
    }
}
