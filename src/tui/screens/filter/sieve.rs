//! What passes a filter: made once from its text, asked for every record.

use crate::model::{Book, Record};
use crate::query::Query;

/// A filter ready to be run, on any thread.
#[derive(Debug, Clone, Default)]
pub struct Sieve {
    query: Query,
    words: Vec<String>,
}

impl Sieve {
    /// The filter of a text that has been read.
    pub fn new(text: &str, query: Query) -> Self {
        let signs = ['=', '<', '>', '~', '"'];
        let words = text.split_whitespace().filter(|word| !word.contains(signs));
        Self { query, words: words.map(str::to_lowercase).collect() }
    }

    /// Words looked for anywhere, in lower case, to be lit up where they were found.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Whether everything passes.
    pub fn is_empty(&self) -> bool {
        self.query.is_empty()
    }

    /// Whether the record passes.
    pub fn keeps(&self, book: &Book, record: &Record) -> bool {
        self.query.is_empty() || self.query.matches(book, record)
    }
}
