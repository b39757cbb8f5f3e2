//! What passes a filter: made once from its text, asked for every record.

use crate::model::{Book, Record, TypeDef};
use crate::query::{Order, Query};
use std::sync::Arc;

/// A filter ready to be run, on any thread.
#[derive(Debug, Clone, Default)]
pub struct Sieve {
    query: Query,
}

impl Sieve {
    /// The filter of a query.
    pub fn new(query: Query) -> Self {
        Self { query }
    }

    /// Words looked for anywhere, in lower case, to be lit up where they were found.
    pub fn words(&self) -> Vec<String> {
        self.query.words()
    }

    /// Whether everything passes, in any order.
    pub fn is_empty(&self) -> bool {
        self.query.is_empty()
    }

    /// Whether the record passes.
    pub fn keeps(&self, book: &Book, record: &Record) -> bool {
        self.query.is_empty() || self.query.matches(book, record)
    }

    /// Whether it says something about the state of records of the type, finished or not.
    pub fn asks_for_state(&self, ty: &Arc<TypeDef>, book: &Book) -> bool {
        ty.state_field().is_some_and(|state| self.query.asks_for(ty, &state.name, book))
    }

    /// The one value it asks a field for, as it is written.
    pub fn value_of(&self, ty: &Arc<TypeDef>, field: &str, book: &Book) -> Option<&str> {
        self.query.value_of(ty, field, book)
    }

    /// The order it asks for: by the first field first.
    pub fn order(&self) -> &[Order] {
        self.query.order()
    }

    /// Brings records into the order it asks for.
    pub fn sort(&self, records: &mut Vec<Arc<Record>>, book: &Book) {
        self.query.arrange(records, book);
    }

    /// The most records it asks for.
    pub fn limit(&self) -> Option<usize> {
        self.query.limit()
    }
}
