//! What is typed into a search, letter by letter; beside it `rg -l` for the same.

use super::now;
use super::times::Times;
use kontor::search::{Searcher, Wanted};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What it is, what is typed, and what `rg` is given for the same.
pub const TYPED: &[(&str, &str, &str)] = &[
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

/// How long the answer to each letter took, typed so many times.
pub fn letters(searcher: &Searcher, typed: &str, times: usize) -> Vec<Duration> {
    let wanted = Wanted { folder: None, among: None, limit: 100, today: now().date_naive() };
    let ends: Vec<usize> = typed.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    let key = |end: &usize| {
        let start = Instant::now();
        std::hint::black_box(searcher.find(&typed[..*end], &wanted));
        start.elapsed()
    };
    (0..times).flat_map(|_| ends.iter().map(key).collect::<Vec<_>>()).collect()
}

/// How long `rg` looks for each pattern; none where there is no `rg`.
pub fn ripgrep(folder: &Path) -> Option<Times> {
    let one = |(_, _, pattern): &(_, _, &str)| grep(folder, pattern);
    TYPED.iter().map(one).collect::<Option<Vec<_>>>().map(Times::of)
}

/// How long `rg` looks for one pattern.
pub fn grep(folder: &Path, pattern: &str) -> Option<Duration> {
    let start = Instant::now();
    Command::new("rg").args(["-il", pattern]).current_dir(folder).stdout(Stdio::null()).status().ok()?;
    Some(start.elapsed())
}
