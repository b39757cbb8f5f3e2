//! What people type, turned into values.
//!
//! The parsers are generous: they know the ways people here and abroad write numbers, money, dates and times. But
//! they never guess: a text with two readings is refused, and both are named, unless the workspace's
//! [`InputStyle`] decides. A text with one reading is taken even where it goes against that style.

mod error;
mod prepare;
mod number;
mod money;
mod percent;
mod boolean;
mod date;
mod day_month;
mod relative;
mod words;
mod time;
mod datetime;
mod duration;

pub use super::style::{DateOrder, DecimalMark, InputStyle};
pub use boolean::boolean;
pub use date::date;
pub use datetime::datetime;
pub use duration::duration;
pub use error::{InputError, Reading, What};
pub use money::money;
pub use number::{integer, number};
pub use percent::percent;

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::base::{Currency, Now};
    use chrono::{TimeZone, Utc};

    /// Saturday 21 November 2026, 10:30 in Berlin, nothing decided.
    pub fn undecided() -> InputStyle {
        let utc = Utc.with_ymd_and_hms(2026, 11, 21, 9, 30, 0).unwrap();
        InputStyle::undecided(Now::new(utc, chrono_tz::Europe::Berlin), Currency::EUR)
    }

    pub fn comma() -> InputStyle {
        InputStyle { decimal: Some(DecimalMark::Comma), date_order: DateOrder::Dmy, ..undecided() }
    }

    pub fn point() -> InputStyle {
        InputStyle { decimal: Some(DecimalMark::Point), date_order: DateOrder::Mdy, ..undecided() }
    }

    /// The value as text, or the message with a `! ` before it.
    pub fn told<T: std::fmt::Display>(result: Result<T, InputError>) -> String {
        result.map_or_else(|error| format!("! {error}"), |value| value.to_string())
    }
}
