//! Money: a decimal amount in a currency, never a float; and the rates that make one sum of many currencies.

use super::currency::{Currency, CurrencyError};
use super::decimal;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// An amount in a currency. `Display` and `FromStr` are the canonical text of files: `12500.00 EUR`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    pub amount: Decimal,
    pub currency: Currency,
}

/// Why a text is not canonical money.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("{0:?} is no amount: write it as 12500.00 EUR")]
    Shape(String),
    #[error(transparent)]
    Currency(#[from] CurrencyError),
}

impl Money {
    /// That amount of that currency.
    pub fn new(amount: Decimal, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Reads canonical text; a bare number is in `base`.
    pub fn read(text: &str, base: Currency) -> Result<Self, MoneyError> {
        let (number, currency) = match text.split_once(' ') {
            Some((number, code)) => (number, Currency::new(code)?),
            None => (text, base),
        };
        let amount =
            decimal::read(number).ok_or_else(|| MoneyError::Shape(text.chars().take(40).collect()))?;
        Ok(Self { amount, currency })
    }

    /// The sum, if both are of one currency and it is not astronomically large.
    pub fn checked_add(&self, other: &Self) -> Option<Self> {
        let same = self.currency == other.currency;
        let amount = if same { self.amount.checked_add(other.amount) } else { None }?;
        Some(Self { amount, ..*self })
    }

    /// So many times this amount, unless that is astronomically large.
    pub fn checked_mul(&self, factor: Decimal) -> Option<Self> {
        Some(Self { amount: self.amount.checked_mul(factor)?, ..*self })
    }

    /// So many percent of this amount, unrounded, unless that is astronomically large.
    pub fn percent(&self, percent: Decimal) -> Option<Self> {
        let amount = self.amount.checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED)?;
        Some(Self { amount, ..*self })
    }

    /// Rounded to the currency's minor unit, halves away from zero as invoices do.
    pub fn rounded(&self) -> Self {
        let strategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
        Self { amount: self.amount.round_dp_with_strategy(self.currency.decimals(), strategy), ..*self }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", decimal::write_places(self.amount, self.currency.decimals()), self.currency)
    }
}

impl FromStr for Money {
    type Err = MoneyError;

    /// Reads canonical text that names its currency.
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        if !text.contains(' ') {
            return Err(MoneyError::Shape(text.chars().take(40).collect()));
        }
        Self::read(text, Currency::EUR)
    }
}

serde_as_text!(Money);

/// What one unit of each currency is worth in the base currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rates {
    pub base: Currency,
    /// Base units for one unit of the currency; the base itself need not be listed.
    pub rates: BTreeMap<Currency, Decimal>,
}

impl Rates {
    /// No currency but the base one.
    pub fn new(base: Currency) -> Self {
        Self { base, rates: BTreeMap::new() }
    }

    /// What one unit of `currency` is worth in the base currency; `None` if nobody said.
    pub fn rate(&self, currency: Currency) -> Option<Decimal> {
        if currency == self.base { Some(Decimal::ONE) } else { self.rates.get(&currency).copied() }
    }

    /// The same value in the base currency, unrounded; `None` without a rate. A sum that must be right shows
    /// how many amounts had none.
    pub fn to_base(&self, money: &Money) -> Option<Decimal> {
        money.amount.checked_mul(self.rate(money.currency)?)
    }

    /// The same value in another currency, unrounded; `None` without a rate for either.
    pub fn convert(&self, money: &Money, to: Currency) -> Option<Money> {
        if money.currency == to {
            return Some(*money);
        }
        let amount = self.to_base(money)?.checked_div(self.rate(to)?)?;
        Some(Money::new(amount, to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::decimal::tests::any_decimal;
    use proptest::prelude::*;

    fn eur(text: &str) -> Money {
        Money::read(text, Currency::EUR).unwrap()
    }

    #[test]
    fn canonical_text() {
        let check = |text: &str, expect: &str| assert_eq!(eur(text).to_string(), expect);
        check("12500", "12500.00 EUR");
        check("12500.5 EUR", "12500.50 EUR");
        check("0.123 EUR", "0.123 EUR");
        check("-7 USD", "-7.00 USD");
        check("-0", "0.00 EUR");
        check("1200 JPY", "1200 JPY");
        check("1.5 KWD", "1.500 KWD");
        for bad in ["", "EUR", "12 eur", "12  EUR", "12 EUR ", "1,5 EUR", "12EUR", "€12", "1e3 EUR"] {
            assert!(Money::read(bad, Currency::EUR).is_err(), "{bad:?}");
        }
        assert!("12".parse::<Money>().is_err());
    }

    #[test]
    fn sums_only_within_a_currency() {
        assert_eq!(eur("1.10").checked_add(&eur("2.20")), Some(eur("3.30")));
        assert_eq!(eur("1").checked_add(&eur("1 USD")), None);
        let huge = Money::new(Decimal::MAX, Currency::EUR);
        assert_eq!(huge.checked_add(&huge), None);
        assert_eq!(huge.checked_mul(Decimal::TWO), None);
    }

    #[test]
    fn rounds_to_the_minor_unit() {
        let check = |text: &str, expect: &str| assert_eq!(eur(text).rounded().to_string(), expect);
        check("1.005", "1.01 EUR");
        check("-1.005", "-1.01 EUR");
        check("10.5 JPY", "11 JPY");
    }

    #[test]
    fn rates() {
        let mut rates = Rates::new(Currency::EUR);
        rates.rates.insert(Currency::USD, Decimal::new(8, 1));
        assert_eq!(rates.to_base(&eur("10")), Some(Decimal::TEN));
        assert_eq!(rates.to_base(&eur("10 USD")), Some(Decimal::from(8)));
        assert_eq!(rates.to_base(&eur("10 CHF")), None);
        assert_eq!(rates.convert(&eur("8"), Currency::USD), Some(eur("10 USD")));
        rates.rates.insert(Currency::CHF, Decimal::ZERO);
        assert_eq!(rates.convert(&eur("8"), Currency::CHF), None);
    }

    proptest! {
        #[test]
        fn round_trip(amount in any_decimal(), code in "[A-Z]{3}") {
            let money = Money::new(amount, Currency::new(&code).unwrap());
            prop_assert_eq!(money.to_string().parse::<Money>(), Ok(money));
        }
    }
}
