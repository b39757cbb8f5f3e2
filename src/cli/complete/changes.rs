//! `field=value`, for new records and those there are.

use super::asked::Asked;
use super::offer::Offer;
use super::references::{record, records};
use crate::model::kinds::choices;
use crate::model::{Book, FieldsRef, Kind, Scope, TypeDef};
use crate::query::complete;
use std::sync::Arc;

/// Days worth offering, of all that is understood.
const DAYS: [&str; 3] = ["today", "tomorrow", "yesterday"];

/// What a word behind `kontor new TYPE` may become.
pub fn of_new(asked: &Asked, book: &Book) -> Vec<Offer> {
    let Some(ty) = asked.words.first().and_then(|word| book.schema().find(word)) else { return Vec::new() };
    assignments(&asked.typed, ty, &Scope { book, ty, fields: FieldsRef::NONE })
}

/// What a word behind `kontor set` may become: another record, or a change of the first.
pub fn of_set(asked: &Asked, book: &Book) -> Vec<Offer> {
    let mut found = match asked.typed.contains('=') {
        true => Vec::new(),
        false => records(&asked.typed, book),
    };
    let first = asked.words.iter().find(|word| !word.contains('=')).and_then(|word| record(word, book));
    let Some(record) = first else { return found };
    let Some(ty) = book.schema().in_folder(&record.reference.folder) else { return found };
    found.extend(assignments(&asked.typed, ty, &Scope { book, ty, fields: (&record.fields).into() }));
    found
}

/// Names of fields, or the values of one.
fn assignments(typed: &str, ty: &Arc<TypeDef>, scope: &Scope<'_>) -> Vec<Offer> {
    let language = scope.book.settings().language();
    let Some((name, value)) = typed.split_once('=') else {
        let fields = ty.fields.iter().filter(|field| !field.readonly);
        return fields
            .map(|field| Offer::begun(format!("{}=", field.name), field.label.get(language)))
            .collect();
    };
    let Some(field) = ty.field(name.trim_end_matches(['+', '-'])) else { return Vec::new() };
    let offer = |value: &str, help: &str| Offer::ended(format!("{name}={value}"), help);
    match &field.kind {
        Kind::Choice(_) => {
            choices(scope, field).iter().map(|choice| offer(&choice.value, &choice.label)).collect()
        }
        Kind::Date | Kind::Datetime => DAYS.iter().map(|day| offer(day, "")).collect(),
        // Its words would be those of a query.
        _ if value.contains([' ', '"', '(', ')']) => Vec::new(),
        _ => {
            let text = format!("{}:{value}", field.name);
            let before = field.name.len() + 1;
            let found = complete(&text, text.len(), Some(ty), scope.book, None, usize::MAX).into_iter();
            found
                .map(|found| {
                    offer(&format!("{}{}", &text[before..found.at.start], bare(&found.insert)), &found.label)
                })
                .collect()
        }
    }
}

/// A value of a query without the quotes it may need there.
fn bare(value: &str) -> String {
    let inside = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inside.map_or_else(|| value.to_owned(), |text| text.replace("\\\"", "\"").replace("\\\\", "\\"))
}
