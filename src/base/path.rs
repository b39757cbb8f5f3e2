//! Paths inside the repository.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use smol_str::SmolStr;
use thiserror::Error;

/// A file's place inside the repository: relative, `/`-separated and normalised.
///
/// No part is empty, `.`, `..` or a spelling of `.git`, and there is no backslash and no control character,
/// so a `RepoPath` can't name anything outside the repository or inside git's own folder.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RepoPath(SmolStr);

/// Why a text is not a [`RepoPath`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PathError {
    /// There is no text.
    #[error("the path is empty: write it relative to the repository, such as accounts/acme-gmbh.yaml")]
    Empty,
    /// The path starts at the root of the machine.
    #[error("{0:?} is absolute: write it relative to the repository, such as accounts/acme-gmbh.yaml")]
    Absolute(String),
    /// A part is empty, `.` or `..`.
    #[error("{0:?} has an empty part, '.' or '..': write the path without them")]
    Unnormalised(String),
    /// A part is git's own folder, or what a file system takes for it.
    #[error("{0:?} leads into git's own folder, which is never read or written as records")]
    Git(String),
    /// A control character or a backslash.
    #[error("{0:?} has a control character or a backslash: rename the file")]
    Character(String),
    /// Longer than file systems take.
    #[error("the path is longer than 4,000 bytes, or a part of it than 255: shorten it")]
    TooLong,
}

impl RepoPath {
    /// The path as text, parts separated by `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// This path with more parts after it.
    pub fn join(&self, more: &str) -> Result<RepoPath, PathError> {
        format!("{}/{more}", self.0).parse()
    }

    /// The last part: `acme-gmbh.yaml`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The last part without its extension: `acme-gmbh`.
    pub fn file_stem(&self) -> &str {
        let name = self.file_name();
        match name.rfind('.') {
            Some(0) | None => name,
            Some(dot) => &name[..dot],
        }
    }

    /// What follows the last dot of the last part: `yaml`.
    pub fn extension(&self) -> Option<&str> {
        let name = self.file_name();
        name.rfind('.').filter(|&dot| dot > 0).map(|dot| &name[dot + 1..])
    }

    /// The folder it is in; none at the top of the repository.
    pub fn parent(&self) -> Option<RepoPath> {
        self.0.rfind('/').map(|slash| RepoPath(SmolStr::new(&self.0[..slash])))
    }

    /// The first part: `accounts`.
    pub fn first(&self) -> &str {
        self.0.split('/').next().unwrap_or(&self.0)
    }

    /// Its parts, outermost first.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }

    /// Where it is on this machine, given where the repository is.
    pub fn to_path(&self, root: &Path) -> PathBuf {
        let mut path = root.to_path_buf();
        path.extend(self.parts());
        path
    }
}

/// What git, NTFS or HFS+ would take for `.git`.
fn is_git(part: &str) -> bool {
    let seen: String = part
        .chars()
        .filter(|c| !matches!(*c as u32, 0x200c..=0x200f | 0x202a..=0x202e | 0x206a..=0x206f | 0xfeff))
        .collect();
    let name = seen.split(':').next().unwrap_or_default().trim_end_matches([' ', '.']);
    name.eq_ignore_ascii_case(".git") || name.eq_ignore_ascii_case("git~1")
}

impl FromStr for RepoPath {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        if text.is_empty() {
            return Err(PathError::Empty);
        }
        if text.len() > 4000 || text.split('/').any(|part| part.len() > 255) {
            return Err(PathError::TooLong);
        }
        if text.starts_with('/') {
            return Err(PathError::Absolute(text.into()));
        }
        if text.chars().any(|c| c == '\\' || c.is_control()) {
            return Err(PathError::Character(text.into()));
        }
        if text.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return Err(PathError::Unnormalised(text.into()));
        }
        if text.split('/').any(is_git) {
            return Err(PathError::Git(text.into()));
        }
        Ok(RepoPath(SmolStr::new(text)))
    }
}

impl TryFrom<&str> for RepoPath {
    type Error = PathError;

    fn try_from(text: &str) -> Result<Self, PathError> {
        text.parse()
    }
}

impl fmt::Display for RepoPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl AsRef<str> for RepoPath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_path() {
        let path: RepoPath = "activities/2026/11/call.v2.yaml".parse().unwrap();
        assert_eq!(path.file_name(), "call.v2.yaml");
        assert_eq!(path.file_stem(), "call.v2");
        assert_eq!(path.extension(), Some("yaml"));
        assert_eq!(path.first(), "activities");
        assert_eq!(path.parent().unwrap().as_str(), "activities/2026/11");
        assert_eq!(path.to_path(Path::new("/r")), Path::new("/r/activities/2026/11/call.v2.yaml"));
        let top: RepoPath = ".gitattributes".parse().unwrap();
        assert_eq!((top.parent(), top.file_stem(), top.extension()), (None, ".gitattributes", None));
    }

    #[test]
    fn what_leads_out_or_into_git_is_refused() {
        let hostile = [
            "",
            "/etc/passwd",
            "../x",
            "a/../b",
            "a//b",
            "a/",
            "./a",
            "a/.",
            ".git/config",
            "a/.GIT/hooks",
            ".git ",
            ".git.",
            ".g\u{200c}it",
            "GIT~1/config",
            ".git::$INDEX_ALLOCATION",
            "a\\b",
            "a\0b",
            "a\nb",
            "a\u{1b}b",
        ];
        for text in hostile {
            assert!(RepoPath::from_str(text).is_err(), "{text:?} was let in");
        }
        for text in [".gitattributes", "a/.gitignore", "git/x", "a..b", "黒田/x.yaml", "a b/c d.yaml"] {
            assert_eq!(RepoPath::from_str(text).unwrap().as_str(), text);
        }
    }
}
