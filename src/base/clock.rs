//! Time comes from outside: nothing below the workspace asks the machine what time it is.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use std::sync::Mutex;

/// Something that knows the time. The machine's clock lives in `disk`; tests use [`FixedClock`].
pub trait Clock: Send + Sync {
    /// The moment it is.
    fn now(&self) -> DateTime<Utc>;
}

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct FixedClock(Mutex<DateTime<Utc>>);

impl FixedClock {
    /// A clock standing at `now`.
    pub fn new(now: DateTime<Utc>) -> Self {
        Self(Mutex::new(now))
    }

    /// Sets it to another moment.
    pub fn set(&self, now: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = now;
    }

    /// Moves it on (or back).
    pub fn advance(&self, by: TimeDelta) {
        let mut now = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        *now += by;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// The moment it is, and the zone whose calendar and clock people here go by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    pub utc: DateTime<Utc>,
    pub zone: Tz,
}

impl Now {
    /// That moment, there.
    pub fn new(utc: DateTime<Utc>, zone: Tz) -> Self {
        Self { utc, zone }
    }

    /// The day it is in the zone.
    pub fn today(&self) -> NaiveDate {
        self.local().date_naive()
    }

    /// Date and time in the zone.
    pub fn local(&self) -> DateTime<Tz> {
        self.utc.with_timezone(&self.zone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn today_is_the_zones_day() {
        let utc = Utc.with_ymd_and_hms(2026, 11, 21, 23, 30, 0).unwrap();
        let day = |zone| Now::new(utc, zone).today().to_string();
        assert_eq!(day(Tz::UTC), "2026-11-21");
        assert_eq!(day(Tz::Europe__Berlin), "2026-11-22");
        assert_eq!(day(Tz::America__New_York), "2026-11-21");
    }

    #[test]
    fn a_fixed_clock_moves_only_when_told() {
        let clock = FixedClock::new(Utc.with_ymd_and_hms(2026, 11, 21, 9, 0, 0).unwrap());
        assert_eq!(clock.now(), clock.now());
        clock.advance(TimeDelta::minutes(90));
        assert_eq!(clock.now().to_rfc3339(), "2026-11-21T10:30:00+00:00");
    }
}
