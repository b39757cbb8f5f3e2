//! Drawing a picker: in a popup, beside a form field, or bare in an area.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::{Item, Picker, rank};
use crate::base::text;
use crate::tr;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::paint::{self, Pen};

/// How a picker is put on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The query line above the list.
    Full,
    /// The list alone: the query is typed in the form field it drops from.
    List,
    /// The query line above a list whose hints are keys, in a column of their own at the left, under headings.
    Keys,
}

/// One line of the list.
enum Line<'a> {
    Blank,
    Heading(&'a str),
    Row(usize),
}

/// The picker's row on a line of its list.
pub(super) fn row_at(picker: &Picker, line: usize) -> Option<usize> {
    match lines(picker).nth(line)? {
        Line::Row(row) => Some(row),
        Line::Heading(_) | Line::Blank => None,
    }
}

/// The lines of the list; headings only while the items are in their own order.
fn lines(picker: &Picker) -> impl Iterator<Item = Line<'_>> {
    let grouped = picker.input.text().trim().is_empty() || picker.ranked_elsewhere;
    let mut last = "";
    (0..picker.rows()).flat_map(move |row| {
        let group = picker.found.get(row).map_or("", |found| picker.items[found.index].group.as_str());
        let heading = (grouped && !group.is_empty() && group != last).then_some(Line::Heading(group));
        let blank = (heading.is_some() && row > 0).then_some(Line::Blank);
        last = group;
        blank.into_iter().chain(heading).chain([Line::Row(row)])
    })
}

impl Picker {
    /// Draws the picker in a frame of its own in the middle of the screen.
    pub fn draw_popup(&self, screen: Rect, buf: &mut Buffer, theme: &Theme, title: &str) {
        let width = (screen.width * 3 / 5).clamp(screen.width.min(36), 84);
        let height = (screen.height * 3 / 5).clamp(screen.height.min(9), 22);
        let inside = paint::popup(buf, paint::centred(screen, width, height), title, theme);
        self.draw(inside, buf, theme, Look::Full);
    }

    /// Draws the list in a frame under a form field, or above it near the foot.
    pub fn draw_dropdown(&self, field: Rect, bounds: Rect, buf: &mut Buffer, theme: &Theme, look: Look) {
        let offer = self.create_row().map(|row| paint::columns(&text::safe(&row)) + 2);
        let nothing = (self.rows() == 0).then(|| paint::columns(&text::safe(&self.nothing())));
        let widest = self.matching().take(200).map(item_width).chain(offer).chain(nothing).max().unwrap_or(0);
        let width = (widest + 8).clamp(24, 64);
        let query = if look == Look::Full { 2 } else { 0 };
        let height = (lines(self).take(10).count().max(1) as u16) + 2 + query;
        let inside = paint::dropdown(buf, field, bounds, (width, height), theme);
        self.draw(inside, buf, theme, look);
    }

    /// Draws the query line and the list, or the list alone.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme, look: Look) {
        let body = match look {
            Look::List => area,
            Look::Full | Look::Keys => {
                self.query(paint::line(area, 0), buf, theme);
                paint::rule(buf, paint::line(area, 1), theme);
                paint::below(area, 2)
            }
        };
        self.body.set(body);
        if self.rows() == 0 {
            let words = if self.loading { tr!("Looking…").to_string() } else { self.nothing() };
            Pen::new(buf, body).gap(2).text(&words, theme.style(Role::Muted));
            return;
        }
        let top = self.keep_in_sight(usize::from(body.height));
        for (y, line) in lines(self).skip(top).take(usize::from(body.height)).enumerate() {
            let area = paint::line(body, y as u16);
            match line {
                Line::Blank => {}
                Line::Heading(title) => {
                    Pen::new(buf, area).text(title, theme.style(Role::Heading));
                }
                Line::Row(row) => self.row(area, buf, theme, row, look),
            }
        }
        // One more than are needed to tell that there is more; the exact length matters to the thumb only.
        paint::scrollbar(buf, body, top, usize::from(body.height), lines(self).count(), theme);
    }

    fn query(&self, line: Rect, buf: &mut Buffer, theme: &Theme) {
        let count = match (self.loading, self.input.is_empty()) {
            (true, _) => "…".to_owned(),
            (false, true) => self.items.len().to_string(),
            (false, false) => format!("{}/{}", self.found.len(), self.items.len()),
        };
        let mut pen = Pen::new(buf, line);
        pen.right(&count, theme.style(Role::Faint)).gap_right(1);
        pen.text("› ", theme.style(Role::Accent));
        let field = Rect { x: pen.x(), width: pen.room(), ..line };
        self.input.draw(field, buf, theme, true);
    }

    /// Columns for the keys of all items, matching or not, so that typing moves nothing.
    fn keys_width(&self) -> u16 {
        self.items.iter().map(|item| paint::columns(&text::safe(&item.hint))).max().unwrap_or(0).min(14)
    }

    /// Columns for the labels of all items, so that what stands behind them lines up.
    fn labels_width(&self) -> u16 {
        self.items.iter().map(|item| paint::columns(&text::safe(&item.label))).max().unwrap_or(0).min(32)
    }

    /// Lines the whole list takes.
    pub fn height(&self) -> usize {
        lines(self).count()
    }

    fn nothing(&self) -> String {
        if self.empty.is_empty() { tr!("Nothing matches").to_string() } else { self.empty.clone() }
    }

    fn keep_in_sight(&self, height: usize) -> usize {
        let at =
            lines(self).position(|line| matches!(line, Line::Row(row) if row == self.cursor)).unwrap_or(0);
        let first = if self.cursor == 0 { 0 } else { at };
        let top = self.top.get().max((at + 1).saturating_sub(height)).min(first);
        self.top.set(top);
        top
    }

    fn row(&self, line: Rect, buf: &mut Buffer, theme: &Theme, row: usize, look: Look) {
        let here = row == self.cursor;
        let mut style = theme.style(Role::Text);
        if here {
            style = style.patch(theme.style(Role::Selection));
            paint::tint(buf, Rect { width: line.width.saturating_sub(1), ..line }, style);
        }
        let mut pen = Pen::new(buf, line);
        pen.cell(if here { "▌" } else { "" }, 2, style.patch(theme.style(Role::Cursor))).gap_right(1);
        match self.found.get(row).map(|found| &self.items[found.index]) {
            Some(item) => self.item(&mut pen, theme, item, style, look),
            None => {
                pen.text("+ ", style.patch(theme.style(Role::Good)));
                pen.text(&self.create_row().unwrap_or_default(), style);
            }
        }
    }

    fn item(&self, pen: &mut Pen<'_>, theme: &Theme, item: &Item, style: Style, look: Look) {
        let style = if item.barred.is_some() { style.patch(theme.style(Role::Faint)) } else { style };
        if look == Look::Keys {
            let key = theme.style(if item.barred.is_some() { Role::Faint } else { Role::Key });
            pen.cell(&item.hint, self.keys_width(), style.patch(key)).gap(2);
            if !item.tally.is_empty() {
                pen.gap_right(1).right(&item.tally, style.patch(theme.style(Role::Muted))).gap_right(2);
            }
        } else {
            pen.right(&item.hint, style.patch(theme.style(Role::Muted))).gap_right(1);
        }
        let label = text::safe(&item.label);
        let query = if self.ranked_elsewhere { "" } else { self.input.text() };
        let hits = char_offsets(&label, &rank::lit(query, &label));
        let hit = theme.style(Role::Match);
        let start = pen.x();
        pen.lit(&label, style, hit, |at| hits.binary_search(&at).is_ok());
        if !item.tally.is_empty() && pen.room() > 24 {
            pen.gap(self.labels_width().saturating_sub(pen.x() - start));
        }
        let detail = item.barred.as_deref().unwrap_or(&item.detail);
        if !detail.is_empty() {
            let muted =
                style.patch(theme.style(if item.barred.is_some() { Role::Faint } else { Role::Muted }));
            pen.gap(2).text(detail, muted);
        }
    }
}

fn item_width(item: &Item) -> u16 {
    let gap = |text: &str| if text.is_empty() { 0 } else { paint::columns(&text::safe(text)) + 2 };
    paint::columns(&text::safe(&item.label)) + gap(&item.detail) + gap(&item.hint)
}

/// Byte offsets of the graphemes with these indices; the matcher counts a text in graphemes.
fn char_offsets(text: &str, indices: &[u32]) -> Vec<usize> {
    let offsets: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
    indices.iter().filter_map(|index| offsets.get(*index as usize).copied()).collect()
}
