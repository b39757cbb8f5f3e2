//! Money as people type it: `12500`, `€85k`, `85k€`, `85,000 EUR`, `1.250,00 EUR`, `US$ 3M`, `1.250,- €`.

use super::error::{InputError, Reading, What, quote};
use super::number::{Amount, Parts, factor, in_limits, readings};
use super::prepare::prepare;
use crate::base::style::InputStyle;
use crate::base::{Currency, Money};
use rust_decimal::Decimal;

/// Reads an amount, its currency before or after it; one without is in the workspace's base currency.
///
/// A sign several countries share (`$`, `kr`, `¥`) means the base currency if that is one of them; else `$` is the
/// US dollar and the others are refused. Where the style would make `1.250 EUR` 1.25 EUR, the third decimal, which
/// euros do not have, speaks for thousands: that is refused too.
pub fn money(text: &str, style: &InputStyle) -> Result<Money, InputError> {
    let unreadable = || InputError::unreadable(text, What::Money);
    let plain = prepare(text, What::Money)?;
    let parts = Parts::of(&plain).ok_or_else(unreadable)?;
    let (factor, after) = split_tail(parts.tail).ok_or_else(unreadable)?;
    let amount = parts.amount(factor, text, What::Money)?;
    let times = parts.tail.strip_suffix(after).unwrap_or_default().trim_end();
    let number = format!("{}{}{times}", if parts.negative { "-" } else { "" }, parts.digits);
    let currency = match (parts.head, after) {
        ("", "") => style.base,
        (named, "") | ("", named) => currency(named, &number, text, style)?,
        // "€ 85 EUR" says it twice, "$ 85 EUR" two things.
        (before, after) => {
            let before = currency(before, &number, text, style)?;
            let after = currency(after, &number, text, style)?;
            if before == after { after } else { return Err(unreadable()) }
        }
    };
    let amount = match amount {
        Amount::One(value) => value,
        Amount::Two { grouped, with_decimals, mark } => match style.decimal {
            Some(own) if own != mark => grouped,
            Some(_) if factor != Decimal::ONE || currency.decimals() >= 3 => with_decimals,
            _ => {
                return Err(InputError::ambiguous(
                    text,
                    readings(grouped, with_decimals, &format!(" {currency}")),
                ));
            }
        },
    };
    Ok(Money::new(in_limits(amount, text, What::Money)?, currency))
}

/// What follows the digits: a multiplier and a currency, either or both or none.
fn split_tail(tail: &str) -> Option<(Decimal, &str)> {
    if looks_like_currency(tail) && factor(tail).is_none() {
        return Some((Decimal::ONE, tail));
    }
    let ends = tail.char_indices().map(|(at, _)| at).chain([tail.len()]);
    ends.rev().find_map(|end| {
        let rest = tail[end..].trim();
        let factor = factor(tail[..end].trim())?;
        (rest.is_empty() || looks_like_currency(rest)).then_some((factor, rest))
    })
}

fn looks_like_currency(text: &str) -> bool {
    signs(text).next().is_some() || (text.len() == 3 && text.bytes().all(|b| b.is_ascii_lowercase()))
}

/// The currencies a sign or a word for one may stand for.
fn signs(text: &str) -> impl Iterator<Item = Currency> {
    Currency::with_symbol(match text {
        "euro" | "euros" => "€",
        "dollar" | "dollars" => "$",
        "pound" | "pounds" => "£",
        "yen" => "円",
        sign => sign,
    })
}

fn currency(named: &str, number: &str, text: &str, style: &InputStyle) -> Result<Currency, InputError> {
    let candidates: Vec<Currency> = signs(named).collect();
    match candidates.as_slice() {
        [] => {}
        [one] => return Ok(*one),
        several if several.contains(&style.base) => return Ok(style.base),
        [Currency::USD, ..] => return Ok(Currency::USD),
        [Currency::GBP, ..] => return Ok(Currency::GBP),
        several => {
            let readings = several.iter().map(|code| Reading::new(code.code(), format!("{number} {code}")));
            return Err(InputError::ambiguous(text, readings));
        }
    }
    let code = Currency::new(&named.to_uppercase()).map_err(|_| InputError::unreadable(text, What::Money))?;
    if code.is_known() || code == style.base {
        return Ok(code);
    }
    let suggestion = code.nearest().map(|known| known.to_string());
    Err(InputError::UnknownCurrency { code: quote(code.code()), suggestion })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::input::tests::{comma, point, told, undecided};

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(told(money(text, &undecided())), expect, "{text:?}");
    }

    #[test]
    fn amounts_with_and_without_currency() {
        check("12500", "12500.00 EUR");
        check("€85k", "85000.00 EUR");
        check("85k€", "85000.00 EUR");
        check("85 k €", "85000.00 EUR");
        check("85kEUR", "85000.00 EUR");
        check("85 000 EUR", "85000.00 EUR");
        check("1.250,00 EUR", "1250.00 EUR");
        check("1,250.00", "1250.00 EUR");
        check("EUR 1,250.00", "1250.00 EUR");
        check("€ 85 EUR", "85.00 EUR");
        check("1.250.000,- €", "1250000.00 EUR");
        check("50.– CHF", "50.00 CHF");
        check("3M usd", "3000000.00 USD");
        check("1,5 Mio. €", "1500000.00 EUR");
        check("2 mrd yen", "2000000000 JPY");
        check("-€85", "-85.00 EUR");
        check("€-85", "-85.00 EUR");
        check("- 85 €", "-85.00 EUR");
        check("85 Euro", "85.00 EUR");
        check("1200 円", "1200 JPY");
        check("￥１２００ JPY", "! '￥１２００ JPY' could be JPY or CNY: write 1200 JPY or 1200 CNY");
        check("0.005 EUR", "0.005 EUR");
    }

    #[test]
    fn signs_of_several_countries() {
        check("$85k", "85000.00 USD");
        check("US$ 3M", "3000000.00 USD");
        check("A$ 20", "20.00 AUD");
        check("£1.5m", "1500000.00 GBP");
        check(
            "500 kr",
            "! '500 kr' could be SEK or NOK or DKK or ISK: write 500 SEK or 500 NOK or 500 DKK or 500 ISK",
        );
        check(
            "-2k kr",
            "! '-2k kr' could be SEK or NOK or DKK or ISK: write -2k SEK or -2k NOK or -2k DKK or -2k ISK",
        );
        let with_base = |code: &str| InputStyle { base: Currency::new(code).unwrap(), ..undecided() };
        assert_eq!(told(money("500 kr", &with_base("DKK"))), "500.00 DKK");
        assert_eq!(told(money("$5", &with_base("CAD"))), "5.00 CAD");
        assert_eq!(told(money("¥5", &with_base("CNY"))), "5.00 CNY");
        assert_eq!(told(money("5", &with_base("JPY"))), "5 JPY");
    }

    #[test]
    fn two_readings() {
        check("85,000 EUR", "! '85,000 EUR' could be 85000 EUR or 85 EUR: write 85000 EUR or 85 EUR");
        check("€1.250", "! '€1.250' could be 1250 EUR or 1.25 EUR: write 1250 EUR or 1.25 EUR");
        assert_eq!(told(money("85,000 EUR", &point())), "85000.00 EUR");
        assert_eq!(told(money("85.000 EUR", &comma())), "85000.00 EUR");
        assert_eq!(
            told(money("1.250 EUR", &point())),
            "! '1.250 EUR' could be 1250 EUR or 1.25 EUR: write 1250 EUR or 1.25 EUR"
        );
        assert_eq!(told(money("1.250 KWD", &point())), "1.250 KWD");
        assert_eq!(told(money("1.250k EUR", &point())), "1250.00 EUR");
    }

    #[test]
    fn refused() {
        for text in
            ["€", "EUR", "abc", "85 apples", "$ 85 EUR", "1m 20", "(85 €)", "85 € €", "12 of 30 EUR", "-"]
        {
            assert!(
                told(money(text, &undecided())).contains("does not read as an amount of money"),
                "{text:?}"
            );
        }
        check("85 ERU", "! there is no currency 'ERU': did you mean EUR?");
        check("85 QQQ", "! there is no currency 'QQQ': write its three letters, such as EUR or USD");
        check(
            "9999999999bn €",
            "! '9999999999bn €' is too large for an amount of money: write a smaller one",
        );
    }
}
