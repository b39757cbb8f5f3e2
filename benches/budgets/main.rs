//! The budgets of large workspaces, each beside what a user would otherwise run, in one go; then what no program could
//! do faster: reading the bytes, waiting for the disk.
//!
//! `cargo bench --bench budgets` measures 1,000 and 10,000 records;
//! `KONTOR_BENCH_RECORDS=1000,10000,100000,300000 cargo bench --bench budgets` others. The workspaces are made once and
//! kept under `target/`. Ours and the peer's figures come from the same minutes of the same machine, so the ratios are
//! worth more than the milliseconds. A peer that is not installed is left out. What it prints is Markdown.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::panic, clippy::unwrap_used)]

mod floor;
#[path = "../large/mod.rs"]
mod large;
mod machine;
mod peer;
mod table;
mod terminal;
mod writer;

use kontor::base::RepoPath;
use kontor::tui::harness::Pace;
use kontor::workspace::history;
use large::times::{Times, timed};
use peer::Peer;
use std::fs;
use std::path::Path;
use table::{Row, Table};
use terminal::{Terminal, hungry};

/// How often what is quick is measured, and what is slow.
const TIMES: usize = 15;
const FEW: usize = 5;
/// How often each line of keys is pressed.
const PRESSES: usize = 4;
/// So many times the bytes of YAML may be in memory, where they are more than the program itself.
const MEMORY: f64 = 4.0;
const LARGE: usize = 100_000;

fn main() {
    println!("{}", machine::described());
    for records in large::asked("1000,10000") {
        let folder = large::workspace(records);
        let before = Peer::head(&folder);
        measure(records, &folder);
        Peer::reset(&folder, &before);
    }
}

fn measure(records: usize, folder: &Path) {
    let bytes = yaml_bytes(folder) as f64 / 1e6;
    let mut table = Table::new(&format!("{} records, {bytes:.1} MB of YAML", grouped(records)));
    eprintln!("{records}: generating");
    table.add(generation(records, folder));
    eprintln!("{records}: starting");
    starting(&mut table, folder);
    eprintln!("{records}: keys");
    table.add(keys(folder));
    eprintln!("{records}: searching");
    searching(&mut table, folder);
    eprintln!("{records}: writing");
    writing(&mut table, folder);
    eprintln!("{records}: memory");
    let goal = (records >= LARGE).then_some(MEMORY * bytes);
    let held = Terminal::settled(folder);
    table.add(Row::memory("memory, home screen shown", goal, held.resident));
    table.add(Row::memory("memory at its highest, starting", None, held.highest));
    table.add(Row::memory("memory of `kontor list`", goal, hungry(folder)));
    println!("{table}");
    eprintln!("{records}: floors");
    println!("{}", floor::measured(folder, &an_account(folder)));
}

/// A minute for 100,000 records, and in proportion.
fn generation(records: usize, folder: &Path) -> Row {
    let fresh = folder.with_extension("fresh");
    let _ = fs::remove_dir_all(&fresh);
    let time = large::generate(records, &fresh);
    let _ = fs::remove_dir_all(&fresh);
    Row::new("making the records, with their history", Some(60.0 * records as f64 / 100.0), Times::of([time]))
}

fn starting(table: &mut Table, folder: &Path) {
    // The snapshot and the index are there from the first round on.
    Terminal::settled(folder);
    let status = Peer::git(folder, &["status", "--porcelain"]);
    let start = || Terminal::first_frame(folder).whole;
    table.add(Row::beside("start to the first full frame", 100.0, TIMES, start, &status));
    let snapshot = folder.join(".git/kontor/records.snapshot");
    let mut first = Vec::new();
    let ripgrep = Peer::new("rg", folder, &["-c", "--no-messages", "."]);
    let start = || {
        let _ = fs::remove_file(&snapshot);
        let seen = Terminal::first_frame(folder);
        first.push(seen.first);
        seen.whole
    };
    let row = Row::beside("start with no cache, to the full frame", 1500.0, FEW, start, &ripgrep);
    table.add(Row::new("start with no cache, to any frame", Some(100.0), Times::of(first)));
    table.add(row);
    Terminal::settled(folder);
}

/// Every screen's keys.
fn keys(folder: &Path) -> Row {
    let mut all: Vec<Pace> = Vec::new();
    large::keys::press(folder, PRESSES, &[], |_, _, paces| all.extend(paces));
    Row::new("a key to its frame, any screen", Some(16.0), Times::of(all.iter().map(|p| p.frame)))
        .by_share(0.99)
}

fn searching(table: &mut Table, folder: &Path) {
    let opened = large::open(folder);
    let index = folder.join(".git/kontor/search");
    let mut searcher = None;
    let made = Times::measure(1, || {
        let _ = fs::remove_dir_all(&index);
        searcher = opened.searcher(&mut |_, _| {}).ok();
    });
    let searcher = searcher.unwrap();
    let letters =
        large::typed::TYPED.iter().flat_map(|(_, typed, _)| large::typed::letters(&searcher, typed, FEW));
    let row = Row::new("search, each letter typed", Some(10.0), Times::of(letters)).by_share(0.99);
    table.add(row.next_to("rg -il", large::typed::ripgrep(folder)));
    table.add(Row::new("the search index, made anew", None, made));
}

fn writing(table: &mut Table, folder: &Path) {
    let path = an_account(folder);
    let mut desk = writer::Open::new(folder);
    let saves = (0..TIMES).map(|n| desk.save(&path, n)).collect::<Vec<_>>();
    let edits = (0..TIMES).map(|n| desk.hand_edit(folder, &path, n)).collect::<Vec<_>>();
    desk.close();
    let commit = Peer::commit(folder, &path);
    let row = Row::new("save: file, commit, searchable", Some(15.0), Times::of(saves));
    table.add(
        row.next_to(
            &commit.name,
            (0..TIMES).map(|_| commit.time()).collect::<Option<Vec<_>>>().map(Times::of),
        ),
    );
    table.add(Row::new("an edit by another program, to the screen's records", Some(300.0), Times::of(edits)));

    let workspace = large::open(folder);
    workspace.settle_index().unwrap();
    let book = workspace.book();
    let story = || timed(|| drop(history::of_record(workspace.repo(), &book, &path, 500).unwrap()));
    let log = ["log", "--format=%H", "--", path.as_str()];
    table.add(Row::beside("a record's history", 30.0, TIMES, story, &Peer::git(folder, &log)));
}

/// The account whose file comes first.
fn an_account(folder: &Path) -> RepoPath {
    large::open(folder).book().of_type("account")[0].path.clone()
}

fn yaml_bytes(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).unwrap().flatten().filter(|e| e.file_name() != ".git");
    let sizes = entries.map(|entry| match entry.file_type().unwrap().is_dir() {
        true => yaml_bytes(&entry.path()),
        false if entry.path().extension().is_some_and(|e| e == "yaml") => entry.metadata().unwrap().len(),
        false => 0,
    });
    sizes.sum()
}

/// `100,000`.
fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|g| std::str::from_utf8(g).unwrap()).collect();
    groups.join(",")
}
