//! A row on its way to becoming a record.

use super::same::is_same;
use crate::model::schema::FieldDef;
use crate::model::{Record, Value};
use smol_str::SmolStr;
use std::sync::Arc;

/// The fields of a record, in the order they came up.
pub type Fields = Vec<(SmolStr, Value)>;

/// A row on its way.
#[derive(Debug, Clone, Default)]
pub struct Incoming {
    /// Which row of the table it is.
    pub at: usize,
    /// Its line in the file.
    pub line: u64,
    /// What is understood of it.
    pub fields: Fields,
    /// What names other records.
    pub links: Vec<Pending>,
    /// What it says of its stage, to be looked up in its pipeline.
    pub stage: Option<String>,
    /// The file's word for being won or lost, and the kind of stage it means.
    pub outcome: Option<(String, SmolStr)>,
    /// What of it could not be taken.
    pub lost: Vec<String>,
    /// The record it is about, if that is there.
    pub existing: Option<Arc<Record>>,
    /// Why it stays out, if it does.
    pub out: Option<Out>,
}

/// A cell that names another record.
#[derive(Debug, Clone)]
pub struct Pending {
    /// The field.
    pub field: SmolStr,
    /// The part of its one line, where it is a list of lines.
    pub part: Option<SmolStr>,
    /// What it says.
    pub text: String,
}

/// Why a row stays out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Out {
    /// It cannot be taken.
    Rejected(String),
    /// It was not wanted: only new records were, or only known ones.
    Skipped,
}

impl Incoming {
    /// Whether it is to become a record.
    pub fn comes(&self) -> bool {
        self.out.is_none()
    }

    /// Keeps it out.
    pub fn reject(&mut self, reason: impl Into<String>) {
        self.out = Some(Out::Rejected(reason.into()));
    }

    /// The value of a field.
    pub fn get(&self, field: &str) -> &Value {
        self.fields.iter().find(|(name, _)| name == field).map_or(Value::empty(), |(_, value)| value)
    }

    /// Sets a field.
    pub fn put(&mut self, field: &str, value: Value) {
        *self.slot(field) = value;
    }

    /// Adds to a field that holds several values, each once.
    pub fn add(&mut self, field: &FieldDef, value: &Value) {
        let slot = self.slot(&field.name);
        let mut items = slot.items().to_vec();
        for item in value.items() {
            if !items.iter().any(|known| is_same(field, known, item)) {
                items.push(item.clone());
            }
        }
        *slot = Value::List(items.into());
    }

    /// Sets a part of a field that is a map.
    pub fn put_part(&mut self, field: &str, part: &str, value: Value) {
        put_entry(self.slot(field), part, value);
    }

    /// Sets a part of the one line of a field that holds lines; `id` is for a line that is not there yet.
    pub fn put_in_line(&mut self, field: &str, part: &str, value: Value, id: &str) {
        let slot = self.slot(field);
        if slot.items().is_empty() {
            *slot = Value::List([Value::map([("id", Value::text(id))])].into());
        }
        if let Value::List(lines) = slot
            && let Some(line) = lines.first_mut()
        {
            put_entry(line, part, value);
        }
    }

    fn slot(&mut self, field: &str) -> &mut Value {
        let at = self.fields.iter().position(|(name, _)| name == field).unwrap_or_else(|| {
            self.fields.push((field.into(), Value::Empty));
            self.fields.len() - 1
        });
        &mut self.fields[at].1
    }
}

fn put_entry(map: &mut Value, key: &str, value: Value) {
    if !matches!(map, Value::Map(_)) {
        *map = Value::map([]);
    }
    if let Value::Map(entries) = map {
        match entries.iter_mut().find(|(name, _)| name == key) {
            Some((_, old)) => *old = value,
            None => {
                let old = std::mem::take(entries).into_vec();
                *entries = old.into_iter().chain([(key.into(), value)]).collect();
            }
        }
    }
}
