//! The clock, handed in from outside so that everything below IO is a function of its arguments.

use std::sync::Mutex;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> DateTime<Utc>;
}

/// A clock that stands still until it is set.
#[derive(Debug)]
pub struct FixedClock(Mutex<DateTime<Utc>>);

impl FixedClock {
    /// A clock that shows `now`.
    pub fn new(now: DateTime<Utc>) -> Self {
        FixedClock(Mutex::new(now))
    }

    /// Sets the clock.
    pub fn set(&self, now: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = now;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// A moment and the zone it is looked at from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The moment.
    pub utc: DateTime<Utc>,
    /// The zone of the workspace or of the user.
    pub zone: Tz,
}

impl Now {
    /// The moment on the zone's wall clock.
    pub fn local(&self) -> DateTime<Tz> {
        self.utc.with_timezone(&self.zone)
    }

    /// The zone's date.
    pub fn today(&self) -> NaiveDate {
        self.local().date_naive()
    }
}
