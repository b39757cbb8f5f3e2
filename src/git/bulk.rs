//! Writing a whole history at once: hundreds of commits or a hundred thousand files.

use std::io::{BufWriter, Read, Write};
use std::process::{Child, ChildStdin};
use std::thread::JoinHandle;

use chrono::{DateTime, FixedOffset};

use super::repo::oid;
use super::{GitError, NewCommit, Repo};
use crate::base::{CommitId, RepoPath};

/// Where the commits are collected until all of them are there.
const COLLECTED: &str = "refs/kontor/bulk";

/// A run of commits on top of the current branch, handed to `git fast-import`. Nothing is to be seen of them until
/// [`Bulk::finish`]; dropped before, nothing ever is.
pub struct Bulk<'a> {
    repo: &'a Repo,
    branch: String,
    parent: Option<CommitId>,
    commits: usize,
    child: Child,
    input: Option<BufWriter<ChildStdin>>,
    errors: Option<JoinHandle<String>>,
}

impl<'a> Bulk<'a> {
    /// Starts the run. No hooks are run for its commits and none are signed: it is meant for repositories that are
    /// being made.
    pub fn new(repo: &'a Repo) -> Result<Self, GitError> {
        let (branch, parent) = repo.branch_to_commit_to()?;
        let parent = parent.map(super::repo::commit_id);
        repo.forget_collected()?;
        let git = repo.run_git("fast-import").args(["--quiet", "--done", "--date-format=raw", "--force"]);
        let mut child = git.spawn(true)?;
        let input = child.stdin.take().map(|input| BufWriter::with_capacity(1 << 16, input));
        let errors = child.stderr.take().map(|mut errors| {
            std::thread::spawn(move || {
                let mut text = Vec::new();
                // Without the text, the exit status still tells.
                let _ = errors.read_to_end(&mut text);
                String::from_utf8_lossy(&text).trim().to_string()
            })
        });
        Ok(Bulk { repo, branch, parent, commits: 0, child, input, errors })
    }

    /// Adds a commit on top of the last. Its author also counts as the one who committed it.
    pub fn commit(&mut self, new: &NewCommit<'_>) -> Result<(), GitError> {
        new.author.at(git2::Time::new(0, 0))?;
        let parent = self.parent.filter(|_| self.commits == 0);
        self.commits += 1;
        let Some(input) = self.input.as_mut() else { return Ok(()) };
        let written = write_commit(input, new, parent);
        written.map_err(|error| self.failure(&error.to_string()))
    }

    /// How many commits have been added.
    pub fn commits(&self) -> usize {
        self.commits
    }

    /// Completes the run: moves the branch to the last commit and brings the index and the working tree up to date.
    /// Refuses, with nothing done, where a file in the way has changes that are not committed.
    pub fn finish(mut self) -> Result<CommitId, GitError> {
        if self.commits == 0 {
            return Err(GitError::NothingToCommit);
        }
        if let Some(mut input) = self.input.take() {
            let ended = input.write_all(b"done\n").and_then(|()| input.flush());
            drop(input);
            ended.map_err(|error| self.failure(&error.to_string()))?;
        }
        match self.child.wait() {
            Ok(status) if status.success() => {}
            Ok(status) => return Err(self.failure(&status.to_string())),
            Err(error) => return Err(self.failure(&error.to_string())),
        }
        let last = self.repo.resolve(COLLECTED)?.ok_or(GitError::Answer { command: "fast-import".into() })?;
        let read = self.repo.run_git_set(&["core.hooksPath=/dev/null", "checkout.workers=0"], "read-tree");
        let parent = self.parent.as_ref().map(CommitId::as_str);
        read.args(["-m", "-u"]).args(parent).arg(last.as_str()).run(None)?;
        let from = self.parent.as_ref().map(oid).transpose()?;
        if !self.repo.move_branch(
            &self.branch,
            from,
            oid(&last)?,
            &format!("kontor: {} commits", self.commits),
        )? {
            return Err(GitError::Contended { branch: self.branch.trim_start_matches("refs/heads/").into() });
        }
        self.repo.forget_collected()?;
        Ok(last)
    }

    /// The error of the run: what git said, or else what happened to us.
    fn failure(&mut self, otherwise: &str) -> GitError {
        let _ = self.child.kill().and_then(|()| self.child.wait());
        let said = self.errors.take().and_then(|errors| errors.join().ok()).unwrap_or_default();
        let output = if said.is_empty() { otherwise.to_string() } else { said };
        GitError::Command { command: "fast-import".into(), output }
    }
}

impl Drop for Bulk<'_> {
    fn drop(&mut self) {
        // Ended already after `finish`; otherwise ended before it can write a reference.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Repo {
    fn forget_collected(&self) -> Result<(), GitError> {
        match self.git.find_reference(COLLECTED) {
            Ok(mut found) => {
                found.delete().map_err(|source| GitError::Library { doing: "tidying up", source })
            }
            Err(_) => Ok(()),
        }
    }
}

fn write_commit(out: &mut impl Write, new: &NewCommit<'_>, parent: Option<CommitId>) -> std::io::Result<()> {
    let who = format!("{} <{}> {}", new.author.name.trim(), new.author.email.trim(), raw_time(&new.time));
    write!(
        out,
        "commit {COLLECTED}\nauthor {who}\ncommitter {who}\ndata {}\n{}\n",
        new.message.len(),
        new.message
    )?;
    if let Some(parent) = parent {
        writeln!(out, "from {parent}")?;
    }
    // Deletions first: a file may make room for a folder.
    for (path, _) in new.changes.iter().filter(|(_, content)| content.is_none()) {
        writeln!(out, "D {}", quoted(path))?;
    }
    for (path, content) in new.changes {
        if let Some(content) = content {
            write!(out, "M 100644 inline {}\ndata {}\n", quoted(path), content.len())?;
            out.write_all(content)?;
            out.write_all(b"\n")?;
        }
    }
    out.write_all(b"\n")
}

fn raw_time(time: &DateTime<FixedOffset>) -> String {
    time.format("%s %z").to_string()
}

/// A path in quotes; it has no control characters and no backslashes.
fn quoted(path: &RepoPath) -> String {
    format!("\"{}\"", path.as_str().replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::sandbox::{Sandbox, change, time};
    use crate::git::{Head, Identity};

    type Changes = Vec<(RepoPath, Option<Vec<u8>>)>;

    fn run(repo: &Repo, commits: &[Changes]) -> Result<CommitId, GitError> {
        let author = Identity::new("Sanne de Vries", "sanne@example.com");
        let mut bulk = Bulk::new(repo)?;
        for (n, changes) in commits.iter().enumerate() {
            let message = format!("commit {n}\n\nKontor-Action: demo\n");
            bulk.commit(&NewCommit { changes, message: &message, author: &author, time: time() })?;
        }
        bulk.finish()
    }

    #[test]
    fn a_history_from_nothing() {
        let sandbox = Sandbox::new();
        let repo = sandbox.repo();
        let mut commits: Vec<Changes> = (0..200)
            .map(|n| vec![change(&format!("f/{}.yaml", n % 50), Some(&format!("n: {n}\n")))])
            .collect();
        commits.push(vec![change("f/0.yaml", None), change("odd \"name\" é.yaml", Some("\r\nx\0\n"))]);
        commits.push(vec![change("f/1.yaml", None), change("f/1.yaml/x.yaml", Some(""))]);
        let last = run(&repo, &commits).unwrap();
        assert_eq!(repo.head().unwrap(), Head::Branch { name: "main".into(), commit: Some(last) });
        assert_eq!(sandbox.git(&["rev-list", "--count", "HEAD"]), "202");
        assert_eq!(
            sandbox.git(&[
                "log",
                "-1",
                "--format=%an <%ae> %ai %cn %s %(trailers:key=Kontor-Action,valueonly)"
            ]),
            "Sanne de Vries <sanne@example.com> 2026-11-21 14:00:00 +0530 Sanne de Vries commit 201 demo"
        );
        assert_eq!(sandbox.status(), "");
        assert_eq!(std::fs::read(sandbox.path().join("odd \"name\" é.yaml")).unwrap(), b"\r\nx\0\n");
        assert_eq!(std::fs::read_to_string(sandbox.path().join("f/49.yaml")).unwrap(), "n: 199\n");
        assert!(!sandbox.path().join("f/0.yaml").exists());
        assert_eq!(sandbox.git(&["for-each-ref", "--format=%(refname)"]), "refs/heads/main");
        sandbox.check();
        // And saving goes on from there.
        sandbox.save(&repo, &[change("f/2.yaml", Some("n: 2\n"))]).unwrap();
        assert_eq!(sandbox.status(), "");
    }

    #[test]
    fn on_top_of_a_history_and_beside_other_changes() {
        let sandbox = Sandbox::with_files();
        let repo = sandbox.repo();
        sandbox.write("c.yaml", "c: staged\n");
        sandbox.git(&["add", "c.yaml"]);
        sandbox.write("d.yaml", "untracked\n");
        run(&repo, &[vec![change("accounts/b.yaml", None)], vec![change("e.yaml", Some("e"))]]).unwrap();
        assert_eq!(sandbox.status(), "M  c.yaml\n?? d.yaml");
        assert_eq!(sandbox.git(&["log", "--format=%s"]), "commit 1\ncommit 0\nstart");
        assert!(!sandbox.path().join("accounts/b.yaml").exists());
        sandbox.check();
    }

    #[test]
    fn a_file_in_the_way_stops_it_with_nothing_done() {
        let sandbox = Sandbox::with_files();
        let repo = sandbox.repo();
        sandbox.write("c.yaml", "c: by hand\n");
        sandbox.write("e.yaml", "mine\n");
        for name in ["c.yaml", "e.yaml"] {
            let refused = run(&repo, &[vec![change(name, Some("theirs\n")), change("z.yaml", Some("z"))]]);
            assert!(
                matches!(&refused, Err(GitError::Command { output, .. }) if output.contains(name)),
                "{refused:?}"
            );
        }
        assert_eq!(sandbox.status(), " M c.yaml\n?? e.yaml");
        assert_eq!(sandbox.git(&["rev-list", "--count", "HEAD"]), "1");
    }

    #[test]
    fn dropped_half_way_nothing_is_to_be_seen() {
        let sandbox = Sandbox::with_files();
        let repo = sandbox.repo();
        let author = Identity::new("A", "a@b");
        let mut bulk = Bulk::new(&repo).unwrap();
        let changes = [change("z.yaml", Some("z"))];
        bulk.commit(&NewCommit { changes: &changes, message: "x\n", author: &author, time: time() }).unwrap();
        assert_eq!(bulk.commits(), 1);
        drop(bulk);
        assert!(matches!(Bulk::new(&repo).unwrap().finish(), Err(GitError::NothingToCommit)));
        assert_eq!(sandbox.git(&["for-each-ref", "--format=%(refname)"]), "refs/heads/main");
        assert_eq!(sandbox.git(&["rev-list", "--count", "HEAD"]), "1");
    }
}
