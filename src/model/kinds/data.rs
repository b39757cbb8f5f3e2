//! How a value is written into a file.

use crate::model::schema::{FieldDef, Kind, TypeDef};
use crate::model::{FieldsRef, Moment, Value};
use crate::yaml::Data;
use rust_decimal::Decimal;

/// The value as the file is to hold it: numbers, amounts, dates and truth values bare, everything else as
/// text, which is quoted where a YAML reader could take it for something else.
pub fn data_of(field: Option<&FieldDef>, value: &Value) -> Data {
    match value {
        Value::Empty => Data::Null,
        Value::Text(text) if field.is_some_and(|f| reads_bare(f, text)) => Data::plain(text.as_str()),
        Value::Text(text) => Data::text(text.as_str()),
        Value::List(items) => Data::List(items.iter().map(|item| data_of(field, item)).collect()),
        Value::Map(entries) => {
            let part = |name: &str| match field.map(|f| &f.kind) {
                Some(Kind::Lines(fields)) => fields.iter().find(|f| f.name == name),
                _ => None,
            };
            Data::Map(entries.iter().map(|(name, v)| (name.to_string(), data_of(part(name), v))).collect())
        }
    }
}

/// Whether the schema can vouch that a YAML reader which takes this for a number or a date is right.
fn reads_bare(field: &FieldDef, text: &str) -> bool {
    let number = |t: &str| {
        t.parse::<Decimal>().is_ok() && !t.starts_with(['+', '0']) || t == "0" || t.starts_with("0.")
    };
    match &field.kind {
        Kind::Integer | Kind::Decimal => number(text),
        Kind::Percent => number(text.trim_end_matches('%')),
        Kind::Money => text.split_once(' ').map_or_else(|| number(text), |(amount, _)| number(amount)),
        Kind::Boolean => matches!(text, "true" | "false"),
        Kind::Date | Kind::Datetime => Moment::read(text).is_some_and(|m| m.to_string() == text),
        Kind::Duration => text.ends_with(|c: char| c.is_ascii_alphabetic()),
        _ => false,
    }
}

/// The text of a new record's file: the schema's fields in the schema's order, then the others.
pub fn new_file<'a>(ty: &TypeDef, fields: impl Into<FieldsRef<'a>>) -> String {
    let fields = fields.into();
    let known = ty.fields.iter().filter_map(|def| fields.iter().find(|(name, _)| **name == def.name));
    let unknown = fields.iter().filter(|(name, _)| ty.field(name).is_none());
    let entries = known.chain(unknown).filter(|(_, value)| !value.is_empty());
    let data = entries.map(|(name, value)| (name.to_string(), data_of(ty.field(name), value)));
    crate::yaml::to_text(&Data::Map(data.collect()))
}
