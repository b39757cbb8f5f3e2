//! Numbers as people type them: `1250`, `1.250,00`, `1,250.00`, `1 250`, `12.5k`, `3 M`, `1.2bn`.

use super::error::{InputError, Reading, What, quote};
use super::prepare::prepare;
use crate::base::decimal::{self, clear_places, within_limits};
use crate::base::style::{DecimalMark, InputStyle};
use rust_decimal::Decimal;

/// Reads a number.
///
/// Thousands may be parted by comma, point, blank, apostrophe or underscore; comma or point may start the decimals.
/// `k`, `M` (also `mio`) and `bn` (also `mrd`) multiply. The one form with two readings, digits with a single comma
/// or point before the last three (`1.250`), is decided by the style or refused.
pub fn number(text: &str, style: &InputStyle) -> Result<Decimal, InputError> {
    let plain = prepare(text, What::Number)?;
    let unreadable = || InputError::unreadable(text, What::Number);
    let parts = Parts::of(&plain).filter(|parts| parts.head.is_empty()).ok_or_else(unreadable)?;
    let factor = factor(parts.tail).ok_or_else(unreadable)?;
    match parts.amount(factor, text, What::Number)? {
        Amount::One(value) => in_limits(value, text, What::Number),
        Amount::Two { grouped, with_decimals, mark } => match style.decimal {
            Some(own) => in_limits(if own == mark { with_decimals } else { grouped }, text, What::Number),
            None => Err(InputError::ambiguous(text, readings(grouped, with_decimals, ""))),
        },
    }
}

/// Reads a whole number, written in any of the ways of [`number`].
pub fn integer(text: &str, style: &InputStyle) -> Result<i64, InputError> {
    let value = number(text, style).map_err(|error| match error {
        InputError::Unreadable { text, .. } => InputError::Unreadable { text, what: What::Integer },
        InputError::Empty { .. } => InputError::Empty { what: What::Integer },
        other => other,
    })?;
    if !value.is_integer() {
        return Err(InputError::NotWhole { text: quote(text) });
    }
    i64::try_from(value).map_err(|_| InputError::out_of_range(text, What::Integer))
}

/// The value, if files can hold it.
pub(super) fn in_limits(value: Decimal, text: &str, what: What) -> Result<Decimal, InputError> {
    if within_limits(value) { Ok(value.normalize()) } else { Err(InputError::out_of_range(text, what)) }
}

/// Two readings such as those of `1.250`, each written so that it has no other. `unit` follows the number.
pub(super) fn readings(one: Decimal, other: Decimal, unit: &str) -> [Reading; 2] {
    [one, other].map(|value| {
        let clear = decimal::write_places(value, clear_places(value, 0));
        Reading::new(format!("{}{unit}", decimal::write(value)), format!("{clear}{unit}"))
    })
}

/// What a word or letter after a number multiplies it by; 1 for none, `None` for what is no such word. There is no
/// `billion`: it is 10⁹ in English and 10¹² in German.
pub(super) fn factor(word: &str) -> Option<Decimal> {
    let word = word.strip_suffix('.').filter(|letters| !letters.is_empty()).unwrap_or(word);
    let thousands = match word {
        "" => 0,
        "k" | "tsd" | "thousand" => 1,
        "m" | "mn" | "mio" | "mill" | "million" | "millionen" => 2,
        "b" | "bn" | "mrd" | "milliarde" | "milliarden" => 3,
        _ => return None,
    };
    Some(Decimal::from(1000_i64.pow(thousands)))
}

/// A prepared text taken apart around its digits.
pub(super) struct Parts<'a> {
    pub negative: bool,
    pub head: &'a str,
    pub digits: &'a str,
    pub tail: &'a str,
}

/// What the digits say.
pub(super) enum Amount {
    One(Decimal),
    Two { grouped: Decimal, with_decimals: Decimal, mark: DecimalMark },
}

impl<'a> Parts<'a> {
    /// Head, sign, digits and tail of a text; `None` if it has no digits.
    pub fn of(plain: &'a str) -> Option<Self> {
        let first = plain.find(|c: char| c.is_ascii_digit())?;
        let last = plain.rfind(|c: char| c.is_ascii_digit())?;
        // `.5` starts with its mark.
        let start = if plain[..first].ends_with(['.', ',']) { first - 1 } else { first };
        let head = plain[..start].trim();
        let signed = |sign: char| {
            let before = head.strip_prefix(sign).or_else(|| head.strip_suffix(sign));
            before.map(|rest| (sign == '-', rest.trim()))
        };
        let (negative, head) = signed('-').or_else(|| signed('+')).unwrap_or((false, head));
        // "1.250,- €" and "1.250.– CHF" end a round amount so.
        let tail = plain[last + 1..].trim();
        let round = tail.strip_prefix([',', '.']).and_then(|rest| rest.strip_prefix(['-', '–', '—']));
        let tail = round.map_or(tail, |rest| rest.trim_start_matches(['-', '–', '—']).trim());
        Some(Self { negative, head, digits: &plain[start..=last], tail })
    }

    /// The number the digits make, times the factor; `text` and `what` are for saying why there is none.
    pub fn amount(&self, factor: Decimal, text: &str, what: What) -> Result<Amount, InputError> {
        let digits = self.digits;
        let too_large = || InputError::out_of_range(text, what);
        let value = |whole, fraction| self.value(whole, fraction, factor).ok_or_else(too_large);
        let marks: Vec<char> = digits.chars().filter(|c| !c.is_ascii_digit()).collect();
        if marks.iter().any(|mark| !matches!(mark, ',' | '.' | '\'' | '_' | ' ')) {
            return Err(InputError::unreadable(text, what));
        }
        let decimals = marks.last().filter(|mark| matches!(mark, ',' | '.')).and_then(|mark| {
            let (whole, fraction) = digits.rsplit_once(*mark)?;
            let whole_reads = is_grouped(whole) || whole.bytes().all(|b| b.is_ascii_digit());
            (whole_reads && !whole.contains(*mark) && !fraction.is_empty()).then_some((whole, fraction))
        });
        let mark = if marks.last() == Some(&',') { DecimalMark::Comma } else { DecimalMark::Point };
        match (marks.is_empty() || is_grouped(digits), decimals) {
            (true, None) => Ok(Amount::One(value(digits, "")?)),
            (false, Some((whole, fraction))) => Ok(Amount::One(value(whole, fraction)?)),
            (true, Some((whole, fraction))) => {
                Ok(Amount::Two { grouped: value(digits, "")?, with_decimals: value(whole, fraction)?, mark })
            }
            (false, None) => Err(InputError::unreadable(text, what)),
        }
    }

    fn value(&self, whole: &str, fraction: &str, factor: Decimal) -> Option<Decimal> {
        let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
        let whole = if whole.is_empty() { "0" } else { &whole };
        let number = if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") };
        let value = decimal::read(&number)?.checked_mul(factor)?;
        Some(if self.negative { -value } else { value })
    }
}

/// Whether digits are parted into thousands all by one sign: 1 to 3 digits, not starting with 0, then threes. With
/// commas also the Indian way, twos before the last three: `12,50,000`.
fn is_grouped(digits: &str) -> bool {
    let Some(sign) = digits.chars().find(|c| !c.is_ascii_digit()) else { return false };
    let groups: Vec<&str> = digits.split(sign).collect();
    let [first, middle @ .., last] = groups.as_slice() else { return false };
    let all_digits = groups.iter().all(|group| group.bytes().all(|b| b.is_ascii_digit()));
    let starts = (1..=3).contains(&first.len()) && !first.starts_with('0');
    let threes = middle.iter().all(|group| group.len() == 3);
    let indian = sign == ',' && first.len() <= 2 && middle.iter().all(|group| group.len() == 2);
    all_digits && starts && last.len() == 3 && (threes || indian)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::input::tests::{comma, point, told, undecided};

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(told(number(text, &undecided())), expect, "{text:?}");
    }

    #[test]
    fn one_reading() {
        check("1250", "1250");
        check(" 1250 ", "1250");
        check("0", "0");
        check("-5", "-5");
        check("−5", "-5");
        check("- 5", "-5");
        check("+5", "5");
        check(".5", "0.5");
        check(",5", "0.5");
        check("1.25", "1.25");
        check("1,25", "1.25");
        check("1.2500", "1.25");
        check("0.250", "0.25");
        check("1250.125", "1250.125");
        check("1.250,00", "1250");
        check("1,250.00", "1250");
        check("1.250.000", "1250000");
        check("1,250,000.5", "1250000.5");
        check("12,50,000", "1250000");
        check("1 250", "1250");
        check("1 250 000,5", "1250000.5");
        check("1\u{202f}250", "1250");
        check("1'250.50", "1250.5");
        check("1’250", "1250");
        check("1_000_000", "1000000");
        check("１２５０", "1250");
        check("007", "7");
    }

    #[test]
    fn multiplied() {
        check("12.5k", "12500");
        check("12,5 k", "12500");
        check("3M", "3000000");
        check("3 m", "3000000");
        check("1.2bn", "1200000000");
        check("250 Tsd.", "250000");
        check("1,5 Mio.", "1500000");
        check("2 Mrd", "2000000000");
        check("-2k", "-2000");
    }

    #[test]
    fn two_readings() {
        check("1.250", "! '1.250' could be 1250 or 1.25: write 1250 or 1.25");
        check("1,250", "! '1,250' could be 1250 or 1.25: write 1250 or 1.25");
        check("-1,234", "! '-1,234' could be -1234 or -1.234: write -1234 or -1.2340");
        check("1.250k", "! '1.250k' could be 1250000 or 1250: write 1250000 or 1250");
        assert_eq!(told(number("1.250", &comma())), "1250");
        assert_eq!(told(number("1.250", &point())), "1.25");
        assert_eq!(told(number("1,250", &comma())), "1.25");
        assert_eq!(told(number("1,250", &point())), "1250");
    }

    #[test]
    fn one_reading_holds_against_the_style() {
        assert_eq!(told(number("1.250,00", &point())), "1250");
        assert_eq!(told(number("1,250.00", &comma())), "1250");
        assert_eq!(told(number("1.5", &comma())), "1.5");
        assert_eq!(told(number("1.250.000", &point())), "1250000");
    }

    #[test]
    fn refused() {
        for text in [
            "abc",
            "-",
            "1-2",
            "1.2.3",
            "1,25,0",
            "1.250,000.5",
            "12 50",
            "(5)",
            "5-",
            "1e5",
            "0x1f",
            "5x",
            "1..5",
            "1.",
            "k",
            "--5",
            "1 000 00",
            "1.25.000",
            "٣",
            "$5",
            "12:30",
        ] {
            let message = told(number(text, &undecided()));
            assert!(
                message.ends_with("does not read as a number: write it as 1250, 12.5k or 3M"),
                "{text:?}: {message}"
            );
        }
        check("", "! type a number, such as 1250, 12.5k or 3M");
        check(
            "1000000000000000000",
            "! '1000000000000000000' is too large for a number: write a smaller one",
        );
        check("9999999999999999bn", "! '9999999999999999bn' is too large for a number: write a smaller one");
        assert!(number(&"9".repeat(100_000), &undecided()).is_err());
    }

    #[test]
    fn whole_numbers() {
        assert_eq!(integer("12k", &undecided()), Ok(12_000));
        assert_eq!(integer("1.5k", &undecided()), Ok(1500));
        assert_eq!(
            told(integer("1.5", &undecided())),
            "! '1.5' is not a whole number: leave the decimals away"
        );
        assert!(told(integer("x", &undecided())).contains("a whole number"));
    }
}
