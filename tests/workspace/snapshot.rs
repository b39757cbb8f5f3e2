//! Starting from a snapshot comes to the same as reading every file, whatever happened to the files or to it.

use super::world::{FILES, World, told};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::time::Duration;

/// Enough that a snapshot is worth it.
const MANY: usize = 520;

fn name(n: usize) -> String {
    let folder = if n.is_multiple_of(3) { "leads" } else { "accounts" };
    format!("{folder}/{}/firm-{n:03}.yaml", n % 7)
}

/// A workspace with a snapshot of files that were written a while ago.
fn world() -> World {
    let world = World::with(FILES);
    for n in 0..MANY {
        let status = ["new", "working"][n % 2];
        let text = format!("name: Firm {n:03}\nstatus: {status}\ntags: [t{}]\nparent_account: acme\n", n % 3);
        world.write(&name(n), text);
    }
    std::thread::sleep(Duration::from_millis(60));
    world.open();
    assert!(snapshot(&world).exists());
    world
}

fn snapshot(world: &World) -> PathBuf {
    world.file(".git/kontor/records.snapshot")
}

/// What a workspace is, read from the snapshot, and read from the files.
fn both(world: &World) -> (Vec<String>, Vec<String>) {
    let everything = |world: &World| {
        let workspace = world.open();
        let book = workspace.book();
        let acme = "accounts/acme".parse().unwrap();
        let links = book.backlinks(&acme).into_iter().map(|link| format!("{} links", link.from));
        let new = book.holding(&"leads".parse().unwrap(), "status", "new");
        let new = new.into_iter().map(|record| format!("{} is new", record.reference));
        let broken = book.broken().values().map(ToString::to_string);
        told(&workspace).into_iter().chain(links).chain(new).chain(broken).collect::<Vec<_>>()
    };
    let kept = everything(world);
    let bytes = fs::read(snapshot(world)).unwrap();
    fs::remove_file(snapshot(world)).unwrap();
    let read = everything(world);
    // As it was, stale as it may be.
    fs::write(snapshot(world), bytes).unwrap();
    (kept, read)
}

#[derive(Debug, Clone)]
enum Step {
    Change(Index),
    Grow(Index),
    Break(Index),
    Remove(Index),
    Add(usize),
    Move(Index),
    Twin(Index),
    Link(Index),
    Schema(bool),
    Open,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let at = any::<Index>;
    let step = prop_oneof![
        at().prop_map(Step::Change),
        at().prop_map(Step::Grow),
        at().prop_map(Step::Break),
        at().prop_map(Step::Remove),
        (0..9_usize).prop_map(Step::Add),
        at().prop_map(Step::Move),
        at().prop_map(Step::Twin),
        at().prop_map(Step::Link),
        any::<bool>().prop_map(Step::Schema),
        select(vec![Step::Open]),
    ];
    prop::collection::vec(step, 1..8)
}

fn take(world: &World, step: &Step) {
    let place = |at: &Index| {
        let at = at.index(MANY);
        world.file(&name(at))
    };
    // What has gone already has gone.
    let _ = match step {
        // In place, of the same length, with the time set back: only the system's own stamp tells.
        Step::Change(at) => fs::read(place(at)).and_then(|bytes| {
            let time = fs::metadata(place(at))?.modified()?;
            let other: Vec<u8> = bytes.iter().map(|&b| if b == b'F' { b'G' } else { b }).collect();
            fs::write(place(at), other)?;
            File::options().write(true).open(place(at))?.set_modified(time)
        }),
        Step::Grow(at) => fs::write(place(at), "name: Grown\nowner: lena\n"),
        Step::Break(at) => fs::write(place(at), "name: [\n"),
        Step::Remove(at) => fs::remove_file(place(at)),
        Step::Add(n) => fs::write(world.file(&format!("accounts/new-{n}.yaml")), "name: New\n"),
        Step::Move(at) => fs::rename(place(at), world.file("accounts/moved.yaml")),
        Step::Twin(at) => {
            fs::copy(place(at), world.file("accounts").join(place(at).file_name().unwrap())).map(drop)
        }
        Step::Link(at) => {
            fs::remove_file(place(at)).and_then(|()| std::os::unix::fs::symlink("/etc/hostname", place(at)))
        }
        Step::Schema(extra) => {
            let text =
                if *extra { "type: boat\nplural: boats\nfields:\n  name: {kind: text}\n" } else { "type: [" };
            world.write("schema/boat.yaml", text);
            world.write("boats/vega.yaml", "name: Vega\n");
            Ok(())
        }
        Step::Open => {
            world.open();
            Ok(())
        }
    };
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 20, ..ProptestConfig::default() })]
    #[test]
    fn whatever_happens_to_the_files(steps in steps()) {
        let world = world();
        for step in &steps {
            take(&world, step);
        }
        let (kept, read) = both(&world);
        prop_assert_eq!(kept, read);
    }
}

#[test]
fn whatever_happens_to_the_snapshot() {
    let world = world();
    let whole = fs::read(snapshot(&world)).unwrap();
    let expected = told(&world.open());
    let damaged = (0..whole.len()).step_by(whole.len() / 40).flat_map(|at| {
        let mut flipped = whole.clone();
        flipped[at] ^= 0x20;
        [whole[..at].to_vec(), flipped]
    });
    for bytes in damaged.chain([Vec::new(), [&whole[..], b"x"].concat()]) {
        fs::write(snapshot(&world), &bytes).unwrap();
        assert!(told(&world.open()) == expected, "with {} of {} bytes", bytes.len(), whole.len());
        assert_eq!(fs::read(snapshot(&world)).unwrap().len(), whole.len(), "made again");
    }
}

#[test]
fn a_change_within_one_tick_of_the_clock_is_seen() {
    let world = world();
    let place = world.file(&name(1));
    for round in 0..20 {
        fs::write(&place, format!("name: One {round:02}\n")).unwrap();
        fs::remove_file(snapshot(&world)).unwrap();
        world.open();
        // The same length, in the same file, within the same tick if the machine is quick.
        let before = fs::metadata(&place).unwrap();
        fs::write(&place, format!("name: Two {round:02}\n")).unwrap();
        let after = fs::metadata(&place).unwrap();
        assert_eq!((before.ino(), before.len()), (after.ino(), after.len()));
        let book = world.open().book();
        let firm = book.get(&"accounts/firm-001".parse().unwrap()).unwrap().clone();
        assert_eq!(firm.text("name"), format!("Two {round:02}"));
    }
}

#[test]
fn small_workspaces_and_read_only_ones_do_without() {
    let small = World::new();
    small.open();
    assert!(!snapshot(&small).exists());
}

/// A folder that becomes a link, or is closed, holds no records: not those of an earlier session either.
#[test]
fn folders_that_cannot_be_entered_are_empty_warm_and_cold() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let outside = tempfile::tempdir().unwrap();
    let world = world();
    let check = |what: &str, problems: usize| {
        let (kept, read) = both(&world);
        assert_eq!(kept, read, "{what}");
        assert_eq!(
            kept.iter().filter(|line| line.contains(":1:1: ")).count(),
            2 * problems,
            "{what}: {kept:?}"
        );
        assert!(!kept.iter().any(|line| line.contains("firm-010")), "{what}");
    };
    let (real, away) = (world.file("accounts/3"), outside.path().join("3"));
    let mut open = world.open();
    fs::rename(&real, &away).unwrap();
    symlink(&away, &real).unwrap();
    check("a link", 1);
    // A session that is open sees the same, and sees when it is over.
    open.rescan();
    world.check_book(&open);
    fs::remove_file(&real).unwrap();
    check("gone", 0);
    open.rescan();
    world.check_book(&open);
    fs::rename(&away, &real).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o000)).unwrap();
    // The system's own user may enter anything.
    if fs::read_dir(&real).is_err() {
        check("closed", 1);
    }
    fs::set_permissions(&real, fs::Permissions::from_mode(0o755)).unwrap();
    let file = world.file(&name(3));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&file).is_err() {
        check("a closed file", 1);
    }
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    open.rescan();
    let (kept, read) = both(&world);
    assert_eq!(kept, read);
    assert_eq!(told(&open).len(), MANY + FILES.len() - 1);
}
