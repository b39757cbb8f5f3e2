//! Numbers for people: `12,400.5`, `210 k`, `78 %`.

use crate::base::decimal;
use crate::base::style::{Grouping, Style};
use rust_decimal::{Decimal, RoundingStrategy};

/// All of a number, thousands grouped: `12,400.5`.
pub fn number(value: Decimal, style: &Style) -> String {
    number_places(value, 0, style)
}

/// As [`number`], with at least so many decimals: `12,400.50`.
pub fn number_places(value: Decimal, places: u32, style: &Style) -> String {
    let plain = decimal::write_places(value, places);
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::with_capacity(plain.len() + whole.len() / 3 * 3);
    out.push_str(sign);
    for (index, digit) in whole.char_indices() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push_str(style.grouping.sign());
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(style.decimal.sign());
        out.push_str(fraction);
    }
    out
}

/// A whole number, thousands grouped: `12,400`.
pub fn integer(value: i64, style: &Style) -> String {
    number(Decimal::from(value), style)
}

impl Style {
    /// As [`integer`]: what [`tr_n!`](crate::tr_n) writes, so that it need not know who shows numbers.
    pub fn integer(&self, value: i64) -> String {
        integer(value, self)
    }
}

/// How many there are of something, thousands grouped: `20,000`.
pub fn count(many: usize, style: &Style) -> String {
    number(Decimal::from(many), style)
}

/// A number in three digits or so: `950`, `12.4 k`, `210 k`, `1.24 M`, `3.1 bn`. Rounded, so for overviews only.
pub fn compact(value: Decimal, style: &Style) -> String {
    let units = [("", 0), (" k", 3), (" M", 6), (" bn", 9), (" tn", 12)];
    for (unit, zeros) in units {
        let rounded = three_digits(value / Decimal::from(10_i64.pow(zeros)));
        // 999.6 k is 1 M.
        if rounded.abs() < Decimal::ONE_THOUSAND || unit == " tn" {
            return number(rounded, style) + unit;
        }
    }
    number(value, style)
}

fn three_digits(value: Decimal) -> Decimal {
    let places = match value.abs() {
        size if size < Decimal::TEN => 2,
        size if size < Decimal::ONE_HUNDRED => 1,
        _ => 0,
    };
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero).normalize()
}

/// A percentage, given in points: `78 %`, with the blank ISO 80000-1 asks for.
pub fn percent(points: Decimal, style: &Style) -> String {
    number(points, style) + " %"
}

/// A number as a form puts it before a person to be changed: no grouping, the style's decimal mark, and written so
/// that [`input::number`](crate::base::input::number) reads it back whatever style decides.
pub fn editable(value: Decimal, style: &Style) -> String {
    number_places(value, decimal::clear_places(value, 0), &Style { grouping: Grouping::None, ..*style })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::decimal::tests::any_decimal;
    use crate::base::input::{self, tests as styles};
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        decimal::read(text).unwrap()
    }

    #[test]
    fn grouped() {
        let check =
            |text: &str, style: Style, expect: &str| assert_eq!(number(decimal(text), &style), expect);
        check("0", Style::english(), "0");
        check("999", Style::english(), "999");
        check("12400.5", Style::english(), "12,400.5");
        check("-1234567.25", Style::english(), "-1,234,567.25");
        check("-123", Style::english(), "-123");
        check("12400.5", Style::german(), "12.400,5");
        check("12400.5", Style::french(), "12\u{202f}400,5");
        check("12400.5", Style::swiss(), "12’400.5");
        assert_eq!(integer(i64::MIN, &Style::english()), "-9,223,372,036,854,775,808");
    }

    #[test]
    fn short() {
        let check = |text: &str, expect: &str| {
            assert_eq!(compact(decimal(text), &Style::english()), expect, "{text}")
        };
        check("0", "0");
        check("7", "7");
        check("950", "950");
        check("999.4", "999");
        check("999.6", "1 k");
        check("1234", "1.23 k");
        check("12400", "12.4 k");
        check("210000", "210 k");
        check("209950", "210 k");
        check("999499", "999 k");
        check("999500", "1 M");
        check("1240000", "1.24 M");
        check("-486000", "-486 k");
        check("3100000000", "3.1 bn");
        check("4500000000000000", "4,500 tn");
        assert_eq!(compact(decimal("1240000"), &Style::german()), "1,24 M");
    }

    #[test]
    fn percentages() {
        assert_eq!(percent(decimal("78"), &Style::english()), "78 %");
        assert_eq!(percent(decimal("7.5"), &Style::german()), "7,5 %");
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_typed(value in any_decimal()) {
            for style in [Style::english(), Style::german(), Style::french(), Style::swiss()] {
                for typed in [styles::undecided(), styles::comma(), styles::point()] {
                    prop_assert_eq!(input::number(&editable(value, &style), &typed), Ok(value));
                }
                let own = input::InputStyle { decimal: Some(style.decimal), ..styles::undecided() };
                prop_assert_eq!(input::number(&number(value, &style), &own), Ok(value));
            }
        }
    }
}
