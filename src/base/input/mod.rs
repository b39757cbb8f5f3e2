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
mod calendar;
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
    use crate::base::text::safe;
    use crate::base::{Currency, Now};
    use chrono::{TimeZone, Utc};
    use proptest::prelude::*;
    use std::borrow::Cow;

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

    fn all(text: &str, style: &InputStyle) -> Vec<InputError> {
        let errors = [
            number(text, style).err(),
            integer(text, style).err(),
            money(text, style).err(),
            percent(text, style).err(),
            boolean(text).err(),
            date(text, style).err(),
            datetime(text, style).err(),
            duration(text, style).err(),
        ];
        errors.into_iter().flatten().collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn any_text_is_read_or_refused_in_safe_words(
            text in "(\\PC|[\u{0}-\u{20}\u{1b}\u{202e}]|[0-9.,:/+-]|€|kr|[kmhdwt]|fri|in|uhr| |１|２){0,12}"
        ) {
            for style in [undecided(), comma(), point()] {
                for error in all(&text, &style) {
                    let message = error.to_string();
                    prop_assert!(matches!(safe(&message), Cow::Borrowed(_)), "{message:?}");
                }
            }
        }

        #[test]
        fn every_way_out_of_two_readings_is_one(text in "[0-9.,/ -]{1,9}(k| EUR|%|h| kr| ¥)?") {
            let style = undecided();
            let ways = |error: Option<InputError>| match error {
                Some(InputError::Ambiguous { readings, .. }) => readings.into_iter().map(|r| r.write).collect(),
                _ => Vec::new(),
            };
            for way in ways(number(&text, &style).err()) {
                prop_assert!(number(&way, &style).is_ok(), "{text:?}: {way:?}");
            }
            for way in ways(percent(&text, &style).err()) {
                prop_assert!(percent(&way, &style).is_ok(), "{text:?}: {way:?}");
            }
            for way in ways(date(&text, &style).err()) {
                prop_assert!(date(&way, &style).is_ok(), "{text:?}: {way:?}");
            }
            for way in ways(duration(&text, &style).err()) {
                prop_assert!(!matches!(duration(&way, &style), Err(InputError::Ambiguous { .. })), "{text:?}: {way:?}");
            }
        }
    }

    /// The value as text, or the message with a `! ` before it.
    pub fn told<T: std::fmt::Display>(result: Result<T, InputError>) -> String {
        result.map_or_else(|error| format!("! {error}"), |value| value.to_string())
    }
}
