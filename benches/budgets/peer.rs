//! What a user would otherwise run.

use kontor::base::RepoPath;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A command to be timed as a whole.
pub struct Peer<'a> {
    /// Its command line, for the table.
    pub name: String,
    run: Box<dyn Fn() -> Option<Duration> + 'a>,
}

impl<'a> Peer<'a> {
    /// A program with these arguments, in the workspace.
    pub fn new(program: &'a str, folder: &'a Path, arguments: &'a [&'a str]) -> Self {
        let run = move || {
            let mut command = Command::new(program);
            command.args(arguments).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null());
            let start = Instant::now();
            command.stderr(Stdio::null()).status().ok()?;
            Some(start.elapsed())
        };
        let short = arguments.iter().filter(|word| !matches!(**word, "--no-messages" | "--format=%H"));
        let short = short.map(|word| if word.ends_with(".yaml") { "PATH" } else { *word });
        Self { name: [program].into_iter().chain(short).collect::<Vec<_>>().join(" "), run: Box::new(run) }
    }

    /// Git with these arguments.
    pub fn git(folder: &'a Path, arguments: &'a [&'a str]) -> Self {
        Self::new("git", folder, arguments)
    }

    /// A changed file, committed by git.
    pub fn commit(folder: &'a Path, path: &'a RepoPath) -> Self {
        let count = std::cell::Cell::new(0);
        let place = path.to_path(folder);
        let run = move || {
            count.set(count.get() + 1);
            let text = fs::read_to_string(&place).ok()?;
            let text =
                text.lines().filter(|line| !line.starts_with("# by hand")).collect::<Vec<_>>().join("\n");
            let start = Instant::now();
            fs::write(&place, format!("{text}\n# by hand, {}\n", count.get())).ok()?;
            let who = ["-c", "user.name=Lena Vogt", "-c", "user.email=lena@example.com"];
            let commit = ["commit", "-q", "-m", "By hand", "--", path.as_str()];
            Command::new("git").args(who).args(commit).current_dir(folder).status().ok()?;
            Some(start.elapsed())
        };
        Self { name: "git commit -- PATH".into(), run: Box::new(run) }
    }

    /// The newest commit.
    pub fn head(folder: &Path) -> String {
        let output = Command::new("git").args(["rev-parse", "HEAD"]).current_dir(folder).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Takes the workspace back to a commit, so that the next run begins where this one did.
    pub fn reset(folder: &Path, commit: &str) {
        let status = Command::new("git").args(["reset", "-q", "--hard", commit]).current_dir(folder).status();
        assert!(status.unwrap().success());
    }

    /// How long one run takes; none if there is no such program.
    pub fn time(&self) -> Option<Duration> {
        (self.run)()
    }
}
