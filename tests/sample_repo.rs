//! The sample repository is a valid workspace as it stands, and has the people and scenes the tour speaks of.
#![allow(clippy::unwrap_used)] // a sample that cannot be opened is what the tests are to find

use kontor::disk::SystemClock;
use kontor::git::Environment;
use kontor::workspace::{self, Workspace};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

/// The sample, copied to a repository of its own.
pub fn sample() -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-repo");
    copy(&source, folder.path());
    assert!(Command::new("git").args(["init", "-q"]).current_dir(&folder).status().unwrap().success());
    let found = workspace::find(folder.path(), Environment::default()).unwrap();
    let open = found.open(Arc::new(SystemClock), || {}).unwrap();
    (folder, open)
}

/// Copies a folder with everything in it.
pub fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn nothing_is_wrong_with_it() {
    let (_folder, workspace) = sample();
    let problems: Vec<String> = workspace
        .check()
        .iter()
        .map(|p| format!("{}:{}:{}: {} {}", p.path, p.line, p.column, p.code, p.message))
        .collect();
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn it_has_as_many_records_as_promised() {
    let (_folder, workspace) = sample();
    let book = workspace.book();
    let at_least = [
        ("account", 40),
        ("contact", 90),
        ("lead", 60),
        ("opportunity", 80),
        ("case", 60),
        ("activity", 350),
        ("product", 25),
        ("price_book", 3),
        ("quote", 25),
        ("order", 20),
        ("contract", 20),
        ("asset", 40),
        ("campaign", 6),
        ("segment", 5),
        ("article", 15),
        ("user", 8),
        ("team", 3),
        ("queue", 3),
        ("sla_policy", 3),
        ("pipeline", 2),
        ("calibration", 12),
    ];
    for (name, count) in at_least {
        let found = book.of_type(name).len();
        assert!(found >= count, "{found} records of type {name}, {count} were promised");
    }
}
