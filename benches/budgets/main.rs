//! The budgets of a large workspace, each beside what a user would otherwise run, in one go.
//!
//! `cargo bench --bench budgets` measures 1,000 and 10,000 records;
//! `KONTOR_BENCH_RECORDS=1000,10000,100000,300000 cargo bench --bench budgets` others. The workspaces are made once and
//! kept under `target/`. Each figure is the median of several runs, ours and the peer's taking turns; ratios are worth
//! more than milliseconds. A peer that is not installed is left out.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::unwrap_used)]

mod peer;
mod table;
mod terminal;

use chrono::{DateTime, Utc};
use kontor::base::{FixedClock, RepoPath};
use kontor::git::Environment;
use kontor::model::{Change, ChangeSet, FieldEdit, Value};
use kontor::workspace::demo::{Content, Order, make};
use kontor::workspace::{Desk, News, Workspace, find, history};
use peer::Peer;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use table::{Row, Table};
use terminal::Terminal;

const SEED: u64 = 7;
/// How often each is measured.
const TIMES: usize = 15;

fn main() {
    let sizes = std::env::var("KONTOR_BENCH_RECORDS").unwrap_or_else(|_| "1000,10000".into());
    for records in sizes.split(',').map(|n| n.trim().replace('_', "").parse().unwrap()) {
        let folder = workspace(records);
        println!("{}", measure(records, &folder));
    }
}

fn measure(records: usize, folder: &Path) -> Table {
    let bytes = yaml_bytes(folder);
    let mut table = Table::new(format!("{records} records, {:.1} MB of YAML", bytes as f64 / 1e6));
    let status = Peer::git(folder, &["status", "--porcelain"]);
    let ripgrep = Peer::new("rg", folder, &["-c", "--no-messages", "."]);

    // The snapshot is there from the first round on.
    Terminal::first_frame(folder);
    table.add(Row::beside(
        "start, from the snapshot",
        100,
        TIMES,
        || Terminal::first_frame(folder).time,
        &status,
    ));
    let snapshot = folder.join(".git/kontor/records.snapshot");
    let cold = || {
        let _ = fs::remove_file(&snapshot);
        Terminal::first_frame(folder).time
    };
    table.add(Row::beside("start, from the files", 1500, 5, cold, &ripgrep));

    let mut workspace = open(folder);
    let path = first_account(&workspace);
    let mut count = 0;
    let save = || {
        count += 1;
        timed(|| save(&mut workspace, &path, count))
    };
    let commit = Peer::commit(folder, &path);
    table.add(Row::beside("save: file, commit, shown", 15, TIMES, save, &commit));
    workspace.settle_index().unwrap();

    let book = workspace.book();
    let story = || timed(|| drop(history::of_record(workspace.repo(), &book, &path, 500).unwrap()));
    let log = ["log", "--format=%H", "--", path.as_str()];
    let log = Peer::git(folder, &log);
    table.add(Row::beside("a record's history", 30, TIMES, story, &log));
    drop(book);
    drop(workspace);

    table.add(Row::alone("an edit elsewhere, to the book", 300, hand_edits(folder, &path)));
    let held = Terminal::first_frame(folder).resident;
    table.note(format!(
        "memory: {:.0} MB resident with the home screen up, {:.1} times the YAML (goal: 4)",
        held as f64 / 1e6,
        held as f64 / bytes as f64
    ));
    table
}

fn save(workspace: &mut Workspace, path: &RepoPath, count: usize) {
    let reference = format!("accounts/{}", path.file_stem()).parse().unwrap();
    let edits = vec![FieldEdit::put("phone", Value::text(format!("+49 40 {count:06}")))];
    workspace.apply(&ChangeSet::new("edit", vec![Change::Set { reference, edits }])).unwrap();
}

/// From a file that is written by another program to the book that has it.
fn hand_edits(folder: &Path, path: &RepoPath) -> Vec<Duration> {
    let desk = Desk::open(find(folder, Environment::isolated()).unwrap(), Arc::new(FixedClock::new(now())));
    while !matches!(desk.news().recv().unwrap(), News::Standing(_)) {}
    let place = path.to_path(folder);
    let text = fs::read_to_string(&place).unwrap();
    let times = (0..TIMES).map(|n| {
        // What the last round has left to tell.
        while desk.news().recv_timeout(Duration::from_millis(400)).is_ok() {}
        fs::write(&place, format!("{text}x_bench: {n}\n")).unwrap();
        let start = Instant::now();
        while !matches!(desk.news().recv().unwrap(), News::Book(..)) {}
        start.elapsed()
    });
    let times = times.collect();
    fs::write(&place, text).unwrap();
    times
}

fn first_account(workspace: &Workspace) -> RepoPath {
    workspace.book().of_type("account")[0].path.clone()
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn open(folder: &Path) -> Workspace {
    find(folder, Environment::isolated()).unwrap().open(Arc::new(FixedClock::new(now())), || {}).unwrap()
}

/// The moment the records are made for.
fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_264_200, 0).unwrap()
}

/// A workspace of that many records, made when it is asked for the first time.
fn workspace(records: usize) -> PathBuf {
    let parent = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = parent.join(format!("budgets-{records}-{SEED}"));
    if !folder.exists() {
        eprintln!("making {records} records in {}", folder.display());
        let unfinished = parent.join(format!("budgets-{records}-{SEED}-{}", std::process::id()));
        let content = Content::Generated(Order { records, seed: SEED, commits: 200 });
        make(Some(&unfinished), content, now(), Environment::isolated(), &mut |_| {}).unwrap();
        fs::rename(&unfinished, &folder).unwrap();
    }
    folder
}

fn yaml_bytes(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).unwrap().flatten().filter(|e| e.file_name() != ".git");
    let sizes = entries.map(|entry| match entry.file_type().unwrap().is_dir() {
        true => yaml_bytes(&entry.path()),
        false => entry.metadata().unwrap().len(),
    });
    sizes.sum()
}
