//! The name of a commit.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A commit's full hash: 40 hexadecimal digits, in lower case.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CommitId([u8; 40]);

/// A text that is not a commit's hash.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} is not the full hash of a commit: it takes 40 hexadecimal digits")]
pub struct NotACommitId(String);

impl CommitId {
    /// All 40 digits.
    pub fn as_str(&self) -> &str {
        // Only ASCII digits get in, so the text is never cut short.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The first eight digits, for people.
    pub fn short(&self) -> &str {
        &self.as_str()[..8]
    }
}

impl FromStr for CommitId {
    type Err = NotACommitId;

    fn from_str(text: &str) -> Result<Self, NotACommitId> {
        let refused = || NotACommitId(text.chars().take(80).collect());
        let digits: [u8; 40] = text.as_bytes().try_into().map_err(|_| refused())?;
        if !digits.iter().all(u8::is_ascii_hexdigit) {
            return Err(refused());
        }
        Ok(CommitId(digits.map(|digit| digit.to_ascii_lowercase())))
    }
}

impl TryFrom<&str> for CommitId {
    type Error = NotACommitId;

    fn try_from(text: &str) -> Result<Self, NotACommitId> {
        text.parse()
    }
}

impl fmt::Display for CommitId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

serde_as_text!(CommitId);

impl fmt::Debug for CommitId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "CommitId({})", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_full_hashes() {
        let id: CommitId = "0123456789ABCDEF0123456789abcdef01234567".parse().unwrap();
        assert_eq!(id.to_string(), "0123456789abcdef0123456789abcdef01234567");
        assert_eq!(id.short(), "01234567");
        for text in ["", "0123", "g123456789abcdef0123456789abcdef01234567", "--upload-pack=x", "é"] {
            assert!(CommitId::from_str(text).is_err(), "{text:?} was let in");
        }
    }
}
