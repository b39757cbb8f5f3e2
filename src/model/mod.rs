//! Schema, field kinds, values, records, validation and the book that holds all records. No IO.

pub mod change;
pub mod condition;
pub mod create;
pub mod diff;
pub mod edit;
pub mod kinds;
pub mod locate;
pub mod near;
pub mod order;
pub mod resolve;
pub mod schema;
pub mod stamp;
pub mod validate;
mod book;
mod fields;
mod moment;
mod problem;
mod record;
mod settings;
#[cfg(test)]
mod tests;
mod value;
mod values;

pub use book::{Backlink, Book, Listed, is_indexed};
pub use change::{Change, ChangeSet, EditOp, FieldEdit, FieldPath};
pub use condition::{Condition, Test};
pub use fields::{Fields, FieldsRef, Names};
pub use moment::Moment;
pub use problem::{Problem, Severity};
pub use record::Record;
pub use resolve::Scope;
pub use schema::{FieldDef, Kind, Schema, TypeDef};
pub use settings::{HandEdits, SETTINGS_FILE, Settings};
pub use value::Value;
pub use values::Pack;

/// Fields out of a YAML text, for tests.
#[cfg(test)]
pub(crate) fn test_fields(text: &str) -> Vec<(smol_str::SmolStr, Value)> {
    let root = crate::yaml::parse(text).expect("the test's YAML is valid");
    match Value::from(&root) {
        Value::Map(fields) => fields.into_vec(),
        _ => Vec::new(),
    }
}
