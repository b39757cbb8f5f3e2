//! What a grid shows: rows handed in by index, only as many as are visible.

use smol_str::SmolStr;
use std::ops::Range;

use crate::tui::theme::Role;

/// The rows of a list, asked for by index. Only visible rows are asked for their cells, so a list of
/// 100,000 costs no more to draw than one of 30.
pub trait Rows {
    /// How many rows there are.
    fn len(&self) -> usize;

    /// What identifies the row whatever its place; the cursor and the marks hold on to it.
    fn key(&self, index: usize) -> SmolStr;

    /// The text of one cell; `column` is the id of a [`super::Column`].
    fn cell(&self, index: usize, column: &str) -> Cell;

    /// How the whole row is spoken: `Muted` for what is done, for instance.
    fn tone(&self, _index: usize) -> Option<Role> {
        None
    }

    /// Where a key is now. The default looks outward from `near`, where the row was before.
    fn find(&self, key: &str, near: usize) -> Option<usize> {
        let length = self.len();
        let near = near.min(length.saturating_sub(1));
        (0..length.max(1))
            .flat_map(|step| [near.checked_sub(step), near.checked_add(step)])
            .flatten()
            .filter(|index| *index < length)
            .find(|index| self.key(*index) == key)
    }

    /// Which parts of a safe text stand out, in bytes. Where none do, [`super::Grid::highlight`] says.
    fn marks(&self, _index: usize, _column: &str) -> &[Range<usize>] {
        &[]
    }

    /// Headings, by the row they stand above, in order; the first at row 0 or not at all.
    fn groups(&self) -> &[Group] {
        &[]
    }

    /// Whether there is nothing to show.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The text of one cell and how it is spoken.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// What it says; made safe when drawn.
    pub text: String,
    /// Its role, or the row's.
    pub role: Option<Role>,
}

impl Cell {
    /// A cell in its own role.
    pub fn of(text: impl Into<String>, role: Role) -> Cell {
        Cell { text: text.into(), role: Some(role) }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Cell {
        Cell { text: text.into(), role: None }
    }
}

/// A heading above some rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    /// What identifies it whatever its place and its name; what is folded holds on to it.
    pub key: SmolStr,
    /// Index of the first row under it.
    pub start: usize,
    /// Its name.
    pub title: String,
    /// Count, sum, whatever belongs to the right of the name.
    pub detail: String,
}
