//! What a row changes of the record it is about: what it says and the record does not. Empty cells change nothing.

use super::incoming::Incoming;
use super::same::is_same;
use crate::model::schema::{Kind, TypeDef};
use crate::model::{EditOp, FieldEdit, FieldPath, Record, Value};

/// The edits a row asks for.
pub fn edits(ty: &TypeDef, record: &Record, row: &Incoming) -> Vec<FieldEdit> {
    let mut edits = Vec::new();
    for (name, value) in row.fields.iter().filter(|(_, value)| !value.is_empty()) {
        let old = record.get(name);
        match (ty.field(name), value) {
            // Lines that are there have been worked on; a file's one line is no better.
            (Some(field), _) if matches!(field.kind, Kind::Lines(_)) && !old.is_empty() => {}
            (Some(field), _) if field.is_list() => {
                let is_there = |item: &&Value| old.items().iter().any(|known| is_same(field, known, item));
                let missing = value.items().iter().filter(|item| !is_there(item));
                let add =
                    |item: &Value| FieldEdit { path: FieldPath::field(name), op: EditOp::Add(item.clone()) };
                edits.extend(missing.map(add));
            }
            (Some(_), Value::Map(parts)) => {
                let changed =
                    parts.iter().filter(|(part, value)| !value.is_empty() && old.get(part) != value);
                edits.extend(changed.map(|(part, value)| FieldEdit {
                    path: FieldPath { field: name.clone(), rest: vec![part.clone()] },
                    op: EditOp::Put(value.clone()),
                }));
            }
            (Some(field), _) if is_same(field, old, value) => {}
            _ if old == value => {}
            _ => edits.push(FieldEdit::put(name, value.clone())),
        }
    }
    edits
}
