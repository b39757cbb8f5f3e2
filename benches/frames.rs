//! How long a key takes to its frame, on every screen, over any number of records.
//!
//! `KONTOR_BENCH_RECORDS=100000 cargo bench --bench frames` makes that many records once, keeps them under `target/`,
//! opens the workstation on them, presses keys, and prints a table. A name after `--` presses only those keys.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::unwrap_used)]

mod large;

use kontor::tui::harness::Pace;
use large::keys::{SIZE, press};
use large::times::Times;
use std::time::Duration;

/// How often each line of keys is pressed.
const TIMES: usize = 20;
/// The most columns the names of screens and keys take.
const NAME: usize = 24;

fn main() {
    // cargo bench adds `--bench`.
    let only: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    for records in large::asked("1000") {
        measure(records, &only);
    }
}

fn measure(records: usize, only: &[String]) {
    let folder = large::workspace(records);
    println!("\n{records} records at {}×{}; a frame at 60 Hz is 16.7 ms\n", SIZE.0, SIZE.1);
    println!("{:NAME$} {:>5}  {:^23}  {:>7}  {:^15}", "", "", "key to frame, ms", "longest", "all shown, ms");
    println!(
        "{:NAME$} {:>5}  {:>7} {:>7} {:>7}  {:>7}  {:>7} {:>7}",
        "", "keys", "p50", "p99", "max", "ms", "p50", "max"
    );
    let (mut all, mut shown) = (Vec::new(), "");
    press(&folder, TIMES, only, |screen, what, paces| {
        if screen != shown {
            println!("{screen}");
        }
        shown = screen;
        println!("  {what:width$} {}", figures(&paces), width = NAME - 2);
        all.extend(paces);
    });
    println!("{:NAME$} {}", "all keys", figures(&all));
}

/// The figures of a line.
fn figures(paces: &[Pace]) -> String {
    let of = |part: fn(&Pace) -> Duration| Times::of(paces.iter().map(part));
    let (frame, longest, whole) = (of(|p| p.frame), of(|p| p.longest), of(|p| p.whole));
    format!(
        "{:5}  {:7.2} {:7.2} {:7.2}  {:7.2}  {:7.2} {:7.2}",
        frame.len(),
        frame.median(),
        frame.at(0.99),
        frame.most(),
        longest.most(),
        whole.median(),
        whole.most()
    )
}
