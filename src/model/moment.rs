//! A date, or a point in time: what a `datetime` field holds (a bare date means all day).

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use std::fmt;

/// A day, or a point in time with the offset it was written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    /// The whole day.
    Day(NaiveDate),
    /// A point in time.
    At(DateTime<FixedOffset>),
}

impl Moment {
    /// Reads the canonical spellings: `2026-11-21`, `2026-11-21T14:00+01:00`, with seconds or `Z` too.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            // chrono takes `2026-1-2`; ISO 8601 and a sorted column do not.
            return (text.len() == 10).then_some(Self::Day(day));
        }
        let spelled = text.replacen(' ', "T", 1);
        if let Ok(at) = DateTime::parse_from_rfc3339(&spelled) {
            return Some(Self::At(at));
        }
        let with_offset = spelled.strip_suffix('Z').map(|t| format!("{t}+00:00")).unwrap_or(spelled);
        ["%Y-%m-%dT%H:%M%:z", "%Y-%m-%dT%H:%M:%S%.f%:z"]
            .iter()
            .find_map(|format| DateTime::parse_from_str(&with_offset, format).ok())
            .map(Self::At)
    }

    /// The day as written (in the offset it was written with).
    pub fn day(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::At(at) => at.date_naive(),
        }
    }

    /// The day it falls on for somebody in `zone`.
    pub fn day_in(self, zone: Tz) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::At(at) => at.with_timezone(&zone).date_naive(),
        }
    }

    /// The instant it starts; a whole day starts at midnight in `zone`.
    pub fn start(self, zone: Tz) -> DateTime<Utc> {
        match self {
            Self::Day(day) => instant(day.and_hms_opt(0, 0, 0).unwrap_or_default(), zone),
            Self::At(at) => at.with_timezone(&Utc),
        }
    }

    /// The instant it is over; a whole day ends at the next midnight in `zone`.
    pub fn end(self, zone: Tz) -> DateTime<Utc> {
        match self {
            Self::Day(day) => Self::Day(day.succ_opt().unwrap_or(day)).start(zone),
            Self::At(at) => at.with_timezone(&Utc),
        }
    }
}

/// A local time as an instant: the earlier of two on the night clocks go back; an hour later where it
/// falls in the gap of the night they go forward.
fn instant(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    zone.from_local_datetime(&local)
        .earliest()
        .or_else(|| zone.from_local_datetime(&(local + chrono::TimeDelta::hours(1))).earliest())
        .map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}

impl fmt::Display for Moment {
    /// The canonical spelling.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{}", day.format("%Y-%m-%d")),
            Self::At(at) => write!(f, "{}", at.format("%Y-%m-%dT%H:%M%:z")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, canonical: Option<&str>) {
        assert_eq!(Moment::read(input).map(|m| m.to_string()).as_deref(), canonical, "{input}");
    }

    #[test]
    fn reads_what_files_hold() {
        check("2026-11-21", Some("2026-11-21"));
        check("2026-11-21T14:00+01:00", Some("2026-11-21T14:00+01:00"));
        check("2026-11-21T14:00:30+01:00", Some("2026-11-21T14:00+01:00"));
        check("2026-11-21 14:00+01:00", Some("2026-11-21T14:00+01:00"));
        check("2026-11-21T13:00Z", Some("2026-11-21T13:00+00:00"));
        check("2026-1-2", None);
        check("2026-02-30", None);
        check("tomorrow", None);
        check("", None);
    }

    #[test]
    fn a_day_starts_at_local_midnight() {
        let day = Moment::read("2026-07-01").unwrap();
        let start = day.start(chrono_tz::Europe::Berlin);
        assert_eq!(start.to_rfc3339(), "2026-06-30T22:00:00+00:00");
        assert_eq!(day.end(chrono_tz::Europe::Berlin) - start, chrono::TimeDelta::hours(24));
    }
}
