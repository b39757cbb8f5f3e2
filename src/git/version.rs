//! The git that is installed.

use super::GitError;
use super::cli::said;
use std::io::ErrorKind;
use std::process::Command;

/// The version of the git that is installed, such as `2.47.3`.
pub fn version() -> Result<String, GitError> {
    let command = || "--version".to_owned();
    let output = Command::new("git").arg("--version").output().map_err(|error| match error.kind() {
        ErrorKind::NotFound => GitError::NoGit,
        _ => GitError::Command { command: command(), output: error.to_string() },
    })?;
    let text = said(&output);
    let version = text.strip_prefix("git version ").and_then(|rest| rest.split_whitespace().next());
    version.map(str::to_owned).ok_or_else(|| GitError::Answer { command: command() })
}
