//! The user's own files outside any repository: settings, keys, themes. Small, optional, theirs.

use super::{DiskError, MAX_FILE_BYTES, write};
use std::fs;
use std::path::{Path, PathBuf};

/// The text of a file; none where there is none, it is too large, or it is not text.
pub fn read(path: &Path) -> Option<String> {
    let size = fs::metadata(path).ok()?.len();
    if size > MAX_FILE_BYTES { None } else { fs::read_to_string(path).ok() }
}

/// Every `*.yaml` in a folder with its text, by name.
pub fn read_folder(folder: &Path) -> Vec<(PathBuf, String)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(|e| e.ok().map(|e| e.path()));
    let mut found: Vec<_> = paths
        .filter(|p| p.extension().is_some_and(|e| e == "yaml"))
        .filter_map(|p| read(&p).map(|text| (p, text)))
        .collect();
    found.sort();
    found
}

/// Writes a file whole, making its folder if need be.
///
/// # Errors
/// When the folder or the file can't be written.
pub fn save(path: &Path, text: &str) -> Result<(), DiskError> {
    let failed = |source| DiskError::State { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let temporary = write::beside(path, &write::temporary_name());
    write::replace(path, &temporary, text.as_bytes(), None).map_err(failed)
}
