//! Running git itself, so that nothing around it changes what it does.

use std::ffi::{OsStr, OsString};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use super::environment::LOCATIONS;
use super::{GitError, Repo};

/// One git command under way to be run.
pub(super) struct Git {
    command: Command,
    name: String,
}

/// Settings by which a repository could make a harmless command run a program, or answer differently.
const SAFE: &[&str] = &[
    "core.fsmonitor=false",
    "core.quotePath=false",
    "log.showSignature=false",
    "diff.external=",
    "color.ui=false",
    "advice.detachedHead=false",
];

/// Variables that would change what git does or how it answers.
const UNWANTED: &[&str] = &[
    "GIT_EXTERNAL_DIFF",
    "GIT_DIFF_OPTS",
    "GIT_PAGER",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_REFLOG_ACTION",
    "GIT_AUTHOR_DATE",
    "GIT_COMMITTER_DATE",
];

impl Repo {
    /// `git <name>` for this repository, running no hooks.
    pub(super) fn run_git(&self, name: &str) -> Git {
        self.run_git_set(&["core.hooksPath=/dev/null"], name)
    }

    /// `git <name>` that compares files with what git has of them, running nothing but git: without it, git would have
    /// every file that looks changed cleaned by a filter, which is a program.
    pub(super) fn run_git_on_files(&self, name: &str) -> Result<Git, GitError> {
        let listed = self.run_git("config").args(["--null", "--name-only", "--get-regexp", r"^filter\."]);
        let keys = listed.output(None)?.stdout; // nothing, where there are none
        let mut settings = vec!["core.hooksPath=/dev/null".to_string()];
        for key in keys.split(|&byte| byte == 0).filter(|key| !key.is_empty()) {
            let key = std::str::from_utf8(key).ok().filter(|key| !key.contains('='));
            let key = key.ok_or_else(|| GitError::Unsupported {
                path: self.git_dir().to_path_buf(),
                detail: "a filter in its settings whose name can't be given to git".into(),
            })?;
            match key.rsplit('.').next() {
                Some("clean" | "smudge" | "process") => settings.push(format!("{key}=")),
                Some("required") => settings.push(format!("{key}=false")),
                _ => {}
            }
        }
        let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
        Ok(self.run_git_set(&settings, name))
    }

    /// `git <name>` with the user's hooks.
    pub(super) fn run_git_with_hooks(&self, name: &str) -> Git {
        self.run_git_set(&[], name)
    }

    /// `git <name>` with further settings, and with the user's hooks unless these turn them off.
    pub(super) fn run_git_set(&self, settings: &[&str], name: &str) -> Git {
        let mut command = Command::new("git");
        for variable in LOCATIONS.iter().chain(UNWANTED) {
            command.env_remove(variable);
        }
        if !self.environment().outside_config {
            command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
            command.env_remove("GIT_CONFIG_COUNT").env_remove("GIT_CONFIG_PARAMETERS");
        }
        let option = |name: &str, value: &Path| {
            let mut option = OsString::from(name);
            option.push(value);
            option
        };
        command
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_EDITOR", ":")
            .env("LC_ALL", "C")
            .current_dir(self.root())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .args(["--no-pager", "--literal-pathspecs"])
            .arg(option("--git-dir=", self.git_dir()))
            .arg(option("--work-tree=", self.root()));
        for setting in SAFE.iter().chain(settings) {
            command.args(["-c", setting]);
        }
        command.arg(name);
        Git { command, name: name.to_string() }
    }
}

impl Git {
    /// Adds an argument.
    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Git {
        self.command.arg(arg);
        self
    }

    /// Adds arguments.
    pub fn args<I: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = I>) -> Git {
        self.command.args(args);
        self
    }

    /// Sets a variable.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Git {
        self.command.env(name, value);
        self
    }

    /// Uses another index than the repository's.
    pub fn index(self, place: &Path) -> Git {
        self.env("GIT_INDEX_FILE", place)
    }

    /// Runs it and gives what it printed, whether it succeeded or not.
    pub fn output(self, input: Option<&[u8]>) -> Result<Output, GitError> {
        let failed = {
            let name = self.name.clone();
            move |error: std::io::Error| GitError::Command {
                command: name.clone(),
                output: error.to_string(),
            }
        };
        let mut child = self.spawn(input.is_some())?;
        let stdin = child.stdin.take();
        // The input is written beside the reading, so that neither side waits for the other for ever.
        let written = std::thread::scope(|scope| {
            let writer = scope.spawn(move || match (stdin, input) {
                (Some(mut stdin), Some(input)) => match stdin.write_all(input) {
                    // A command may end without reading everything; its status says whether it minds.
                    Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error),
                    _ => Ok(()),
                },
                _ => Ok(()),
            });
            let output = child.wait_with_output();
            writer.join().unwrap_or(Ok(())).and(output)
        });
        written.map_err(failed)
    }

    /// Runs it and gives its standard output, or an error with what it said.
    pub fn run(self, input: Option<&[u8]>) -> Result<Vec<u8>, GitError> {
        let name = self.name.clone();
        let output = self.output(input)?;
        match output.status.success() {
            true => Ok(output.stdout),
            false => Err(GitError::Command { command: name, output: said(&output) }),
        }
    }

    /// Starts it.
    pub fn spawn(mut self, with_input: bool) -> Result<Child, GitError> {
        if with_input {
            self.command.stdin(Stdio::piped());
        }
        self.command.spawn().map_err(|error| match error.kind() {
            ErrorKind::NotFound => GitError::NoGit,
            _ => GitError::Command { command: self.name, output: error.to_string() },
        })
    }
}

/// What a command said: its errors, or else its output.
pub(super) fn said(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    let text = match errors.trim().is_empty() {
        true => String::from_utf8_lossy(&output.stdout),
        false => errors,
    };
    text.trim().to_string()
}
