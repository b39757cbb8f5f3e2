//! Who wants a job done, and whether it still does.

use std::sync::{Arc, Weak};

/// A screen's name in the answers from workers. While it lives, its answers are waited for.
#[derive(Debug)]
pub struct Asker(Arc<u64>);

/// What a job knows of its [`Asker`].
#[derive(Debug, Clone)]
pub struct Waiting {
    number: u64,
    asker: Weak<u64>,
}

impl Asker {
    /// The asker of that number, which no other has.
    pub fn new(number: u64) -> Self {
        Self(Arc::new(number))
    }

    /// Its number.
    pub fn number(&self) -> u64 {
        *self.0
    }

    /// It waits for a job.
    pub fn waiting(&self) -> Waiting {
        Waiting { number: *self.0, asker: Arc::downgrade(&self.0) }
    }
}

impl Waiting {
    /// The number of who waits.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Whether it still does.
    pub fn still(&self) -> bool {
        self.asker.strong_count() > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_waits_as_long_as_it_lives() {
        let asker = Asker::new(7);
        let waiting = asker.waiting();
        assert!(waiting.still());
        drop(asker);
        assert!(!waiting.still());
        assert_eq!(waiting.number(), 7);
    }
}
