//! Durations and what is said of them.

use std::time::{Duration, Instant};

/// Durations of the same thing, in order.
#[derive(Clone)]
pub struct Times(Vec<Duration>);

impl Times {
    /// At least one.
    pub fn of(times: impl IntoIterator<Item = Duration>) -> Times {
        let mut times: Vec<Duration> = times.into_iter().collect();
        assert!(!times.is_empty(), "nothing was measured");
        times.sort_unstable();
        Times(times)
    }

    /// How long the work took, each time it was done.
    pub fn measure(times: usize, mut work: impl FnMut()) -> Times {
        Times::of((0..times).map(|_| timed(&mut work)))
    }

    /// The time that this share of them does not exceed, in milliseconds.
    pub fn at(&self, share: f64) -> f64 {
        let at = (self.0.len() as f64 * share).ceil() as usize;
        ms(self.0[at.clamp(1, self.0.len()) - 1])
    }

    pub fn median(&self) -> f64 {
        self.at(0.5)
    }

    pub fn most(&self) -> f64 {
        self.at(1.0)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}

pub fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

pub fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
