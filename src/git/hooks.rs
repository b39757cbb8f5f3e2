//! Whether a commit has to go through git itself.

use std::path::PathBuf;

use super::{GitError, Repo};
use crate::base::RepoPath;

/// Hooks that a commit runs.
const HOOKS: &[&str] = &[
    "pre-commit",
    "prepare-commit-msg",
    "commit-msg",
    "post-commit",
    "reference-transaction",
    "post-index-change",
];

impl Repo {
    /// Whether hooks, signing, filters or settings in variables ask for git itself.
    pub(super) fn needs_git<'a>(
        &self,
        paths: impl IntoIterator<Item = &'a RepoPath>,
    ) -> Result<bool, GitError> {
        let config = self.config()?;
        let signs = config.get_bool("commit.gpgsign").unwrap_or(false);
        // Newer versions of git know hooks that are settings, not files.
        let set_hooks = config
            .entries(Some("^hook\\..*\\.(command|event)$"))
            .is_ok_and(|mut found| found.next().is_some());
        if signs || set_hooks || self.environment().config_in_variables || self.has_hook_files(&config) {
            return Ok(true);
        }
        self.filters_any(&config, paths)
    }

    fn has_hook_files(&self, config: &git2::Config) -> bool {
        let folder = match config.get_path("core.hooksPath") {
            Ok(path) => self.root().join(path),
            Err(_) => self.common_dir().join("hooks"),
        };
        HOOKS.iter().any(|hook| is_program(&folder.join(hook)))
    }
}

/// Like git, counts only hooks that can be executed.
#[cfg(unix)]
fn is_program(path: &PathBuf) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path)
        .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &PathBuf) -> bool {
    path.is_file() || path.with_extension("exe").is_file()
}
