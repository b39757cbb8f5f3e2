//! A cheap mark of a file's state.

use std::fs::Metadata;

use serde::{Deserialize, Serialize};

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

impl Stamp {
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
        let since_1970 =
            metadata.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        let modified = since_1970.and_then(|time| i64::try_from(time.as_nanos()).ok()).unwrap_or_default();
        Stamp { modified, changed: modified, size: metadata.len(), inode: 0 }
    }
}
