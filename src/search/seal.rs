//! A note of the files an index consists of. Tantivy's own checksums say whether a file is whole, but not whether it is
//! the one its name says: the copy of another passes.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)] // the index is this layer's own

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// The note's name. Files with a dot in front are none of tantivy's.
const NAME: &str = ".kontor-files";

/// As much of a file's end as tells it from any other: tantivy's checksum of the rest is in it.
const END: u64 = 128;

/// Notes what these files look like. They never change again, since tantivy writes each file once.
///
/// # Errors
/// When the files or the note cannot be reached.
pub fn seal(folder: &Path, files: impl IntoIterator<Item = PathBuf>) -> io::Result<()> {
    let mut text = String::new();
    for file in files {
        // Of the files that a part of the index may have, it has not all.
        match mark(&folder.join(&file)) {
            Ok(mark) => text.push_str(&format!("{}\t{mark}\n", file.display())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    let new = folder.join(format!("{NAME}.new"));
    fs::write(&new, text).and_then(|()| fs::rename(&new, folder.join(NAME)))
}

/// Whether all files that were noted and are still there are as they were. What came later is not known.
pub fn holds(folder: &Path) -> bool {
    let text = match fs::read_to_string(folder.join(NAME)) {
        Ok(text) => text,
        Err(error) => return error.kind() == io::ErrorKind::NotFound,
    };
    let known: Option<BTreeMap<&str, &str>> = text.lines().map(|line| line.split_once('\t')).collect();
    known.is_some_and(|known| {
        known.into_iter().all(|(file, was)| match mark(&folder.join(file)) {
            Ok(now) => now == was,
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        })
    })
}

/// From now on it is taken for damaged.
pub fn spoil(folder: &Path) {
    // Where this cannot be written, the next one comes upon the damage itself.
    let _ = fs::write(folder.join(NAME), "damaged\n");
}

/// The length of a file and what its end sums up to.
fn mark(place: &Path) -> io::Result<String> {
    let mut file = File::open(place)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(END)))?;
    let mut end = Vec::new();
    file.take(END).read_to_end(&mut end)?;
    Ok(format!("{length} {:08x}", crc32fast::hash(&end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_another_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let names = || ["a.term", "a.idx", "a.del"].map(PathBuf::from);
        assert!(holds(folder.path()), "nothing is noted yet");
        put("a.term", "terms");
        put("a.idx", "where");
        seal(folder.path(), names()).unwrap();
        assert!(holds(folder.path()));
        put("b.term", "later");
        assert!(holds(folder.path()));
        put("a.idx", "terms");
        assert!(!holds(folder.path()), "as long as before");
        put("a.idx", "where");
        assert!(holds(folder.path()));
        fs::remove_file(folder.path().join("a.idx")).unwrap();
        assert!(holds(folder.path()), "tantivy removes what it needs no more");
        spoil(folder.path());
        assert!(!holds(folder.path()));
    }
}
