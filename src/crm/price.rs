//! What follows from a product for a line of a quote, an order or a deal: its price there, its unit, its tax.

use crate::base::{Money, Ref};
use crate::model::{Book, FieldsRef, Record, TypeDef, Value};
use rust_decimal::Decimal;
use smol_str::SmolStr;

/// The values that a line's product gives it, of those a line of this kind has: `unit_price` from the price book that
/// the record names, for that many units, else the product's list price; `unit` and `tax` from the product. What the
/// line is called is left alone: without a description of its own it goes by the product's name.
pub fn of_product(book: &Book, ty: &TypeDef, fields: FieldsRef<'_>, line: &Value) -> Vec<(SmolStr, Value)> {
    let Some(product) = record(book, "product", line.get("product").as_str()) else { return Vec::new() };
    let parts = ty.field("lines").map_or(&[][..], |lines| lines.lines());
    let given = [
        ("unit_price", price(book, fields, line, product)),
        ("unit", Some(product.get("unit").clone())),
        ("tax", Some(product.get("tax").clone())),
    ];
    let known = given.into_iter().filter(|(name, _)| parts.iter().any(|part| part.name == *name));
    known
        .filter_map(|(name, value)| Some((SmolStr::new_static(name), value?)))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

/// The price in the record's price book that holds for so many units, else the list price.
fn price(book: &Book, fields: FieldsRef<'_>, line: &Value, product: &Record) -> Option<Value> {
    let base = book.settings().currency();
    let named = fields.get("price_book").as_str();
    let Some(prices) = record(book, "price_book", named) else { return Some(product.get("price").clone()) };
    let number = |value: &Value| value.as_str().trim().parse::<Decimal>().ok();
    let quantity = number(line.get("quantity")).unwrap_or(Decimal::ONE);
    let from = |entry: &Value| number(entry.get("min_quantity")).unwrap_or_default();
    let entries = prices.get("entries").items().iter();
    let holding =
        entries.filter(|e| e.get("product").as_str() == product.id().as_str() && from(e) <= quantity);
    match holding.max_by_key(|entry| from(entry)) {
        // A bare number is in the price book's currency.
        Some(entry) => {
            let currency = prices.text("currency").parse().unwrap_or(base);
            let money = Money::read(entry.get("price").as_str(), currency).ok()?;
            Some(Value::text(money.to_string()))
        }
        None => Some(product.get("price").clone()),
    }
}

fn record<'b>(book: &'b Book, type_name: &str, id: &str) -> Option<&'b Record> {
    let folder = book.schema().find(type_name)?.folder.clone();
    book.get(&Ref { folder, id: id.parse().ok()? }).map(|record| &**record)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::{book, reference};

    fn check(record: &str, expect: &str) {
        let (folder, _) = record.split_once('/').unwrap();
        let book = book(&format!(
            "products/pump: {{name: Pump, price: 100 EUR, unit: pcs, tax: 19%}}
             \nproducts/hose: {{name: Hose, price: 7 EUR}}
             \nprice_books/usa: {{name: USA, currency: USD, entries: [{{id: a, product: pump, price: 130.00}}, \
             {{id: b, product: pump, min_quantity: 10, price: 117.00 USD}}]}}\n{record}\n"
        ));
        let record = book.get(&reference(&format!("{folder}/x"))).unwrap();
        let ty = book.schema().in_folder(&record.reference.folder).unwrap();
        let line = &record.get("lines").items()[0];
        let told: Vec<_> = of_product(&book, ty, (&record.fields).into(), line)
            .iter()
            .map(|(name, value)| format!("{name}={}", value.as_str()))
            .collect();
        assert_eq!(told.join(" "), expect, "{record:?}");
    }

    #[test]
    fn a_line_takes_what_its_product_says() {
        check("quotes/x: {lines: [{product: pump}]}", "unit_price=100 EUR unit=pcs tax=19%");
        check("quotes/x: {lines: [{product: hose}]}", "unit_price=7 EUR");
        check("opportunities/x: {lines: [{product: pump}]}", "unit_price=100 EUR");
        check("quotes/x: {lines: [{product: none}]}", "");
        check("quotes/x: {lines: [{description: Work}]}", "");
    }

    #[test]
    fn the_price_book_goes_before_the_list_price() {
        check(
            "quotes/x: {price_book: usa, lines: [{product: pump}]}",
            "unit_price=130.00 USD unit=pcs tax=19%",
        );
        check(
            "orders/x: {price_book: usa, lines: [{product: pump, quantity: 12}]}",
            "unit_price=117.00 USD unit=pcs tax=19%",
        );
        check("quotes/x: {price_book: usa, lines: [{product: hose}]}", "unit_price=7 EUR");
    }
}
