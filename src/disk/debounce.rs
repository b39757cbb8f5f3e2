//! Many hints that something changed, gathered into few notices.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::notice::Notice;
use crate::base::RepoPath;

/// A hint that something may have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// This file.
    File(RepoPath),
    /// HEAD or a branch.
    Refs,
    /// Anything.
    Everything,
}

/// Hints not passed on yet.
#[derive(Debug, Default)]
pub(super) struct Debounce {
    files: BTreeSet<RepoPath>,
    refs: bool,
    everything: bool,
    first: Option<Instant>,
    last: Option<Instant>,
}

/// A program that saves a file touches it several times; after so long it is done.
const QUIET: Duration = Duration::from_millis(80);

/// Nobody waits longer, however much goes on.
const LATEST: Duration = Duration::from_millis(250);

/// From so many files on, looking at all of them is quicker.
const MANY: usize = 500;

impl Debounce {
    /// Takes a hint in.
    pub fn add(&mut self, hint: Hint, now: Instant) {
        match hint {
            Hint::File(path) => drop(self.files.insert(path)),
            Hint::Refs => self.refs = true,
            Hint::Everything => self.everything = true,
        }
        if self.files.len() > MANY {
            self.everything = true;
        }
        if self.everything {
            self.files.clear();
        }
        self.first.get_or_insert(now);
        self.last = Some(now);
    }

    /// When the hints are to be passed on; never while there are none.
    pub fn due(&self) -> Option<Instant> {
        Some((self.last? + QUIET).min(self.first? + LATEST))
    }

    /// Since when hints have been waiting, if they look like git at work on many files.
    pub fn checkout_since(&self) -> Option<Instant> {
        self.first.filter(|_| self.everything || self.refs || self.files.len() > 20)
    }

    /// The notices that the hints amount to; afterwards there are none.
    pub fn take(&mut self) -> Vec<Notice> {
        let Debounce { files, refs, everything, .. } = std::mem::take(self);
        let mut notices = Vec::new();
        if everything {
            notices.push(Notice::Rescan);
        } else if !files.is_empty() {
            notices.push(Notice::Changed(files.into_iter().collect()));
        }
        if refs {
            notices.push(Notice::Refs);
        }
        notices
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(n: usize) -> Hint {
        Hint::File(format!("a/{n}.yaml").parse().unwrap())
    }

    #[test]
    fn waits_for_quiet_but_not_for_ever() {
        let mut pending = Debounce::default();
        let start = Instant::now();
        let ms = |n| start + Duration::from_millis(n);
        assert_eq!(pending.due(), None);
        pending.add(file(1), ms(0));
        assert_eq!(pending.due(), Some(ms(80)));
        pending.add(file(1), ms(70));
        assert_eq!(pending.due(), Some(ms(150)));
        pending.add(file(2), ms(140));
        pending.add(file(2), ms(210));
        assert_eq!(pending.due(), Some(ms(250)));
        assert!(matches!(&pending.take()[..], [Notice::Changed(files)] if files.len() == 2));
        assert_eq!((pending.due(), pending.take()), (None, vec![]));
    }

    #[test]
    fn many_files_are_one_rescan() {
        let mut pending = Debounce::default();
        let now = Instant::now();
        for n in 0..2000 {
            pending.add(file(n), now);
        }
        pending.add(Hint::Refs, now);
        assert!(pending.checkout_since().is_some());
        assert_eq!(pending.take(), [Notice::Rescan, Notice::Refs]);
        pending.add(file(1), now);
        assert!(pending.checkout_since().is_none());
        pending.add(Hint::Everything, now);
        pending.add(file(2), now);
        assert_eq!(pending.take(), [Notice::Rescan]);
    }
}
