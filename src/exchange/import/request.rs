//! What is asked of an import.

use super::mapping::Column;
use super::target::Target;
use crate::base::{Currency, DateOrder, DecimalMark, Id, Now};
use crate::exchange::csv::Table;
use crate::model::{Book, TypeDef};
use smol_str::SmolStr;

/// A table that is to become records.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The records there are.
    pub book: &'a Book,
    /// The current user, where known.
    pub me: Option<&'a Id>,
    /// The current moment.
    pub now: Now,
    /// Seed for the random tails of ids.
    pub seed: u64,
    /// The type of the records.
    pub ty: &'a TypeDef,
    /// What the file is called.
    pub file: &'a str,
    /// What the file holds.
    pub table: &'a Table,
    /// Whether its cells are parted by semicolons, as programs do where the comma is the decimal sign.
    pub semicolons: bool,
    /// Where each of its columns goes.
    pub columns: &'a [Column],
    /// Everything else.
    pub options: &'a Options,
}

/// How an import is done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// By what a row is known to be a record that is there.
    pub matched: Matched,
    /// What may be done with a row.
    pub mode: Mode,
    /// What fills a field that a row leaves empty.
    pub defaults: Vec<(Target, String)>,
    /// What a link does that leads nowhere.
    pub missing: Missing,
    /// Whether a row with a value that cannot be taken stays out as a whole.
    pub strict: bool,
    /// Whether the words of a choice that are replaced by a rule are kept beside it.
    pub keep_words: bool,
    /// Whether a quoted cell that never ends is taken with the rest of the file in it.
    pub open_quotes: bool,
    /// The order of day, month and year, where the file leaves it open.
    pub dates: Option<DateOrder>,
    /// The decimal sign, where the file leaves it open.
    pub decimals: Option<DecimalMark>,
    /// The currency of amounts without one; the workspace's unless given.
    pub currency: Option<Currency>,
}

/// By what a row is known to be a record that is there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Matched {
    /// By the best field of its type that the file has.
    #[default]
    Best,
    /// By these fields together.
    By(Vec<SmolStr>),
    /// By nothing: every row is a new record.
    Never,
}

/// What may be done with a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// Make new records and change those that are there.
    #[default]
    Both,
    /// Leave those that are there alone.
    Create,
    /// Make no new ones.
    Update,
}

/// What a link does that leads nowhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Missing {
    /// Makes the record where the type's table of names says so, else stays empty.
    #[default]
    Usual,
    /// Makes the record.
    Create,
    /// Stays empty.
    Leave,
}
