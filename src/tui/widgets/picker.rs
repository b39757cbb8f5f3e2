//! A fuzzy picker: a query line over a list of items, best match first. Links, choices, the palette and
//! "go to" are all this.

mod draw;
mod rank;

use std::cell::Cell;

use crossterm::event::{KeyCode, KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};
use smol_str::SmolStr;

pub use draw::Look;

use super::chord::{Held, chord};
use super::input::{Edit, Input};
use crate::tr;
use rank::Found;

/// One thing to pick.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// What is handed back.
    pub key: SmolStr,
    /// What it is called; matched first.
    pub label: String,
    /// More about it, muted; matched too.
    pub detail: String,
    /// At the right edge: a key, a share, a count.
    pub hint: String,
    /// At the right edge where hints are keys at the left: a count.
    pub tally: String,
    /// The heading it stands under while nothing has been typed.
    pub group: String,
    /// Why it can't be picked, if it can't.
    pub barred: Option<String>,
    /// Other words for it, not shown. Whoever types one of them, or its key or its label, whole, means it.
    pub words: Vec<String>,
}

impl Item {
    /// An item with a label.
    pub fn new(key: impl Into<SmolStr>, label: impl Into<String>) -> Item {
        Item { key: key.into(), label: label.into(), ..Item::default() }
    }

    /// With more about it.
    pub fn detail(mut self, detail: impl Into<String>) -> Item {
        self.detail = detail.into();
        self
    }

    /// With something at the right edge.
    pub fn hint(mut self, hint: impl Into<String>) -> Item {
        self.hint = hint.into();
        self
    }

    /// With a count at the right edge, where hints are keys.
    pub fn tally(mut self, tally: impl Into<String>) -> Item {
        self.tally = tally.into();
        self
    }

    /// Under a heading.
    pub fn group(mut self, group: impl Into<String>) -> Item {
        self.group = group.into();
        self
    }

    /// Known by these words too.
    pub fn also(mut self, words: Vec<String>) -> Item {
        self.words = words;
        self
    }

    /// Shown, but not to be picked, for this reason.
    pub fn barred(mut self, reason: impl Into<String>) -> Item {
        self.barred = Some(reason.into());
        self
    }
}

/// What a key did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picked {
    /// Nothing; the key is someone else's.
    Ignored,
    /// The cursor is on another item (for a live preview, ask [`Picker::current`]).
    Moved,
    /// The query changed; the list has followed. An owner that searches elsewhere brings new items.
    Query,
    /// This one.
    Choose(SmolStr),
    /// None of them: make one called this.
    Create(String),
    /// The item under the cursor can't be picked: why.
    Barred(String),
    /// Never mind.
    Cancel,
}

/// The state of a picker.
#[derive(Debug, Default)]
pub struct Picker {
    /// The query line.
    pub input: Input,
    items: Vec<Item>,
    found: Vec<Found>,
    cursor: usize,
    /// The last row's offer to create what was typed: its wording, with `{}` for the text.
    create: Option<String>,
    /// Whether more items are on their way.
    pub loading: bool,
    /// Whether the owner has filtered the items already.
    ranked_elsewhere: bool,
    /// What to say when nothing matches.
    pub empty: String,
    top: Cell<usize>,
    body: Cell<Rect>,
}

impl Picker {
    /// A picker over these items, the first under the cursor.
    pub fn new(items: Vec<Item>) -> Picker {
        let mut picker = Picker { items, ..Picker::default() };
        picker.rank(false);
        picker
    }

    /// Shows this while nothing has been typed.
    pub fn placeholder(mut self, text: impl Into<String>) -> Picker {
        self.input.placeholder = text.into();
        self
    }

    /// Offers to make what was typed: `New account “{}”`.
    pub fn creating(mut self, wording: impl Into<String>) -> Picker {
        self.create = Some(wording.into());
        self
    }

    /// Leaves finding to the owner, who answers every [`Picked::Query`] with [`Picker::set_items`].
    pub fn searched_elsewhere(mut self) -> Picker {
        self.ranked_elsewhere = true;
        self.rank(false);
        self
    }

    /// Starts with a query already typed.
    pub fn with_query(mut self, query: &str) -> Picker {
        self.input.set(query);
        self.cursor = 0;
        self.rank(false);
        self
    }

    /// Puts the cursor on a key, if it is listed.
    pub fn select(&mut self, key: &str) {
        if let Some(at) = self.found.iter().position(|found| self.items[found.index].key == key) {
            self.cursor = at;
        }
    }

    /// Other items, such as the answer to a query; the cursor stays on its key.
    pub fn set_items(&mut self, items: Vec<Item>) {
        let key = self.current().map(|item| item.key.clone());
        self.items = items;
        self.rank(false);
        if let Some(key) = key.filter(|_| self.cursor > 0) {
            self.select(&key);
        }
        self.cursor = self.cursor.min(self.rows().saturating_sub(1));
    }

    /// All items, matching or not.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The items that match, best first.
    pub fn matching(&self) -> impl Iterator<Item = &Item> {
        self.found.iter().map(|found| &self.items[found.index])
    }

    /// The item under the cursor; none on the row that creates.
    pub fn current(&self) -> Option<&Item> {
        self.found.get(self.cursor).map(|found| &self.items[found.index])
    }

    /// Takes pasted text into the query.
    pub fn paste(&mut self, text: &str) -> Picked {
        self.input.paste(text);
        self.typed(true)
    }

    /// Whether something is typed that has not been taken yet.
    pub fn is_typed(&self) -> bool {
        !self.input.text().trim().is_empty()
    }

    /// Takes what is under the cursor, as Enter does; where nothing matches what is typed, says so.
    pub fn take(&mut self) -> Picked {
        let typed = self.input.text().trim();
        if self.rows() == 0 && !typed.is_empty() {
            self.empty =
                tr!("Nothing is called “{text}”: type another word, or esc", text = typed).into_owned();
        }
        self.choose()
    }

    /// Handles one key.
    pub fn handle(&mut self, key: KeyEvent) -> Picked {
        match chord(key) {
            (Held::Plain, KeyCode::Esc) => Picked::Cancel,
            (Held::Plain, KeyCode::Enter) => self.take(),
            (Held::Plain, KeyCode::Up | KeyCode::BackTab) | (Held::Ctrl, KeyCode::Char('p')) => self.step(-1),
            (Held::Plain, KeyCode::Down | KeyCode::Tab) | (Held::Ctrl, KeyCode::Char('n')) => self.step(1),
            (Held::Plain, KeyCode::PageUp) => self.leap(-1),
            (Held::Plain, KeyCode::PageDown) => self.leap(1),
            _ => {
                let before = self.input.text().len();
                match self.input.handle(key) {
                    Edit::Ignored => Picked::Ignored,
                    Edit::Moved => Picked::Moved,
                    Edit::Changed => self.typed(self.input.text().len() > before),
                }
            }
        }
    }

    /// Handles the mouse: a click picks, the wheel moves.
    pub fn mouse(&mut self, event: MouseEvent) -> Picked {
        let body = self.body.get();
        if !body.contains(Position::new(event.column, event.row)) {
            return Picked::Ignored;
        }
        match event.kind {
            MouseEventKind::ScrollUp => self.step_within(-1),
            MouseEventKind::ScrollDown => self.step_within(1),
            MouseEventKind::Down(MouseButton::Left) => {
                let line = self.top.get() + usize::from(event.row - body.y);
                match draw::row_at(self, line) {
                    Some(row) => {
                        self.cursor = row;
                        self.choose()
                    }
                    None => Picked::Moved,
                }
            }
            _ => Picked::Ignored,
        }
    }

    fn typed(&mut self, narrower: bool) -> Picked {
        self.cursor = 0;
        self.top.set(0);
        self.empty.clear();
        self.rank(narrower);
        Picked::Query
    }

    /// The row that offers to create, if it is there: something was typed, and nothing is called exactly that.
    fn create_row(&self) -> Option<String> {
        let wording = self.create.as_ref()?;
        let typed = self.input.text().trim();
        let exists = self.matching().take(200).any(|item| item.label.eq_ignore_ascii_case(typed));
        (!typed.is_empty() && !exists).then(|| wording.replace("{}", typed))
    }

    fn rows(&self) -> usize {
        self.found.len() + usize::from(self.create_row().is_some())
    }

    fn choose(&mut self) -> Picked {
        match self.current() {
            Some(Item { barred: Some(reason), .. }) => Picked::Barred(reason.clone()),
            Some(item) => Picked::Choose(item.key.clone()),
            None if self.create_row().is_some() => Picked::Create(self.input.text().trim().to_owned()),
            None => Picked::Moved,
        }
    }

    fn step(&mut self, by: isize) -> Picked {
        let rows = self.rows();
        if rows > 0 {
            self.cursor = (self.cursor as isize + by).rem_euclid(rows as isize) as usize;
        }
        Picked::Moved
    }

    fn step_within(&mut self, by: isize) -> Picked {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.rows().saturating_sub(1));
        Picked::Moved
    }

    fn leap(&mut self, pages: isize) -> Picked {
        self.step_within(pages * (self.body.get().height as isize - 1).max(1))
    }

    fn rank(&mut self, narrower: bool) {
        if self.ranked_elsewhere {
            self.found = (0..self.items.len()).map(Found::plain).collect();
        } else {
            // A second word may match anywhere, so it does not narrow.
            let narrower = narrower && !self.input.text().contains(char::is_whitespace);
            let among = narrower.then_some(self.found.as_slice());
            self.found = rank::rank(&self.items, self.input.text(), among);
        }
    }
}

#[cfg(test)]
mod tests;
