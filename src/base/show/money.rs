//! Money for people: `85,000 €`, `12,400.50 €`, `210 k €`.

use super::number::{compact, number_places};
use crate::base::Money;
use crate::base::decimal::clear_places;
use crate::base::style::{Grouping, Style};

/// An amount with its currency's sign, decimals only if there are any: `85,000 €`, `12,400.50 €`, `1,200 CHF`.
pub fn money(money: &Money, style: &Style) -> String {
    let places = if money.amount.is_integer() { 0 } else { money.currency.decimals() };
    with_symbol(number_places(money.amount, places, style), money, style)
}

/// As [`money`], with all decimals the currency has, for columns of invoices: `85,000.00 €`.
pub fn money_full(money: &Money, style: &Style) -> String {
    with_symbol(number_places(money.amount, money.currency.decimals(), style), money, style)
}

/// A rounded amount in three digits or so: `210 k €`.
pub fn money_compact(money: &Money, style: &Style) -> String {
    with_symbol(compact(money.amount, style), money, style)
}

/// An amount as a form puts it before a person to be changed: `85000.00 EUR`, with the style's decimal mark, and
/// written so that [`input::money`](crate::base::input::money) reads it back whatever style decides.
pub fn money_editable(money: &Money, style: &Style) -> String {
    let places = clear_places(money.amount, money.currency.decimals());
    let style = Style { grouping: Grouping::None, ..*style };
    format!("{} {}", number_places(money.amount, places, &style), money.currency)
}

fn with_symbol(number: String, money: &Money, style: &Style) -> String {
    let symbol = money.currency.symbol();
    if !style.symbol_first || symbol == money.currency.code() {
        return format!("{number} {symbol}");
    }
    match number.strip_prefix('-') {
        Some(digits) => format!("-{symbol}{digits}"),
        None => format!("{symbol}{number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Currency;
    use crate::base::decimal::tests::any_decimal;
    use crate::base::input::{self, InputStyle, tests as styles};
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    #[test]
    fn amounts() {
        let check = |text: &str, style: Style, expect: &str| {
            assert_eq!(money(&Money::read(text, Currency::EUR).unwrap(), &style), expect);
        };
        check("85000", Style::english(), "85,000 €");
        check("12400.5", Style::english(), "12,400.50 €");
        check("85000", Style::german(), "85.000 €");
        check("12400.50", Style::german(), "12.400,50 €");
        check("85000 USD", Style::american(), "$85,000");
        check("-85000 USD", Style::american(), "-$85,000");
        check("1200 CHF", Style::swiss(), "1’200 CHF");
        check("1200 CHF", Style::american(), "1,200 CHF");
        check("1200 JPY", Style::english(), "1,200 ¥");
        check("0", Style::english(), "0 €");
        check("0.005", Style::english(), "0.005 €");
    }

    #[test]
    fn other_lengths() {
        let amount = Money::read("210000", Currency::EUR).unwrap();
        assert_eq!(money_full(&amount, &Style::english()), "210,000.00 €");
        assert_eq!(money_editable(&amount, &Style::german()), "210000,00 EUR");
        assert_eq!(money_compact(&amount, &Style::english()), "210 k €");
    }

    proptest! {
        #[test]
        fn what_a_form_shows_is_read_back(value in any_decimal(), code in prop::sample::select(vec!["EUR", "JPY", "KWD"])) {
            let amount = Money::new(value, Currency::new(code).unwrap());
            for style in [Style::english(), Style::german()] {
                for typed in [styles::undecided(), styles::comma(), styles::point()] {
                    prop_assert_eq!(input::money(&money_editable(&amount, &style), &typed), Ok(amount));
                }
            }
        }

        #[test]
        fn what_is_shown_can_be_typed(cents in -99_999_999_999_999_999_i64..99_999_999_999_999_999, code in prop::sample::select(vec!["EUR", "USD", "GBP", "CHF", "SEK", "PLN"])) {
            let amount = Money::new(Decimal::new(cents, 2).normalize(), Currency::new(code).unwrap());
            for style in [Style::english(), Style::german(), Style::french(), Style::swiss(), Style::american()] {
                let own = InputStyle { decimal: Some(style.decimal), ..styles::undecided() };
                prop_assert_eq!(input::money(&money(&amount, &style), &own), Ok(amount));
            }
        }
    }
}
