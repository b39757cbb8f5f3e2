//! The one list engine: a table of lazily asked rows on wide screens, two-line cards on narrow ones.
//!
//! The cursor and the marks hold on to row keys, and the view to the cursor, so nothing jumps when rows
//! come, go or are sorted: call [`Grid::sync`] after the data has changed.

mod column;
mod draw;
mod fold;
mod place;
mod rows;

use std::cell::{Cell as Shared, RefCell};

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

pub use column::{Align, Column, Placed, Slot, fit};
pub use rows::{Cell, Group, Rows};

use super::motion::Motion;
use place::{Places, Spot};

/// Which way a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// What a click or the wheel did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GridResponse {
    /// Nothing; the key is someone else's.
    Ignored,
    /// Something on the screen changed.
    Redraw,
    /// The cursor stands on another row.
    Moved,
    /// The row under the cursor was clicked: it is to be opened.
    Open(SmolStr),
    /// A heading was clicked.
    Sort(SmolStr),
}

/// Where the last frame put things, for mouse and page motions.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    area: Rect,
    body: Rect,
    row_height: usize,
    columns: usize,
}

/// The state of one list: columns, cursor, marks, view. Rows stay with their owner.
#[derive(Debug, Default)]
pub struct Grid {
    columns: Vec<Column>,
    /// The column sorted by, for the indicator in its heading; the owner sorts.
    pub sort: Option<(SmolStr, Order)>,
    /// Lower-case words to highlight in every cell, such as the filter's.
    pub highlight: Vec<String>,
    /// What to say when there are no rows: a sentence, and what to do about it.
    pub empty: (String, String),
    /// Screens narrower than this show cards, where columns have slots.
    pub card_below: u16,
    /// Whether the list has the focus; otherwise its cursor is faint.
    pub focused: bool,
    /// Whether it goes without headings, as a part of a page whose own heading says enough.
    pub bare: bool,
    /// Whether it shows no cursor at all while it has not the focus.
    pub quiet: bool,
    /// Whether its headings fold.
    folds: bool,
    /// The row it is on; on a folded heading the first one under it.
    cursor: usize,
    /// The row it is on, or was on last.
    row_key: Option<SmolStr>,
    /// The folded heading it is on.
    heading_key: Option<SmolStr>,
    folded: FxHashSet<SmolStr>,
    /// How many rows are marked under each folded heading, once somebody has asked.
    under: RefCell<Option<Vec<usize>>>,
    marks: FxHashSet<SmolStr>,
    shift: usize,
    top: Shared<usize>,
    tails: RefCell<Vec<u16>>,
    seen: Shared<Seen>,
}

impl Grid {
    /// A list with these columns, its cursor on the first row.
    pub fn new(columns: Vec<Column>) -> Grid {
        Grid { columns, card_below: 56, focused: true, ..Grid::default() }
    }

    /// The columns.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Other columns; cursor, marks and view stay.
    pub fn set_columns(&mut self, columns: Vec<Column>) {
        self.columns = columns;
        self.shift = 0;
        self.tails.borrow_mut().clear();
    }

    /// The index of the row under the cursor; none where there are no rows, and on a folded heading.
    pub fn cursor(&self, rows: &dyn Rows) -> Option<usize> {
        self.stand(rows).filter(|row| self.opened(rows)(*row))
    }

    /// The row under the cursor, or the first one under the heading it is on.
    fn stand(&self, rows: &dyn Rows) -> Option<usize> {
        (!rows.is_empty()).then(|| self.cursor.min(rows.len() - 1))
    }

    /// Puts the cursor on whatever will be the first row: for rows that are others altogether.
    pub fn clear_cursor(&mut self) {
        (self.cursor, self.row_key, self.heading_key) = (0, None, None);
        self.top.set(0);
    }

    /// The key of the row under the cursor, as of the last [`Grid::sync`] or motion.
    pub fn cursor_key(&self) -> Option<&SmolStr> {
        self.row_key.as_ref().filter(|_| self.heading_key.is_none())
    }

    /// Finds the cursor's row and the marks again after rows have changed, and keeps the row on its screen line.
    /// When the row is gone, the cursor stays on its line.
    pub fn sync(&mut self, rows: &dyn Rows) {
        let places = self.places(rows);
        let before = places.line_of(self.cursor);
        let heading =
            |key: &SmolStr| rows.groups().iter().find(|group| group.key == *key).map(|group| group.start);
        let found = match &self.heading_key {
            Some(key) => heading(key),
            None => self.row_key.as_ref().and_then(|key| rows.find(key, self.cursor)),
        };
        let cursor = found.unwrap_or(self.cursor).min(rows.len().saturating_sub(1));
        self.cursor = places.shown(cursor);
        self.under.take();
        self.remember(rows);
        let after = places.line_of(self.cursor);
        self.top.set((self.top.get() + after).saturating_sub(before));
        self.tails.borrow_mut().clear();
    }

    /// Forgets the marks whose rows are no longer there. Looks at every row: call it when a marked list shrank.
    pub fn drop_lost_marks(&mut self, rows: &dyn Rows) {
        if !self.marks.is_empty() {
            let present: FxHashSet<SmolStr> = (0..rows.len()).map(|index| rows.key(index)).collect();
            self.marks.retain(|key| present.contains(key));
            self.under.take();
        }
    }

    /// Puts the cursor on a key, and unfolds what that is under; false when it is not in the list.
    pub fn select(&mut self, key: &str, rows: &dyn Rows) -> bool {
        let found = rows.find(key, self.cursor);
        if let Some(index) = found {
            if let Some(group) = self.places(rows).fold_of(index) {
                self.folded.remove(&rows.groups()[group].key);
            }
            self.put(index, rows);
        }
        found.is_some()
    }

    /// Puts the cursor on a row, or on the heading it is folded into.
    pub fn put(&mut self, row: usize, rows: &dyn Rows) {
        self.cursor = self.places(rows).shown(row.min(rows.len().saturating_sub(1)));
        self.remember(rows);
    }

    /// Moves the cursor; false when it was there already.
    pub fn go(&mut self, motion: Motion, rows: &dyn Rows) -> bool {
        let places = self.places(rows);
        let Some(last) = places.stops().checked_sub(1) else { return false };
        let seen = self.seen.get();
        let page = (seen.body.height as usize / seen.row_height.max(1)).max(1);
        let from = places.stop_of(self.cursor).min(last);
        // Over a page, a row stays in sight.
        let page = if matches!(motion, Motion::PageUp | Motion::PageDown) { page - 1 } else { page };
        let to = places.row_at(motion.from(from, page).min(last));
        let moved = to != self.cursor || (self.row_key.is_none() && self.heading_key.is_none());
        self.cursor = to;
        self.remember(rows);
        moved
    }

    /// The marked keys.
    pub fn marks(&self) -> &FxHashSet<SmolStr> {
        &self.marks
    }

    /// Marks the row under the cursor or all of a folded heading, or takes the marks away, and goes on to the next.
    pub fn toggle_mark(&mut self, rows: &dyn Rows) {
        if let Some(index) = self.cursor(rows) {
            let key = rows.key(index);
            if !self.marks.remove(&key) {
                self.marks.insert(key);
            }
        } else if let Some(group) = self.heading(rows) {
            self.toggle_marks_of(group, rows);
        }
        self.under.take();
        self.go(Motion::Down(1), rows);
    }

    /// Marks every row, or none where all are marked.
    pub fn toggle_all(&mut self, rows: &dyn Rows) {
        if self.marks.len() >= rows.len() {
            self.marks.clear();
        } else {
            self.marks = (0..rows.len()).map(|index| rows.key(index)).collect();
        }
        self.under.take();
    }

    /// Takes all marks away.
    pub fn clear_marks(&mut self) {
        self.marks.clear();
    }

    /// Handles the mouse inside the list: a click selects, a second opens, a click on a heading sorts.
    pub fn mouse(&mut self, event: MouseEvent, rows: &dyn Rows) -> GridResponse {
        let seen = self.seen.get();
        let at = Position::new(event.column, event.row);
        if !seen.area.contains(at) {
            return GridResponse::Ignored;
        }
        match event.kind {
            MouseEventKind::ScrollUp => self.wheel(-3, rows),
            MouseEventKind::ScrollDown => self.wheel(3, rows),
            MouseEventKind::Down(MouseButton::Left) if seen.body.contains(at) => {
                let (places, top) = (self.places(rows), self.top.get());
                let line = usize::from(at.y - seen.body.y);
                let pinned = places.pinned(top, seen.body.height.into()).filter(|_| line == 0);
                match pinned.map(Spot::Heading).or_else(|| places.spot(top + line)) {
                    Some(Spot::Heading(group)) if self.folds => {
                        self.cursor = places.shown(places.rows_of(group).start);
                        self.remember(rows);
                        self.toggle(group, rows);
                        GridResponse::Moved
                    }
                    Some(Spot::Row(index, _)) if Some(index) == self.cursor(rows) => self.open(rows),
                    Some(Spot::Row(index, _)) => {
                        self.cursor = index;
                        self.remember(rows);
                        GridResponse::Moved
                    }
                    _ => GridResponse::Redraw,
                }
            }
            MouseEventKind::Down(MouseButton::Left) => match self.heading_at(at) {
                Some(column) => GridResponse::Sort(column),
                None => GridResponse::Redraw,
            },
            _ => GridResponse::Ignored,
        }
    }

    fn open(&mut self, rows: &dyn Rows) -> GridResponse {
        match self.cursor(rows) {
            Some(index) => GridResponse::Open(rows.key(index)),
            None => GridResponse::Ignored,
        }
    }

    /// Scrolls the view and takes the cursor along where it would leave it.
    fn wheel(&mut self, lines: isize, rows: &dyn Rows) -> GridResponse {
        let places = self.places(rows);
        let height = usize::from(self.seen.get().body.height);
        let last = places.lines().saturating_sub(height);
        let top = self.top.get().saturating_add_signed(lines).min(last);
        self.top.set(top);
        let margin = places.margin(height);
        let first = if top == 0 { 0 } else { places.row_from(top + margin).unwrap_or(0) };
        let bottom = (top + height).saturating_sub(places.height + margin);
        let lowest = if top == last { rows.len().saturating_sub(1) } else { places.row_until(bottom) };
        self.cursor = places.shown(self.cursor.clamp(first, lowest.max(first)));
        self.remember(rows);
        GridResponse::Redraw
    }

    /// Shows the columns further on (1) or before (-1); false where there are none.
    pub fn scroll_columns(&mut self, step: isize) -> bool {
        let hidden = self.columns.len().saturating_sub(self.seen.get().columns + self.shift);
        let shift = self.shift.saturating_add_signed(step);
        if shift == self.shift || (step > 0 && hidden == 0) {
            return false;
        }
        self.shift = shift;
        self.tails.borrow_mut().clear();
        true
    }

    fn heading_at(&self, at: Position) -> Option<SmolStr> {
        let seen = self.seen.get();
        if at.y != seen.area.y || seen.row_height != 1 {
            return None;
        }
        let x = at.x.checked_sub(seen.area.x + draw::GUTTER)?;
        let placed = fit(&self.columns, draw::cells_width(seen.area), self.shift);
        let column = placed.into_iter().find(|place| x >= place.x && x < place.x + place.width)?;
        Some(self.columns[column.index].id.clone())
    }

    fn remember(&mut self, rows: &dyn Rows) {
        self.heading_key = self.heading(rows).map(|group| rows.groups()[group].key.clone());
        if self.heading_key.is_none() {
            self.row_key = self.cursor(rows).map(|index| rows.key(index));
        }
    }

    fn places<'r>(&self, rows: &'r dyn Rows) -> Places<'r> {
        self.places_of(rows, self.seen.get().row_height.max(1))
    }

    fn places_of<'r>(&self, rows: &'r dyn Rows, height: usize) -> Places<'r> {
        let is_folded = |group: &Group| !self.folded.is_empty() && self.folded.contains(&group.key);
        Places::new(rows.groups(), rows.len(), height, is_folded)
    }
}

#[cfg(test)]
mod tests;
