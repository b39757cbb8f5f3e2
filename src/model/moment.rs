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
        // As nearly all are written; the formats below take ten times as long to be read.
        if like(text, "0000-00-00") && text.len() == DAY {
            return text.parse().ok().map(Self::Day);
        }
        if like(text, "0000-00-00T00:00") {
            let (minutes, rest) = text.split_at("0000-00-00T00:00".len());
            let seconds = if rest.starts_with(':') { "" } else { ":00" };
            if let Ok(at) = DateTime::parse_from_rfc3339(&format!("{minutes}{seconds}{rest}")) {
                return Some(Self::At(at));
            }
        }
        if NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok() {
            // chrono takes `2026-1-2`; ISO 8601 and a sorted column do not.
            return None;
        }
        let spelled = text.replacen(' ', "T", 1);
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

/// How long a date is.
const DAY: usize = "2026-11-21".len();

/// Whether the text begins like the pattern, where `0` is any digit.
fn like(text: &str, pattern: &str) -> bool {
    let same = |(byte, expected): (u8, u8)| match expected {
        b'0' => byte.is_ascii_digit(),
        other => byte == other,
    };
    text.len() >= pattern.len() && text.bytes().zip(pattern.bytes()).all(same)
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
        check("2026-11-21T13:00:59.5Z", Some("2026-11-21T13:00+00:00"));
        check("2026-11-21 13:00:59Z", Some("2026-11-21T13:00+00:00"));
        check("2026-11-21T9:00+0100", Some("2026-11-21T09:00+01:00"));
        check("2026-11-21T24:00+01:00", None);
        check("2026-11-21T14:00", None);
        check("2026-11-21Ü14:00Z", None);
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
