//! CSV and its kin: from bytes to a table of text, whatever program wrote it.

mod delimiter;
mod encoding;
mod error;
mod table;
mod write;

pub use delimiter::Delimiter;
pub use encoding::Encoding;
pub use error::CsvError;
pub use table::{Format, Row, Table, read};
pub use write::write;

/// The largest file that is taken in, in bytes.
pub const MAX_BYTES: u64 = 256 << 20;

/// The largest cell a record can hold, in bytes: a quarter of what its whole file may be.
pub const MAX_CELL: usize = crate::base::limits::MAX_FILE_BYTES / 4;

/// More columns than this is no table of records.
pub const MAX_COLUMNS: usize = 1_000;

#[cfg(test)]
mod tests;
