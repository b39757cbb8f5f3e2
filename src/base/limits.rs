//! How large things may be. A file beyond these is refused before any work is spent on it.

/// The most bytes a record's file may have.
pub const MAX_FILE_BYTES: usize = 1024 * 1024;

/// How deep lists and maps may be nested in a file.
pub const MAX_DEPTH: usize = 64;
