//! A board: a column per stage, cards in it, one card under the cursor. On narrow screens one column at a time.
//!
//! Like the grid, it asks only for the cards in view, and its cursor holds on to a card's key: call
//! [`Board::sync`] after the data has changed.

mod draw;

use std::cell::{Cell as Shared, RefCell};

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use super::grid::Cell;
use super::motion::Motion;
use crate::tui::theme::Role;

/// What stands above a column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// The stage.
    pub title: String,
    /// Beside it, muted: a probability, a period.
    pub note: String,
    /// Count, sum, weighted sum: true for the whole column, whatever is in view.
    pub facts: Vec<String>,
}

/// One card; on narrow screens its title and value, name and foot share a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// First line.
    pub title: Cell,
    /// Second line, left.
    pub name: Cell,
    /// Second line, right.
    pub value: Cell,
    /// Third line, its parts one after another.
    pub foot: Vec<Cell>,
    /// Fourth line, where there is room.
    pub next: Cell,
    /// At the right end of the fourth line: the day of what is next.
    pub when: Cell,
    /// How the whole card is spoken.
    pub tone: Option<Role>,
}

/// The columns and cards, asked for by index and only as far as they are in view.
pub trait Deck {
    /// How many columns.
    fn columns(&self) -> usize;
    /// What stands above a column.
    fn head(&self, column: usize) -> Head;
    /// How many cards a column has.
    fn len(&self, column: usize) -> usize;
    /// What identifies a card whatever its place.
    fn key(&self, column: usize, index: usize) -> SmolStr;
    /// The card itself.
    fn card(&self, column: usize, index: usize) -> Card;
    /// Whether there are no columns at all.
    fn is_empty(&self) -> bool {
        self.columns() == 0
    }
    /// Where a card is now; the default looks through `near` first and then every column.
    fn find(&self, key: &str, near: usize) -> Option<(usize, usize)> {
        let columns = std::iter::once(near).chain((0..self.columns()).filter(move |column| *column != near));
        columns
            .filter(|column| *column < self.columns())
            .flat_map(|column| (0..self.len(column)).map(move |index| (column, index)))
            .find(|(column, index)| self.key(*column, *index) == key)
    }
}

/// What a click or the wheel did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BoardResponse {
    /// Nothing; the key is someone else's.
    Ignored,
    /// Something on the screen changed.
    Redraw,
    /// Another card is under the cursor.
    Moved,
    /// The card under the cursor was clicked: it is to be opened.
    Open(SmolStr),
    /// The head of the column under the cursor was clicked.
    Head,
}

/// What the last frame showed.
#[derive(Debug, Clone, Default)]
struct Seen {
    /// Column index and the area of its cards.
    columns: Vec<(usize, Rect)>,
    /// Lines of a column's head.
    head: u16,
    /// Lines from one card to the next.
    pitch: u16,
}

/// The state of a board: cursor and view. Cards stay with their owner.
#[derive(Debug, Default)]
pub struct Board {
    column: usize,
    index: usize,
    key: Option<SmolStr>,
    marks: FxHashSet<SmolStr>,
    /// What to say when there are no columns or no cards at all.
    pub empty: (String, String),
    left: Shared<usize>,
    tops: RefCell<Vec<usize>>,
    seen: RefCell<Seen>,
}

impl Board {
    /// A board, its cursor on the first column.
    pub fn new() -> Board {
        Board::default()
    }

    /// The column the cursor is in.
    pub fn column(&self) -> usize {
        self.column
    }

    /// The key of the card under the cursor, as of the last [`Board::sync`] or motion.
    pub fn cursor_key(&self) -> Option<&SmolStr> {
        self.key.as_ref()
    }

    /// The marked keys.
    pub fn marks(&self) -> &FxHashSet<SmolStr> {
        &self.marks
    }

    /// Marks the card under the cursor, or takes its mark away, and goes on to the next.
    pub fn toggle_mark(&mut self, deck: &dyn Deck) {
        if let Some(key) = self.key.clone() {
            if !self.marks.remove(&key) {
                self.marks.insert(key);
            }
            self.go(Motion::Down(1), deck);
        }
    }

    /// Marks every card of the column under the cursor, or none of them where all are marked.
    pub fn toggle_column(&mut self, deck: &dyn Deck) {
        let keys: Vec<SmolStr> = (0..self.len(deck)).map(|index| deck.key(self.column, index)).collect();
        match keys.iter().all(|key| self.marks.contains(key)) {
            true => keys.iter().for_each(|key| {
                self.marks.remove(key);
            }),
            false => self.marks.extend(keys),
        }
    }

    /// Takes all marks away.
    pub fn clear_marks(&mut self) {
        self.marks.clear();
    }

    /// Forgets the marks of cards that are no longer there.
    pub fn drop_lost_marks(&mut self, deck: &dyn Deck) {
        if !self.marks.is_empty() {
            let keys = |column| (0..deck.len(column)).map(move |index| deck.key(column, index));
            let present: FxHashSet<SmolStr> = (0..deck.columns()).flat_map(keys).collect();
            self.marks.retain(|key| present.contains(key));
        }
    }

    /// Finds the cursor's card again after the data has changed, in another column if it has moved there.
    pub fn sync(&mut self, deck: &dyn Deck) {
        self.column = self.column.min(deck.columns().saturating_sub(1));
        if let Some((column, index)) = self.key.as_ref().and_then(|key| deck.find(key, self.column)) {
            (self.column, self.index) = (column, index);
        }
        self.remember(deck);
    }

    /// Puts the cursor on a card; false when it is not on the board.
    pub fn select(&mut self, key: &str, deck: &dyn Deck) -> bool {
        let found = deck.find(key, self.column);
        if let Some((column, index)) = found {
            (self.column, self.index) = (column, index);
            self.remember(deck);
        }
        found.is_some()
    }

    /// Moves within the column.
    pub fn go(&mut self, motion: Motion, deck: &dyn Deck) {
        let Some(last) = self.len(deck).checked_sub(1) else { return };
        self.index = motion.from(self.index, self.page()).min(last);
        self.remember(deck);
    }

    /// Moves to a column beside this one, to the card on the same line.
    pub fn go_across(&mut self, by: isize, deck: &dyn Deck) {
        let to = self.column.saturating_add_signed(by).min(deck.columns().saturating_sub(1));
        if to == self.column {
            return;
        }
        let line = self.index.saturating_sub(self.top(self.column));
        self.column = to;
        self.index = self.top(to) + line;
        self.remember(deck);
    }

    /// Handles the mouse: a click selects, a second opens, the wheel moves within the column under it.
    pub fn mouse(&mut self, event: MouseEvent, deck: &dyn Deck) -> BoardResponse {
        let at = Position::new(event.column, event.row);
        let seen = self.seen.borrow().clone();
        let with_head = |area: Rect| Rect {
            y: area.y.saturating_sub(seen.head),
            height: area.height + seen.head,
            ..area
        };
        let found = seen.columns.iter().find(|(_, area)| with_head(*area).contains(at));
        let Some((column, area)) = found.copied() else { return BoardResponse::Ignored };
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) if at.y < area.y => {
                self.go_across(column as isize - self.column as isize, deck);
                BoardResponse::Head
            }
            MouseEventKind::ScrollUp | MouseEventKind::ScrollDown => {
                let by = if event.kind == MouseEventKind::ScrollUp { -1 } else { 1 };
                if column != self.column {
                    self.column = column;
                    self.index = self.top(column);
                }
                self.index = self.index.saturating_add_signed(by);
                self.remember(deck);
                BoardResponse::Moved
            }
            MouseEventKind::Down(MouseButton::Left) => {
                let index = self.top(column) + usize::from((at.y - area.y) / seen.pitch.max(1));
                if index >= deck.len(column) {
                    return BoardResponse::Redraw;
                }
                if (column, index) == (self.column, self.index) {
                    return self.open(deck);
                }
                (self.column, self.index) = (column, index);
                self.remember(deck);
                BoardResponse::Moved
            }
            _ => BoardResponse::Ignored,
        }
    }

    fn open(&self, deck: &dyn Deck) -> BoardResponse {
        if self.index < self.len(deck) {
            BoardResponse::Open(deck.key(self.column, self.index))
        } else {
            BoardResponse::Ignored
        }
    }

    fn len(&self, deck: &dyn Deck) -> usize {
        if self.column < deck.columns() { deck.len(self.column) } else { 0 }
    }

    fn remember(&mut self, deck: &dyn Deck) {
        let length = self.len(deck);
        self.index = self.index.min(length.saturating_sub(1));
        self.key = (length > 0).then(|| deck.key(self.column, self.index));
    }

    fn top(&self, column: usize) -> usize {
        self.tops.borrow().get(column).copied().unwrap_or(0)
    }

    fn page(&self) -> usize {
        let seen = self.seen.borrow();
        let height = seen.columns.first().map_or(0, |(_, area)| area.height);
        draw::in_view(height, seen.pitch)
    }
}

#[cfg(test)]
mod tests;
