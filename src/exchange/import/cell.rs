//! One cell, read as what its field holds.

use super::fold::squeezed;
use super::names::Names;

use crate::base::{Currency, InputStyle, Money, decimal, input};
use crate::model::kinds::plain;
use crate::model::near::nearest;
use crate::model::schema::{Choice, FieldDef, Kind, Options};
use crate::model::{Moment, Value};
use crate::tr;
use rust_decimal::Decimal;

/// How the cells of a file are read.
#[derive(Debug, Clone, Copy)]
pub struct Manner<'a> {
    /// The type of the records.
    pub type_name: &'a str,
    /// How dates, numbers and amounts are written.
    pub style: InputStyle,
    /// What numbers are multiplied by.
    pub scale: Option<Decimal>,
}

/// What a cell comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// There is nothing in it.
    Nothing,
    /// This value.
    Value(Value),
    /// This value, by a rule that is to be told.
    ByRule(Value, String),
    /// Nothing that the field can hold, and why.
    Unreadable(String),
}

/// Reads the cell of a field that points at no other record and whose words are its own.
pub fn read(field: &FieldDef, text: &str, manner: Manner<'_>) -> Reading {
    if field.kind == Kind::Longtext {
        return value(Value::text(clean_lines(text)));
    }
    let text = &clean(text);
    let names = Names::get();
    if text.is_empty() || !matches!(field.kind, Kind::Text | Kind::Tags) && names.is_nothing(text) {
        return Reading::Nothing;
    }
    if let Kind::Choice(Options::Fixed(choices)) = &field.kind {
        return choice(choices, &field.name, text, manner.type_name);
    }
    if field.is_list() {
        return list(field, text, manner);
    }
    match scalar(&field.kind, text, manner) {
        Ok(found) => value(found),
        Err(why) => {
            match names.value(manner.type_name, &field.name, text).filter(|_| field.kind == Kind::Boolean) {
                Some(word) => Reading::ByRule(Value::text(word), taken_for(&field.name, text, word)),
                None => Reading::Unreadable(why),
            }
        }
    }
}

fn value(value: Value) -> Reading {
    if value.is_empty() { Reading::Nothing } else { Reading::Value(value) }
}

/// Several e-mail addresses, numbers or words in one cell, with semicolons, commas or line breaks between them.
fn list(field: &FieldDef, text: &str, manner: Manner<'_>) -> Reading {
    let mut items = Vec::new();
    for item in text.split([';', ',', '|', '\n']).map(str::trim).filter(|item| !item.is_empty()) {
        match scalar(&field.kind, item, manner) {
            Ok(item) if !items.contains(&item) => items.push(item),
            Ok(_) => {}
            Err(why) => return Reading::Unreadable(why),
        }
    }
    value(Value::List(items.into()))
}

fn scalar(kind: &Kind, text: &str, manner: Manner<'_>) -> Result<Value, String> {
    let Manner { style, scale, .. } = manner;
    let said = |error: &dyn std::fmt::Display| error.to_string();
    match kind {
        Kind::Date | Kind::Datetime if !is_whole_date(text) => {
            Err(tr!("'{text}' is no date with a day, a month and a year", text = text).into())
        }
        Kind::Date => {
            let moment = datetime(text, &style).map_err(|e| said(&e))?;
            Ok(Value::text(Moment::Day(moment.day()).to_string()))
        }
        Kind::Datetime => datetime(text, &style).map(|m| Value::text(m.to_string())).map_err(|e| said(&e)),
        Kind::Money if scale.is_some() => {
            let money = input::money(text, &style).map_err(|e| said(&e))?;
            let scaled = scale.and_then(|scale| money.checked_mul(scale)).unwrap_or(money);
            Ok(Value::text(Money::new(scaled.amount.normalize(), scaled.currency).to_string()))
        }
        Kind::Integer | Kind::Decimal if scale.is_some() => {
            let number = input::number(text, &style).map_err(|e| said(&e))?;
            let scaled = scale.and_then(|scale| number.checked_mul(scale)).unwrap_or(number);
            plain(
                kind,
                &decimal::write(scaled),
                &InputStyle { decimal: Some(crate::base::DecimalMark::Point), ..style },
            )
            .map_err(|e| said(&e))
        }
        Kind::Percent if scale.is_some() => {
            let number = input::number(text.trim_end_matches('%'), &style).map_err(|e| said(&e))?;
            let scaled = scale.and_then(|scale| number.checked_mul(scale)).unwrap_or(number);
            let point = InputStyle { decimal: Some(crate::base::DecimalMark::Point), ..style };
            plain(kind, &format!("{}%", decimal::write(scaled)), &point).map_err(|e| said(&e))
        }
        Kind::Email => {
            // `Marta Lind <marta@acme.example>`, `mailto:marta@acme.example`
            let bare = text.rsplit_once('<').map_or(text, |(_, address)| address.trim_end_matches('>'));
            plain(kind, bare.trim_start_matches("mailto:").trim(), &style).map_err(|e| said(&e))
        }
        Kind::Duration => {
            // `00:30:00`: nothing is planned to the second.
            let clock = if text.matches(':').count() == 2 { text.rsplit_once(':') } else { None };
            plain(kind, clock.map_or(text, |(minutes, _)| minutes), &style).map_err(|e| said(&e))
        }
        Kind::Phone => plain(kind, text.trim_start_matches("tel:").trim(), &style).map_err(|e| said(&e)),
        kind => plain(kind, text, &style).map_err(|e| said(&e)),
    }
}

/// A day, or a point in time as programs write it, to the second and with or without its zone.
fn datetime(text: &str, style: &InputStyle) -> Result<Moment, input::InputError> {
    if let Some(moment) = Moment::read(text) {
        return Ok(moment);
    }
    match input::date(text, style) {
        Ok(day) => Ok(Moment::Day(day)),
        Err(unread) => input::datetime(text, style).map(Moment::At).map_err(|_| unread),
    }
}

/// A file's date has a year; `fri` and `12/5` are for people who type.
fn is_whole_date(text: &str) -> bool {
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).collect();
    numbers.len() >= 3
        || numbers.iter().any(|n| n.len() == 8)
        || numbers.len() == 2 && numbers.iter().any(|n| n.len() == 4)
}

/// A word of a choice: its own spelling, else what other programs call it, else the one it is a slip of, else `other`
/// where there is that.
fn choice(choices: &[Choice], field: &str, text: &str, type_name: &str) -> Reading {
    let said = squeezed(text);
    let same = |c: &&Choice| squeezed(&c.value) == said || squeezed(c.label.get("en")) == said;
    if let Some(found) = choices.iter().find(same).filter(|_| !said.is_empty()) {
        return Reading::Value(Value::text(&found.value));
    }
    let usual =
        Names::get().value(type_name, field, text).filter(|word| choices.iter().any(|c| c.value == **word));
    let slip = || nearest(text, choices.iter().map(|c| c.value.as_str()).filter(|_| said.len() > 4));
    let other = || choices.iter().find(|c| c.value == "other").map(|c| c.value.as_str());
    match usual.map(|word| word.as_str()).or_else(slip).or_else(other) {
        Some(word) => Reading::ByRule(Value::text(word), taken_for(field, text, word)),
        None => {
            let known = choices.iter().map(|c| c.value.as_str()).collect::<Vec<_>>().join(", ");
            Reading::Unreadable(tr!("'{text}' is none of {known}", text = text, known = known).into())
        }
    }
}

fn taken_for(field: &str, text: &str, word: &str) -> String {
    tr!("{field}: '{text}' is taken for {word}", field = field, text = text, word = word).into()
}

/// One line, without what no name is made of: control characters, breaks, blanks that repeat.
pub fn clean(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines, without control characters that are no breaks.
fn clean_lines(text: &str) -> String {
    let unix = text.replace("\r\n", "\n").replace('\r', "\n");
    unix.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect::<String>().trim().to_owned()
}

/// The currency a cell names.
pub fn currency(text: &str) -> Option<Currency> {
    let text = text.trim();
    let code = Currency::new(&text.to_uppercase()).ok().filter(Currency::is_known);
    code.or_else(|| if text.is_empty() { None } else { Currency::with_symbol(text).next() })
}

/// Whether an amount says its currency; true also of what is no amount.
pub fn names_currency(text: &str, style: InputStyle) -> bool {
    let text = clean(text);
    let read = |base| input::money(&text, &InputStyle { base, ..style }).ok().map(|money| money.currency);
    // Whatever the workspace's currency is.
    read(Currency::EUR) == read(Currency::USD)
}

/// A name with an e-mail address behind it, as `Marta Lind (marta@acme.example)`.
pub fn addressed(text: &str) -> Option<(&str, &str)> {
    let (name, address) = text.trim().strip_suffix([')', '>'])?.rsplit_once(['(', '<'])?;
    address.contains('@').then_some((name.trim(), address.trim()))
}

/// First and last name: `Lind, Marta` and `Marta Lind`; a single word is the last name.
pub fn names(text: &str) -> (String, String) {
    let text = clean(text);
    let pair = |a: &str, b: &str| (a.trim().to_owned(), b.trim().to_owned());
    match (text.split_once(','), text.rsplit_once(' ')) {
        (Some((last, first)), _) => pair(first, last),
        (None, Some((first, last))) => pair(first, last),
        (None, None) => pair("", &text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::input::tests::{comma, point};
    use crate::model::Schema;

    fn told(ty: &str, field: &str, text: &str, style: InputStyle, scale: Option<i64>) -> String {
        let schema = Schema::builtin();
        let field = schema.find(ty).unwrap().field(field).unwrap().clone();
        let manner = Manner { type_name: ty, style, scale: scale.map(Decimal::from) };
        match read(&field, text, manner) {
            Reading::Nothing => "nothing".into(),
            Reading::Value(value) => value.scalars().join(" | "),
            Reading::ByRule(value, why) => format!("{} ({why})", value.scalars().join(" | ")),
            Reading::Unreadable(why) => format!("! {why}"),
        }
    }

    #[test]
    fn cells_become_what_files_hold() {
        for (ty, field, text, expect) in [
            ("account", "name", "  Acme \u{1b}[31m\n GmbH ", "Acme [31m GmbH"),
            ("account", "name", "N/A", "N/A"),
            ("account", "employees", "n/a", "nothing"),
            ("account", "employees", "1,250", "1250"),
            ("account", "annual_revenue", "$1,250.50", "1250.50 USD"),
            ("account", "industry", "Retail", "retail"),
            (
                "account",
                "industry",
                "technolgy",
                "technology (industry: 'technolgy' is taken for technology)",
            ),
            ("account", "industry", "Medical", "healthcare (industry: 'Medical' is taken for healthcare)"),
            ("account", "industry", "Haruspicy", "other (industry: 'Haruspicy' is taken for other)"),
            ("account", "description", " a\r\nb\u{7} ", "a\nb"),
            ("account", "emails", "a@b.de; Lind, <m@x.de>", "! 'Lind' is not an e-mail address"),
            ("account", "emails", "a@b.de; a@b.de;c@d.de", "a@b.de | c@d.de"),
            ("account", "phones", "tel:+49 40 123;397.884.0519x718", "+49 40 123 | 397.884.0519x718"),
            ("account", "website", "http://www.hobbs.com/", "http://www.hobbs.com/"),
            (
                "account",
                "website",
                "javascript:alert(1)",
                "! 'javascript:alert(1)' is not a web address such as acme.example",
            ),
            ("contact", "birthday", "1945-10-26", "1945-10-26"),
            ("contact", "birthday", "1945-10-26T10:00:00Z", "1945-10-26"),
            ("contact", "birthday", "12/31/1945 5:00 PM", "1945-12-31"),
            ("contact", "birthday", "fri", "! 'fri' is no date with a day, a month and a year"),
            ("contact", "birthday", "12/5", "! '12/5' is no date with a day, a month and a year"),
            ("contact", "do_not_call", "Yes", "true"),
            ("product", "active", "pre_order", "true (active: 'pre_order' is taken for true)"),
            (
                "product",
                "active",
                "maybe",
                "! 'maybe' does not read as yes or no: write it as yes, no, on or off",
            ),
            ("product", "ean", "0267078141619", "0267078141619"),
            ("product", "tax", "19", "19%"),
        ] {
            assert_eq!(told(ty, field, text, point(), None), expect, "{text:?}");
        }
        assert_eq!(told("account", "annual_revenue", "1.250,50", comma(), None), "1250.50 EUR");
        assert_eq!(
            told("account", "annual_revenue", "1100.04", point(), Some(1_000_000)),
            "1100040000.00 EUR"
        );
        assert_eq!(told("account", "employees", "2.5", point(), Some(1000)), "2500");
    }

    #[test]
    fn names_are_parted() {
        for (text, first, last) in [
            ("Marta Lind", "Marta", "Lind"),
            ("Lind, Marta", "Marta", "Lind"),
            ("Ana María de la Cruz", "Ana María de la", "Cruz"),
            ("Cher", "", "Cher"),
        ] {
            assert_eq!(names(text), (first.to_owned(), last.to_owned()));
        }
        assert_eq!(currency("eur"), Some(Currency::EUR));
        assert_eq!(currency("€"), Some(Currency::EUR));
        assert_eq!(currency("bananas"), None);
    }
}
