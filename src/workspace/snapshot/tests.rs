use super::*;
use crate::base::RepoPath;
use crate::disk::{Derived, Stamp, replace_derived};
use crate::model::{Book, Record, Schema, Settings, create, test_fields};
use std::sync::Arc;

const STATES: [&str; 3] = ["new", "Working", "closed"];

fn book() -> Book {
    let record = |n: usize| {
        let reference = create::reference_of(|_| true, &path(n)).unwrap();
        let state = STATES[n % 5 % 3];
        let text = format!(
            "name: Firm {n}\nnote: ~\nstatus: {state}\ntags: [a, \"007\"]\nlines:\n  - {{id: k{n}, more: {{x: [{n}]}}}}\n"
        );
        Record { reference, path: path(n), fields: test_fields(&text).into() }
    };
    let records = (0..2 * PAGE + 10).map(record).collect();
    Book::new(Arc::new(Schema::builtin()), Arc::new(Settings::default()), records, Vec::new())
}

fn path(n: usize) -> RepoPath {
    let folder = if n.is_multiple_of(3) { "accounts" } else { "leads" };
    RepoPath::new(&format!("{folder}/a/firm-{n}.yaml")).unwrap()
}

fn stamp(path: &RepoPath) -> Stamp {
    Stamp { modified: -1, changed: 2, size: path.as_str().len() as u64, inode: u64::MAX }
}

fn written(book: &Book) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(book, stamp, &mut bytes).unwrap();
    bytes
}

fn kept(book: &Book) -> Snapshot {
    let folder = tempfile::tempdir().unwrap();
    replace_derived(folder.path(), NAME, &written(book)).unwrap();
    read(&Derived::open(folder.path(), NAME).unwrap()).unwrap()
}

#[test]
fn comes_back_as_it_was() {
    let book = book();
    let kept = kept(&book);
    assert_eq!(kept.folders.len(), 2);
    for ((folder, records), (_, stamps)) in kept.folders.iter().zip(&kept.stamps) {
        assert_eq!(records, book.of(folder));
        assert!(records.iter().map(|record| stamp(&record.path)).eq(stamps.unpack()));
        // All are unpacked now and the bytes are gone; a second look, and a clone, need none.
        assert!(
            records
                .iter()
                .map(|record| record.fields.clone())
                .eq(book.of(folder).iter().map(|r| r.fields.clone()))
        );
    }
}

#[test]
fn who_is_in_which_state_comes_back() {
    let book = book();
    let Snapshot { folders, lists, .. } = kept(&book);
    let mut again =
        Book::of_folders(Arc::new(Schema::builtin()), Arc::new(Settings::default()), folders, Vec::new());
    let leads = "leads".parse().unwrap();
    assert!(lists.contains(&book.listed(&leads, "status")));
    lists.into_iter().for_each(|listed| again.take_listed(listed));
    for state in ["new", "working", "closed", "gone"] {
        assert_eq!(again.holding(&leads, "status", state), book.holding(&leads, "status", state), "{state}");
        assert_eq!(again.holders(&leads, "status", state), book.holders(&leads, "status", state), "{state}");
    }
}

#[test]
fn the_format_has_a_number() {
    let book = Book::new(
        Arc::new(Schema::builtin()),
        Arc::new(Settings::default()),
        book().records().filter(|r| r.path == path(4)).cloned().collect(),
        Vec::new(),
    );
    let sum = crc32fast::hash(&written(&book));
    assert_eq!((FORMAT, sum), (3, 909_953_599), "the encoding has changed: raise FORMAT");
}
