//! What happened, newest first: a date, a sign, who, and what; entries with more to read open in place.

use std::cell::{Cell as Shared, RefCell};
use std::collections::BTreeSet;

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use smol_str::SmolStr;

use super::motion::Motion;
use super::paint::{self, Pen};
use crate::tui::theme::{Role, Theme};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When, as people say it: `today`, `Thu`, `12 Nov`. Shown where it differs from the entry above.
    pub when: String,
    /// One sign for its kind: ✎ ☎ ✉ ⚑ €.
    pub sign: String,
    /// How the sign is spoken.
    pub role: Role,
    /// Who.
    pub who: String,
    /// What.
    pub what: String,
    /// The record it is about, if it is another one.
    pub about: String,
    /// More to read, shown when opened.
    pub more: String,
}

/// The entries, asked for by index and only as far as they are in view.
pub trait Entries {
    /// How many there are.
    fn len(&self) -> usize;
    /// What identifies an entry whatever its place.
    fn key(&self, index: usize) -> SmolStr;
    /// The entry itself.
    fn entry(&self, index: usize) -> Entry;
    /// Whether nothing has happened.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The state of a timeline: cursor, view, what is opened.
#[derive(Debug, Default)]
pub struct Timeline {
    /// Whether it has the focus; otherwise it shows no cursor.
    pub focused: bool,
    /// What to say when nothing has happened yet.
    pub empty: String,
    cursor: usize,
    key: Option<SmolStr>,
    opened: BTreeSet<SmolStr>,
    top: Shared<usize>,
    /// Where the last frame put which entry.
    seen: RefCell<Vec<(usize, Rect)>>,
}

/// Columns of the date, and most of the name.
const WHEN: u16 = 8;
const WHO: u16 = 10;
/// Columns of the sign.
const SIGN: u16 = 3;
/// Most lines of an entry that is not opened.
const CLOSED: usize = 2;

impl Timeline {
    /// A timeline, its cursor on the newest entry.
    pub fn new() -> Timeline {
        Timeline::default()
    }

    /// The key of the entry under the cursor.
    pub fn cursor_key(&self) -> Option<&SmolStr> {
        self.key.as_ref()
    }

    /// Finds the cursor's entry again after entries have been added.
    pub fn sync(&mut self, entries: &dyn Entries) {
        let known = self.key.clone();
        let found = known.and_then(|key| (0..entries.len()).find(|index| entries.key(*index) == key));
        self.put(found.unwrap_or(self.cursor), entries);
    }

    /// Moves the cursor.
    pub fn go(&mut self, motion: Motion, entries: &dyn Entries) {
        let page = self.seen.borrow().len();
        self.put(motion.from(self.cursor, page), entries);
    }

    /// Handles the mouse: a click selects, a second opens in place, the wheel moves. False where it means something
    /// else.
    pub fn mouse(&mut self, event: MouseEvent, entries: &dyn Entries) -> bool {
        let at = Position::new(event.column, event.row);
        let hit = self.seen.borrow().iter().find(|(_, area)| area.contains(at)).map(|(index, _)| *index);
        let Some(index) = hit else { return false };
        match event.kind {
            MouseEventKind::ScrollUp => self.go(Motion::Up(1), entries),
            MouseEventKind::ScrollDown => self.go(Motion::Down(1), entries),
            MouseEventKind::Down(MouseButton::Left) if index == self.cursor => self.toggle(),
            MouseEventKind::Down(MouseButton::Left) => self.put(index, entries),
            _ => return false,
        }
        true
    }

    /// Opens the entry under the cursor in place, or closes it.
    pub fn toggle(&mut self) {
        if let Some(key) = self.key.clone()
            && !self.opened.remove(&key)
        {
            self.opened.insert(key);
        }
    }

    fn put(&mut self, index: usize, entries: &dyn Entries) {
        self.cursor = index.min(entries.len().saturating_sub(1));
        self.key = (!entries.is_empty()).then(|| entries.key(self.cursor));
    }

    /// Draws the entries in view.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme, entries: &dyn Entries) {
        let area = area.intersection(buf.area);
        self.seen.borrow_mut().clear();
        if entries.is_empty() {
            Pen::new(buf, area).gap(2).text(&self.empty, theme.style(Role::Muted));
            return;
        }
        let columns = Columns::new(area.width);
        let top = self.keep_in_sight(&columns, area.height, entries);
        let mut y = 0;
        let mut when = String::new();
        for index in top..entries.len() {
            if y >= area.height {
                break;
            }
            let mut block = self.block(&columns, index, entries);
            let spot = paint::below(area, y);
            let spot = Rect { height: spot.height.min(block.height()), ..spot };
            self.seen.borrow_mut().push((index, spot));
            // A date is shown where it differs from the one above.
            let same = block.entry.when == when;
            when = if same { std::mem::take(&mut block.entry.when) } else { block.entry.when.clone() };
            block.draw(spot, buf, theme, &columns, self.focused && index == self.cursor);
            y += spot.height;
        }
        let shown = self.seen.borrow().len();
        let rest = entries.len() - (top + shown);
        if rest > 0 || top > 0 {
            paint::scrollbar(buf, area, top, shown, entries.len(), theme);
        }
    }

    fn block(&self, columns: &Columns, index: usize, entries: &dyn Entries) -> Block {
        let entry = entries.entry(index);
        let opened = self.opened.contains(&entries.key(index));
        let mut what = paint::wrap(&entry.what, columns.what);
        let cut = what.len() > CLOSED && !opened;
        if cut {
            what.truncate(CLOSED);
        }
        let more = match opened && !entry.more.is_empty() {
            true => paint::wrap(&entry.more, columns.what.saturating_sub(2)),
            false => Vec::new(),
        };
        Block { entry, what, more, cut, opened }
    }

    /// Moves the view so that the cursor's entry is wholly in it, if it can be.
    fn keep_in_sight(&self, columns: &Columns, height: u16, entries: &dyn Entries) -> usize {
        let cursor = self.cursor.min(entries.len() - 1);
        let tall = |index: usize| usize::from(self.block(columns, index, entries).height());
        let height = usize::from(height);
        let mut top = self.top.get().min(cursor);
        let mut used = 0;
        let mut first = cursor;
        for index in (0..=cursor).rev() {
            used += tall(index);
            if used > height {
                break;
            }
            first = index;
        }
        top = top.max(first);
        // At the end, fill the view.
        while top > 0 && (top - 1..entries.len()).take(height).map(tall).sum::<usize>() <= height {
            top -= 1;
        }
        self.top.set(top);
        top
    }
}

/// How wide the parts are.
struct Columns {
    when: u16,
    who: u16,
    what: u16,
}

impl Columns {
    fn new(width: u16) -> Columns {
        let (when, who) = if width < 46 { (7, 0) } else { (WHEN, WHO) };
        // The bar, the sign, the scroll thumb, and the sign that there is more.
        Columns { when, who, what: width.saturating_sub(2 + when + SIGN + who + 3).max(4) }
    }
}

/// The wrapped words of one entry.
struct Block {
    entry: Entry,
    what: Vec<String>,
    more: Vec<String>,
    /// Whether the words go on beyond the lines shown.
    cut: bool,
    opened: bool,
}

impl Block {
    fn height(&self) -> u16 {
        (self.what.len() + self.more.len()).min(usize::from(u16::MAX)) as u16
    }

    fn draw(&self, spot: Rect, buf: &mut Buffer, theme: &Theme, columns: &Columns, here: bool) {
        let entry = &self.entry;
        let ground = if here { theme.style(Role::Selection) } else { Style::new() };
        paint::tint(buf, Rect { width: spot.width.saturating_sub(1), ..spot }, ground);
        let style = |role: Role| ground.patch(theme.style(role));
        let lines = self.what.iter().map(|line| (line, Role::Text, 0));
        let lines = lines.chain(self.more.iter().map(|line| (line, Role::Muted, 2)));
        for (y, (words, role, indent)) in lines.enumerate().take(spot.height.into()) {
            let mut pen = Pen::new(buf, paint::line(spot, y as u16));
            pen.cell(if here { "▌" } else { "" }, 1, style(Role::Cursor)).gap(1).gap_right(1);
            if y == 0 {
                pen.cell(&entry.when, columns.when, style(Role::Muted));
                pen.cell(&entry.sign, SIGN, style(entry.role));
                pen.cell(&entry.who, columns.who, style(Role::Muted));
            } else {
                pen.gap(columns.when + SIGN + columns.who);
            }
            pen.gap(indent).text(words, style(role));
            if y + 1 == self.what.len() {
                pen.text(if self.cut { "…" } else { "" }, style(Role::Muted));
                if !entry.about.is_empty() {
                    pen.gap(2).text(&entry.about, style(Role::Link));
                }
                if !entry.more.is_empty() {
                    pen.gap(1).text(if self.opened { "▾" } else { "▸" }, style(Role::Muted));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
