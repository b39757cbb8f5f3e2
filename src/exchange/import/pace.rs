//! How far an import is being worked out: told to, and stopped from, another thread.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// How far an import is being worked out.
#[derive(Debug, Default)]
pub struct Pace {
    done: AtomicUsize,
    total: AtomicUsize,
    stopped: AtomicBool,
}

impl Pace {
    /// Nobody wants the answer any more.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether that is so.
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// How much of the work is done, in percent.
    pub fn percent(&self) -> usize {
        let (done, total) = (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed));
        (done * 100 / total.max(1)).min(100)
    }

    /// So many steps there are.
    pub(super) fn begin(&self, total: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    /// One more step is done; whether to go on.
    pub(super) fn step(&self) -> bool {
        self.done.fetch_add(1, Ordering::Relaxed);
        !self.is_stopped()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_tells_how_far_it_is_until_it_is_stopped() {
        let pace = Pace::default();
        assert_eq!(pace.percent(), 0);
        pace.begin(4);
        assert!(pace.step());
        assert_eq!(pace.percent(), 25);
        pace.stop();
        assert!(!pace.step());
    }
}
