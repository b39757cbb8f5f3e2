//! Files outside the repository that a person asked for by their path: manual pages, JSON Schemas.

use super::DiskError;
use std::fs;
use std::path::Path;

/// Writes a file where the person wants it, in a folder that is made if it is not there.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let made = folder.map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(path, bytes))
        .map_err(|source| DiskError::NotSaved { path: path.to_path_buf(), source })
}

/// Makes a folder and those on the way to it; one that is there is fine.
pub fn ensure_folder(path: &Path) -> Result<(), DiskError> {
    fs::create_dir_all(path).map_err(|source| DiskError::NotMade { path: path.to_path_buf(), source })
}
