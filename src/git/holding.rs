//! Telling the locks that a killed Kontor left behind from those of other programs.
//!
//! libgit2 makes lock files as git does, and a process that is killed leaves them. So while libgit2 may hold one, we
//! hold a note of its name that is locked by the system, which the system lets go when we die.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{GitError, Repo};

/// The note that libgit2 may be holding a lock file; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Holding(File);

/// What a lock is on; each has a note of its own.
#[derive(Clone, Copy, Debug)]
pub(super) enum Held {
    Index,
    Branch,
}

/// How long after the note libgit2 at most writes to the lock file.
const SPAN: Duration = Duration::from_secs(2);

impl Repo {
    /// Notes that libgit2 is about to hold this lock file.
    pub(super) fn holding(&self, held: Held, lock: &Path) -> Result<Holding, GitError> {
        let place = self.note(held);
        let noted = fs::create_dir_all(self.state_folder())
            .and_then(|()| OpenOptions::new().write(true).create(true).truncate(false).open(&place))
            .and_then(|mut file| {
                file.lock()?;
                file.set_len(0)?;
                file.write_all(lock.as_os_str().as_encoded_bytes())?;
                Ok(file)
            });
        noted.map(Holding).map_err(|source| GitError::Io { path: place, source })
    }

    /// Removes a lock file if a Kontor that has died since was about to make it; whether it did.
    pub(super) fn remove_if_orphaned(&self, held: Held, lock: &Path) -> bool {
        let Ok(mut note) = File::open(self.note(held)) else { return false };
        let mut named = Vec::new();
        let ours = note.try_lock().is_ok()
            && note.read_to_end(&mut named).is_ok()
            && named == lock.as_os_str().as_encoded_bytes();
        let times = (
            note.metadata().and_then(|note| note.modified()),
            fs::metadata(lock).and_then(|lock| lock.modified()),
        );
        // One that was made much later is another program's, which came upon no lock.
        let (Ok(noted), Ok(made)) = times else { return false };
        let made_then = made.duration_since(noted).is_ok_and(|after| after <= SPAN);
        ours && made_then && fs::remove_file(lock).is_ok()
    }

    fn note(&self, held: Held) -> PathBuf {
        self.state_folder().join(match held {
            Held::Index => "holding-index",
            Held::Branch => "holding-branch",
        })
    }
}

impl Drop for Holding {
    fn drop(&mut self) {
        // Should this fail, the note names a lock file that is not there.
        let _ = self.0.set_len(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::sandbox::{Sandbox, change};

    #[test]
    fn only_locks_of_the_dead_are_removed() {
        let sandbox = Sandbox::with_files();
        let repo = sandbox.repo();
        let lock = repo.git_dir().join("index.lock");
        let orphaned = || repo.remove_if_orphaned(Held::Index, &lock);

        fs::write(&lock, "").unwrap();
        assert!(!orphaned(), "nobody noted anything");
        let holding = repo.holding(Held::Index, &lock).unwrap();
        fs::write(&lock, "").unwrap();
        assert!(!orphaned(), "its holder lives");
        drop(holding);
        assert!(!orphaned(), "its holder is done");
        assert!(lock.exists());

        // As a killed process leaves it: the note is there, and nobody has it locked.
        let note = repo.state_folder().join("holding-index");
        fs::write(&note, lock.as_os_str().as_encoded_bytes()).unwrap();
        File::open(&lock)
            .unwrap()
            .set_modified(std::time::SystemTime::now() + Duration::from_secs(60))
            .unwrap();
        assert!(!orphaned(), "made long after");
        fs::write(&lock, "").unwrap();
        assert!(!repo.remove_if_orphaned(Held::Branch, &lock), "of another kind");
        sandbox.save(&repo, &[change("c.yaml", Some("c: 2\n"))]).unwrap();
        assert_eq!(sandbox.status(), "");

        let lock = repo.git_dir().join("refs/heads/main.lock");
        fs::write(repo.state_folder().join("holding-branch"), lock.as_os_str().as_encoded_bytes()).unwrap();
        fs::write(&lock, "").unwrap();
        sandbox.save(&repo, &[change("c.yaml", Some("c: 3\n"))]).unwrap();
        assert_eq!(sandbox.git(&["rev-list", "--count", "HEAD"]), "3");
    }
}
