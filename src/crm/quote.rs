//! What a quote, an order or a deal comes to: its lines, discounts and taxes, worked out and never stored.

use crate::base::{Currency, Money};
use crate::model::{Book, Record, Value};
use rust_decimal::Decimal;

/// The totals of a record with lines, in its own currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// What each line comes to, after its own discount; `None` where its price or quantity does not read, or is in
    /// another currency.
    pub lines: Vec<Option<Money>>,
    /// The sum of the lines that are not optional.
    pub subtotal: Money,
    /// The discount on the whole, in percent and as an amount.
    pub discount: Option<(Decimal, Money)>,
    /// What delivery costs.
    pub shipping: Option<Money>,
    /// The taxes on the lines, after the discount on the whole.
    pub tax: Money,
    /// All of it.
    pub total: Money,
    /// How many lines are in no sum because they do not read.
    pub left_out: usize,
}

/// The currency of a record with lines: the one it names, else its first price's, else the workspace's.
pub fn currency(book: &Book, record: &Record) -> Currency {
    let base = book.settings().currency();
    let named = record.text("currency").parse().ok();
    let first = || record.get("lines").items().iter().find_map(|line| price(line, base)).map(|m| m.currency);
    named.or_else(first).unwrap_or(base)
}

/// The totals of a record with `lines`. `None` where it has none, or sums no number can hold.
pub fn totals(book: &Book, record: &Record) -> Option<Totals> {
    let lines = record.get("lines").items();
    if lines.is_empty() {
        return None;
    }
    let currency = currency(book, record);
    let none = Money::new(Decimal::ZERO, currency);
    let whole = record.percent("discount").unwrap_or_default();
    let mut totals = Totals {
        lines: Vec::with_capacity(lines.len()),
        subtotal: none,
        discount: None,
        shipping: record.money("shipping", currency).filter(|m| m.currency == currency),
        tax: none,
        total: none,
        left_out: 0,
    };
    for line in lines {
        let net = net(line, currency);
        totals.lines.push(net);
        let Some(net) = net else {
            totals.left_out += 1;
            continue;
        };
        if !is_true(line.get("optional")) {
            totals.subtotal = totals.subtotal.checked_add(&net)?;
            let taxed = share(&net, Decimal::ONE_HUNDRED - whole)?;
            let tax = share(&taxed, percent(line.get("tax")).unwrap_or_default())?;
            totals.tax = totals.tax.checked_add(&tax)?;
        }
    }
    totals.tax = totals.tax.rounded();
    let off = share(&totals.subtotal, whole)?.rounded();
    totals.discount = (!whole.is_zero()).then_some((whole, off));
    let after = Money::new(totals.subtotal.amount.checked_sub(off.amount)?, currency);
    totals.total = after.checked_add(&totals.tax)?;
    if let Some(shipping) = &totals.shipping {
        totals.total = totals.total.checked_add(shipping)?;
    }
    Some(totals)
}

/// What a line comes to after its own discount, rounded as it is printed.
fn net(line: &Value, currency: Currency) -> Option<Money> {
    let price = price(line, currency).filter(|m| m.currency == currency)?;
    let quantity = match line.get("quantity").as_str() {
        "" => Decimal::ONE,
        text => text.trim().parse().ok()?,
    };
    let discount = percent(line.get("discount")).unwrap_or_default();
    Some(share(&price.checked_mul(quantity)?, Decimal::ONE_HUNDRED - discount)?.rounded())
}

fn price(line: &Value, base: Currency) -> Option<Money> {
    Money::read(line.get("unit_price").as_str(), base).ok()
}

fn share(money: &Money, percent: Decimal) -> Option<Money> {
    let part = money.checked_mul(percent)?;
    Some(Money::new(part.amount.checked_div(Decimal::ONE_HUNDRED)?, money.currency))
}

fn percent(value: &Value) -> Option<Decimal> {
    value.as_str().trim_end_matches('%').trim().parse().ok()
}

fn is_true(value: &Value) -> bool {
    matches!(value.as_str(), "true" | "yes")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::{book, reference, sample};

    fn check(record: &str, expect: &str) {
        let book = book(&format!("quotes/q: {{{record}}}\n"));
        let told = totals(&book, book.get(&reference("quotes/q")).unwrap()).map(|t| {
            let lines: Vec<_> =
                t.lines.iter().map(|l| l.map_or("–".to_owned(), |l| l.amount.to_string())).collect();
            let discount = t.discount.map(|(_, off)| format!(" -{}", off.amount)).unwrap_or_default();
            let (sub, tax) = (t.subtotal.amount, t.tax.amount);
            format!("{} = {sub}{discount} tax {tax} = {}", lines.join(" + "), t.total)
        });
        assert_eq!(told.unwrap_or_default(), expect, "{record}");
    }

    #[test]
    fn sums() {
        check("name: Nothing", "");
        check("lines: [{quantity: 3, unit_price: 10.00 EUR}]", "30.00 = 30.00 tax 0 = 30.00 EUR");
        check(
            "lines: [{quantity: 3, unit_price: 10.00, discount: 10%}, {unit_price: 5.00}]",
            "27.00 + 5.00 = 32.00 tax 0 = 32.00 EUR",
        );
        check(
            "discount: 10%, shipping: 4.00, lines: [{quantity: 2, unit_price: 50.00, tax: 19%}]",
            "100.00 = 100.00 -10.00 tax 17.10 = 111.10 EUR",
        );
        check("lines: [{unit_price: 7}, {unit_price: 9, optional: true}]", "7 + 9 = 7 tax 0 = 7.00 EUR");
        check("lines: [{unit_price: 7 CHF}, {unit_price: 9 EUR}]", "7 + – = 7 tax 0 = 7.00 CHF");
        check("lines: [{quantity: many, unit_price: 7}]", "– = 0 tax 0 = 0.00 EUR");
    }

    #[test]
    fn the_samples_quote_is_worth_what_its_deal_says() {
        let book = sample();
        let quotes = book.of_type("quote");
        let quote = quotes.iter().find(|q| q.text("number") == "Q-26-3F9K").unwrap();
        assert_eq!(totals(&book, quote).unwrap().total.to_string(), "85000.00 EUR");
    }
}
