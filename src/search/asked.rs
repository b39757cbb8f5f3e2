//! What the query language asks of the index: which records hold words.

use super::searcher::{Matches, Searcher};
use crate::base::Ref;
use crate::query::{Among, Words};
use std::sync::Arc;

impl Words for Searcher {
    fn find(&self, words: &str) -> Option<Arc<dyn Among>> {
        Some(Arc::new(self.matches(words)?))
    }
}

impl Among for Matches {
    fn has(&self, reference: &Ref) -> bool {
        self.contains(reference)
    }
}
