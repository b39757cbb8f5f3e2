//! Why a query cannot be read, and where.

use std::ops::Range;

/// A query that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}{}", suggestion.as_ref().map(|s| format!(": did you mean '{s}'?")).unwrap_or_default())]
pub struct QueryError {
    /// The bytes of the query that are at fault.
    pub at: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What was probably meant in place of those bytes.
    pub suggestion: Option<String>,
}

impl QueryError {
    /// A fault at a place.
    pub(super) fn new(at: Range<usize>, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), suggestion: None }
    }

    /// The column of the query it begins in, counted in characters from 1.
    pub fn column(&self, text: &str) -> usize {
        text.get(..self.at.start).unwrap_or(text).chars().count() + 1
    }
}
