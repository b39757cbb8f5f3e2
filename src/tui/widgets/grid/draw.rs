//! Drawing a grid: heading, rows or cards, group headings, and a thumb where there is more.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::column::{Align, GAP, Placed, Slot};
use super::place::{Places, Spot};
use super::{Cell, Column, Grid, Order, Rows, Seen, fit};
use crate::base::text;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::paint::{self, Pen};

/// Columns at the left for the cursor's bar and the mark.
pub(super) const GUTTER: u16 = 2;

/// Room for cells: without the gutter and the column of the scroll thumb.
pub(super) fn cells_width(area: Rect) -> u16 {
    area.width.saturating_sub(GUTTER + 1)
}

impl Grid {
    /// Draws the list into the area.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme, rows: &dyn Rows) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        let cards = area.width < self.card_below && self.columns.iter().any(|column| column.slot.is_some());
        let placed = if cards { Vec::new() } else { fit(&self.columns, cells_width(area), self.shift) };
        let head = match (cards, area.height) {
            (true, _) | (false, 0..=2) => 0,
            (false, 3..=8) => 1,
            _ => 2,
        };
        let body = paint::below(area, head);
        let row_height = if cards { 2 } else { 1 };
        let columns = if cards { self.columns.len() } else { placed.len() };
        self.seen.set(Seen { area, body, row_height, columns });

        if head > 0 {
            self.heading(paint::line(area, 0), buf, theme, &placed);
        }
        if head > 1 {
            paint::rule(buf, paint::line(area, 1), theme);
        }
        if rows.is_empty() {
            return self.nothing(body, buf, theme);
        }

        let places = Places { groups: rows.groups(), rows: rows.len(), height: row_height };
        let top = self.keep_in_sight(&places, usize::from(body.height));
        if !cards {
            self.measure_tails(&places, top, body.height, &placed, rows);
        }
        for y in 0..body.height {
            let line = paint::line(body, y);
            match places.spot(top + usize::from(y)) {
                Some(Spot::Row(index, part)) => {
                    let style = self.row_style(index, rows, theme);
                    self.gutter(line, buf, theme, index, rows, style);
                    let cells = Rect { width: cells_width(line), ..paint::inset_left(line, GUTTER) };
                    if cards {
                        self.card(cells, buf, theme, index, part, rows, style);
                    } else {
                        self.row(cells, buf, theme, index, &placed, rows, style);
                    }
                }
                Some(Spot::Heading(group)) => {
                    let group = &rows.groups()[group];
                    let mut pen = Pen::new(buf, paint::inset_left(line, GUTTER));
                    pen.text(&group.title, theme.style(Role::Heading)).gap(2);
                    pen.text(&group.detail, theme.style(Role::Muted));
                }
                Some(Spot::Blank) | None => {}
            }
        }
        paint::scrollbar(buf, body, top, usize::from(body.height), places.lines(), theme);
    }

    /// Moves the view so that the cursor's row, with a line of context, is in it.
    fn keep_in_sight(&self, places: &Places<'_>, height: usize) -> usize {
        let cursor = self.cursor.min(places.rows - 1);
        let margin = places.margin(height);
        let first = places.lead_of(cursor).saturating_sub(margin);
        let last = places.line_of(cursor) + places.height + margin;
        let mut top = self.top.get();
        if last > top + height {
            top = last - height;
        }
        top = top.min(first).min(places.lines().saturating_sub(height));
        self.top.set(top);
        top
    }

    fn heading(&self, line: Rect, buf: &mut Buffer, theme: &Theme, placed: &[Placed]) {
        let hidden = self.shift > 0;
        for place in placed {
            let column = &self.columns[place.index];
            let sorted = self.sort.as_ref().filter(|(id, _)| *id == column.id).map(|(_, order)| order);
            let style = theme.style(if sorted.is_some() { Role::Heading } else { Role::Muted });
            let mut title = column.title.clone();
            match sorted {
                Some(Order::Ascending) => title.push_str(" ↑"),
                Some(Order::Descending) => title.push_str(" ↓"),
                None => {}
            }
            let field = Rect::new(line.x + GUTTER + place.x, line.y, place.width, 1);
            let mut pen = Pen::new(buf, field);
            match column.align {
                Align::Left => pen.cell(&title, place.width, style),
                Align::Right | Align::Decimal(_) => pen.cell_right(&title, place.width, style),
            };
        }
        if hidden {
            Pen::new(buf, line).text("‹", theme.style(Role::Accent));
        }
    }

    fn row_style(&self, index: usize, rows: &dyn Rows, theme: &Theme) -> Style {
        let base = theme.style(rows.tone(index).unwrap_or(Role::Text));
        let ground = if self.focused { Role::Selection } else { Role::SelectionIdle };
        if index == self.cursor { base.patch(theme.style(ground)) } else { base }
    }

    fn gutter(
        &self,
        line: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        index: usize,
        rows: &dyn Rows,
        style: Style,
    ) {
        let marked = !self.marks.is_empty() && self.marks.contains(&rows.key(index));
        let here = index == self.cursor;
        if here {
            paint::tint(buf, Rect { width: line.width - 1, ..line }, style);
        }
        let bar = theme.style(if self.focused { Role::Cursor } else { Role::Faint });
        let mut pen = Pen::new(buf, line);
        pen.cell(if here { "▌" } else { "" }, 1, if here { style.patch(bar) } else { style });
        if marked {
            pen.cell("●", 1, style.patch(theme.style(Role::Mark)));
        }
    }

    #[allow(clippy::too_many_arguments)] // one row's whole context, used in one place
    fn row(
        &self,
        cells: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        index: usize,
        placed: &[Placed],
        rows: &dyn Rows,
        style: Style,
    ) {
        for (at, place) in placed.iter().enumerate() {
            let column = &self.columns[place.index];
            let cell = rows.cell(index, &column.id);
            let field = Rect::new(cells.x + place.x, cells.y, place.width, 1).intersection(cells);
            let tail = self.tails.borrow().get(at).copied().unwrap_or(0);
            self.cell(field, buf, theme, column, &cell, style, tail);
        }
    }

    #[allow(clippy::too_many_arguments)] // one cell's whole context, used in one place
    fn cell(
        &self,
        field: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        column: &Column,
        cell: &Cell,
        style: Style,
        tail: u16,
    ) {
        let style = spoken(style, cell, theme);
        let lead = match column.align {
            Align::Left => 0,
            Align::Right => field.width.saturating_sub(paint::columns(&text::safe(&cell.text))),
            Align::Decimal(separator) => {
                let whole = paint::columns(&text::safe(&cell.text[..point(&cell.text, separator)]));
                let all = paint::columns(&text::safe(&cell.text));
                field.width.saturating_sub(whole + tail).min(field.width.saturating_sub(all))
            }
        };
        self.lit(Pen::new(buf, field).gap(lead), theme, &cell.text, style);
    }

    #[allow(clippy::too_many_arguments)] // one card's whole context, used in one place
    fn card(
        &self,
        line: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        index: usize,
        part: usize,
        rows: &dyn Rows,
        style: Style,
    ) {
        let (left, right) = [(Slot::Title, Slot::Value), (Slot::Subtitle, Slot::Detail)][part.min(1)];
        let cells = |slot: Slot| {
            let filled = self.columns.iter().filter(move |column| column.slot == Some(slot));
            filled.map(|column| rows.cell(index, &column.id)).filter(|cell| !cell.text.is_empty())
        };
        let base = if part == 0 { style } else { muted_unless_spoken(style, index, rows, theme) };
        let mut pen = Pen::new(buf, line);
        let mut values: Vec<Cell> = cells(right).collect();
        values.reverse();
        for cell in &values {
            let shown = spoken(base, cell, theme);
            pen.right(&cell.text, shown).gap_right(GAP);
        }
        for cell in cells(left) {
            let shown = spoken(base, &cell, theme);
            self.lit(&mut pen, theme, &cell.text, shown);
            pen.gap(GAP);
        }
    }

    fn lit(&self, pen: &mut Pen<'_>, theme: &Theme, words: &str, style: Style) {
        if self.highlight.is_empty() {
            pen.text(words, style);
        } else {
            let safe = text::safe(words);
            let found = paint::find_words(&safe, &self.highlight);
            let hit = theme.style(Role::Match);
            pen.lit(&safe, style, hit, |at| found.iter().any(|range| range.contains(&at)));
        }
    }

    /// How much the decimal columns need behind the point; grows with what comes into sight, so that scrolling
    /// does not make numbers dance.
    fn measure_tails(
        &self,
        places: &Places<'_>,
        top: usize,
        height: u16,
        placed: &[Placed],
        rows: &dyn Rows,
    ) {
        let mut tails = self.tails.borrow_mut();
        tails.resize(placed.len(), 0);
        for (at, place) in placed.iter().enumerate() {
            let column = &self.columns[place.index];
            let Align::Decimal(separator) = column.align else { continue };
            for line in top..top + usize::from(height) {
                if let Some(Spot::Row(index, _)) = places.spot(line) {
                    let text = rows.cell(index, &column.id).text;
                    let tail = paint::columns(&text::safe(&text[point(&text, separator)..]));
                    tails[at] = tails[at].max(tail).min(place.width);
                }
            }
        }
    }

    fn nothing(&self, body: Rect, buf: &mut Buffer, theme: &Theme) {
        let body = paint::inset_left(body, GUTTER);
        let y = if body.height > 6 { body.height / 4 } else { 0 };
        Pen::new(buf, paint::line(body, y)).text(&self.empty.0, theme.style(Role::Text));
        Pen::new(buf, paint::line(body, y + 1)).text(&self.empty.1, theme.style(Role::Muted));
    }
}

/// The cell's own role over the row's style.
fn spoken(style: Style, cell: &Cell, theme: &Theme) -> Style {
    cell.role.map_or(style, |role| style.patch(theme.style(role)))
}

fn muted_unless_spoken(style: Style, index: usize, rows: &dyn Rows, theme: &Theme) -> Style {
    if rows.tone(index).is_some() { style } else { style.patch(theme.style(Role::Muted)) }
}

/// Where the whole part of a number ends: at the last separator between digits, else after the last digit.
fn point(text: &str, separator: char) -> usize {
    let digit_after = |at: usize| text[at..].starts_with(|c: char| c.is_ascii_digit());
    let separated = text.char_indices().rfind(|(at, c)| *c == separator && digit_after(at + c.len_utf8()));
    match separated {
        Some((at, _)) => at,
        None => text.rfind(|c: char| c.is_ascii_digit()).map_or(text.len(), |at| at + 1),
    }
}
