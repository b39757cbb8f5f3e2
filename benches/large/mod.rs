//! What the benchmarks of large workspaces share: the workspaces, and what is pressed and typed in them.

// No benchmark uses all of it.
#![allow(dead_code)]

mod allocator;
pub mod keys;
pub mod times;
pub mod typed;

use chrono::{DateTime, Utc};
use kontor::base::FixedClock;
use kontor::git::Environment;
use kontor::workspace::demo::{Content, Order, make};
use kontor::workspace::{Workspace, find};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

pub const SEED: u64 = 7;

/// The moment the records are made for.
pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_264_200, 0).unwrap()
}

/// How many records `KONTOR_BENCH_RECORDS` asks for; more than one number with commas between them.
pub fn asked(otherwise: &str) -> Vec<usize> {
    let sizes = std::env::var("KONTOR_BENCH_RECORDS").unwrap_or_else(|_| otherwise.into());
    sizes.split(',').map(|n| n.trim().replace('_', "").parse().unwrap()).collect()
}

/// A workspace of that many records under `target/`, made when it is asked for the first time.
pub fn workspace(records: usize) -> PathBuf {
    let parent = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = parent.join(format!("large-{records}-{SEED}"));
    if !folder.exists() {
        eprintln!("making {records} records in {}", folder.display());
        let unfinished = parent.join(format!("large-{records}-{SEED}-{}", std::process::id()));
        generate(records, &unfinished);
        std::fs::rename(&unfinished, &folder).unwrap();
    }
    folder
}

/// Makes a workspace of that many records in a folder that does not exist yet; how long it took.
pub fn generate(records: usize, folder: &Path) -> Duration {
    let content = Content::Generated(Order { records, seed: SEED, commits: 200 });
    let start = Instant::now();
    make(Some(folder), content, now(), Environment::isolated(), &mut |_| {}).unwrap();
    start.elapsed()
}

pub fn open(folder: &Path) -> Workspace {
    find(folder, Environment::isolated()).unwrap().open(clock(), || {}).unwrap()
}

pub fn clock() -> Arc<FixedClock> {
    Arc::new(FixedClock::new(now()))
}
