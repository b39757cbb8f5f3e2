//! Finding records through the book's indexes.

use crate::base::Ref;
use crate::model::schema::Options;
use crate::model::{Book, Kind, Record};
use std::sync::Arc;

/// The records of a type whose indexed `field` holds one of `values`, in no particular order.
pub fn holding<'a>(book: &'a Book, ty: &str, field: &str, values: &[&str]) -> Vec<&'a Arc<Record>> {
    let Some(folder) = book.schema().find(ty).map(|ty| &ty.folder) else { return Vec::new() };
    values.iter().flat_map(|value| book.holding(folder, field, value)).collect()
}

/// The records of a type that are not finished, by the words its schema calls closed. For types whose words
/// stand in the schema: the stages of deals are records, see [`pipeline`](super::pipeline).
pub fn open<'a>(book: &'a Book, ty: &str) -> Vec<&'a Arc<Record>> {
    let Some(field) = book.schema().find(ty).and_then(|ty| ty.state_field()) else { return Vec::new() };
    let Kind::Choice(Options::Fixed(choices)) = &field.kind else { return Vec::new() };
    let words: Vec<_> = choices.iter().filter(|c| !c.closed).map(|c| c.value.as_str()).collect();
    holding(book, ty, &field.name, &words)
}

/// The record a single-target link field points at.
pub fn linked<'a>(book: &'a Book, record: &Record, field: &str, ty: &str) -> Option<&'a Arc<Record>> {
    let folder = book.schema().find(ty)?.folder.clone();
    book.get(&Ref::new(folder, record.link(field)?))
}
