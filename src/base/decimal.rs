//! Numbers as files hold them: `-1234.5`. One spelling each, whatever the workspace's style.

use super::limits::{MAX_DECIMALS, MAX_WHOLE_DIGITS};
use rust_decimal::Decimal;

/// Reads a canonical number: an optional `-`, digits, and optionally `.` and digits. Nothing else: no exponent,
/// no grouping, no `+`, no blanks. `None` too for a number beyond the [limits](super::limits).
pub fn read(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || fraction.is_some_and(|part| !all_digits(part)) {
        return None;
    }
    let fraction = fraction.unwrap_or_default();
    if whole.trim_start_matches('0').len() > MAX_WHOLE_DIGITS {
        return None;
    }
    let significant = fraction.trim_end_matches('0');
    if significant.len() > MAX_DECIMALS as usize {
        return None;
    }
    let sign = if text.starts_with('-') { "-" } else { "" };
    let point = if significant.is_empty() { "" } else { "." };
    let value = Decimal::from_str_exact(&format!("{sign}{whole}{point}{significant}")).ok()?;
    Some(value.normalize())
}

/// Whether a computed number is still one that files can hold.
pub fn within_limits(value: Decimal) -> bool {
    let value = value.normalize();
    value.scale() <= MAX_DECIMALS && value.abs() < Decimal::from(10_i64.pow(MAX_WHOLE_DIGITS as u32))
}

/// Writes a number canonically, without trailing zeros: `1234.5`, `0`, `-3`.
pub fn write(value: Decimal) -> String {
    value.normalize().to_string()
}

/// Writes a number with at least `places` decimals, more only if it has more: `1234.50`.
pub fn write_places(value: Decimal, places: u32) -> String {
    let mut value = value.normalize();
    if value.scale() < places {
        value.rescale(places);
    }
    value.to_string()
}

/// So many decimals at least that nobody can take a number for another: three would look like thousands (`1.234`),
/// so a fourth is written (`1.2340`).
pub fn clear_places(value: Decimal, places: u32) -> u32 {
    let places = value.normalize().scale().max(places);
    if places == 3 { 4 } else { places }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_one_spelling() {
        let check = |text: &str, expect: Option<&str>| {
            assert_eq!(read(text).map(write).as_deref(), expect, "{text:?}")
        };
        check("0", Some("0"));
        check("-0", Some("0"));
        check("007", Some("7"));
        check("1.10", Some("1.1"));
        check("-1234.5", Some("-1234.5"));
        check("999999999999999999", Some("999999999999999999"));
        check("1000000000000000000", None);
        check("0.123456789", Some("0.123456789"));
        check("0.1234567891", None);
        for bad in ["", "-", ".", "1.", ".5", "+1", "1e5", "1_000", "1,5", " 1", "0x1f", "1.2.3", "--1", "١"]
        {
            check(bad, None);
        }
        check(&"9".repeat(10_000), None);
        check(&format!("1.{}", "0".repeat(10_000)), Some("1"));
    }

    #[test]
    fn writes_at_least_the_places_asked_for() {
        let check = |text: &str, places, expect: &str| {
            assert_eq!(write_places(read(text).unwrap(), places), expect);
        };
        check("12500", 2, "12500.00");
        check("12500", 0, "12500");
        check("1.5", 2, "1.50");
        check("1.234", 2, "1.234");
        check("-0", 2, "0.00");
    }

    /// Any number that files can hold.
    pub fn any_decimal() -> impl Strategy<Value = Decimal> {
        let most = 10_i64.pow(18) - 1;
        // Small ones too, for they are what people write.
        let units = prop_oneof![-most..=most, -100_000_i64..100_000];
        (units, 0u32..=9).prop_map(|(units, scale)| Decimal::new(units, scale).normalize())
    }

    proptest! {
        #[test]
        fn round_trip(value in any_decimal()) {
            prop_assert!(within_limits(value));
            prop_assert_eq!(read(&write(value)), Some(value));
            prop_assert_eq!(read(&write_places(value, 2)), Some(value));
        }
    }
}
