//! Reading all records at once.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use rayon::prelude::*;

use super::{DiskError, MAX_FILE_BYTES, Root, Stamp, Stamps, root};
use crate::base::RepoPath;

/// The record files there are, without their contents.
#[derive(Debug, Default)]
pub struct Scan {
    /// Every file with its stamp, sorted by path; without those that look as they are known.
    pub files: Vec<(RepoPath, Stamp)>,
    /// How many look as they are known.
    pub same: usize,
    /// Files and folders that can't be read as records, and why.
    pub failures: Vec<DiskError>,
}

/// One file, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// Where it is.
    pub path: RepoPath,
    /// Its stamp when it was read.
    pub stamp: Stamp,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// Every record file, read.
#[derive(Debug, Default)]
pub struct Load {
    /// The files, sorted by path.
    pub files: Vec<Loaded>,
    /// Files and folders that can't be read as records, and why.
    pub failures: Vec<DiskError>,
}

/// Finds every `.yaml` file in the given top folders, and those of the given names at the top itself.
///
/// Hidden files and folders are passed over; links are never followed and reported as failures.
pub fn scan(root: &Root, tops: &[impl AsRef<str> + Sync]) -> Scan {
    scan_against(root, tops, &Stamps::default())
}

/// As [`scan`], but files that look as they are known are only counted: of a large workspace, that has changed little,
/// next to nothing has to be remembered.
pub fn scan_against(root: &Root, tops: &[impl AsRef<str> + Sync], known: &Stamps) -> Scan {
    // No file counts twice.
    let tops: BTreeSet<&str> = tops.iter().map(AsRef::as_ref).collect();
    let mut scan = tops
        .into_par_iter()
        .map(|top| match top.parse::<RepoPath>() {
            Ok(path) => scan_top(root, path, known),
            Err(error) => failure(DiskError::Name { shown: top.into(), reason: error.to_string() }),
        })
        .reduce(Scan::default, Scan::and);
    scan.files.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
    scan
}

/// Reads the given files in parallel; those that have gone meanwhile are left out. `progress` is told of every
/// file done, from any thread.
pub fn read<'a>(
    root: &Root,
    paths: impl IntoParallelIterator<Item = &'a RepoPath>,
    progress: impl Fn() + Sync,
) -> Load {
    let results: Vec<Result<Option<Loaded>, DiskError>> = paths
        .into_par_iter()
        .map(|path| {
            let read = root.read_stamped(path);
            progress();
            Ok(read?.map(|(bytes, stamp)| Loaded { path: path.clone(), stamp, bytes }))
        })
        .collect();
    Load::from_results(results)
}

/// Finds and reads everything: [`scan`] and [`read`] in one.
pub fn load(root: &Root, tops: &[impl AsRef<str> + Sync], progress: impl Fn() + Sync) -> Load {
    let Scan { files, failures, .. } = scan(root, tops);
    let results: Vec<_> = files
        .into_par_iter()
        .map(|(path, _)| {
            // The scan has just seen that no part of the way is a link.
            let read = root::read_plain(&path.to_path(root.path()), &path, MAX_FILE_BYTES);
            progress();
            Ok(read?.map(|(bytes, stamp)| Loaded { path, stamp, bytes }))
        })
        .collect();
    let mut load = Load::from_results(results);
    load.failures.splice(0..0, failures);
    load
}

/// Every plain file below a folder, whatever its name, sorted. Links are not followed, and where something can't be
/// looked at there is nothing.
pub fn files_below(root: &Root, folder: &RepoPath) -> Vec<RepoPath> {
    let place = folder.to_path(root.path());
    // No part of the way may be a link, as for any other file.
    let reached = folder.join("-").is_ok_and(|inside| root.resolve(&inside).is_ok());
    let mut found = Vec::new();
    for entry in fs::read_dir(&place).into_iter().flatten().flatten().filter(|_| reached) {
        let path = entry.file_name().to_str().and_then(|name| folder.join(name).ok());
        match (path, entry.file_type()) {
            (Some(path), Ok(kind)) if kind.is_dir() => found.extend(files_below(root, &path)),
            (Some(path), Ok(kind)) if kind.is_file() => found.push(path),
            _ => {}
        }
    }
    found.sort();
    found
}

impl Load {
    fn from_results(results: Vec<Result<Option<Loaded>, DiskError>>) -> Load {
        let mut load = Load { files: Vec::with_capacity(results.len()), failures: Vec::new() };
        for result in results {
            match result {
                Ok(file) => load.files.extend(file),
                Err(error) => load.failures.push(error),
            }
        }
        load
    }
}

impl Scan {
    fn and(mut self, mut other: Scan) -> Scan {
        if self.files.len() < other.files.len() {
            std::mem::swap(&mut self, &mut other);
        }
        self.files.append(&mut other.files);
        self.same += other.same;
        self.failures.append(&mut other.failures);
        self
    }
}

fn failure(error: DiskError) -> Scan {
    Scan { failures: vec![error], ..Scan::default() }
}

fn scan_top(root: &Root, path: RepoPath, known: &Stamps) -> Scan {
    let place = path.to_path(root.path());
    match fs::symlink_metadata(&place) {
        Ok(metadata) if metadata.is_dir() => scan_folder(&place, &path, known),
        Ok(metadata) if metadata.is_symlink() => failure(DiskError::Link { link: path.clone(), path }),
        Ok(metadata) if metadata.is_file() => sized(path, Stamp::of(&metadata), known),
        Ok(_) => failure(DiskError::NotAFile { path }),
        // No folder, no records.
        Err(_) => Scan::default(),
    }
}

fn scan_folder(place: &Path, folder: &RepoPath, known: &Stamps) -> Scan {
    let unreadable = |source| failure(DiskError::Read { path: folder.clone(), source });
    let entries: Vec<fs::DirEntry> = match fs::read_dir(place).and_then(Iterator::collect) {
        Ok(entries) => entries,
        Err(source) => return unreadable(source),
    };
    entries.par_iter().map(|entry| scan_entry(entry, folder, known)).reduce(Scan::default, Scan::and)
}

fn scan_entry(entry: &fs::DirEntry, folder: &RepoPath, known: &Stamps) -> Scan {
    let name = entry.file_name();
    if name.as_encoded_bytes().starts_with(b".") {
        return Scan::default();
    }
    let kind = match entry.file_type() {
        Ok(kind) => kind,
        Err(source) => return failure(DiskError::Read { path: folder.clone(), source }),
    };
    let extension = Path::new(&name).extension();
    // A link without an extension may stand for a folder of records: say that it is not followed.
    let folder_link = kind.is_symlink() && extension.is_none();
    if !kind.is_dir() && !folder_link && extension != Some(OsStr::new("yaml")) {
        return other_extension(&name, folder);
    }
    let full = name.to_str().map(|name| format!("{folder}/{name}"));
    if kind.is_file()
        && let Some(stamp) = full.as_deref().and_then(|full| known.get(full))
        && entry.metadata().is_ok_and(|metadata| Stamp::of(&metadata) == *stamp)
    {
        return Scan { same: 1, ..Scan::default() };
    }
    let path = match full.as_deref().map(RepoPath::new) {
        Some(Ok(path)) => path,
        Some(Err(error)) => return unusable(&name, folder, &error.to_string()),
        None => return unusable(&name, folder, "the name is not UTF-8: rename the file"),
    };
    if kind.is_dir() {
        return scan_folder(&entry.path(), &path, known);
    } else if kind.is_symlink() {
        return failure(DiskError::Link { link: path.clone(), path });
    } else if !kind.is_file() {
        return failure(DiskError::NotAFile { path });
    }
    match entry.metadata() {
        Ok(metadata) => sized(path, Stamp::of(&metadata), known),
        Err(source) => failure(DiskError::Read { path, source }),
    }
}

fn sized(path: RepoPath, stamp: Stamp, known: &Stamps) -> Scan {
    match stamp.size {
        _ if known.get(&path) == Some(&stamp) => Scan { same: 1, ..Scan::default() },
        size if size > MAX_FILE_BYTES => failure(DiskError::TooLarge { path, size, limit: MAX_FILE_BYTES }),
        _ => Scan { files: vec![(path, stamp)], ..Scan::default() },
    }
}

/// A `.yml` file is surely meant as a record; anything else is none of our business.
fn other_extension(name: &OsStr, folder: &RepoPath) -> Scan {
    match Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("yml")) {
        true => unusable(name, folder, "is not read as a record: rename it to end in .yaml"),
        false => Scan::default(),
    }
}

fn unusable(name: &OsStr, folder: &RepoPath, reason: &str) -> Scan {
    failure(DiskError::Name { shown: format!("{folder}/{}", name.display()), reason: reason.into() })
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn finds_records_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        let put = |path: &str, text: &str| {
            let place = dir.path().join(path);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, text).unwrap();
        };
        put("kontor.yaml", "name: X");
        put("accounts/b.yaml", "b");
        put("accounts/a.yaml", "a");
        put("accounts/ac/deep/c.yaml", "c");
        put("accounts/notes.txt", "no");
        put("accounts/.kontor-abc.yaml", "half");
        put("accounts/.hidden/x.yaml", "no");
        put("accounts/old.yml", "no");
        put("other/x.yaml", "no");
        put("contacts/x.yaml", "x");
        symlink(outside.path(), dir.path().join("accounts/linked")).unwrap();
        symlink(outside.path(), dir.path().join("leads")).unwrap();
        symlink("a.yaml", dir.path().join("accounts/link.yaml")).unwrap();
        fs::write(outside.path().join("secret.yaml"), "secret").unwrap();
        fs::write(dir.path().join("accounts").join(OsStr::from_bytes(b"\xff.yaml")), "x").unwrap();
        fs::create_dir(dir.path().join("accounts/folder.yaml")).unwrap();
        fs::File::create(dir.path().join("accounts/big.yaml")).unwrap().set_len(MAX_FILE_BYTES + 1).unwrap();
        std::process::Command::new("mkfifo").arg(dir.path().join("accounts/pipe.yaml")).status().unwrap();

        let root = Root::open(dir.path()).unwrap();
        let done = AtomicUsize::new(0);
        let tops = ["kontor.yaml", "schema", "contacts", "accounts", "leads"];
        let load = load(&root, &tops, || {
            done.fetch_add(1, Ordering::Relaxed);
        });
        let found: Vec<_> = load.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(
            found,
            [
                "accounts/a.yaml",
                "accounts/ac/deep/c.yaml",
                "accounts/b.yaml",
                "contacts/x.yaml",
                "kontor.yaml"
            ]
        );
        assert_eq!(load.files[1].bytes, b"c");
        assert_eq!(done.into_inner(), 5);
        let mut failures: Vec<_> = load.failures.iter().map(ToString::to_string).collect();
        failures.sort();
        let starts = [
            "accounts/big.yaml: 1048577 bytes",
            "accounts/link.yaml: ",
            "accounts/linked: accounts/linked is a symbolic link",
            "accounts/old.yml: is not read",
            "accounts/pipe.yaml: not a plain file",
            "accounts/\u{fffd}.yaml: the name is not UTF-8",
            "leads: leads is a symbolic link",
        ];
        assert_eq!(failures.len(), starts.len(), "{failures:#?}");
        for (failure, start) in failures.iter().zip(starts) {
            assert!(failure.starts_with(start), "{failure:?} should start with {start:?}");
        }
    }

    #[test]
    fn what_is_known_is_only_counted() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("accounts")).unwrap();
        for name in ["kontor.yaml", "accounts/a.yaml", "accounts/b.yaml", "accounts/c.yaml"] {
            fs::write(dir.path().join(name), name).unwrap();
        }
        let root = Root::open(dir.path()).unwrap();
        let tops = ["accounts", "kontor.yaml", "accounts"];
        let known: Stamps = scan(&root, &tops).files.into_iter().collect();
        fs::write(dir.path().join("accounts/b.yaml"), "changed").unwrap();
        fs::write(dir.path().join("accounts/d.yaml"), "new").unwrap();
        fs::remove_file(dir.path().join("accounts/c.yaml")).unwrap();
        let scan = scan_against(&root, &tops, &known);
        let found: Vec<_> = scan.files.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!((found.as_slice(), scan.same), (["accounts/b.yaml", "accounts/d.yaml"].as_slice(), 2));
    }

    #[test]
    fn reads_chosen_files_and_passes_over_gone_ones() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.yaml"), "a").unwrap();
        let root = Root::open(dir.path()).unwrap();
        let paths = ["a.yaml".parse().unwrap(), "gone.yaml".parse().unwrap()];
        let load = read(&root, &paths, || {});
        assert_eq!(load.files.len(), 1);
        assert!(load.failures.is_empty());
        assert_eq!(Some(load.files[0].stamp), root.stamp(&paths[0]).unwrap());
    }
}
