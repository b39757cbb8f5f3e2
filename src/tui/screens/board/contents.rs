//! What stands on a board.

use crate::base::{Folder, Ref};
use crate::tui::widgets::board::Deck;

/// Cards in columns, with what a board's screen says of them.
pub trait Contents: Deck + Send {
    /// Whose columns they are: a pipeline's name, a field's.
    fn name(&self) -> String;
    /// All of it in a few words: `87 deals · 1.24 M`.
    fn summary(&self) -> String;
    /// What finds all of it, whatever the filter.
    fn whole(&self) -> String;
    /// What finds the records of a column.
    fn query(&self, column: usize) -> String;
    /// The folder of the records.
    fn folder(&self) -> &Folder;
    /// Every record, column by column.
    fn references(&self) -> Box<dyn Iterator<Item = &Ref> + '_>;
    /// Whether one column is shown at a time, and cards have two lines.
    fn is_narrow(&self) -> bool;
    /// See [`Contents::is_narrow`].
    fn set_narrow(&mut self, narrow: bool);
}
