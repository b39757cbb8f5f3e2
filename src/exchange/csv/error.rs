//! Why bytes are no table.

/// Why a file could not be read as a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CsvError {
    /// Nothing in it, or nothing but blanks.
    #[error("the file is empty: its first line has to name the columns")]
    Empty,
    /// Larger than [`MAX_BYTES`](super::MAX_BYTES).
    #[error("the file is larger than {} MB: split it into smaller ones", super::MAX_BYTES >> 20)]
    TooLarge,
    /// More columns than [`MAX_COLUMNS`](super::MAX_COLUMNS).
    #[error(
        "the first line names {0} columns, more than {most}: is it really a table with one record a line?",
        most = super::MAX_COLUMNS
    )]
    TooWide(usize),
    /// The bytes are not text.
    #[error("the file is no text but something binary: export it as CSV first")]
    Binary,
    /// A name no encoding has.
    #[error("there is no encoding '{0}': write one such as utf-8, windows-1252 or utf-16le")]
    UnknownEncoding(String),
    /// A delimiter of more or less than one sign.
    #[error("'{0}' cannot part the cells: write comma, semicolon, tab, pipe or one sign")]
    BadDelimiter(String),
}
