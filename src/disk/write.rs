//! One file, written so that it is old or new and never mixed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Writes a new file, not waiting until the disk has it. `mode` are the permissions, or the usual ones.
/// Fails where there is something already, be it a link.
pub(super) fn create(place: &Path, bytes: &[u8], mode: Option<u32>) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(place)?;
    let written = (|| {
        if let Some(mode) = mode {
            set_mode(&file, mode)?;
        }
        file.write_all(bytes)
    })();
    if written.is_err() {
        let _ = fs::remove_file(place);
    }
    written
}

/// Puts `bytes` where `place` is by way of `temporary`, a free name in the same folder.
pub(super) fn replace(place: &Path, temporary: &Path, bytes: &[u8], mode: Option<u32>) -> io::Result<()> {
    remove(temporary)?;
    create(temporary, bytes, mode)?;
    sync_file(temporary)?;
    fs::rename(temporary, place)?;
    sync_folder_of(place)
}

/// Removes a file; one that is not there is removed already.
pub(super) fn remove(place: &Path) -> io::Result<()> {
    match fs::remove_file(place) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Waits until the disk has what a file holds, whoever wrote it.
pub(super) fn sync_file(place: &Path) -> io::Result<()> {
    // Windows syncs only what is open for writing; elsewhere a file that may only be read can be synced too.
    let file = if cfg!(windows) { OpenOptions::new().write(true).open(place) } else { File::open(place) };
    file?.sync_all()
}

/// Waits until the disk has the names in the folder that `place` is in.
pub(super) fn sync_folder_of(place: &Path) -> io::Result<()> {
    place.parent().map_or(Ok(()), sync_folder)
}

/// Waits until the disk has the names in a folder. A folder that has gone needs no more waiting.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder) {
        Ok(folder) => folder.sync_all(),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// Folders can't be opened here; the file system keeps its own promises.
#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// The permissions a file has.
#[cfg(unix)]
pub(super) fn mode_of(metadata: &fs::Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    Some(metadata.permissions().mode() & 0o777)
}

/// The permissions a file has.
#[cfg(not(unix))]
pub(super) fn mode_of(_: &fs::Metadata) -> Option<u32> {
    None
}

#[cfg(unix)]
fn set_mode(file: &File, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_: &File, _: u32) -> io::Result<()> {
    Ok(())
}

/// A name in the folder of `place` that nobody else has.
pub(super) fn temporary_name() -> String {
    let tail: String = std::iter::repeat_with(fastrand::alphanumeric).take(10).collect();
    format!("{TEMPORARY}{tail}")
}

/// How the names of half-written files start; the loader and the watcher pass over them.
pub(super) const TEMPORARY: &str = ".kontor-";

/// `place` with its last part replaced.
pub(super) fn beside(place: &Path, name: &str) -> PathBuf {
    place.with_file_name(name)
}
