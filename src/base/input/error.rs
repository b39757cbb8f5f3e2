//! Why a typed text was not taken, in words that say what to type instead.

use crate::base::text::cut;
use std::borrow::Cow;
use std::fmt;

/// The kind of value somebody was typing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Number,
    Integer,
    Money,
    Percent,
    Boolean,
    Date,
    Datetime,
    Duration,
}

impl What {
    /// Its name with its article, as it stands in a sentence.
    pub fn name(self) -> Cow<'static, str> {
        match self {
            Self::Number => tr!("a number"),
            Self::Integer => tr!("a whole number"),
            Self::Money => tr!("an amount of money"),
            Self::Percent => tr!("a percentage"),
            Self::Boolean => tr!("yes or no"),
            Self::Date => tr!("a date"),
            Self::Datetime => tr!("a date and time"),
            Self::Duration => tr!("a length of time"),
        }
    }

    /// Some ways of writing it.
    pub fn examples(self) -> Cow<'static, str> {
        match self {
            Self::Number => tr!("1250, 12.5k or 3M"),
            Self::Integer => tr!("1250, 12k or 3M"),
            Self::Money => tr!("12500, €85k or 1250.50 USD"),
            Self::Percent => tr!("30% or 7.5%"),
            Self::Boolean => tr!("yes, no, on or off"),
            Self::Date => tr!("2026-11-21, tomorrow, fri, in 2 weeks or eom"),
            Self::Datetime => tr!("tomorrow 14:00, fri 9am or 2026-11-21 14:00"),
            Self::Duration => tr!("1h30m, 90m or 2d"),
        }
    }
}

/// One way to understand a text, and how to write it so that nothing else can be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub means: String,
    pub write: String,
}

impl Reading {
    /// A reading whose meaning is shown as `means` and which is written `write`.
    pub fn new(means: impl Into<String>, write: impl Into<String>) -> Self {
        Self { means: means.into(), write: write.into() }
    }
}

/// Why a typed text was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputError {
    /// Nothing was typed.
    Empty { what: What },
    /// It does not read as such a value.
    Unreadable { text: String, what: What },
    /// It has several readings.
    Ambiguous { text: String, readings: Vec<Reading> },
    /// It is beyond what can be kept.
    OutOfRange { text: String, what: What },
    /// A number where a whole one is asked for.
    NotWhole { text: String },
    /// A length of time with seconds in it.
    NotWholeMinutes { text: String, nearest: String },
    /// Three letters that are no currency.
    UnknownCurrency { code: String, suggestion: Option<String> },
    /// A day without a time of day.
    NeedsTime { text: String, write: String },
    /// A time that the clocks skip when summer time starts.
    Skipped { text: String, zone: String, instead: String },
    /// A day that is in no calendar, or that is not the weekday it is said to be.
    NoSuchDay { text: String },
}

impl InputError {
    pub(super) fn unreadable(text: &str, what: What) -> Self {
        if text.trim().is_empty() {
            Self::Empty { what }
        } else {
            Self::Unreadable { text: quote(text), what }
        }
    }

    pub(super) fn ambiguous(text: &str, readings: impl IntoIterator<Item = Reading>) -> Self {
        Self::Ambiguous { text: quote(text), readings: readings.into_iter().collect() }
    }

    /// The same for a number that is part of `text` and that `unit` follows.
    pub(super) fn within(self, text: &str, unit: &str, what: What) -> Self {
        match self {
            Self::Unreadable { .. } | Self::Empty { .. } => Self::unreadable(text, what),
            Self::OutOfRange { .. } => Self::out_of_range(text, what),
            Self::Ambiguous { readings, .. } => {
                let with_unit = |r: Reading| Reading::new(r.means + unit, r.write + unit);
                Self::ambiguous(text, readings.into_iter().map(with_unit))
            }
            other => other,
        }
    }

    pub(super) fn out_of_range(text: &str, what: What) -> Self {
        Self::OutOfRange { text: quote(text), what }
    }

    fn message(&self) -> Cow<'static, str> {
        match self {
            Self::Empty { what } => {
                tr!("type {what}, such as {examples}", what = what.name(), examples = what.examples())
            }
            Self::Unreadable { text, what } => tr!(
                "'{text}' does not read as {what}: write it as {examples}",
                text = text,
                what = what.name(),
                examples = what.examples()
            ),
            Self::Ambiguous { text, readings } => {
                let list = |part: fn(&Reading) -> &str| {
                    readings.iter().map(part).collect::<Vec<_>>().join(&tr!(" or "))
                };
                let (meanings, ways) = (list(|r| &r.means), list(|r| &r.write));
                tr!(
                    "'{text}' could be {meanings}: write {ways}",
                    text = text,
                    meanings = meanings,
                    ways = ways
                )
            }
            Self::OutOfRange { text, what } => {
                tr!("'{text}' is too large for {what}: write a smaller one", text = text, what = what.name())
            }
            Self::NotWhole { text } => {
                tr!("'{text}' is not a whole number: leave the decimals away", text = text)
            }
            Self::NotWholeMinutes { text, nearest } => tr!(
                "'{text}' is not a whole number of minutes: the nearest is {nearest}",
                text = text,
                nearest = nearest
            ),
            Self::UnknownCurrency { code, suggestion: Some(known) } => {
                tr!("there is no currency '{code}': did you mean {known}?", code = code, known = known)
            }
            Self::UnknownCurrency { code, suggestion: None } => {
                tr!("there is no currency '{code}': write its three letters, such as EUR or USD", code = code)
            }
            Self::NeedsTime { text, write } => {
                tr!("'{text}' has no time of day: write it as {write}", text = text, write = write)
            }
            Self::Skipped { text, zone, instead } => tr!(
                "'{text}' does not exist: the clocks in {zone} go forward then; write {instead}",
                text = text,
                zone = zone,
                instead = instead
            ),
            Self::NoSuchDay { text } => {
                tr!("the calendar has no '{text}': check the day, the month and the year", text = text)
            }
        }
    }
}

/// Enough of what was typed to recognise it, safe to show.
pub(super) fn quote(text: &str) -> String {
    cut(text.trim(), 40).into_owned()
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for InputError {}
