//! What a query is read against.

use super::facts::Facts;
use crate::base::Ref;
use crate::model::Book;
use crate::model::kinds::Entry;
use std::fmt::Debug;
use std::sync::Arc;

/// A search that finds words anywhere in records.
pub trait Words {
    /// The records that hold all of the words; in a row those in quotes. `None` while it cannot tell.
    fn find(&self, words: &str) -> Option<Arc<dyn Among>>;
}

/// Records that were found.
pub trait Among: Debug + Send + Sync {
    /// Whether it is one of them.
    fn has(&self, reference: &Ref) -> bool;
}

/// What a query is read against.
#[derive(Clone)]
pub struct Ground<'a> {
    /// All records.
    pub book: &'a Book,
    /// Who asks, and when.
    pub entry: Entry<'a>,
    /// Finds words; without it, or while it cannot tell, texts are looked through for them as written.
    pub words: Option<&'a dyn Words>,
    /// What other layers know of records.
    pub facts: Option<Arc<dyn Facts>>,
}

impl<'a> Ground<'a> {
    /// The book alone.
    pub fn new(book: &'a Book, entry: Entry<'a>) -> Self {
        Self { book, entry, words: None, facts: None }
    }

    /// With what another layer knows.
    #[must_use]
    pub fn with_facts(self, facts: Arc<dyn Facts>) -> Self {
        Self { facts: Some(facts), ..self }
    }

    /// With a search that finds words.
    #[must_use]
    pub fn with_words(self, words: &'a dyn Words) -> Self {
        Self { words: Some(words), ..self }
    }
}
