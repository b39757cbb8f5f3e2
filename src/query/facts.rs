//! What can be asked of a record besides its fields: `age`, `created`, and what other layers know.

use crate::model::schema::DefaultValue;
use crate::model::{Book, FieldDef, Moment, Record, TypeDef, Value};
use smol_str::SmolStr;
use std::fmt::Debug;

/// What a layer knows about records that no field of theirs says, such as when a case's clock runs out.
pub trait Facts: Debug + Send + Sync {
    /// The facts about records of a type, as fields that stand in no file.
    fn about(&self, ty: &TypeDef) -> Vec<FieldDef>;

    /// A record's value, spelled as a file would; [`Value::Empty`] where nothing is known.
    fn value(&self, book: &Book, record: &Record, fact: &str) -> Value;
}

/// When a record was made, by what it says itself: its `created`, else the date it got when it was made (a case's
/// `opened_at`), else the date its id begins with. `None` for others: only git knows, and git is not asked.
pub fn created(book: &Book, record: &Record) -> Option<SmolStr> {
    let dated = |text: &str| Moment::read(text).map(|_| SmolStr::new(text));
    if let Some(created) = dated(record.text("created")) {
        return Some(created);
    }
    let ty = book.schema().in_folder(&record.reference.folder)?;
    let born = |field: &&FieldDef| matches!(field.default, Some(DefaultValue::Now | DefaultValue::Today));
    let by_field = ty.fields.iter().filter(born).find_map(|field| dated(record.text(&field.name)));
    by_field.or_else(|| dated(record.id().as_str().get(..10)?))
}

/// When a record last changed, by what it says itself: its `modified`, else the latest of its stamps
/// (`stage_since`, `closed_at`), else when it was made.
pub fn modified(book: &Book, record: &Record) -> Option<SmolStr> {
    let zone = book.settings().zone();
    let dated = |text: &str| Moment::read(text).map(|at| (at.start(zone), SmolStr::new(text)));
    if let Some((_, modified)) = dated(record.text("modified")) {
        return Some(modified);
    }
    let ty = book.schema().in_folder(&record.reference.folder)?;
    let stamped = ty.fields.iter().filter(|field| field.stamp.is_some());
    let stamps = stamped.filter_map(|field| dated(record.text(&field.name)));
    let made = created(book, record).and_then(|made| dated(&made));
    stamps.chain(made).max_by_key(|(at, _)| *at).map(|(_, text)| text)
}
