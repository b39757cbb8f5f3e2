//! By what a field's value is found.

use crate::base::Ref;
use crate::model::Value;
use crate::model::resolve::link_targets;
use crate::model::schema::{FieldDef, Kind, Schema};
use smol_str::SmolStr;

/// Whether records can be found by this field's value without looking at all of them.
pub fn is_indexed(field: &FieldDef) -> bool {
    field.unique || matches!(field.kind, Kind::Choice(_) | Kind::Email)
}

/// Values are found whatever their case.
pub fn fold(value: &SmolStr) -> SmolStr {
    match value.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        true => value.clone(),
        false => value.to_lowercase().into(),
    }
}

/// What the field's value points at.
pub fn targets(schema: &Schema, field: &FieldDef, value: &Value) -> Vec<Ref> {
    match &field.kind {
        Kind::Lines(fields) => {
            let lines = value.items().iter().flat_map(|line| fields.iter().map(move |def| (line, def)));
            let links = lines.filter(|(_, def)| def.is_link());
            links.flat_map(|(line, def)| link_targets(schema, def, line.get(&def.name))).collect()
        }
        _ => link_targets(schema, field, value),
    }
}

/// The texts of the field's value.
pub fn words(_: &Schema, _: &FieldDef, value: &Value) -> Vec<SmolStr> {
    texts(value).collect()
}

/// The texts of a value, as they are found by.
pub fn texts(value: &Value) -> impl Iterator<Item = SmolStr> {
    value.items().iter().filter_map(|item| match item {
        Value::Text(text) if !text.is_empty() => Some(fold(text)),
        _ => None,
    })
}
