//! Calls of tantivy that may come upon files which are not what it wrote: it trusts them, and panics.

use super::error::SearchError;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs it; a panic is an error like any other, and what it had in hand is not used again.
///
/// # Errors
/// Those of `work`, and [`SearchError::Panicked`].
pub fn guarded<T>(work: impl FnOnce() -> Result<T, SearchError>) -> Result<T, SearchError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(SearchError::Panicked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error() {
        let empty: [u8; 0] = [];
        let at = std::hint::black_box(empty.len());
        assert!(matches!(guarded(|| Ok(empty[at])), Err(SearchError::Panicked)));
        assert!(matches!(guarded(|| Ok(1)), Ok(1)));
    }
}
