//! Waiting until the disk has many files, in less time than one after the other would take.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::write;

/// From so many on, one wait for all that the file system has to write is shorter than a wait for each.
#[cfg(target_os = "linux")]
const MANY: usize = 32;

/// Waits until the disk has what these files hold, whoever wrote it.
pub(super) fn files(places: &[PathBuf]) -> io::Result<()> {
    wait(places, write::sync_file)
}

/// Waits until the disk has the names in these folders. A folder that has gone needs no more waiting.
pub(super) fn folders(places: &BTreeSet<PathBuf>) -> io::Result<()> {
    wait(&places.iter().collect::<Vec<_>>(), write::sync_folder)
}

fn wait<P: AsRef<Path> + Sync>(
    places: &[P],
    each: impl Fn(&Path) -> io::Result<()> + Sync,
) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    if places.len() >= MANY {
        return whole_file_systems(places);
    }
    // Disks like to be asked for many things at once.
    places.par_iter().try_for_each(|place| each(place.as_ref()))
}

/// Waits for each file system that has one of the places. Linux tells of writes that failed since 5.8; before, as with
/// a disk that lies about its cache, nobody would.
#[cfg(target_os = "linux")]
fn whole_file_systems<P: AsRef<Path>>(places: &[P]) -> io::Result<()> {
    use std::collections::BTreeMap;
    use std::fs::File;
    use std::os::unix::fs::MetadataExt;
    let parents: BTreeSet<&Path> = places.iter().filter_map(|place| place.as_ref().parent()).collect();
    let mut systems = BTreeMap::new();
    for folder in parents {
        match File::open(folder) {
            Ok(open) => drop(systems.entry(open.metadata()?.dev()).or_insert(open)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    systems.values().try_for_each(|folder| rustix::fs::syncfs(folder).map_err(io::Error::from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn few_and_many_are_waited_for_and_what_is_missing_is_told() {
        let dir = tempfile::tempdir().unwrap();
        for count in [0, 1, 3, 200] {
            let places: Vec<_> = (0..count).map(|n| dir.path().join(format!("{}/{n}.yaml", n % 7))).collect();
            let parents: BTreeSet<_> =
                places.iter().filter_map(|place| place.parent().map(Path::to_owned)).collect();
            parents.iter().for_each(|folder| fs::create_dir_all(folder).unwrap());
            places.iter().for_each(|place| fs::write(place, "x").unwrap());
            files(&places).unwrap();
            folders(&parents).unwrap();
        }
        assert_eq!(files(&[dir.path().join("none.yaml")]).unwrap_err().kind(), io::ErrorKind::NotFound);
        let gone = (0..200).map(|n| dir.path().join(format!("gone-{n}/deep"))).collect();
        folders(&gone).unwrap();
    }
}
