//! How long files take that were made to cost as much as possible. `cargo bench --bench hostile` prints the worst first.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::unwrap_used)]

#[path = "large/allocator.rs"]
mod allocator;
#[path = "../tests/hostile/files.rs"]
mod files;
#[path = "large/times.rs"]
#[allow(dead_code)]
mod times;

use files::Fate;
use std::hint::black_box;
use times::Times;

const TIMES: usize = 7;

fn main() {
    let mut figures: Vec<_> = files::all()
        .into_iter()
        .map(|(name, bytes, fate)| {
            let times = Times::measure(TIMES, || drop(black_box(kontor::yaml::parse_bytes(&bytes))));
            (times, name, bytes.len(), fate)
        })
        .collect();
    figures.sort_by(|(a, ..), (b, ..)| b.median().total_cmp(&a.median()));
    println!("\n{:48} {:>9}  {:>8} {:>8}", "", "bytes", "p50 ms", "max");
    for (times, name, bytes, fate) in figures {
        let fate = if fate == Fate::Read { "read" } else { "refused" };
        println!("{name:48} {bytes:9}  {:8.2} {:8.2}  {fate}", times.median(), times.most());
    }
}
