//! Files outside the repository: the user's own settings, keys and themes, and what a person asked for by its path,
//! such as manual pages and files to import.

use super::{DiskError, MAX_FILE_BYTES, Stamp, write};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The text of a file; none where there is none, it is too large, or it is not text.
pub fn read(path: &Path) -> Option<String> {
    let size = fs::metadata(path).ok()?.len();
    if size > MAX_FILE_BYTES { None } else { fs::read_to_string(path).ok() }
}

/// Reads a file a person named, up to one byte more than `most`, so that one that is larger can be told.
///
/// # Errors
/// When it is not there, is a folder, or the system would not let us read it.
pub fn read_named(path: &Path, most: u64) -> Result<Vec<u8>, DiskError> {
    let failed = |source| DiskError::NotRead { path: path.to_path_buf(), source };
    if fs::metadata(path).map_err(failed)?.is_dir() {
        return Err(failed(io::Error::from(io::ErrorKind::IsADirectory)));
    }
    let mut bytes = Vec::new();
    fs::File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes)).map_err(failed)?;
    Ok(bytes)
}

/// As [`read_named`], with the stamp by which it is known later whether it is still what was read. Only for plain files:
/// a pipe would keep its reader waiting for whoever writes.
///
/// # Errors
/// As [`read_named`], and when it is no plain file.
pub fn read_stamped(path: &Path, most: u64) -> Result<(Vec<u8>, Stamp), DiskError> {
    let failed = |source| DiskError::NotRead { path: path.to_path_buf(), source };
    let metadata = fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() && !metadata.is_dir() {
        return Err(failed(io::Error::new(io::ErrorKind::InvalidInput, "it is no plain file")));
    }
    Ok((read_named(path, most)?, Stamp::of(&metadata)))
}

/// Whether a file is still what it was when it had this stamp.
pub fn is_unchanged(path: &Path, stamp: Stamp) -> bool {
    fs::metadata(path).is_ok_and(|metadata| Stamp::of(&metadata) == stamp)
}

/// Where a path leads, absolute and free of links as far as it is there.
pub fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = absolute.ancestors().find_map(|part| Some((part, fs::canonicalize(part).ok()?)));
    let whole = there.and_then(|(part, real)| Some(real.join(absolute.strip_prefix(part).ok()?)));
    whole.unwrap_or(absolute)
}

/// Something in a folder, for choosing a file by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Whether it is a folder, or a link to one.
    pub is_folder: bool,
    /// Bytes.
    pub size: u64,
}

/// More than this in one folder is not shown.
const MOST_ENTRIES: usize = 10_000;

/// What lies in a folder, folders first, by name. Names that are no text and things that are neither files nor folders
/// are left out.
///
/// # Errors
/// When it is not there or the system would not let us look.
pub fn list(folder: &Path) -> Result<Vec<Entry>, DiskError> {
    let failed = |source| DiskError::NotRead { path: folder.to_path_buf(), source };
    let entries = fs::read_dir(folder).map_err(failed)?.take(MOST_ENTRIES).filter_map(Result::ok);
    let told = entries.filter_map(|entry| {
        let (name, metadata) = (entry.file_name().into_string().ok()?, fs::metadata(entry.path()).ok()?);
        let is_folder = metadata.is_dir();
        (is_folder || metadata.is_file()).then_some(Entry { name, is_folder, size: metadata.len() })
    });
    let mut found: Vec<Entry> = told.collect();
    found.sort_by_cached_key(|entry| (!entry.is_folder, entry.name.to_lowercase(), entry.name.clone()));
    Ok(found)
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

/// Writes a file, old or new and never mixed, in a folder that is made if it is not there. A symbolic link stays one:
/// what it points at is written.
///
/// # Errors
/// When the folder or the file can't be written.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let failed = |source| DiskError::NotSaved { path: path.to_owned(), source };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    // A path without a folder is in this one, whose name is needed to sync it.
    let place = fs::canonicalize(path).or_else(|_| std::path::absolute(path)).map_err(failed)?;
    let temporary = write::beside(&place, &write::temporary_name());
    write::replace(&place, &temporary, bytes, None).map_err(failed)
}

/// Whether [`save_own`] would write there.
///
/// # Errors
/// When something else is there than a file that begins with `head`.
pub fn may_save_own(path: &Path, head: &[u8]) -> Result<(), DiskError> {
    let Ok(metadata) = fs::metadata(path) else { return Ok(()) };
    let begins = || {
        let mut start = vec![0; head.len()];
        fs::File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == head
    };
    match metadata.is_file() && begins() {
        true => Ok(()),
        false => Err(DiskError::Foreign { path: path.to_owned() }),
    }
}

/// As [`save`], but only in place of nothing, or of a file that begins with `head`: so its writer knows its own.
///
/// # Errors
/// As [`save`], and when something else is there.
pub fn save_own(path: &Path, head: &[u8], bytes: &[u8]) -> Result<(), DiskError> {
    may_save_own(path, head)?;
    save(path, bytes)
}

/// As [`save`], but in place of nothing: where something is there already, under the first free name of `bad-2.csv`,
/// `bad-3.csv`…, unless that is the same.
///
/// # Errors
/// As [`save`].
pub fn save_beside(path: &Path, bytes: &[u8]) -> Result<PathBuf, DiskError> {
    let part = |part: Option<&std::ffi::OsStr>| part.map(|p| p.to_string_lossy().into_owned());
    let stem = part(path.file_stem()).unwrap_or_default();
    let ending = part(path.extension()).map_or_else(String::new, |ending| format!(".{ending}"));
    let mut place = path.to_owned();
    let mut number = 1;
    while fs::symlink_metadata(&place).is_ok() {
        if fs::read(&place).is_ok_and(|there| there == bytes) {
            return Ok(place);
        }
        number += 1;
        place = path.with_file_name(format!("{stem}-{number}{ending}"));
    }
    save(&place, bytes).map(|()| place)
}

/// Makes a folder and those on the way to it; one that is there is fine.
///
/// # Errors
/// When it can't be made.
pub fn ensure_folder(path: &Path) -> Result<(), DiskError> {
    fs::create_dir_all(path).map_err(|source| DiskError::NotMade { path: path.to_path_buf(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_file_reads_as_it_was_written() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("themes/own/night.yaml");
        assert_eq!(read(&path), None);
        save(&path, b"name: Night\n").unwrap();
        save(&path, b"name: Dusk\n").unwrap();
        save(&path.with_file_name("notes.txt"), b"not one of them").unwrap();
        let all = [(path.clone(), "name: Dusk\n".to_owned())];
        assert_eq!(read_folder(path.parent().unwrap()), all);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 2, "nothing half-written is left");
    }

    #[test]
    fn only_what_is_known_as_ones_own_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let (own, foreign) = (dir.path().join("own.yaml"), dir.path().join("foreign.yaml"));
        fs::write(&foreign, "name: Acme\n").unwrap();
        save_own(&own, b"# Ours", b"# Ours: 1\n").unwrap();
        save_own(&own, b"# Ours", b"# Ours: 2\n").unwrap();
        assert_eq!(read(&own).as_deref(), Some("# Ours: 2\n"));
        for path in [&foreign, &dir.path().to_owned()] {
            let error = save_own(path, b"# Ours", b"# Ours: 3\n").unwrap_err();
            assert!(matches!(error, DiskError::Foreign { .. }), "{error}");
        }
        assert_eq!(read(&foreign).as_deref(), Some("name: Acme\n"));
    }

    #[test]
    fn what_is_kept_beside_takes_no_place() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("rejects/bad.csv");
        let kept = |text: &str| {
            let place = save_beside(&path, text.as_bytes()).unwrap();
            place.file_name().unwrap().to_string_lossy().into_owned()
        };
        assert_eq!(
            [kept("a"), kept("b"), kept("a"), kept("c")],
            ["bad.csv", "bad-2.csv", "bad.csv", "bad-3.csv"]
        );
        assert_eq!(read(&path).as_deref(), Some("a"));
    }

    #[test]
    fn what_was_read_is_known_again_until_it_is_written() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.csv");
        fs::write(&path, "name\n").unwrap();
        let (bytes, stamp) = read_stamped(&path, 3).unwrap();
        assert_eq!(bytes, b"name", "one byte more than wanted");
        assert!(is_unchanged(&path, stamp));
        fs::write(&path, "name,age\n").unwrap();
        assert!(!is_unchanged(&path, stamp));
        fs::remove_file(&path).unwrap();
        assert!(!is_unchanged(&path, stamp));
        assert!(read_stamped(dir.path(), 3).is_err());
    }

    #[test]
    fn a_folder_lists_folders_first() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("Zoo")).unwrap();
        fs::write(dir.path().join("b.csv"), "xy").unwrap();
        fs::write(dir.path().join("A.csv"), "").unwrap();
        let told: Vec<_> =
            list(dir.path()).unwrap().into_iter().map(|e| (e.name, e.is_folder, e.size)).collect();
        assert_eq!((told.len(), &told[0].0, told[0].1), (3, &"Zoo".to_owned(), true));
        assert_eq!(told[1..], [("A.csv".to_owned(), false, 0), ("b.csv".to_owned(), false, 2)]);
        assert!(list(&dir.path().join("none")).is_err());
    }

    #[test]
    #[cfg(unix)]
    fn a_linked_settings_file_stays_a_link() {
        let dir = tempfile::tempdir().unwrap();
        let (real, link) = (dir.path().join("dotfiles.yaml"), dir.path().join("settings.yaml"));
        fs::write(&real, "old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        save(&link, b"new").unwrap();
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }

    #[test]
    fn what_cannot_be_saved_says_so() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("file"), "").unwrap();
        let error = save(&dir.path().join("file/below"), b"").unwrap_err();
        assert!(matches!(error, DiskError::NotSaved { .. }), "{error}");
    }
}
