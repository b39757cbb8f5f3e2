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

/// Attributes that change a file's content on its way into the repository in ways libgit2 does not know.
const FILTERS: &[&str] = &["filter", "ident", "working-tree-encoding"];

/// The library looks at every file that may set an attribute for each path anew; from so many paths on git is quicker.
const MANY: usize = 100;

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
        let paths: Vec<&RepoPath> = paths.into_iter().collect();
        // Where git does not answer, the library does.
        let asked = if paths.len() >= MANY { self.any_filtered(&paths).ok() } else { None };
        Ok(asked.unwrap_or_else(|| paths.iter().any(|path| self.is_filtered(path))))
    }

    /// Asks git for all of them at once.
    fn any_filtered(&self, paths: &[&RepoPath]) -> Result<bool, GitError> {
        let text: String = paths.iter().flat_map(|path| [path.as_str(), "\0"]).collect();
        let git = self.run_git("check-attr").args(["--stdin", "-z"]).args(FILTERS);
        let told = git.run(Some(text.as_bytes()))?;
        // A path, an attribute and its value, and so on.
        let mut values = told.split(|byte| *byte == 0).skip(2).step_by(3);
        Ok(values.any(|value| !matches!(value, b"unspecified" | b"unset")))
    }

    fn has_hook_files(&self, config: &git2::Config) -> bool {
        let folder = match config.get_path("core.hooksPath") {
            Ok(path) => self.root().join(path),
            Err(_) => self.common_dir().join("hooks"),
        };
        HOOKS.iter().any(|hook| is_program(&folder.join(hook)))
    }

    fn is_filtered(&self, path: &RepoPath) -> bool {
        let flags = git2::AttrCheckFlags::FILE_THEN_INDEX;
        FILTERS.iter().any(|name| {
            let value = self.git.get_attr_bytes(path.as_str().as_ref(), name, flags).ok().flatten();
            !matches!(
                git2::AttrValue::always_bytes(value),
                git2::AttrValue::Unspecified | git2::AttrValue::False
            )
        })
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
