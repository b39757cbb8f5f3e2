//! How far a user has looked: the newest commit there was when they last left the workstation, and when that was.
//!
//! It is kept under the git directory, one small file a user, and can be deleted at any time: then there is simply
//! nothing to count from.

use crate::base::CommitId;
use crate::base::slug::slug;
use crate::disk::{DiskError, read_derived, replace_derived};
use crate::git::{Identity, Repo};
use crate::yaml;
use chrono::{DateTime, SecondsFormat, Utc};
use std::path::PathBuf;

/// How far somebody has looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The newest commit they can have seen; none where there was none yet.
    pub commit: Option<CommitId>,
    /// When they left.
    pub at: DateTime<Utc>,
}

/// Under Kontor's own folder in the git directory.
const FOLDER: &str = "seen";

impl Seen {
    /// How far this person has looked here, if that is known. What cannot be read counts as never having looked.
    pub fn read(repo: &Repo, who: &Identity) -> Option<Seen> {
        let bytes = read_derived(&folder(repo), &name_of(who)?)?;
        let root = yaml::parse_bytes(&bytes).ok()?;
        let text = |key: &str| root.get(key).and_then(|node| node.as_text());
        // Two addresses may make one file name; the note says whose it is.
        if text("who") != Some(who.email.as_str()) {
            return None;
        }
        let at = DateTime::parse_from_rfc3339(text("at")?).ok()?.to_utc();
        Some(Seen { commit: text("commit").and_then(|id| id.parse().ok()), at })
    }

    /// Remembers it for this person.
    ///
    /// # Errors
    /// When the note can't be written.
    pub fn save(&self, repo: &Repo, who: &Identity) -> Result<(), DiskError> {
        let Some(name) = name_of(who) else { return Ok(()) };
        let fields = [
            ("who", Some(who.email.clone())),
            ("at", Some(self.at.to_rfc3339_opts(SecondsFormat::Secs, true))),
            ("commit", self.commit.map(|commit| commit.to_string())),
        ];
        let fields = fields.into_iter().filter_map(|(key, text)| Some((key.into(), yaml::Data::text(text?))));
        let note = "# How far you have looked, as Kontor remembers it; can be deleted at any time.\n";
        let text = format!("{note}{}", yaml::to_text(&yaml::Data::Map(fields.collect())));
        replace_derived(&folder(repo), &name, text.as_bytes())
    }
}

fn folder(repo: &Repo) -> PathBuf {
    repo.state_folder().join(FOLDER)
}

/// The note's name; none for an address of which no file name can be made.
fn name_of(who: &Identity) -> Option<String> {
    Some(format!("{}.yaml", slug(&who.email)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::Environment;

    #[test]
    fn it_is_remembered_for_each_person() {
        let folder = tempfile::tempdir().unwrap();
        let repo = Repo::init(folder.path(), Environment::isolated()).unwrap();
        let (lena, jonas) =
            (Identity::new("Lena", "lena@x.example"), Identity::new("Jonas", "lena-x@example"));
        assert_eq!(Seen::read(&repo, &lena), None);
        let at = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let seen = Seen { commit: "0123456789012345678901234567890123456789".parse().ok(), at };
        seen.save(&repo, &lena).unwrap();
        assert_eq!(Seen::read(&repo, &lena), Some(seen.clone()));
        // An address that makes the same file name is somebody else's all the same.
        assert_eq!(name_of(&lena), name_of(&jonas));
        assert_eq!(Seen::read(&repo, &jonas), None);
        let none = Seen { commit: None, ..seen };
        none.save(&repo, &lena).unwrap();
        assert_eq!(Seen::read(&repo, &lena), Some(none));
    }

    #[test]
    fn what_cannot_be_read_counts_as_never() {
        let place = tempfile::tempdir().unwrap();
        let repo = Repo::init(place.path(), Environment::isolated()).unwrap();
        let who = Identity::new("Lena", "lena@x.example");
        for text in ["", "{", "who: lena@x.example\n", "who: lena@x.example\nat: yesterday\n"] {
            replace_derived(&folder(&repo), &name_of(&who).unwrap(), text.as_bytes()).unwrap();
            assert_eq!(Seen::read(&repo, &who), None, "{text}");
        }
    }
}
