//! Stretches of time, and whether what a record holds falls into one.

use super::period::period;
use crate::base::fiscal::Days;
use crate::base::input;
use crate::model::kinds::{Entry, EntryError};
use crate::model::{Book, Moment};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

/// Where a stretch begins or ends: as a day, for what is dated by days, and as an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    day: NaiveDate,
    at: DateTime<Utc>,
}

/// A stretch of time with both ends: a day, a week, a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// When it begins.
    pub from: Edge,
    /// When it is over.
    pub until: Edge,
}

/// A stretch of time that may be open: from an edge on, up to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Window {
    /// Not before.
    pub from: Option<Edge>,
    /// Before.
    pub until: Option<Edge>,
}

impl Stretch {
    /// What a date, a time, a length of time from today on or the name of a period stands for; a time stands for its
    /// minute.
    ///
    /// # Errors
    /// When it is none of these, or several.
    pub fn read(text: &str, book: &Book, entry: Entry<'_>) -> Result<Self, EntryError> {
        if let Some(days) = period(text, entry.now, book.settings().fiscal_year_start()) {
            return Ok(Self::of_days(days, book));
        }
        let style = book.settings().input_style(entry.now);
        let error = match input::date(text, &style) {
            Ok(day) => return Ok(Self::of_day(day, book)),
            Err(error) => error,
        };
        // Hours from now, as in `due<4h`; else `4h` would be four o'clock.
        let hours = text
            .starts_with(|c: char| c.is_ascii_digit())
            .then(|| input::datetime(&format!("+{text}"), &style));
        match hours.and_then(Result::ok).map_or_else(|| input::datetime(text, &style), Ok) {
            Ok(at) => Ok(Self::of_minute(at.to_utc(), book)),
            Err(no_time) if matches!(error, input::InputError::Unreadable { .. }) => Err(no_time.into()),
            Err(_) => Err(error.into()),
        }
    }

    /// The day or the minute that lies a length of time back: `2w`, `3m` (months), `90min`.
    ///
    /// # Errors
    /// When the text is no length of time.
    pub fn ago(text: &str, book: &Book, entry: Entry<'_>) -> Result<Self, EntryError> {
        let style = book.settings().input_style(entry.now);
        let ago = format!("{text} ago");
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            if let Ok(day) = input::date(&ago, &style) {
                return Ok(Self::of_day(day, book));
            }
            if let Ok(at) = input::datetime(&ago, &style) {
                return Ok(Self::of_minute(at.to_utc(), book));
            }
        }
        Err(EntryError::Other(format!(
            "'{text}' is not a length of time: write one such as 7d, 2w, 3m, 1y or 4h"
        )))
    }

    fn of_day(day: NaiveDate, book: &Book) -> Self {
        Self::of_days(Days { from: day, until: day.succ_opt().unwrap_or(day) }, book)
    }

    fn of_days(days: Days, book: &Book) -> Self {
        let edge = |day| Edge { day, at: Moment::Day(day).start(book.settings().zone()) };
        Self { from: edge(days.from), until: edge(days.until) }
    }

    fn of_minute(at: DateTime<Utc>, book: &Book) -> Self {
        let day = Moment::At(at.fixed_offset()).day_in(book.settings().zone());
        let from = Edge { day, at };
        Self { from, until: Edge { day: day.succ_opt().unwrap_or(day), at: at + TimeDelta::minutes(1) } }
    }
}

impl Edge {
    /// The day it is on, or that begins there.
    pub fn day(&self) -> NaiveDate {
        self.day
    }

    /// The time, where it is not the beginning of its day.
    pub fn time(&self, zone: Tz) -> Option<DateTime<Tz>> {
        (Moment::Day(self.day).start(zone) != self.at).then(|| self.at.with_timezone(&zone))
    }

    /// Whether it is the end of the day, or of the minute, that begins there.
    pub fn is_next_day(&self, from: &Self) -> bool {
        from.day.succ_opt() == Some(self.day)
    }
}

impl Window {
    /// Whether a canonical date or time lies in it.
    pub fn holds(&self, text: &str, book: &Book) -> bool {
        let Some(day) = leading_day(text) else { return false };
        let before = |edge: &Edge| is_before(day, text, edge, book);
        self.from.is_none_or(|from| before(&from) == Some(false))
            && self.until.is_none_or(|until| before(&until) == Some(true))
    }
}

fn is_before(day: NaiveDate, text: &str, edge: &Edge, book: &Book) -> Option<bool> {
    // Days, and times that are far from the edge whatever their zone, need no further reading.
    if text.len() == 10 || (day - edge.day).num_days().abs() > 2 {
        return Some(day < edge.day);
    }
    Some(Moment::read(text)?.start(book.settings().zone()) < edge.at)
}

/// The day a canonical date or time starts with.
fn leading_day(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes().get(..10)?;
    let number = |part: &[u8]| {
        part.iter().try_fold(0u32, |sum, b| b.is_ascii_digit().then(|| sum * 10 + u32::from(b - b'0')))
    };
    (bytes[4] == b'-' && bytes[7] == b'-').then_some(())?;
    NaiveDate::from_ymd_opt(number(&bytes[..4])?.cast_signed(), number(&bytes[5..7])?, number(&bytes[8..])?)
}
