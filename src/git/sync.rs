//! Waiting until the disk has new objects.

use std::fs::File;
use std::io::ErrorKind;
use std::path::PathBuf;

use git2::Oid;

use super::{GitError, Repo};

/// A file system waits for several files in little more time than for one, if it is asked for all of them at once.
const AT_ONCE: usize = 8;

/// From so many on, one wait for all that the file system has to write is shorter still.
#[cfg(target_os = "linux")]
const MANY: usize = 64;

impl Repo {
    /// Waits until the disk has these objects. Like git, leaves the names in the folders to the file system, which
    /// keeps those of files that have been waited for.
    pub(super) fn sync_objects(&self, objects: &[Oid]) -> Result<(), GitError> {
        let folder = self.common_dir().join("objects");
        let mut files: Vec<PathBuf> = objects
            .iter()
            .map(|id| {
                let name = id.to_string();
                folder.join(&name[..2]).join(&name[2..])
            })
            .collect();
        files.sort_unstable();
        files.dedup();
        #[cfg(target_os = "linux")]
        if files.len() >= MANY {
            let synced = File::open(&folder).and_then(|folder| Ok(rustix::fs::syncfs(folder)?));
            return synced.map_err(|source| GitError::Io { path: folder, source });
        }
        let share = files.len().div_ceil(AT_ONCE).max(1);
        std::thread::scope(|scope| {
            let syncing: Vec<_> =
                files.chunks(share).map(|files| scope.spawn(|| files.iter().try_for_each(sync))).collect();
            // A thread that panicked has synced nothing we could vouch for.
            syncing.into_iter().try_for_each(|thread| {
                thread.join().unwrap_or_else(|_| {
                    Err(GitError::Io { path: folder.clone(), source: std::io::Error::from(ErrorKind::Other) })
                })
            })
        })
    }
}

fn sync(path: &PathBuf) -> Result<(), GitError> {
    match File::open(path).and_then(|file| file.sync_all()) {
        // An object that is in a pack has no file of its own.
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(GitError::Io { path: path.clone(), source: error })
        }
        _ => Ok(()),
    }
}
