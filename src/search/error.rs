//! What can go wrong with the index. Nothing of it ever costs more than making the index anew.

use std::io;
use std::path::PathBuf;

/// Why the index cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Files in it are not what was written.
    #[error("{}: the search index is damaged; it is made anew", .0.display())]
    Damaged(PathBuf),
    /// Tantivy came upon something it had not written.
    #[error("the search index is damaged; it is made anew")]
    Panicked,
    /// Another process writes it.
    #[error("another Kontor is writing the search index")]
    Busy,
    /// It was told to stop.
    #[error("indexing was stopped")]
    Stopped,
    /// The folder cannot be made or emptied.
    #[error("{}: {source}", .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Tantivy refused.
    #[error("the search index: {0}")]
    Index(tantivy::TantivyError),
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> Self {
        use tantivy::TantivyError::LockFailure;
        use tantivy::directory::error::LockError::LockBusy;
        match error {
            LockFailure(LockBusy, _) => Self::Busy,
            other => Self::Index(other),
        }
    }
}
