//! Who may write: one Kontor at a time in one working tree.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::DiskError;

/// The right to change files of one working tree. The system takes it back from a process that dies.
#[derive(Debug)]
pub struct WriteLock {
    // Kept open: the lock lasts as long as this handle.
    _file: File,
    folder: PathBuf,
}

impl WriteLock {
    /// Takes the lock kept in `folder` (`<git-dir>/kontor`, made if it is not there), waiting for another holder at
    /// most `patience`.
    pub fn acquire(folder: &Path, patience: Duration) -> Result<WriteLock, DiskError> {
        let lock = folder.join("write.lock");
        let failed = |source| DiskError::State { path: lock.clone(), source };
        fs::create_dir_all(folder).map_err(failed)?;
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&lock)
            .map_err(failed)?;
        let since = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::Error(source)) => return Err(failed(source)),
                Err(TryLockError::WouldBlock) if since.elapsed() < patience => {
                    std::thread::sleep(Duration::from_millis(5));
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(DiskError::Busy { holder: holder(&mut file), lock });
                }
            }
        }
        // Who holds it is a courtesy to whoever waits; the lock does not depend on it.
        let _ = file.set_len(0).and_then(|()| write!(file, "{}", std::process::id()));
        Ok(WriteLock { _file: file, folder: folder.to_path_buf() })
    }

    /// Kontor's own folder under the git directory.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

fn holder(file: &mut File) -> String {
    let mut text = String::new();
    let read = file.seek(SeekFrom::Start(0)).and_then(|_| file.take(20).read_to_string(&mut text));
    match (read, text.parse::<u32>()) {
        (Ok(_), Ok(process)) => format!(" (process {process})"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holder_at_a_time() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("kontor");
        let held = WriteLock::acquire(&folder, Duration::ZERO).unwrap();
        let refused = WriteLock::acquire(&folder, Duration::from_millis(20)).unwrap_err();
        assert!(refused.to_string().contains(&format!("process {}", std::process::id())), "{refused}");
        drop(held);
        // A process that another test is just starting holds every open file for a moment.
        WriteLock::acquire(&folder, Duration::from_secs(5)).unwrap();
    }
}
