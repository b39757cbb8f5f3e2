//! The real binary on real repositories.

mod at_once;
mod completion;
mod docs;
mod editing;
mod errors;
mod history;
mod hostile;
mod exports;
mod import;
mod init;
mod lists;
mod plumbing;
mod problems;
mod records;
mod search;
mod shell;
mod terminal;
