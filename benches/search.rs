//! How long a key of a search takes, over any number of records, beside `rg -l` over the same files.
//!
//! `KONTOR_BENCH_RECORDS=100000 cargo bench --bench search` makes that many records once, keeps them under `target/`,
//! indexes them, types words letter by letter, and prints a table.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::unwrap_used)]

mod large;

use large::times::{Times, ms, timed};
use large::typed::{TYPED, grep, letters};

/// How often each line is typed.
const TIMES: usize = 10;

fn main() {
    large::asked("1000").into_iter().for_each(measure);
}

fn measure(records: usize) {
    let folder = large::workspace(records);
    let opened = large::open(&folder);
    let _ = std::fs::remove_dir_all(folder.join(".git/kontor/search"));
    let mut searcher = None;
    let made = timed(|| searcher = opened.searcher(&mut |_, _| {}).ok());
    let again = timed(|| drop(opened.searcher(&mut |_, _| {}).unwrap()));
    println!("\n{records} records: index made in {:.0} ms, opened in {:.2} ms\n", ms(made), ms(again));
    println!("{:24} {:>5}  {:>7} {:>7} {:>7}  {:>8}", "", "keys", "p50 ms", "p99", "max", "rg -l ms");
    let searcher = searcher.unwrap();
    let mut all = Vec::new();
    for (what, typed, pattern) in TYPED {
        let keys = letters(&searcher, typed, TIMES);
        // Where there is no rg there is nothing to compare with.
        let beside = grep(&folder, pattern).map_or(String::new(), |time| format!("{:8.2}", ms(time)));
        println!("{what:24} {}  {beside}", figures(&Times::of(keys.iter().copied())));
        all.extend(keys);
    }
    println!("{:24} {}", "all keys", figures(&Times::of(all)));
}

fn figures(times: &Times) -> String {
    format!("{:5}  {:7.2} {:7.2} {:7.2}", times.len(), times.median(), times.at(0.99), times.most())
}
