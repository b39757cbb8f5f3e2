//! Sums of amounts in many currencies, true about what they leave out.

use crate::base::{Currency, Money, Rates};
use crate::model::{Book, Kind, Record, TypeDef};
use rayon::prelude::*;
use rust_decimal::Decimal;
use std::sync::Arc;

/// A count and a sum in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// How many were added, those without an amount included.
    pub count: usize,
    /// The sum of the amounts.
    pub sum: Money,
    /// The sum of the amounts times their probabilities.
    pub weighted: Money,
    /// How many amounts are in neither sum because nobody said what their currency is worth.
    pub without_rate: usize,
    /// How many had no amount that can be read.
    pub without_amount: usize,
}

impl Total {
    /// Nothing yet.
    pub fn new(currency: Currency) -> Self {
        let none = Money::new(Decimal::ZERO, currency);
        Self { count: 0, sum: none, weighted: none, without_rate: 0, without_amount: 0 }
    }

    /// Adds an amount that comes with a probability of so many percent.
    pub fn add(&mut self, rates: &Rates, amount: Option<Money>, percent: Decimal) {
        self.count += 1;
        let Some(amount) = amount else {
            self.without_amount += 1;
            return;
        };
        let added = rates.convert(&amount, self.sum.currency).and_then(|amount| {
            Some((self.sum.checked_add(&amount)?, self.weighted.checked_add(&amount.percent(percent)?)?))
        });
        match added {
            Some((sum, weighted)) => (self.sum, self.weighted) = (sum, weighted),
            None => self.without_rate += 1,
        }
    }

    /// Adds another total of the same currency.
    pub fn join(&mut self, other: &Self) {
        let sums = self.sum.checked_add(&other.sum).zip(self.weighted.checked_add(&other.weighted));
        self.count += other.count;
        self.without_amount += other.without_amount;
        self.without_rate += other.without_rate;
        match sums {
            Some((sum, weighted)) => (self.sum, self.weighted) = (sum, weighted),
            None => self.without_rate += other.count - other.without_amount - other.without_rate,
        }
    }
}

/// The sum of what records of a type are about, in the base currency: of the first amount among the columns of its
/// list. `None` where there is no such column, or nothing in it.
pub fn amount(book: &Book, ty: &TypeDef, records: &[Arc<Record>]) -> Option<Money> {
    let is_money = |name: &&smol_str::SmolStr| ty.field(name).is_some_and(|f| matches!(f.kind, Kind::Money));
    let column = ty.list.iter().find(is_money)?;
    let settings = book.settings();
    let base = settings.currency();
    let amounts = records.par_iter().filter_map(|record| record.money(column, base));
    let total: Decimal = amounts.filter_map(|amount| settings.rates().to_base(&amount)).sum();
    (!total.is_zero()).then(|| Money::new(total.round(), base))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_in_the_sum_is_counted() {
        let mut rates = Rates::new(Currency::EUR);
        rates.rates.insert(Currency::USD, Decimal::new(8, 1));
        let mut total = Total::new(Currency::EUR);
        for (amount, percent) in [("100", 50), ("100 USD", 10), ("100 CHF", 50)] {
            total.add(&rates, Money::read(amount, Currency::EUR).ok(), Decimal::from(percent));
        }
        total.add(&rates, None, Decimal::ONE_HUNDRED);
        assert_eq!(
            (total.sum.to_string(), total.weighted.to_string()),
            ("180.00 EUR".into(), "58.00 EUR".into())
        );
        assert_eq!((total.count, total.without_rate, total.without_amount), (4, 1, 1));
        let mut twice = total.clone();
        twice.join(&total);
        assert_eq!((twice.count, twice.sum.to_string()), (8, "360.00 EUR".into()));
    }
}
