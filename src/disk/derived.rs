//! Files that can be made again at any time, under Kontor's own folder in the git directory.

use std::fs;
use std::path::Path;

use super::{DiskError, write};

/// Reads such a file; none where there is none, or none that can be read.
pub fn read_derived(folder: &Path, name: &str) -> Option<Vec<u8>> {
    fs::read(folder.join(name)).ok()
}

/// Puts one in place of the one before. Whoever reads it sees the old or the new; after a power failure it may be
/// damaged, so it must tell by itself whether it is whole.
pub fn replace_derived(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), DiskError> {
    let place = folder.join(name);
    let temporary = write::beside(&place, &write::temporary_name());
    let written = fs::create_dir_all(folder)
        .and_then(|()| fs::write(&temporary, bytes))
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
}
