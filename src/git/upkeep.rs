//! Keeping a repository quick: packing what commits leave lying about, and an index of which commit changed what.

use super::{GitError, Repo};

impl Repo {
    /// Writes the commit graph with the filters that make the history of one file quick to find, and lets git pack
    /// loose objects when it finds there are enough. May take seconds: not for a thread that somebody waits for.
    pub fn upkeep(&self) -> Result<(), GitError> {
        if self.head()?.commit().is_none() {
            return Ok(());
        }
        let graph = self.run_git("commit-graph").args([
            "write",
            "--reachable",
            "--changed-paths",
            "--split",
            "--no-progress",
        ]);
        graph.run(None)?;
        self.run_git_with_hooks("maintenance").args(["run", "--auto", "--quiet"]).run(None).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use crate::git::sandbox::{Sandbox, change};

    #[test]
    fn writes_the_commit_graph() {
        let sandbox = Sandbox::new();
        let repo = sandbox.repo();
        repo.upkeep().unwrap();
        let graph = repo.common_dir().join("objects/info/commit-graphs/commit-graph-chain");
        assert!(!graph.exists());
        sandbox.save(&repo, &[change("a.yaml", Some("a"))]).unwrap();
        repo.upkeep().unwrap();
        assert!(graph.exists());
        sandbox.git(&["commit-graph", "verify"]);
        sandbox.save(&repo, &[change("a.yaml", Some("b"))]).unwrap();
        repo.upkeep().unwrap();
        assert_eq!(repo.log(&Default::default()).unwrap().len(), 2);
        sandbox.check();
    }
}
