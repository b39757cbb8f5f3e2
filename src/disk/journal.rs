//! The note of a batch under way, so that whoever opens the repository after a crash can put the files back.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{DiskError, write};
use crate::base::RepoPath;

/// What a batch is about to do, with all it takes to undo it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Journal {
    pub entries: Vec<Entry>,
    /// Folders the batch makes, outermost first.
    pub folders: Vec<RepoPath>,
}

/// One file of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub path: RepoPath,
    /// The name of the half-written file beside it.
    pub temporary: String,
    pub mode: Option<u32>,
    pub old: Option<Vec<u8>>,
    pub new: Option<Vec<u8>>,
}

/// The first line of the file; the contents follow it, one after the other, old before new.
#[derive(Serialize, Deserialize)]
struct Head {
    version: u32,
    folders: Vec<String>,
    files: Vec<HeadEntry>,
}

#[derive(Serialize, Deserialize)]
struct HeadEntry {
    path: String,
    temporary: String,
    mode: Option<u32>,
    old: Option<usize>,
    new: Option<usize>,
}

const VERSION: u32 = 1;

/// Where the journal is, given Kontor's folder under the git directory.
pub(super) fn place(folder: &Path) -> PathBuf {
    folder.join("journal")
}

impl Journal {
    /// Writes it and waits until the disk has it.
    pub fn save(&self, folder: &Path) -> Result<(), DiskError> {
        let place = place(folder);
        write::replace(&place, &write::beside(&place, "journal.new"), &self.encode(), None)
            .map_err(|source| DiskError::State { path: place.clone(), source })
    }

    /// Where an earlier process left one, if it did.
    pub fn waiting(folder: &Path) -> Option<PathBuf> {
        Some(place(folder)).filter(|place| fs::symlink_metadata(place).is_ok())
    }

    /// Reads the journal an earlier process left; none if it left none.
    pub fn load(folder: &Path) -> Result<Option<Journal>, DiskError> {
        let path = place(folder);
        match fs::read(&path) {
            Ok(bytes) => Journal::decode(&bytes).ok_or(DiskError::DamagedJournal { path }).map(Some),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(source) => Err(DiskError::State { path, source }),
        }
    }

    /// Forgets the batch, and waits until the disk has forgotten it.
    pub fn forget(folder: &Path) -> Result<(), DiskError> {
        Journal::forget_soon(folder)?;
        write::sync_folder(folder).map_err(|source| DiskError::State { path: place(folder), source })
    }

    /// Forgets the batch, leaving it to the disk when.
    pub fn forget_soon(folder: &Path) -> Result<(), DiskError> {
        let path = place(folder);
        write::remove(&path).map_err(|source| DiskError::State { path, source })
    }

    fn encode(&self) -> Vec<u8> {
        let files = self.entries.iter().map(|entry| HeadEntry {
            path: entry.path.to_string(),
            temporary: entry.temporary.clone(),
            mode: entry.mode,
            old: entry.old.as_ref().map(Vec::len),
            new: entry.new.as_ref().map(Vec::len),
        });
        let folders = self.folders.iter().map(RepoPath::to_string).collect();
        let head = Head { version: VERSION, folders, files: files.collect() };
        let mut bytes = serde_json::to_vec(&head).unwrap_or_default();
        bytes.push(b'\n');
        for entry in &self.entries {
            bytes.extend(entry.old.iter().flatten());
            bytes.extend(entry.new.iter().flatten());
        }
        bytes
    }

    fn decode(bytes: &[u8]) -> Option<Journal> {
        let line = bytes.iter().position(|&byte| byte == b'\n')?;
        let head: Head =
            serde_json::from_slice(&bytes[..line]).ok().filter(|head: &Head| head.version == VERSION)?;
        let mut rest = &bytes[line + 1..];
        let mut next = |length: Option<usize>| -> Option<Option<Vec<u8>>> {
            let Some(length) = length else { return Some(None) };
            let (content, after) = rest.split_at_checked(length)?;
            rest = after;
            Some(Some(content.to_vec()))
        };
        let mut entries = Vec::with_capacity(head.files.len());
        for file in head.files {
            let path = file.path.parse().ok()?;
            if !file.temporary.starts_with(write::TEMPORARY) || file.temporary.contains('/') {
                return None;
            }
            let (old, new) = (next(file.old)?, next(file.new)?);
            entries.push(Entry { path, temporary: file.temporary, mode: file.mode, old, new });
        }
        let folders = head.folders.iter().map(|folder| folder.parse().ok()).collect::<Option<_>>()?;
        rest.is_empty().then_some(Journal { entries, folders })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal() -> Journal {
        let entry = |path: &str, old: Option<&[u8]>, new: Option<&[u8]>| Entry {
            path: path.parse().unwrap(),
            temporary: ".kontor-abc".into(),
            mode: Some(0o644),
            old: old.map(<[u8]>::to_vec),
            new: new.map(<[u8]>::to_vec),
        };
        Journal {
            entries: vec![
                entry("a/b.yaml", Some(b"\xff\n\0"), Some(b"")),
                entry("c.yaml", None, Some(b"x")),
                entry("d.yaml", Some(b""), None),
            ],
            folders: vec!["a".parse().unwrap()],
        }
    }

    #[test]
    fn comes_back_as_it_was() {
        assert_eq!(Journal::decode(&journal().encode()), Some(journal()));
    }

    #[test]
    fn every_cut_is_noticed() {
        let whole = journal().encode();
        for length in 0..whole.len() {
            assert_eq!(Journal::decode(&whole[..length]), None, "cut to {length}");
        }
    }
}
