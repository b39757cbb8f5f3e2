//! When a snapshot of the records is worth writing.

use super::{Workspace, snapshot};
use crate::disk::{self, Stamp};
use std::io::Write;

/// Smaller workspaces are read in less time than anybody notices.
const WORTH: usize = 500;

/// Reading so many files again at the next start is cheaper than writing all records now.
const STALE: usize = 500;

/// What is known of the snapshot on the disk.
#[derive(Debug)]
pub struct Keeping {
    /// When this session began to read files.
    since: disk::Instant,
    /// How many files have been read since that the snapshot does not have as they are now.
    stale: usize,
    /// Whether there is one.
    exists: bool,
}

impl Keeping {
    /// Files are read from now on.
    pub fn since(since: disk::Instant, exists: bool) -> Keeping {
        Keeping { since, stale: 0, exists }
    }

    /// A file was read that is not in the snapshot.
    pub fn read_one(&mut self) {
        self.stale += 1;
    }
}

impl Workspace {
    /// Writes a snapshot for the next start, if it would save more time than it takes.
    pub(super) fn keep(&mut self) {
        let worth = self.book.len() >= WORTH && (!self.keeping.exists || self.keeping.stale >= STALE);
        if !worth {
            return;
        }
        let (stamps, since) = (&self.stamps, self.keeping.since);
        // When in doubt the file is read again.
        let stamp =
            |path: &_| stamps.get(path).copied().filter(|s| s.is_settled_at(since)).unwrap_or(Stamp::NONE);
        let put = |out: &mut dyn Write| snapshot::write(&self.book, stamp, out);
        // Where it can't be written, the next start reads the files.
        if disk::replace_derived_by(&self.repo.state_folder(), snapshot::NAME, put).is_ok() {
            (self.keeping.exists, self.keeping.stale) = (true, 0);
        }
    }
}
