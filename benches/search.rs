//! How long a key of a search takes, over any number of records, beside `rg -l` over the same files.
//!
//! `KONTOR_BENCH_RECORDS=100000 cargo bench --bench search` makes that many records once, keeps them under `target/`,
//! indexes them, types words letter by letter, and prints a table.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::unwrap_used)]

use chrono::{DateTime, Utc};
use kontor::base::FixedClock;
use kontor::git::Environment;
use kontor::search::{Searcher, Wanted};
use kontor::workspace::demo::{Content, Order, make};
use kontor::workspace::{Workspace, find};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

const SEED: u64 = 7;
/// How often each line is typed.
const TIMES: usize = 10;
/// What is typed, letter by letter; then what `rg` is given for the same.
const TYPED: &[(&str, &str, &str)] = &[
    ("a name", "anna", "anna"),
    ("a name with an accent", "müller", "müller"),
    ("two words", "pump offer", "pump"),
    ("a word of prose", "delivery", "delivery"),
    ("a mistake", "cotnroller", "controller"),
    ("part of an address", "lind@acme", "lind@acme"),
    ("what all addresses hold", ".example", "\\.example"),
    ("a telephone number", "+49 40 1234", "40 1234"),
    ("the end of an id", "7f3k", "7f3k"),
    ("nothing there is", "zebrafinch", "zebrafinch"),
];

fn main() {
    let records =
        std::env::var("KONTOR_BENCH_RECORDS").map_or(1000, |n| n.replace(['_', ','], "").parse().unwrap());
    let folder = workspace(records);
    let opened = open(&folder);
    let _ = std::fs::remove_dir_all(folder.join(".git/kontor/search"));
    let start = Instant::now();
    let searcher = opened.searcher(&mut |_, _| {}).unwrap();
    let made = start.elapsed();
    let start = Instant::now();
    opened.searcher(&mut |_, _| {}).unwrap();
    println!("\n{records} records: index made in {} ms, opened in {} ms\n", ms(made), ms(start.elapsed()));
    println!("{:24} {:>5}  {:>7} {:>7} {:>7}  {:>8}", "", "keys", "p50 ms", "p99", "max", "rg -l ms");
    let mut all = Vec::new();
    for (what, typed, pattern) in TYPED {
        let keys = keys(&searcher, typed);
        println!("{what:24} {}  {}", figures(&keys), ms(rg(&folder, pattern)));
        all.extend(keys);
    }
    println!("{:24} {}", "all keys", figures(&all));
}

/// How long the answer to each key took.
fn keys(searcher: &Searcher, typed: &str) -> Vec<Duration> {
    let wanted = Wanted { folder: None, among: None, limit: 100, today: now().date_naive() };
    let ends: Vec<usize> = typed.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    let key = |end: &usize| {
        let start = Instant::now();
        std::hint::black_box(searcher.find(&typed[..*end], &wanted));
        start.elapsed()
    };
    (0..TIMES).flat_map(|_| ends.iter().map(key).collect::<Vec<_>>()).collect()
}

fn rg(folder: &Path, pattern: &str) -> Duration {
    let start = Instant::now();
    let status = Command::new("rg").args(["-il", pattern]).current_dir(folder).stdout(Stdio::null()).status();
    // Where there is no rg there is nothing to compare with.
    status.map_or(Duration::ZERO, |_| start.elapsed())
}

fn figures(all: &[Duration]) -> String {
    let mut sorted = all.to_vec();
    sorted.sort_unstable();
    let at = |share: f64| sorted[((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len()) - 1];
    format!("{:5}  {} {} {}", all.len(), ms(at(0.5)), ms(at(0.99)), ms(at(1.0)))
}

fn ms(time: Duration) -> String {
    format!("{:7.2}", time.as_secs_f64() * 1000.0)
}

/// The moment the records are made for.
fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_264_200, 0).unwrap()
}

/// A workspace of that many records, made when it is asked for the first time; the same as that of `frames`.
fn workspace(records: usize) -> PathBuf {
    let parent = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = parent.join(format!("frames-{records}-{SEED}"));
    if !folder.exists() {
        eprintln!("making {records} records in {}", folder.display());
        let unfinished = parent.join(format!("frames-{records}-{SEED}-{}", std::process::id()));
        let content = Content::Generated(Order { records, seed: SEED, commits: 200 });
        make(Some(&unfinished), content, now(), Environment::isolated(), &mut |_| {}).unwrap();
        std::fs::rename(&unfinished, &folder).unwrap();
    }
    folder
}

fn open(folder: &Path) -> Workspace {
    find(folder, Environment::isolated()).unwrap().open(Arc::new(FixedClock::new(now())), || {}).unwrap()
}
