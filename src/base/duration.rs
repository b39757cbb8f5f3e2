//! Lengths of time, in whole minutes.

use super::limits::MAX_SPAN_MINUTES;
use std::fmt;
use std::str::FromStr;

const HOUR: u32 = 60;
const DAY: u32 = 24 * HOUR;

/// A length of time in whole minutes. A day is 24 hours: what a working day is, calendars decide elsewhere.
///
/// `Display` is the canonical text of files, largest unit first: `30d`, `1d4h`, `1h30m`, `0m`. `FromStr` reads that,
/// and the same units with larger numbers (`90m`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    minutes: u32,
}

/// A text that is not a canonical length of time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no length of time: write it as 30d, 1d4h or 1h30m")]
pub struct SpanError(pub String);

impl Span {
    /// That many minutes; `None` beyond a hundred years.
    pub fn from_minutes(minutes: u64) -> Option<Self> {
        let minutes = u32::try_from(minutes).ok().filter(|minutes| *minutes <= MAX_SPAN_MINUTES)?;
        Some(Self { minutes })
    }

    /// All of it in minutes.
    pub fn minutes(self) -> u32 {
        self.minutes
    }

    /// The full days of 24 hours in it.
    pub fn days(self) -> u32 {
        self.minutes / DAY
    }

    /// It as days, hours below 24 and minutes below 60.
    pub fn parts(self) -> (u32, u32, u32) {
        (self.minutes / DAY, self.minutes % DAY / HOUR, self.minutes % HOUR)
    }

    /// It as the calendar library's difference, to add to a moment.
    pub fn to_delta(self) -> chrono::TimeDelta {
        chrono::TimeDelta::minutes(i64::from(self.minutes))
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, hours, minutes) = self.parts();
        if self.minutes == 0 {
            return f.write_str("0m");
        }
        for (count, unit) in [(days, 'd'), (hours, 'h'), (minutes, 'm')] {
            if count > 0 {
                write!(f, "{count}{unit}")?;
            }
        }
        Ok(())
    }
}

impl FromStr for Span {
    type Err = SpanError;

    fn from_str(text: &str) -> Result<Self, SpanError> {
        read(text).ok_or_else(|| SpanError(text.chars().take(40).collect()))
    }
}

serde_as_text!(Span);

/// Numbers each with a unit, from days down, no unit twice.
fn read(text: &str) -> Option<Span> {
    if text.is_empty() {
        return None;
    }
    let mut minutes: u64 = 0;
    let mut rest = text;
    for (unit, size) in [('d', DAY), ('h', HOUR), ('m', 1)] {
        let Some((count, after)) = rest.split_once(unit) else { continue };
        if count.is_empty() || count.len() > 9 || !count.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        minutes += count.parse::<u64>().ok()? * u64::from(size);
        rest = after;
    }
    if rest.is_empty() { Span::from_minutes(minutes) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_spelling() {
        let check = |text: &str, expect: Option<&str>| {
            assert_eq!(text.parse::<Span>().ok().map(|span| span.to_string()).as_deref(), expect, "{text:?}");
        };
        check("30d", Some("30d"));
        check("1d4h", Some("1d4h"));
        check("90m", Some("1h30m"));
        check("36h", Some("1d12h"));
        check("0m", Some("0m"));
        check("0d", Some("0m"));
        for bad in
            ["", "30", "m", "1h1h", "30m1h", "1.5h", "-1h", "1h 30m", "1w", "9999999999d", "99999d", "1h30"]
        {
            check(bad, None);
        }
    }

    proptest! {
        #[test]
        fn round_trip(minutes in 0..=MAX_SPAN_MINUTES) {
            let span = Span::from_minutes(u64::from(minutes)).unwrap();
            prop_assert_eq!(span.to_string().parse::<Span>(), Ok(span));
        }
    }
}
