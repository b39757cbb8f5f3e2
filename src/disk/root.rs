//! The opened repository folder: the one way from a [`RepoPath`] to a file.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::{DiskError, MAX_FILE_BYTES, Stamp};
use crate::base::RepoPath;

/// An opened repository folder. Files in it are reached through no symbolic link, ever.
#[derive(Clone, Debug)]
pub struct Root {
    path: PathBuf,
}

impl Root {
    /// Opens a folder, following links on the way to it but none inside it.
    pub fn open(path: &Path) -> Result<Root, DiskError> {
        let opened = fs::canonicalize(path).and_then(|real| match real.is_dir() {
            true => Ok(real),
            false => Err(io::Error::from(ErrorKind::NotADirectory)),
        });
        opened
            .map(|path| Root { path })
            .map_err(|source| DiskError::NoRoot { path: path.to_path_buf(), source })
    }

    /// Where it is on this machine.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file's place on this machine, once it is sure that no folder on the way is a link and that the
    /// place itself is free or a plain file.
    pub fn resolve(&self, path: &RepoPath) -> Result<PathBuf, DiskError> {
        self.look(path).map(|(place, _)| place)
    }

    /// The file's stamp; none where there is no file.
    pub fn stamp(&self, path: &RepoPath) -> Result<Option<Stamp>, DiskError> {
        Ok(self.look(path)?.1.as_ref().map(Stamp::of))
    }

    /// The whole file; none where there is no file. Refuses one that is larger than a record may be.
    pub fn read(&self, path: &RepoPath) -> Result<Option<Vec<u8>>, DiskError> {
        Ok(self.read_stamped(path)?.map(|(bytes, _)| bytes))
    }

    /// The whole file, if it is no larger than that; none where there is no file.
    pub fn read_up_to(&self, path: &RepoPath, limit: u64) -> Result<Option<Vec<u8>>, DiskError> {
        match self.look(path)? {
            (_, None) => Ok(None),
            (place, Some(_)) => Ok(read_plain(&place, path, limit)?.map(|(bytes, _)| bytes)),
        }
    }

    /// The whole file and the stamp it had when it was read.
    pub fn read_stamped(&self, path: &RepoPath) -> Result<Option<(Vec<u8>, Stamp)>, DiskError> {
        match self.look(path)? {
            (_, None) => Ok(None),
            (place, Some(_)) => read_plain(&place, path, MAX_FILE_BYTES),
        }
    }

    /// The place of a path, and what is there now.
    pub(super) fn look(&self, path: &RepoPath) -> Result<(PathBuf, Option<fs::Metadata>), DiskError> {
        let mut place = self.path.clone();
        let mut walked = 0;
        let mut parts = path.parts().peekable();
        while let Some(part) = parts.next() {
            place.push(part);
            walked += part.len() + usize::from(walked > 0);
            let here = || path.as_str()[..walked].parse().unwrap_or_else(|_| path.clone());
            let metadata = match fs::symlink_metadata(&place) {
                Ok(metadata) => metadata,
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    place.extend(parts);
                    return Ok((place, None));
                }
                // To look at something takes the right to enter the folder it is in.
                Err(source) => {
                    return Err(DiskError::Read { path: here().parent().unwrap_or_else(here), source });
                }
            };
            let last = parts.peek().is_none();
            if metadata.is_symlink() {
                return Err(DiskError::Link { path: path.clone(), link: here() });
            } else if last && !metadata.is_file() {
                return Err(DiskError::NotAFile { path: path.clone() });
            } else if !last && !metadata.is_dir() {
                return Err(DiskError::NotAFolder { path: path.clone(), at: here() });
            } else if last {
                return Ok((place, Some(metadata)));
            }
        }
        Ok((place, None))
    }
}

/// Reads what was a plain file a moment ago; none where it has gone since.
pub(super) fn read_plain(
    place: &Path,
    path: &RepoPath,
    limit: u64,
) -> Result<Option<(Vec<u8>, Stamp)>, DiskError> {
    let failed = |source| DiskError::Read { path: path.clone(), source };
    let file = match File::open(place) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    let metadata = file.metadata().map_err(failed)?;
    let stamp = Stamp::of(&metadata);
    if stamp.size > limit {
        return Err(DiskError::TooLarge { path: path.clone(), size: stamp.size, limit });
    }
    let mut bytes = Vec::with_capacity(stamp.size as usize + 1);
    // A file that grows while it is read must not fill the memory.
    file.take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
    match bytes.len() as u64 {
        size if size > limit => Err(DiskError::TooLarge { path: path.clone(), size, limit }),
        _ => Ok(Some((bytes, stamp))),
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn path(text: &str) -> RepoPath {
        text.parse().unwrap()
    }

    #[test]
    fn reads_plain_files_only() {
        let dir = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.yaml"), "secret: yes").unwrap();
        fs::create_dir(dir.path().join("accounts")).unwrap();
        fs::write(dir.path().join("accounts/acme.yaml"), "name: Acme\n").unwrap();
        symlink(outside.path(), dir.path().join("contacts")).unwrap();
        symlink(outside.path().join("secret.yaml"), dir.path().join("accounts/link.yaml")).unwrap();
        symlink("/nowhere", dir.path().join("accounts/broken.yaml")).unwrap();
        let root = Root::open(dir.path()).unwrap();

        let (bytes, stamp) = root.read_stamped(&path("accounts/acme.yaml")).unwrap().unwrap();
        assert_eq!(bytes, b"name: Acme\n");
        assert_eq!(root.stamp(&path("accounts/acme.yaml")).unwrap(), Some(stamp));
        assert_eq!(root.read(&path("accounts/none.yaml")).unwrap(), None);
        assert_eq!(root.read(&path("leads/deep/none.yaml")).unwrap(), None);

        let refusal = |text| root.read(&path(text)).unwrap_err();
        assert!(
            matches!(refusal("contacts/secret.yaml"), DiskError::Link { link, .. } if link.as_str() == "contacts")
        );
        assert!(matches!(refusal("accounts/link.yaml"), DiskError::Link { .. }));
        assert!(matches!(refusal("accounts/broken.yaml"), DiskError::Link { .. }));
        assert!(matches!(refusal("accounts"), DiskError::NotAFile { .. }));
        assert!(
            matches!(refusal("accounts/acme.yaml/x"), DiskError::NotAFolder { at, .. } if at.as_str() == "accounts/acme.yaml")
        );
    }

    #[test]
    fn a_file_too_large_is_refused_by_its_size() {
        let dir = tempfile::tempdir().unwrap();
        let file = File::create(dir.path().join("big.yaml")).unwrap();
        file.set_len(MAX_FILE_BYTES).unwrap();
        let root = Root::open(dir.path()).unwrap();
        assert_eq!(root.read(&path("big.yaml")).unwrap().unwrap().len() as u64, MAX_FILE_BYTES);
        file.set_len(1 << 40).unwrap();
        assert!(
            matches!(root.read(&path("big.yaml")), Err(DiskError::TooLarge { size, .. }) if size == 1 << 40)
        );
    }
}
