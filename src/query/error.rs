//! Why a filter cannot be read, and where.

use std::ops::Range;

/// A filter that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}{}", suggestion.as_ref().map(|s| format!(": did you mean '{s}'?")).unwrap_or_default())]
pub struct QueryError {
    /// The bytes of the filter that are at fault.
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
}
