//! Draws a history: date, time and name at the left, what happened at the right, and only what is in view.

use super::item::Item;
use super::lines::{Line, lines};
use crate::tui::layout::Width;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::paint::{self, Pen};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use smol_str::SmolStr;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Columns of day, time, name and sign.
const DAY: u16 = 8;
const TIME: u16 = 7;
const WHO: u16 = 10;
const SIGN: u16 = 2;
/// From this width on the commit's id stands at the right.
const ID_FROM: u16 = 90;
const ID: u16 = 10;

/// The view of a history: how far it is scrolled, and where the last frame put what.
#[derive(Default)]
pub struct View {
    top: Cell<usize>,
    /// First line, line after the last, and height of the view for the item under the cursor.
    here: Cell<(usize, usize, usize)>,
    seen: RefCell<Vec<(usize, Rect)>>,
}

/// Says something in the place of a history.
pub fn say(area: Rect, buf: &mut Buffer, theme: &Theme, text: &str) {
    Pen::new(buf, paint::line(area, area.height / 3)).gap(3).text(text, theme.style(Role::Muted));
}

impl View {
    /// How many items the last frame showed.
    pub fn page(&self) -> usize {
        let mut items: Vec<usize> = self.seen.borrow().iter().map(|(index, _)| *index).collect();
        items.dedup();
        items.len()
    }

    /// Which item is at a place.
    pub fn item_at(&self, at: Position) -> Option<usize> {
        self.seen.borrow().iter().find(|(_, area)| area.contains(at)).map(|(index, _)| *index)
    }

    /// Scrolls on in an item that goes on below the view; false where none does.
    pub fn scroll(&self, count: usize) -> bool {
        let (_, end, height) = self.here.get();
        let goes_on = self.top.get() + height < end;
        if goes_on {
            self.top.set((self.top.get() + count).min(end - height));
        }
        goes_on
    }

    /// Scrolls back in an item that begins above the view; false where none does.
    pub fn scroll_back(&self, count: usize) -> bool {
        let (start, _, _) = self.here.get();
        let began = self.top.get() > start;
        if began {
            self.top.set(self.top.get().saturating_sub(count).max(start));
        }
        began
    }

    /// Draws the items in view; the one at `cursor` is always among them.
    pub fn draw(
        &self,
        area: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        items: &[Arc<Item>],
        cursor: usize,
        opened: &BTreeSet<SmolStr>,
    ) {
        let narrow = Width::of(area) == Width::Narrow;
        let sheet = Sheet { theme, narrow, width: area.width };
        let blocks: Vec<Vec<Line>> =
            items.iter().map(|item| lines(item, opened.contains(&item.key), sheet.room())).collect();
        let tall = |block: &Vec<Line>| block.len() + usize::from(narrow);
        let start: usize = blocks.iter().take(cursor).map(tall).sum();
        let end = start + blocks.get(cursor).map_or(0, tall);
        let all: usize = blocks.iter().map(tall).sum();
        let height = usize::from(area.height);
        let top = match end - start > height {
            true => self.top.get().clamp(start, end - height),
            false => self.top.get().clamp(end.saturating_sub(height), start),
        };
        let top = top.min(all.saturating_sub(height).max(if end - start > height { top } else { 0 }));
        self.top.set(top);
        self.here.set((start, end, height));

        let mut seen = self.seen.borrow_mut();
        seen.clear();
        let mut at = 0;
        let mut day = "";
        for (index, (item, block)) in items.iter().zip(&blocks).enumerate() {
            let first_in_sight = at.max(top);
            for part in 0..tall(block) {
                let y = at + part;
                if y < top || y >= top + height {
                    continue;
                }
                let line = paint::line(area, (y - top) as u16);
                let dated = item.day != day || y == top;
                sheet.line(line, buf, item, block, part, index == cursor, dated && y == first_in_sight);
                seen.push((index, line));
            }
            at += tall(block);
            if at > top {
                day = &item.day;
            }
        }
        paint::scrollbar(buf, area, top, height, all, theme);
    }
}

/// What all lines of a frame share.
struct Sheet<'t> {
    theme: &'t Theme,
    narrow: bool,
    width: u16,
}

impl Sheet<'_> {
    /// Columns for what happened.
    fn room(&self) -> u16 {
        let left = if self.narrow { 2 + SIGN } else { 1 + DAY + TIME + WHO + SIGN };
        let right = if self.width >= ID_FROM { ID + 1 } else { 2 };
        self.width.saturating_sub(left + right).max(8)
    }

    #[expect(clippy::too_many_arguments, reason = "one line, and everything it depends on")]
    fn line(
        &self,
        line: Rect,
        buf: &mut Buffer,
        item: &Item,
        block: &[Line],
        part: usize,
        here: bool,
        dated: bool,
    ) {
        let theme = self.theme;
        let ground = if here { theme.style(Role::Selection) } else { Style::new() };
        paint::tint(buf, Rect { width: line.width.saturating_sub(1), ..line }, ground);
        let style = |role: Role| ground.patch(theme.style(role));
        let mut pen = Pen::new(buf, line);
        pen.gap_right(1).cell(if here { "▌" } else { "" }, 1, style(Role::Cursor));
        if self.narrow {
            if part == 0 {
                pen.text(&item.day, style(Role::Muted)).gap(1).text(&item.time, style(Role::Muted)).gap(2);
                pen.text(&item.who, style(Role::Link));
                return;
            }
            pen.gap(1).cell(if part == 1 { item.sign } else { "" }, SIGN, style(item.role));
        } else if part == 0 {
            pen.cell(if dated { &item.day } else { "" }, DAY, style(Role::Heading));
            pen.cell(&item.time, TIME, style(Role::Muted));
            pen.cell(&item.who, WHO - 1, style(Role::Link)).gap(1);
            pen.cell(item.sign, SIGN, style(item.role));
            if self.width >= ID_FROM {
                pen.right(item.commit.short(), style(Role::Faint)).gap_right(2);
            }
        } else {
            pen.gap(DAY + TIME + WHO + SIGN);
        }
        for piece in block.get(part - usize::from(self.narrow)).into_iter().flat_map(|line| &line.0) {
            match piece.width {
                0 => pen.text(&piece.text, style(piece.role)),
                width => pen.cell(&piece.text, width.saturating_sub(1), style(piece.role)).gap(1),
            };
        }
    }
}
