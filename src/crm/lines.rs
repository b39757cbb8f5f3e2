//! What the lines of a quote or an order come to.

use crate::base::Money;
use crate::model::{Book, Record, Value};
use rust_decimal::Decimal;

/// A sum of lines, in the currency of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amounts {
    /// After all discounts, with shipping, before tax.
    pub net: Money,
    /// The tax on the lines.
    pub tax: Money,
}

impl Amounts {
    /// What is to be paid.
    pub fn gross(&self) -> Option<Money> {
        self.net.checked_add(&self.tax)
    }
}

/// What the lines come to, each rounded as it is printed; optional lines are not in it. `None` without lines, and
/// where a line has no price or one in a currency that cannot be converted: no sum is better than a wrong one.
pub fn amounts(book: &Book, record: &Record) -> Option<Amounts> {
    let (base, rates) = (book.settings().currency(), book.settings().rates());
    let lines: Vec<&Value> =
        record.get("lines").items().iter().filter(|l| !is_true(l.get("optional"))).collect();
    let price = |line: &Value| Money::read(line.get("unit_price").as_str(), base).ok();
    let currency = match record.text("currency").parse() {
        Ok(currency) => currency,
        Err(_) => price(lines.first()?)?.currency,
    };
    let discount = remaining(record.get("discount"));
    let mut sums = [Decimal::ZERO; 2];
    for line in &lines {
        let quantity = match line.get("quantity").as_str() {
            "" => Decimal::ONE,
            text => text.trim().parse().ok()?,
        };
        let price = rates.convert(&price(line)?, currency)?;
        let net = price.checked_mul(quantity)?.checked_mul(remaining(line.get("discount")))?;
        let net = net.checked_mul(discount)?.rounded();
        let tax = net.checked_mul(percent(line.get("tax")) / Decimal::ONE_HUNDRED)?.rounded();
        sums = [sums[0].checked_add(net.amount)?, sums[1].checked_add(tax.amount)?];
    }
    if lines.is_empty() {
        return None;
    }
    if let Some(shipping) = record.money("shipping", currency) {
        sums[0] = sums[0].checked_add(rates.convert(&shipping, currency)?.amount)?;
    }
    Some(Amounts { net: Money::new(sums[0], currency), tax: Money::new(sums[1], currency) })
}

fn is_true(value: &Value) -> bool {
    matches!(value.as_str(), "true" | "yes")
}

fn percent(value: &Value) -> Decimal {
    value.as_str().trim_end_matches('%').trim().parse().unwrap_or_default()
}

/// What a discount leaves of one.
fn remaining(discount: &Value) -> Decimal {
    Decimal::ONE - percent(discount) / Decimal::ONE_HUNDRED
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::{book, reference};

    fn check(quote: &str, expect: &str) {
        let book = book(&format!("kontor: {{rates: {{USD: 0.5}}}}\nquotes/q: {{{quote}}}\n"));
        let amounts = amounts(&book, book.get(&reference("quotes/q")).unwrap());
        let shown = amounts.map(|a| format!("{} + {} = {}", a.net, a.tax, a.gross().unwrap()));
        assert_eq!(shown.as_deref().unwrap_or("-"), expect, "{quote}");
    }

    #[test]
    fn sums() {
        check(
            "lines: [{quantity: 3, unit_price: 10.00 EUR, tax: 19%}, {unit_price: 5}]",
            "35.00 EUR + 5.70 EUR = 40.70 EUR",
        );
        check(
            "lines: [{quantity: 2, unit_price: 100, discount: 10%}], discount: 50%, shipping: 9",
            "99.00 EUR + 0.00 EUR = 99.00 EUR",
        );
        check(
            "lines: [{unit_price: 10}, {unit_price: 90, optional: true}]",
            "10.00 EUR + 0.00 EUR = 10.00 EUR",
        );
        check(
            "currency: USD, lines: [{unit_price: 10 USD}, {unit_price: 10 EUR}]",
            "30.00 USD + 0.00 USD = 30.00 USD",
        );
        check("lines: [{quantity: 3, unit_price: 0.333}]", "1.00 EUR + 0.00 EUR = 1.00 EUR");
        check("lines: [{quantity: 3}]", "-");
        check("lines: [{unit_price: 1}, {unit_price: 1 CHF}]", "-");
        check("lines: [{quantity: many, unit_price: 1}]", "-");
        check("name: none", "-");
    }
}
