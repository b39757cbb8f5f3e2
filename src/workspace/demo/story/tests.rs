use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::TimeZone;
use rustc_hash::FxHashSet;

use super::*;
use crate::base::Ref;
use crate::model::validate::findings;
use crate::model::{Scope, Severity};
use crate::workspace::demo::sample;
use crate::yaml;

fn moment() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2027, 5, 20, 16, 30, 0).unwrap()
}

fn sample() -> Files {
    sample::at(moment())
}

/// The story of the sample, told once for all tests.
static STORY: LazyLock<Vec<Save>> = LazyLock::new(|| story(&sample(), moment()));

/// The files after every save, told to `each`.
fn replay(saves: &[Save], mut each: impl FnMut(&Save, &Files)) -> Files {
    let mut files = Files::new();
    for save in saves {
        files.extend(save.files.iter().cloned());
        each(save, &files);
    }
    files
}

#[test]
fn it_ends_in_exactly_the_given_files() {
    assert!(replay(&STORY, |_, _| {}) == sample());
    assert!((500..1500).contains(&STORY.len()), "{}", STORY.len());
}

#[test]
fn it_is_the_same_every_time() {
    let said = |saves: &[Save]| format!("{saves:?}");
    assert!(said(&story(&sample(), moment())) == said(&STORY));
}

#[test]
fn time_runs_forward_from_months_ago_to_now() {
    let saves = &STORY;
    assert!(saves.is_sorted_by_key(|save| save.at));
    let (first, last) = (saves[0].at, saves[saves.len() - 1].at);
    assert!(last <= moment() && (moment() - first).num_days() > 150, "{first} to {last}");
    let mut months: BTreeMap<String, usize> = BTreeMap::new();
    for save in saves.iter() {
        *months.entry(save.at.format("%Y-%m").to_string()).or_default() += 1;
    }
    assert!(months.values().all(|count| *count > 20), "{months:?}");
    let authors: BTreeSet<_> = saves.iter().map(|save| save.by.who.name.clone()).collect();
    assert!(authors.len() >= 5 && authors.contains("Lena Vogt"), "{authors:?}");
}

#[test]
fn every_save_changes_something_and_can_be_read() {
    let mut files = Files::new();
    for save in STORY.iter() {
        for (path, bytes) in &save.files {
            if path.extension() == Some("yaml") {
                yaml::parse_bytes(bytes).unwrap_or_else(|error| panic!("{path} at {}: {error}", save.at));
            }
            let old = files.insert(path.clone(), bytes.clone());
            assert!(old.as_ref() != files.get(path), "{path} at {}", save.at);
        }
    }
}

#[test]
fn nothing_is_linked_before_it_is_there() {
    for days in [0, 100, -1] {
        let now = moment() + TimeDelta::days(days);
        let files = sample::at(now);
        let (schema, _) = groundwork(&files);
        let mut there: FxHashSet<Ref> = FxHashSet::default();
        for save in story(&files, now) {
            let records = || {
                let files = save.files.iter();
                files.filter_map(|(path, bytes)| Some((reference_of(&schema, path)?, bytes)))
            };
            there.extend(records().map(|(reference, _)| reference));
            for (reference, bytes) in records() {
                let ty = schema.in_folder(&reference.folder).unwrap();
                for (field, target) in life::links_of(&schema, ty, &yaml::parse_bytes(bytes).unwrap()) {
                    assert!(there.contains(&target), "{reference} {field}: {target} at {}", save.at);
                }
            }
        }
    }
}

#[test]
fn at_every_moment_the_records_are_valid() {
    let files = sample();
    let (schema, settings) = groundwork(&files);
    let mut book = Book::empty(schema.clone(), settings);
    for save in STORY.iter() {
        let records: Vec<_> =
            save.files.iter().filter_map(|(path, bytes)| load::record(&schema, path, bytes).ok()).collect();
        records.iter().for_each(|record| book.upsert(record.clone()));
        for record in &records {
            let scope = Scope::of(&book, record).unwrap();
            let errors: Vec<_> = findings(&scope, &record.reference)
                .into_iter()
                .filter(|finding| finding.severity == Severity::Error)
                .collect();
            assert!(errors.is_empty(), "{} at {}: {errors:#?}", record.reference, save.at);
        }
    }
}

#[test]
fn deals_come_through_the_stages_of_their_pipeline() {
    let mut stages: BTreeMap<String, Vec<String>> = BTreeMap::new();
    replay(&STORY, |save, _| {
        for (path, bytes) in save.files.iter().filter(|(path, _)| path.first() == "opportunities") {
            let root = yaml::parse_bytes(bytes).unwrap();
            let stage = root.get("stage").unwrap().as_text().unwrap().to_owned();
            let passed = stages.entry(path.to_string()).or_default();
            if passed.last() != Some(&stage) {
                passed.push(stage);
            }
        }
    });
    let order = ["qualification", "upcoming", "proposal", "negotiation", "won", "renewed", "lost", "churned"];
    let place = |stage: &String| order.iter().position(|other| stage == other).unwrap();
    assert!(stages.values().all(|passed| passed.is_sorted_by_key(place)), "{stages:#?}");
    assert!(stages.values().filter(|passed| passed.len() > 1).count() > 25, "{stages:#?}");
}
