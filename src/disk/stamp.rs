//! A cheap mark of a file's state.

use std::fs::Metadata;
use std::time::{SystemTime, UNIX_EPOCH};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::base::RepoPath;

/// How far apart two writes may be that get the same time: file systems and the kernel's clock are this coarse.
const TICK: i64 = 50_000_000;

/// A moment of the machine's clock, in nanoseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(i64);

impl Instant {
    /// This very moment.
    pub fn now() -> Instant {
        Instant(since_1970(SystemTime::now()))
    }
}

fn since_1970(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).ok();
    since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or_default()
}

/// When and as what a file was last written. Two equal stamps of one path mean, but for a deliberate forgery,
/// the same content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// Nanoseconds since 1970 at which the content was written.
    pub modified: i64,
    /// Nanoseconds since 1970 at which content, mode or name changed; programs can't set it back.
    pub changed: i64,
    /// Bytes.
    pub size: u64,
    /// The file's number on its disk; a file written by rename gets a new one.
    pub inode: u64,
}

/// Stamps of files, to tell which have changed without reading them.
pub type Stamps = FxHashMap<RepoPath, Stamp>;

impl Stamp {
    /// The stamp of no file: of one that has to be read whatever it looks like.
    pub const NONE: Stamp = Stamp { modified: 0, changed: 0, size: 0, inode: 0 };

    /// Whether a file of this stamp that was read at that moment or later can't have been written again since
    /// without its stamp telling. (Git calls a file for which this does not hold *racily clean*.)
    pub fn is_settled_at(&self, read: Instant) -> bool {
        self.changed.saturating_add(TICK) < read.0
    }

    /// The stamp of what `metadata` was read from.
    #[cfg(unix)]
    pub fn of(metadata: &Metadata) -> Stamp {
        use std::os::unix::fs::MetadataExt;
        let nanoseconds =
            |seconds: i64, rest: i64| seconds.saturating_mul(1_000_000_000).saturating_add(rest);
        Stamp {
            modified: nanoseconds(metadata.mtime(), metadata.mtime_nsec()),
            changed: nanoseconds(metadata.ctime(), metadata.ctime_nsec()),
            size: metadata.len(),
            inode: metadata.ino(),
        }
    }

    /// The stamp of what `metadata` was read from.
    #[cfg(not(unix))]
    pub fn of(metadata: &Metadata) -> Stamp {
        let modified = metadata.modified().map(since_1970).unwrap_or_default();
        Stamp { modified, changed: modified, size: metadata.len(), inode: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_just_written_is_not_settled() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("x");
        std::fs::write(&place, "x").unwrap();
        let stamp = Stamp::of(&std::fs::metadata(&place).unwrap());
        assert!(!stamp.is_settled_at(Instant::now()), "within a tick of its writing");
        assert!(!stamp.is_settled_at(Instant(stamp.changed + TICK)));
        assert!(stamp.is_settled_at(Instant(stamp.changed + TICK + 1)));
        assert!(!Stamp { changed: i64::MAX, ..stamp }.is_settled_at(Instant::now()), "from the future");
    }
}
