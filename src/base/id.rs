//! Names of things: record ids, folders, references between records.

use super::limits::{MAX_FOLDER, MAX_ID};
use std::fmt;
use std::str::FromStr;

/// Why a text is not an id, folder, reference or commit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    #[error("an id can't be empty")]
    Empty,
    #[error("{text:?} is longer than {max} characters: shorten it")]
    TooLong { text: String, max: usize },
    #[error("{text:?} holds {found:?}: only a-z, 0-9 and '-' may stand in {what}")]
    BadCharacter { text: String, found: char, what: &'static str },
    #[error("{text:?} starts or ends with '-': leave that away")]
    Edge { text: String },
    #[error("{text:?} is no reference: write folder/id, such as accounts/acme-gmbh")]
    NotAReference { text: String },
}

fn check_name(text: &str, max: usize, what: &'static str, also: impl Fn(u8) -> bool) -> Result<(), IdError> {
    let quoted = || text.chars().take(max).collect::<String>();
    if text.is_empty() {
        return Err(IdError::Empty);
    }
    let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-') || also(byte);
    // Without a way out, which is several times as fast; a workspace has hundreds of thousands.
    if !text.bytes().fold(true, |fine, byte| fine & allowed(byte)) {
        let is_bad = |c: &char| !c.is_ascii() || !allowed(*c as u8);
        let found = text.chars().find(is_bad).unwrap_or_default();
        return Err(IdError::BadCharacter { text: quoted(), found, what });
    }
    if text.len() > max {
        return Err(IdError::TooLong { text: quoted(), max });
    }
    if text.as_bytes().first() == Some(&b'-') || text.as_bytes().last() == Some(&b'-') {
        return Err(IdError::Edge { text: quoted() });
    }
    Ok(())
}

text_type!(
    /// A record's id, the stem of its file: `acme-gmbh`. 1 to 80 of `[a-z0-9-]`, no `-` at either end.
    Id,
    IdError,
    |text| check_name(text, MAX_ID, "an id", |_| false)
);

text_type!(
    /// The top folder that holds a type's records: `accounts`, `price_books`. As [`Id`], and `_` too.
    Folder,
    IdError,
    |text| check_name(text, MAX_FOLDER, "a folder's name, and '_',", |byte| byte == b'_')
);

/// Which record: its folder and id, written `accounts/acme-gmbh`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ref {
    pub folder: Folder,
    pub id: Id,
}

impl Ref {
    /// The reference to `id` in `folder`.
    pub fn new(folder: Folder, id: Id) -> Self {
        Self { folder, id }
    }
}

impl fmt::Display for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.folder, self.id)
    }
}

impl fmt::Debug for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Ref {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        match text.split_once('/') {
            Some((folder, id)) if !id.contains('/') => Ok(Self::new(Folder::new(folder)?, Id::new(id)?)),
            _ => Err(IdError::NotAReference { text: text.chars().take(120).collect() }),
        }
    }
}

impl TryFrom<&str> for Ref {
    type Error = IdError;

    fn try_from(text: &str) -> Result<Self, IdError> {
        text.parse()
    }
}

serde_as_text!(Ref);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ids() {
        for good in ["a", "7", "acme-gmbh", "2026-11-21-call-acme-gmbh-7f3k", "a--b", &"x".repeat(80)] {
            assert_eq!(Id::new(good).unwrap().as_str(), good);
        }
        for bad in ["", "-a", "a-", "-", "A", "a b", "a_b", "ä", "a/b", "..", "a.b", "a\n", &"x".repeat(81)]
        {
            assert!(Id::new(bad).is_err(), "{bad:?}");
        }
        assert_eq!(
            Id::new("Acme").unwrap_err().to_string(),
            r#""Acme" holds 'A': only a-z, 0-9 and '-' may stand in an id"#
        );
    }

    #[test]
    fn folders() {
        assert_eq!(Folder::new("price_books").unwrap(), "price_books");
        for bad in ["", "Accounts", ".git", "a/b", "-x", &"x".repeat(41)] {
            assert!(Folder::new(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn references() {
        let reference: Ref = "accounts/acme-gmbh".parse().unwrap();
        assert_eq!(reference.folder, "accounts");
        assert_eq!(reference.id, "acme-gmbh");
        for bad in ["", "accounts", "accounts/", "/acme", "accounts/a/b", "accounts/../x", "../x"] {
            assert!(Ref::try_from(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn serde_is_the_text_and_checks_it() {
        let reference: Ref = serde_json::from_str(r#""accounts/acme""#).unwrap();
        assert_eq!(serde_json::to_string(&reference).unwrap(), r#""accounts/acme""#);
        assert!(serde_json::from_str::<Id>(r#""../../etc""#).is_err());
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_shown_as_it_was(text in "[a-z0-9_./-]{0,90}") {
            if let Ok(id) = Id::new(&text) {
                prop_assert_eq!(id.to_string(), text.clone());
                prop_assert!(text.len() <= MAX_ID && !text.contains(['/', '.']));
            }
            if let Ok(reference) = Ref::try_from(text.as_str()) {
                prop_assert_eq!(reference.to_string(), text);
            }
        }
    }
}
