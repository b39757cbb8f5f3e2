//! Percentages as people type them: `30%`, `30`, `7,5 %`.

use super::error::{InputError, What};
use super::number::{number, readings};
use crate::base::style::InputStyle;
use rust_decimal::Decimal;

/// Reads a percentage as its points: 30 for `30%` and for `30`.
///
/// A bare number between 0 and 1 is refused: `0.3` is 30 % to those who come from a spreadsheet.
pub fn percent(text: &str, style: &InputStyle) -> Result<Decimal, InputError> {
    let bare = text.trim();
    let signed = bare.strip_suffix(['%', '％']).or_else(|| {
        let words = ["percent", "Percent", "Prozent", "prozent", "pct"];
        words.iter().find_map(|word| bare.strip_suffix(word))
    });
    let value =
        number(signed.unwrap_or(bare), style).map_err(|error| error.within(text, "%", What::Percent))?;
    if signed.is_none() && !value.is_zero() && value.abs() < Decimal::ONE {
        return Err(InputError::ambiguous(text, readings(value, value * Decimal::ONE_HUNDRED, "%")));
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::input::tests::{comma, point, told, undecided};
    use crate::base::show::editable;
    use crate::base::style::Style;
    use proptest::prelude::*;

    #[test]
    fn percentages() {
        let check =
            |text: &str, expect: &str| assert_eq!(told(percent(text, &undecided())), expect, "{text:?}");
        check("30%", "30");
        check("30", "30");
        check(" 7,5 % ", "7.5");
        check("12.5 percent", "12.5");
        check("50 Prozent", "50");
        check("0", "0");
        check("1", "1");
        check("0.3%", "0.3");
        check("-5%", "-5");
        check("250", "250");
        check("0.3", "! '0.3' could be 0.3% or 30%: write 0.3% or 30%");
        check(".10001", "! '.10001' could be 0.10001% or 10.001%: write 0.10001% or 10.0010%");
        check("1.250%", "! '1.250%' could be 1250% or 1.25%: write 1250% or 1.25%");
        check("", "! type a percentage, such as 30% or 7.5%");
        check("%", "! '%' does not read as a percentage: write it as 30% or 7.5%");
        check("high", "! 'high' does not read as a percentage: write it as 30% or 7.5%");
        check("30%%", "! '30%%' does not read as a percentage: write it as 30% or 7.5%");
    }

    proptest! {
        #[test]
        fn what_a_form_shows_is_read_back(units: i32, scale in 0u32..=9) {
            let points = Decimal::new(i64::from(units), scale).normalize();
            for style in [undecided(), comma(), point()] {
                prop_assert_eq!(percent(&format!("{}%", editable(points, &Style::english())), &style), Ok(points));
            }
        }
    }
}
