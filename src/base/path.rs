//! Paths inside the repository that can't lead out of it or into git's own folder.

use super::Id;
use super::limits::{MAX_PATH, MAX_PATH_PART};
use std::path::{Path, PathBuf};

/// Why a text is not a path inside the repository.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    #[error("a path can't be empty")]
    Empty,
    #[error("{0:?} is absolute: write it from the repository's root")]
    Absolute(String),
    #[error("{0:?} has an empty, '.' or '..' part: write the plain path from the repository's root")]
    NotNormal(String),
    #[error("{0:?} leads into git's own folder: records can't live there")]
    Git(String),
    #[error("{0:?} holds a backslash or a control character: rename the file")]
    BadCharacter(String),
    #[error("{0:?} is too long for a path")]
    TooLong(String),
}

text_type!(
    /// A path from the repository's root, `/` between its parts, such as `accounts/ac/acme-gmbh.yaml`.
    ///
    /// Never absolute, no `.`, `..` or empty part, no backslash or control character, no part that any file
    /// system would take for `.git` (as git's own `core.protectNTFS` and `core.protectHFS` do).
    RepoPath,
    PathError,
    check
);

fn check(text: &str) -> Result<(), PathError> {
    let quoted = || text.chars().take(MAX_PATH_PART).collect::<String>();
    if text.is_empty() {
        return Err(PathError::Empty);
    }
    if text.len() > MAX_PATH {
        return Err(PathError::TooLong(quoted()));
    }
    let drive = text.as_bytes().get(1) == Some(&b':') && text.as_bytes()[0].is_ascii_alphabetic();
    if text.as_bytes()[0] == b'/' || drive {
        return Err(PathError::Absolute(quoted()));
    }
    // Beyond ASCII there are control characters too.
    let bad = |byte: u8| byte == b'\\' || byte.is_ascii_control();
    if text.bytes().any(bad) || !text.is_ascii() && text.chars().any(char::is_control) {
        return Err(PathError::BadCharacter(quoted()));
    }
    for part in text.split('/') {
        if matches!(part, "" | "." | "..") {
            return Err(PathError::NotNormal(quoted()));
        }
        if part.len() > MAX_PATH_PART {
            return Err(PathError::TooLong(quoted()));
        }
        if is_git(part) {
            return Err(PathError::Git(quoted()));
        }
    }
    Ok(())
}

/// Whether a file system might resolve this part to `.git`: NTFS ignores trailing dots and blanks and what
/// follows a colon, and knows `git~1`; HFS+ ignores some invisible characters; both ignore case.
fn is_git(part: &str) -> bool {
    // Hardly any name is worth a closer look, and a workspace has hundreds of thousands.
    let suspicious = |first: u8| matches!(first, b'.' | b'g' | b'G') || !part.is_ascii();
    if !part.bytes().next().is_some_and(suspicious) {
        return false;
    }
    let ignored = |c: &char| !matches!(c, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}');
    let plain: String = part.chars().filter(ignored).collect();
    let plain = plain.split(':').next().unwrap_or_default();
    let plain = plain.trim_end_matches(['.', ' ']);
    plain.eq_ignore_ascii_case(".git") || plain.eq_ignore_ascii_case("git~1")
}

impl RepoPath {
    /// This path with one or more parts added at its end.
    pub fn join(&self, more: &str) -> Result<Self, PathError> {
        Self::new(&format!("{self}/{more}"))
    }

    /// The file of the record of that id in this folder.
    pub fn record(&self, id: &Id) -> Result<Self, PathError> {
        let path = [self.as_str(), "/", id.as_str(), ".yaml"].concat();
        match path.len() <= MAX_PATH {
            // This folder has been looked at, and no id is refused as a file's name.
            true => Ok(Self(path.into())),
            false => Err(PathError::TooLong(path)),
        }
    }

    /// The parts, from the root down.
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.as_str().split('/')
    }

    /// The last part: `acme-gmbh.yaml`.
    pub fn file_name(&self) -> &str {
        self.as_str().rsplit('/').next().unwrap_or_default()
    }

    /// The last part without its extension: `acme-gmbh`. A leading dot starts no extension.
    pub fn file_stem(&self) -> &str {
        let name = self.file_name();
        match name.rfind('.') {
            Some(dot) if dot > 0 => &name[..dot],
            _ => name,
        }
    }

    /// What follows the last dot of the last part, if anything: `yaml`.
    pub fn extension(&self) -> Option<&str> {
        let name = self.file_name();
        name.rfind('.').filter(|dot| *dot > 0).map(|dot| &name[dot + 1..])
    }

    /// The folder it is in; `None` at the repository's root.
    pub fn parent(&self) -> Option<Self> {
        self.as_str().rsplit_once('/').map(|(parent, _)| Self(parent.into()))
    }

    /// The first part: `accounts`.
    pub fn first(&self) -> &str {
        self.as_str().split('/').next().unwrap_or_default()
    }

    /// Where that is on the file system, for a repository at `root`.
    pub fn to_path(&self, root: &Path) -> PathBuf {
        let mut path = root.to_path_buf();
        path.extend(self.parts());
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::path::Component;

    #[test]
    fn accepts_plain_paths() {
        for good in
            ["kontor.yaml", "accounts/ac/acme-gmbh.yaml", "attachments/a/b/Größe 2.pdf", ".gitattributes"]
        {
            assert_eq!(RepoPath::new(good).unwrap(), good);
        }
    }

    #[test]
    fn refuses_what_could_leave_or_reach_git() {
        let bad = [
            "",
            "/",
            "/etc/passwd",
            "..",
            "a/../b",
            "../a",
            "a/..",
            "./a",
            "a/.",
            "a//b",
            "a/",
            "a\\b",
            "C:/a",
            "a\0b",
            "a\nb",
            ".git",
            ".git/config",
            "a/.GIT/hooks/x",
            ".git.",
            ".git ",
            ".g\u{200c}it/config",
            "GIT~1/config",
            ".git::$INDEX_ALLOCATION/x",
            "\u{7f}",
        ];
        for text in bad {
            assert!(RepoPath::new(text).is_err(), "{text:?}");
        }
        assert!(RepoPath::new(&"a/".repeat(2001)).is_err());
        assert!(RepoPath::new(&"a".repeat(256)).is_err());
    }

    #[test]
    fn takes_paths_apart() {
        let path = RepoPath::new("accounts/ac/acme-gmbh.yaml").unwrap();
        assert_eq!(path.file_name(), "acme-gmbh.yaml");
        assert_eq!(path.file_stem(), "acme-gmbh");
        assert_eq!(path.extension(), Some("yaml"));
        assert_eq!(path.parent().unwrap(), "accounts/ac");
        assert_eq!(path.first(), "accounts");
        assert_eq!(path.to_path(Path::new("/r")), Path::new("/r/accounts/ac/acme-gmbh.yaml"));
        let dot = RepoPath::new(".gitattributes").unwrap();
        assert_eq!((dot.file_stem(), dot.extension(), dot.parent()), (".gitattributes", None, None));
        assert_eq!(RepoPath::new("a").unwrap().join("b/c").unwrap(), "a/b/c");
        assert!(RepoPath::new("a").unwrap().join("../b").is_err());
    }

    proptest! {
        #[test]
        fn an_accepted_path_stays_below_the_root(text in "(\\PC|[./\\\\gitGIT~:]){0,20}") {
            if let Ok(path) = RepoPath::new(&text) {
                let full = path.to_path(Path::new("/root-of-it"));
                prop_assert!(full.starts_with("/root-of-it"));
                prop_assert!(Path::new(path.as_str()).components().all(|c| matches!(c, Component::Normal(_))));
                prop_assert!(path.parts().all(|part| !part.eq_ignore_ascii_case(".git")));
            }
        }
    }
}
