//! Files that can be made again at any time, under Kontor's own folder in the git directory.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::{DiskError, write};

/// Reads such a file; none where there is none, or none that can be read.
pub fn read_derived(folder: &Path, name: &str) -> Option<Vec<u8>> {
    fs::read(folder.join(name)).ok()
}

/// Such a file, to be read in parts and from several threads. It stays what it is, whatever takes its place meanwhile.
pub struct Derived {
    file: File,
    length: u64,
}

impl Derived {
    /// Opens one; none where there is none, or none that can be read.
    pub fn open(folder: &Path, name: &str) -> Option<Derived> {
        let file = File::open(folder.join(name)).ok()?;
        let length = file.metadata().ok()?.len();
        Some(Derived { file, length })
    }

    /// How many bytes there are.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// So many of its bytes from there on; none if it has fewer.
    pub fn part(&self, from: u64, length: usize) -> Option<Vec<u8>> {
        if from.checked_add(length as u64)? > self.length {
            return None;
        }
        let mut bytes = vec![0; length];
        read_at(&self.file, &mut bytes, from).ok()?;
        Some(bytes)
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], from: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, from)
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut from: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, bytes, from)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => (bytes, from) = (&mut bytes[read..], from + read as u64),
        }
    }
    Ok(())
}

/// Puts one in place of the one before. Whoever reads it sees the old or the new; after a power failure it may be
/// damaged, so it must tell by itself whether it is whole.
pub fn replace_derived(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), DiskError> {
    replace_derived_by(folder, name, |out| out.write_all(bytes))
}

/// As [`replace_derived`], for one that is not to be in memory all at once.
pub fn replace_derived_by(
    folder: &Path,
    name: &str,
    put: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), DiskError> {
    let place = folder.join(name);
    let temporary = write::beside(&place, &write::temporary_name());
    let written = fs::create_dir_all(folder)
        .and_then(|()| File::create(&temporary))
        .map(BufWriter::new)
        .and_then(|mut out| put(&mut out).and_then(|()| out.flush()))
        .and_then(|()| fs::rename(&temporary, &place));
    written.map_err(|source| {
        let _ = fs::remove_file(&temporary);
        DiskError::State { path: place, source }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_takes_the_place_of_the_old() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("kontor");
        assert_eq!(read_derived(&folder, "x"), None);
        for bytes in [b"one".as_slice(), b"", b"three"] {
            replace_derived(&folder, "x", bytes).unwrap();
            assert_eq!(read_derived(&folder, "x").as_deref(), Some(bytes));
        }
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    }

    #[test]
    fn parts_are_those_of_the_file_that_was_opened() {
        let dir = tempfile::tempdir().unwrap();
        assert!(Derived::open(dir.path(), "x").is_none());
        replace_derived(dir.path(), "x", b"old one").unwrap();
        let old = Derived::open(dir.path(), "x").unwrap();
        replace_derived(dir.path(), "x", b"new").unwrap();
        assert_eq!((old.length(), old.part(4, 3).as_deref()), (7, Some(b"one".as_slice())));
        assert_eq!((old.part(0, 0), old.part(5, 3), old.part(u64::MAX, 1)), (Some(Vec::new()), None, None));
    }
}
