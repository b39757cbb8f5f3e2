//! What nothing that does the same could do faster on this machine: the bytes read, the disk waited for.

use super::large;
use super::large::times::Times;
use super::table::{Row, Table};
use kontor::base::RepoPath;
use kontor::git::Environment;
use kontor::tui::harness::Pace;
use kontor::workspace::find;
use rayon::prelude::*;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

const TIMES: usize = 5;

/// The floors of a workspace.
pub fn measured(folder: &Path, account: &RepoPath) -> Table {
    let mut table = Table::floors();
    let mut files = Vec::new();
    below(folder, &mut files);
    let mut add = |what, times| table.add(Row::new(what, None, times));
    add(
        "looking at every file (`stat`), one thread",
        Times::measure(TIMES, || files.iter().for_each(|f| drop(fs::metadata(f)))),
    );
    add(
        "looking at every file, all cores",
        Times::measure(TIMES, || files.par_iter().for_each(|f| drop(fs::metadata(f)))),
    );
    add(
        "reading every file, one thread",
        Times::measure(TIMES, || files.iter().for_each(|f| drop(fs::read(f)))),
    );
    add(
        "reading every file, all cores",
        Times::measure(TIMES, || files.par_iter().for_each(|f| drop(fs::read(f)))),
    );
    let snapshot = folder.join(".git/kontor/records.snapshot");
    if snapshot.exists() {
        add("reading the bytes of the snapshot", Times::measure(TIMES, || drop(fs::read(&snapshot))));
    }
    let opened = || drop(find(folder, Environment::isolated()).unwrap().open_as_left(large::clock(), || {}));
    add("opening from the snapshot, without a screen", Times::measure(TIMES, opened));
    let beside = account.to_path(folder).with_extension("bench");
    add("one new file of 600 bytes there, and its `fsync`", Times::measure(3 * TIMES, || synced(&beside)));
    let _ = fs::remove_file(&beside);
    let mut paces: Vec<Pace> = Vec::new();
    large::keys::press(folder, 4, &["problems".into()], |_, _, all| paces.extend(all));
    add("a frame of a screen with little on it", Times::of(paces.iter().map(|p| p.frame)));
    let version = || drop(std::process::Command::new("git").arg("version").output());
    add("a process that does nothing (`git version`)", Times::measure(TIMES, version));
    table
}

fn synced(place: &Path) {
    let mut file = File::create(place).unwrap();
    file.write_all(&[b'x'; 600]).unwrap();
    file.sync_all().unwrap();
}

fn below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten().filter(|e| e.file_name() != ".git") {
        match entry.file_type().unwrap().is_dir() {
            true => below(&entry.path(), files),
            false => files.push(entry.path()),
        }
    }
}
