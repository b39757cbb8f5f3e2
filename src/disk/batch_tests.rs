//! All or nothing, whatever fails and whenever the process is killed.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::*;

type Tree = BTreeMap<String, Vec<u8>>;

fn path(text: &str) -> RepoPath {
    text.parse().unwrap()
}

/// Every file and (with a `/` at its end) every folder below `root`.
fn tree(root: &Path) -> Tree {
    fn walk(folder: &Path, prefix: &str, tree: &mut Tree) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                tree.insert(format!("{name}/"), Vec::new());
                walk(&entry.path(), &format!("{name}/"), tree);
            } else {
                tree.insert(name, fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut tree = Tree::new();
    walk(root, "", &mut tree);
    tree
}

/// A working tree, and beside it the folder for the lock and the journal.
struct Place {
    _dir: tempfile::TempDir,
    root: Root,
    state: PathBuf,
}

impl Place {
    fn new() -> Place {
        let dir = tempfile::tempdir().unwrap();
        let work = dir.path().join("work");
        for (name, text) in
            [("a/one.yaml", "one: 1\n"), ("a/two.yaml", "two: 2\r\n"), ("b/gone.yaml", "\u{feff}x")]
        {
            fs::create_dir_all(work.join(name).parent().unwrap()).unwrap();
            fs::write(work.join(name), text).unwrap();
        }
        Place { root: Root::open(&work).unwrap(), state: dir.path().join("state"), _dir: dir }
    }

    fn lock(&self) -> WriteLock {
        WriteLock::acquire(&self.state, Duration::from_secs(5)).unwrap()
    }

    fn tree(&self) -> Tree {
        tree(self.root.path())
    }
}

/// A change, a creation in new folders, a deletion, another change.
fn changes() -> Vec<FileChange> {
    vec![
        FileChange::write(path("a/one.yaml"), "one: 11\n").expecting(Some(b"one: 1\n".to_vec())),
        FileChange::write(path("c/d/new.yaml"), "new: 1\n").expecting(None),
        FileChange::delete(path("b/gone.yaml")),
        FileChange::write(path("a/two.yaml"), "two: 22\r\n"),
    ]
}

fn changed() -> Tree {
    let files =
        [("a/", ""), ("a/one.yaml", "one: 11\n"), ("a/two.yaml", "two: 22\r\n"), ("c/", ""), ("c/d/", "")];
    let mut tree: Tree =
        files.iter().map(|(name, text)| (name.to_string(), text.as_bytes().to_vec())).collect();
    tree.insert("c/d/new.yaml".into(), b"new: 1\n".to_vec());
    tree
}

#[test]
fn settled_changes_stay() {
    let place = Place::new();
    let lock = place.lock();
    let staged = apply(&place.root, &lock, changes()).unwrap();
    assert_eq!(staged.paths().count(), 4);
    staged.settle().unwrap();
    assert_eq!(place.tree(), changed());
    assert_eq!(recover(&place.root, &lock, |_, _| false).unwrap(), Recovered::Nothing);
}

#[test]
fn rollback_and_drop_put_everything_back() {
    let place = Place::new();
    let before = place.tree();
    let lock = place.lock();
    apply(&place.root, &lock, changes()).unwrap().rollback().unwrap();
    assert_eq!(place.tree(), before);
    drop(apply(&place.root, &lock, changes()).unwrap());
    assert_eq!(place.tree(), before);
    assert_eq!(recover(&place.root, &lock, |_, _| false).unwrap(), Recovered::Nothing);
}

#[cfg(unix)]
#[test]
fn the_mode_is_kept() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let file = place.root.path().join("a/one.yaml");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let mode = || fs::metadata(&file).unwrap().permissions().mode() & 0o777;
    let lock = place.lock();
    apply(&place.root, &lock, changes()).unwrap().rollback().unwrap();
    assert_eq!(mode(), 0o640);
    apply(&place.root, &lock, changes()).unwrap().settle().unwrap();
    assert_eq!(mode(), 0o640);
}

#[test]
fn what_changed_meanwhile_is_not_overwritten() {
    let place = Place::new();
    fs::write(place.root.path().join("a/one.yaml"), "one: by hand\n").unwrap();
    let before = place.tree();
    let lock = place.lock();
    let refused = apply(&place.root, &lock, changes()).unwrap_err();
    assert!(matches!(&refused, DiskError::ChangedMeanwhile { path } if path.as_str() == "a/one.yaml"));
    let twice = vec![FileChange::delete(path("a/two.yaml")), FileChange::write(path("a/two.yaml"), "x")];
    assert!(matches!(apply(&place.root, &lock, twice), Err(DiskError::Twice { .. })));
    assert_eq!(place.tree(), before);
}

#[cfg(unix)]
#[test]
fn links_are_not_written_through() {
    let place = Place::new();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("x.yaml"), "outside").unwrap();
    std::os::unix::fs::symlink(outside.path(), place.root.path().join("linked")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("x.yaml"), place.root.path().join("a/link.yaml")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("made.yaml"), place.root.path().join("a/broken.yaml"))
        .unwrap();
    let lock = place.lock();
    for target in ["linked/x.yaml", "linked/new.yaml", "a/link.yaml", "a/broken.yaml"] {
        for change in [FileChange::write(path(target), "evil"), FileChange::delete(path(target))] {
            let refused = apply(&place.root, &lock, vec![FileChange::write(path("a/one.yaml"), "1"), change]);
            assert!(matches!(refused, Err(DiskError::Link { .. })), "{target}");
        }
    }
    assert_eq!(tree(outside.path()), Tree::from([("x.yaml".into(), b"outside".to_vec())]));
    assert_eq!(fs::read(place.root.path().join("a/one.yaml")).unwrap(), b"one: 1\n");
}

/// Fails at the given step, as a full disk would.
struct Fails {
    at: usize,
    reached: AtomicUsize,
}

impl Steps for Fails {
    fn reached(&self, _: &'static str) -> io::Result<()> {
        match self.reached.fetch_add(1, Ordering::Relaxed) == self.at {
            true => Err(io::Error::from(ErrorKind::StorageFull)),
            false => Ok(()),
        }
    }
}

#[test]
fn a_failure_at_any_step_leaves_everything_as_it_was() {
    let mut failures = 0;
    for at in 0.. {
        let place = Place::new();
        let before = place.tree();
        let lock = place.lock();
        let steps = Fails { at, reached: AtomicUsize::new(0) };
        match apply_by_steps(&place.root, &lock, changes(), &steps) {
            Ok(staged) => {
                staged.settle().unwrap();
                break;
            }
            Err(error) => {
                failures += 1;
                assert!(error.to_string().contains("no storage space"), "{error}");
                assert_eq!(place.tree(), before, "after failure at step {at}");
                assert_eq!(recover(&place.root, &lock, |_, _| false).unwrap(), Recovered::Nothing);
            }
        }
    }
    assert!(failures >= 12, "only {failures} steps");
}

#[test]
fn recovery_leaves_later_edits_alone() {
    let place = Place::new();
    let lock = place.lock();
    std::mem::forget(apply(&place.root, &lock, changes()).unwrap());
    fs::write(place.root.path().join("a/two.yaml"), "edited since").unwrap();
    fs::write(place.root.path().join("c/d/other.yaml"), "made since").unwrap();
    let recovered = recover(&place.root, &lock, |_, _| false).unwrap();
    assert!(
        matches!(recovered, Recovered::PutBack { left_alone, files } if left_alone == [path("a/two.yaml")] && files.len() == 4)
    );
    let now = place.tree();
    assert_eq!(now["a/one.yaml"], b"one: 1\n");
    assert_eq!(now["a/two.yaml"], b"edited since");
    assert_eq!(now["b/gone.yaml"], "\u{feff}x".as_bytes());
    assert_eq!(now["c/d/other.yaml"], b"made since");
    assert!(!now.contains_key("c/d/new.yaml"));
}

const CHILD: &str = "KONTOR_TEST_KILLED_CHILD";

/// Says that it has come to the given step, and waits there to be killed.
struct Stops {
    at: usize,
    reached: AtomicUsize,
}

impl Steps for Stops {
    fn reached(&self, _: &'static str) -> io::Result<()> {
        if self.reached.fetch_add(1, Ordering::Relaxed) == self.at {
            stop("stopped");
        }
        Ok(())
    }
}

fn stop(word: &str) -> ! {
    println!("\n{word}");
    io::stdout().flush().unwrap();
    loop {
        std::thread::sleep(Duration::from_secs(60));
    }
}

/// Not a test of its own: the process that `killed_at_any_step` starts and kills.
#[test]
#[ignore = "the child of killed_at_any_step"]
fn killed_child() {
    let Ok(task) = std::env::var(CHILD) else { return };
    let [at, work, state] = task.split('\n').collect::<Vec<_>>()[..] else { panic!("{task:?}") };
    let root = Root::open(Path::new(work)).unwrap();
    let lock = WriteLock::acquire(Path::new(state), Duration::ZERO).unwrap();
    let steps = Stops { at: at.parse().unwrap(), reached: AtomicUsize::new(0) };
    let staged = apply_by_steps(&root, &lock, changes(), &steps).unwrap();
    std::mem::forget(staged);
    stop("applied");
}

fn run_child(place: &Place, at: usize) -> (Child, String) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "disk::batch::tests::killed_child", "--ignored", "--nocapture"])
        .env(CHILD, format!("{at}\n{}\n{}", place.root.path().display(), place.state.display()))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let word = lines.find(|line| line == "stopped" || line == "applied").expect("the child says where it is");
    (child, word)
}

#[test]
fn killed_at_any_step() {
    let (mut kills, mut done) = (0, false);
    for at in 0.. {
        for committed in [false, true] {
            let place = Place::new();
            let before = place.tree();
            let (mut child, word) = run_child(&place, at);
            assert!(matches!(WriteLock::acquire(&place.state, Duration::ZERO), Err(DiskError::Busy { .. })));
            child.kill().unwrap();
            child.wait().unwrap();
            kills += 1;
            done = word == "applied";
            // Only a change that was carried out whole can have been committed.
            let head = if committed && done { changed() } else { before.clone() };
            let lock = place.lock();
            recover(&place.root, &lock, |path, new| head.get(path.as_str()).map(Vec::as_slice) == new)
                .unwrap();
            let mut now = place.tree();
            now.remove("b/");
            let mut expected = head.clone();
            expected.remove("b/");
            assert_eq!(now, expected, "killed at step {at} ({word})");
            assert_eq!(recover(&place.root, &lock, |_, _| false).unwrap(), Recovered::Nothing);
        }
        if done {
            break;
        }
    }
    assert!(kills >= 24, "only {kills} kills");
}
