//! What stands under the lines of a quote, an order or a deal: each line's own sum, and the way to the total.

use super::lines::amounts;
use crate::base::{Currency, Money, Now, Ref};
use crate::model::{Book, Record, TypeDef, Value};
use rust_decimal::Decimal;

/// A record's lines, added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// What each line comes to after its own discount; `None` where its price or quantity does not read.
    pub lines: Vec<Option<Money>>,
    /// All of them together; `None` where a line that counts does not read.
    pub sums: Option<Sums>,
}

/// From the lines to the total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sums {
    /// The sum of the lines that are not optional.
    pub subtotal: Money,
    /// The discount on the whole, in percent and as an amount.
    pub discount: Option<(Decimal, Money)>,
    /// What delivery costs.
    pub shipping: Option<Money>,
    /// The taxes on the lines.
    pub tax: Money,
    /// What is to be paid.
    pub total: Money,
}

/// The totals of a record with `lines`. `None` where it has none.
pub fn totals(book: &Book, record: &Record) -> Option<Totals> {
    let lines = record.get("lines").items();
    let amounts = amounts(book, record);
    let currency = amounts.map(|amounts| amounts.net.currency);
    let nets: Vec<_> = lines.iter().map(|line| net(book, line, currency)).collect();
    let sums = amounts.and_then(|amounts| {
        let none = Money::new(Decimal::ZERO, amounts.net.currency);
        let counted = lines.iter().zip(&nets).filter(|(line, _)| !is_true(line.get("optional")));
        let subtotal = counted.map(|(_, net)| *net).try_fold(none, |sum, net| sum.checked_add(&net?))?;
        let rates = book.settings().rates();
        let shipping = record.money("shipping", none.currency).and_then(|m| rates.convert(&m, none.currency));
        // What the discount takes off is what is missing, so that the column adds up to the cent.
        let before = subtotal.checked_add(&shipping.unwrap_or(none))?;
        let off = Money::new(before.amount.checked_sub(amounts.net.amount)?, none.currency);
        let percent = record.percent("discount").filter(|percent| !percent.is_zero());
        let discount = percent.map(|percent| (percent, off));
        Some(Sums { subtotal, discount, shipping, tax: amounts.tax, total: amounts.gross()? })
    });
    (!lines.is_empty()).then_some(Totals { lines: nets, sums })
}

/// The number printed on a new quote, from the random end of its id, which no other has: `Q-26-3F9K`. `None` for other
/// types, whose numbers come from elsewhere, and where the number is in use.
pub fn number(book: &Book, ty: &TypeDef, reference: &Ref, now: Now) -> Option<Value> {
    let tail = reference.id.as_str().rsplit('-').next()?.to_uppercase();
    let number = format!("Q-{}-{tail}", now.today().format("%y"));
    let taken = || book.of_type("quote").iter().any(|quote| quote.text("number") == number);
    (ty.name == "quote" && ty.field("number").is_some() && !taken()).then(|| Value::text(&number))
}

/// What a line comes to after its own discount, rounded as it is printed, in that currency or its own.
fn net(book: &Book, line: &Value, currency: Option<Currency>) -> Option<Money> {
    let price = Money::read(line.get("unit_price").as_str(), book.settings().currency()).ok()?;
    let price = match currency {
        Some(currency) => book.settings().rates().convert(&price, currency)?,
        None => price,
    };
    let quantity = match line.get("quantity").as_str() {
        "" => Decimal::ONE,
        text => text.trim().parse().ok()?,
    };
    let discount: Decimal =
        line.get("discount").as_str().trim_end_matches('%').trim().parse().unwrap_or_default();
    let left = Decimal::ONE - discount / Decimal::ONE_HUNDRED;
    Some(price.checked_mul(quantity)?.checked_mul(left)?.rounded())
}

fn is_true(value: &Value) -> bool {
    matches!(value.as_str(), "true" | "yes")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::{book, reference, sample};

    /// Lines, subtotal, discount, shipping, tax, total.
    fn check(record: &str, expect: &str) {
        let book = book(&format!("quotes/q: {{{record}}}\n"));
        let totals = totals(&book, book.get(&reference("quotes/q")).unwrap());
        let told = totals.map(|t| {
            let line = |m: &Option<Money>| m.map_or("?".to_owned(), |m| m.to_string());
            let lines: Vec<_> = t.lines.iter().map(line).collect();
            let sums = t.sums.map_or("?".to_owned(), |s| {
                let off = s.discount.map(|(_, off)| format!(" - {off}")).unwrap_or_default();
                let shipping = s.shipping.map(|m| format!(" + {m}")).unwrap_or_default();
                format!("{}{off}{shipping} + {} = {}", s.subtotal, s.tax, s.total)
            });
            format!("{} | {sums}", lines.join(", "))
        });
        assert_eq!(told.unwrap_or_default(), expect, "{record}");
    }

    #[test]
    fn sums() {
        check("name: Nothing", "");
        check(
            "lines: [{quantity: 3, unit_price: 10.00, discount: 10%}, {unit_price: 5}]",
            "27.00 EUR, 5.00 EUR | 32.00 EUR + 0.00 EUR = 32.00 EUR",
        );
        check(
            "discount: 10%, shipping: 4, lines: [{quantity: 2, unit_price: 50, tax: 19%}]",
            "100.00 EUR | 100.00 EUR - 10.00 EUR + 4.00 EUR + 17.10 EUR = 111.10 EUR",
        );
        check(
            "lines: [{unit_price: 7}, {unit_price: 9, optional: true}]",
            "7.00 EUR, 9.00 EUR | 7.00 EUR + 0.00 EUR = 7.00 EUR",
        );
        check("lines: [{unit_price: 7 CHF}, {unit_price: 9 EUR}]", "7.00 CHF, 9.00 EUR | ?");
        check("lines: [{quantity: many, unit_price: 7}, {unit_price: 2}]", "?, 2.00 EUR | ?");
    }

    #[test]
    fn the_samples_quote_is_worth_what_its_deal_says() {
        let book = sample();
        let quotes = book.of_type("quote");
        let quote = quotes.iter().find(|q| q.text("number") == "Q-26-3F9K").unwrap();
        assert_eq!(totals(&book, quote).unwrap().sums.unwrap().total.to_string(), "85000.00 EUR");
    }
}
