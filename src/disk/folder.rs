//! New folders for new workspaces, and never one that is there already.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::DiskError;

/// Makes a folder and those on the way to it. Refuses where anything is there already.
pub fn new_folder(path: &Path) -> Result<(), DiskError> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let failed = |source| DiskError::NotMade { path: path.to_path_buf(), source };
    // A file in the way of the parents "exists already" too, and is no folder that is taken.
    parent.map_or(Ok(()), fs::create_dir_all).map_err(failed)?;
    fs::create_dir(path).map_err(|source| match source.kind() {
        ErrorKind::AlreadyExists => DiskError::Taken { path: path.to_path_buf() },
        _ => failed(source),
    })
}

/// Makes a folder of this name, or of the first free one of `name-2`, `name-3`…, here or else in the system's
/// folder for temporary files.
pub fn new_folder_named(name: &str) -> Result<PathBuf, DiskError> {
    let parents = [PathBuf::new(), std::env::temp_dir()];
    first_free(&parents, name)
}

fn first_free(parents: &[PathBuf], name: &str) -> Result<PathBuf, DiskError> {
    let mut failure = None;
    for parent in parents {
        for n in 1..1000 {
            let place = parent.join(if n == 1 { name.to_owned() } else { format!("{name}-{n}") });
            match new_folder(&place) {
                Ok(()) => return Ok(place),
                Err(DiskError::Taken { .. }) => {}
                Err(error) => {
                    failure = Some(error);
                    break;
                }
            }
        }
    }
    Err(failure.unwrap_or_else(|| DiskError::Taken { path: name.into() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_there_is_used() {
        let dir = tempfile::tempdir().unwrap();
        new_folder(&dir.path().join("a/b")).unwrap();
        for taken in ["a", "a/b"] {
            let refused = new_folder(&dir.path().join(taken));
            assert!(matches!(refused, Err(DiskError::Taken { .. })), "{refused:?}");
        }
        fs::write(dir.path().join("file"), "").unwrap();
        assert!(matches!(new_folder(&dir.path().join("file")), Err(DiskError::Taken { .. })));
        assert!(matches!(new_folder(&dir.path().join("file/x")), Err(DiskError::NotMade { .. })));
    }

    #[test]
    fn the_first_free_name_in_the_first_usable_place() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("file"), "").unwrap();
        let parents = [dir.path().join("file"), dir.path().to_path_buf()];
        let made: Vec<_> = (0..3).map(|_| first_free(&parents, "demo").unwrap()).collect();
        assert_eq!(made, ["demo", "demo-2", "demo-3"].map(|name| dir.path().join(name)));
        assert!(matches!(first_free(&parents[..1], "demo"), Err(DiskError::NotMade { .. })));
    }
}
