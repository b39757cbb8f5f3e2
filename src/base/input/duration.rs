//! Lengths of time as people type them: `1h30m`, `90m`, `1.5h`, `1:30`, `2d`, `2 weeks`, `1 day 4 hours`.

use super::error::{InputError, Reading, What, quote};
use super::number::number;
use super::prepare::prepare;
use super::words::minutes_of;
use crate::base::Span;
use crate::base::style::InputStyle;
use rust_decimal::Decimal;

/// Reads a length of time: numbers each with a unit (`d` is 24 hours, `w` seven days), or `h:mm`.
///
/// A bare number is refused, for nobody knows its unit; so are months and years, which have no fixed length.
pub fn duration(text: &str, style: &InputStyle) -> Result<Span, InputError> {
    let unreadable = || InputError::unreadable(text, What::Duration);
    let plain = prepare(text, What::Duration)?;
    if let Some(span) = clock(&plain) {
        return Ok(span);
    }
    if plain.bytes().all(|b| b.is_ascii_digit()) {
        let readings = [("minutes", 'm'), ("hours", 'h'), ("days", 'd')]
            .map(|(unit, letter)| Reading::new(format!("{plain} {unit}"), format!("{plain}{letter}")));
        return Err(InputError::ambiguous(text, readings));
    }
    let mut minutes = Decimal::ZERO;
    let mut largest = i64::MAX;
    let mut rest = plain.as_str();
    while !rest.is_empty() {
        let digits_end = rest
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ' ')))
            .ok_or_else(unreadable)?;
        let (count, after) = rest.split_at(digits_end);
        let word_end = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        let (word, after) = after.split_at(word_end);
        let unit = minutes_of(word).filter(|unit| *unit < largest).ok_or_else(unreadable)?;
        largest = unit;
        let count = number(count, style).map_err(|error| error.within(text, word, What::Duration))?;
        minutes += count
            .checked_mul(Decimal::from(unit))
            .ok_or_else(|| InputError::out_of_range(text, What::Duration))?;
        rest = after.trim_start_matches([' ', ',', '.']);
    }
    let too_long = || InputError::out_of_range(text, What::Duration);
    let rounded = u64::try_from(minutes.round()).ok().and_then(Span::from_minutes).ok_or_else(too_long)?;
    if minutes.is_integer() {
        Ok(rounded)
    } else {
        Err(InputError::NotWholeMinutes { text: quote(text), nearest: rounded.to_string() })
    }
}

/// `1:30` is one hour and thirty minutes, as on a clock.
fn clock(plain: &str) -> Option<Span> {
    let (hours, minutes) = plain.split_once(':')?;
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    if !digits(hours, 4) || !digits(minutes, 2) || minutes.len() != 2 {
        return None;
    }
    let minutes = minutes.parse::<u64>().ok().filter(|minutes| *minutes < 60)?;
    Span::from_minutes(hours.parse::<u64>().ok()? * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::input::tests::{told, undecided};
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(told(duration(text, &undecided())), expect, "{text:?}");
    }

    #[test]
    fn lengths() {
        check("1h30m", "1h30m");
        check("1h 30m", "1h30m");
        check("90m", "1h30m");
        check("90 Min.", "1h30m");
        check("1.5h", "1h30m");
        check("1,5 h", "1h30m");
        check("1:30", "1h30m");
        check("0:05", "5m");
        check("2d", "2d");
        check("36h", "1d12h");
        check("2 weeks", "14d");
        check("1 day, 4 hours", "1d4h");
        check("2 Std.", "2h");
        check("0m", "0m");
    }

    #[test]
    fn refused() {
        check("90", "! '90' could be 90 minutes or 90 hours or 90 days: write 90m or 90h or 90d");
        check("1.33h", "! '1.33h' is not a whole number of minutes: the nearest is 1h20m");
        for text in [
            "abc", "1x", "h", "1h1h", "30m1h", "-1h", "1h30", "1:60", "1:3", "2 months", "1 y", ":30",
            "1h-5m", ".",
        ] {
            assert!(
                told(duration(text, &undecided())).contains("does not read as a length of time"),
                "{text:?}"
            );
        }
        check("", "! type a length of time, such as 1h30m, 90m or 2d");
        check("99999999999h", "! '99999999999h' is too large for a length of time: write a smaller one");
        check("1.500h", "! '1.500h' could be 1500h or 1.5h: write 1500h or 1.5h");
    }

    proptest! {
        #[test]
        fn canonical_text_reads_back(minutes in 0u64..52_560_000) {
            let span = Span::from_minutes(minutes).unwrap();
            prop_assert_eq!(duration(&span.to_string(), &undecided()), Ok(span));
        }
    }
}
