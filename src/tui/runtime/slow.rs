//! Noting down what took longer than it should: a frame, an update, a job.

use std::time::{Duration, Instant};

/// Three frames at 60 Hz: a person feels it.
pub(super) const FELT: Duration = Duration::from_millis(50);

/// A job longer than this should have shown its progress.
pub(super) const LONG: Duration = Duration::from_secs(1);

/// Runs it, and notes down that it took long if it did.
#[expect(clippy::disallowed_methods, reason = "measured on the machine's clock, and nothing depends on it")]
pub(super) fn watched<T>(what: &str, limit: Duration, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = run();
    let took = start.elapsed();
    if took > limit {
        log::warn!("slow {what}: {} ms", took.as_millis());
    }
    done
}
