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
            .run_git_on_files("status")?
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

    /// The files below the given top folders that a merge, a stash or a checkout left in several versions, sorted.
    pub fn unmerged(&self, tops: &[impl AsRef<str>]) -> Result<Vec<RepoPath>, GitError> {
        let git =
            self.run_git("ls-files").args(["--unmerged", "-z", "--"]).args(tops.iter().map(AsRef::as_ref));
        let mut found = listed(&git.run(None)?, |_| true);
        found.dedup();
        Ok(found)
    }

    /// The files below the given top folders that a sparse checkout leaves out of the working tree, sorted.
    pub fn left_out(&self, tops: &[impl AsRef<str>]) -> Result<Vec<RepoPath>, GitError> {
        if !self.config()?.get_bool("core.sparseCheckout").unwrap_or(false) {
            return Ok(Vec::new());
        }
        let git = self.run_git("ls-files").args(["-t", "-z", "--"]).args(tops.iter().map(AsRef::as_ref));
        Ok(listed(&git.run(None)?, |mark| mark == "S"))
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

/// The paths of lines `mark path` or `mode object stage<TAB>path` whose first word is wanted.
fn listed(output: &[u8], wanted: impl Fn(&str) -> bool) -> Vec<RepoPath> {
    let lines = output.split(|&byte| byte == 0).filter_map(|line| std::str::from_utf8(line).ok());
    let path = |line: &str| {
        let (mark, path) = line.split_once('\t').or_else(|| line.split_once(' '))?;
        wanted(mark).then(|| path.parse().ok())?
    };
    let mut found: Vec<_> = lines.filter_map(path).collect();
    found.sort();
    found
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

    #[cfg(unix)]
    #[test]
    fn a_look_at_files_runs_no_filters() {
        let sandbox = Sandbox::with_files();
        let ran = sandbox.path().join(".git/ran");
        sandbox.hook("clean", &format!("touch {}; cat", ran.display()));
        let clean = sandbox.path().join(".git/hooks/clean").display().to_string();
        sandbox.write(".git/info/attributes", "accounts/*.yaml filter=x.Y\nc.yaml filter=z\n");
        sandbox.git(&["config", "filter.x.Y.clean", &clean]);
        sandbox.git(&["config", "filter.x.Y.required", "true"]);
        // Settings may be in files that the repository's settings name.
        sandbox
            .write(".git/more", &format!("[filter \"z\"]\nprocess = {clean}\nsmudge = {clean}\nrequired\n"));
        sandbox.git(&["config", "include.path", "more"]);
        let touch = || {
            for name in ["accounts/acme.yaml", "c.yaml"] {
                // As long as before, so that git has to look inside.
                sandbox.write(name, &std::fs::read_to_string(sandbox.path().join(name)).unwrap());
            }
        };
        let repo = sandbox.repo();
        for name in ["accounts/acme.yaml", "c.yaml"] {
            touch();
            // The one that speaks no filter protocol fails, which is all the same here.
            sandbox.try_git(&["add", name]);
            assert!(ran.exists(), "git by itself does run it for {name}, so this test can fail");
            std::fs::remove_file(&ran).unwrap();
        }
        touch();
        assert_eq!(found(&repo, &[]), "");
        sandbox.write("c.yaml", "c: 2\n");
        assert_eq!(found(&repo, &[]), "c.yaml Changed");
        repo.run_git_on_files("reset").unwrap().args(["-q", "--", "c.yaml"]).run(None).unwrap();
        assert!(!ran.exists(), "a filter was run");
        sandbox.git(&["config", "filter.a=b.clean", &clean]);
        assert!(matches!(repo.uncommitted(&["."; 0]), Err(GitError::Unsupported { .. })));
        assert!(!ran.exists(), "a filter was run");
    }

    #[test]
    fn several_versions_and_files_left_out_are_found() {
        let sandbox = Sandbox::with_files();
        let repo = sandbox.repo();
        sandbox.write("c.yaml", "c: mine\n");
        sandbox.git(&["stash", "--quiet"]);
        sandbox.write("c.yaml", "c: theirs\n");
        sandbox.git(&["commit", "--quiet", "--all", "--message=theirs"]);
        assert!(repo.unmerged(&["."]).unwrap().is_empty());
        assert!(!sandbox.try_git(&["stash", "pop"]).status.success());
        assert_eq!(repo.unmerged(&["."]).unwrap(), [crate::git::sandbox::path("c.yaml")]);
        assert!(repo.unmerged(&["accounts"]).unwrap().is_empty());
        sandbox.git(&["reset", "--quiet", "--hard"]);
        assert!(repo.left_out(&["accounts"]).unwrap().is_empty());
        sandbox.git(&["sparse-checkout", "set", "--no-cone", "/*", "!/accounts/b.yaml"]);
        let repo = sandbox.repo();
        assert_eq!(repo.left_out(&["accounts"]).unwrap(), [crate::git::sandbox::path("accounts/b.yaml")]);
        assert!(repo.left_out(&["c.yaml"]).unwrap().is_empty());
    }
}
