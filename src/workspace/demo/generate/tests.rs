use std::collections::BTreeMap;

use chrono::TimeZone;
use rustc_hash::FxHashMap;

use super::*;
use crate::crm::rules::problems;
use crate::model::{Scope, Severity};
use crate::workspace::load;
use crate::yaml;

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2027, 5, 20, 16, 30, 0).unwrap()
}

fn made(records: usize, seed: u64, commits: usize) -> Generated {
    generate(Order { records, seed, commits }, now())
}

fn at_the_end(generated: &Generated) -> Files {
    generated.saves.iter().flat_map(|save| save.files.iter().cloned()).collect()
}

fn book(generated: &Generated) -> (Book, Files) {
    let files = at_the_end(generated);
    let records = files.iter().filter(|(path, _)| path.as_str().contains('/'));
    let records =
        records.map(|(path, bytes)| load::record(&generated.schema, path, bytes).unwrap()).collect();
    (Book::new(generated.schema.clone(), generated.settings.clone(), records, Vec::new()), files)
}

#[test]
fn exactly_so_many_records() {
    for records in [0, 1, 5, 12, 30, 37, 100, 999, 3000] {
        let generated = made(records, 7, records / 10);
        let (book, files) = book(&generated);
        assert_eq!((book.len(), files.len()), (records, generated.files), "{records}");
        assert!(book.broken().is_empty());
    }
}

#[test]
fn as_many_commits_as_asked_for() {
    for commits in [0, 1, 10, 400] {
        let saves = made(2000, 1, commits).saves;
        assert_eq!(saves.iter().filter(|save| !matches!(save.action, "init" | "import")).count(), commits);
    }
}

#[test]
fn the_same_seed_gives_the_same_and_another_seed_others() {
    let said = |seed| format!("{:?}", made(1500, seed, 60).saves);
    assert!(said(3) == said(3));
    assert!(said(3) != said(4));
}

#[test]
fn every_record_is_valid_and_every_link_leads_somewhere() {
    let (book, files) = book(&made(3000, 42, 400));
    for record in book.records() {
        let root = yaml::parse_bytes(&files[&record.path]).unwrap();
        let errors: Vec<_> =
            problems(&book, record, &root).into_iter().filter(|p| p.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", record.reference);
        let ty = Scope::of(&book, record).unwrap().ty;
        for (field, target) in crate::workspace::demo::story::links_of(book.schema(), ty, &root) {
            assert!(book.get(&target).is_some(), "{}: {field} {target}", record.reference);
        }
        let file = crate::model::kinds::new_file(ty, &record.fields);
        assert!(yaml::parse(&file).is_ok(), "{}", record.reference);
    }
}

#[test]
fn sharded_and_of_the_usual_size() {
    let generated = made(8000, 1, 0);
    let files = at_the_end(&generated);
    let bytes: usize = files.values().map(Vec::len).sum();
    let average = bytes / files.len();
    assert!((500..640).contains(&average), "{average} bytes a record");
    let mut folders: BTreeMap<String, usize> = BTreeMap::new();
    for path in files.keys() {
        *folders.entry(path.parent().map(|folder| folder.to_string()).unwrap_or_default()).or_default() += 1;
    }
    let fullest = folders.iter().max_by_key(|(_, count)| **count).unwrap();
    assert!(*fullest.1 < 700, "{fullest:?}");
}

#[test]
fn changes_follow_each_other() {
    let generated = made(800, 5, 300);
    assert!(generated.saves.is_sorted_by_key(|save| save.at));
    assert!(generated.saves.iter().all(|save| save.at <= now()));
    let mut files: FxHashMap<RepoPath, Vec<u8>> = FxHashMap::default();
    for save in &generated.saves {
        for (path, bytes) in &save.files {
            assert!(
                files.insert(path.clone(), bytes.clone()).as_ref() != Some(bytes),
                "{path} at {}",
                save.at
            );
        }
    }
}
