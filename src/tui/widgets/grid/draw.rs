//! Drawing a grid: heading, rows or cards, group headings, and a thumb where there is more.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::ops::Range;

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
        let head = u16::from(!self.bare && !cards && area.height > 2);
        let body = paint::below(area, head);
        let row_height = if cards { 2 } else { 1 };
        let columns = if cards { self.columns.len() } else { placed.len() };
        self.seen.set(Seen { area, body, row_height, columns });

        let sheet = Sheet { grid: self, theme, rows, placed, cards };
        if head > 0 {
            sheet.heading(paint::line(area, 0), buf);
        }
        if rows.is_empty() {
            return self.nothing(body, buf, theme);
        }
        let places = self.places_of(rows, row_height);
        let top = self.keep_in_sight(&places, usize::from(body.height));
        sheet.measure_tails(&places, top, body.height);
        let mut pinned = places.pinned(top, body.height.into()).map(Spot::Heading);
        for y in 0..body.height {
            let line = paint::line(body, y);
            match pinned.take().or_else(|| places.spot(top + usize::from(y))) {
                Some(Spot::Row(index, part)) => sheet.row(line, buf, index, part),
                Some(Spot::Heading(group)) => sheet.group(line, buf, group, &places),
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
        let last = places.line_of(cursor) + places.lines_of(cursor) + margin;
        let mut top = self.top.get();
        if last > top + height {
            top = last - height;
        }
        top = top.min(first).min(places.lines().saturating_sub(height));
        self.top.set(top);
        top
    }

    fn shows_cursor(&self, index: usize) -> bool {
        index == self.cursor && (self.focused || !self.quiet)
    }

    /// What the cursor's line stands on.
    fn ground(&self) -> Role {
        if self.focused { Role::Selection } else { Role::SelectionIdle }
    }

    /// The cursor's bar.
    fn bar(&self) -> Role {
        if self.focused { Role::Cursor } else { Role::Faint }
    }

    fn nothing(&self, body: Rect, buf: &mut Buffer, theme: &Theme) {
        let body = paint::inset_left(body, GUTTER);
        let y = if body.height > 6 { body.height / 4 } else { 0 };
        Pen::new(buf, paint::line(body, y)).text(&self.empty.0, theme.style(Role::Text));
        Pen::new(buf, paint::line(body, y + 1)).text(&self.empty.1, theme.style(Role::Muted));
    }
}

/// One drawing of a grid: what every row of it needs.
struct Sheet<'a> {
    grid: &'a Grid,
    theme: &'a Theme,
    rows: &'a dyn Rows,
    placed: Vec<Placed>,
    cards: bool,
}

impl Sheet<'_> {
    fn heading(&self, line: Rect, buf: &mut Buffer) {
        for place in &self.placed {
            let column = &self.grid.columns[place.index];
            let sorted = self.grid.sort.as_ref().filter(|(id, _)| *id == column.id).map(|(_, order)| order);
            let style = self.theme.style(if sorted.is_some() { Role::Heading } else { Role::Muted });
            let title = match sorted {
                Some(Order::Ascending) => format!("{} ↑", column.title),
                Some(Order::Descending) => format!("{} ↓", column.title),
                None => column.title.clone(),
            };
            let mut pen = Pen::new(buf, paint::inset_left(line, GUTTER + place.x));
            match column.align {
                Align::Left => pen.cell(&title, place.width, style),
                Align::Right | Align::Decimal(_) => pen.cell_right(&title, place.width, style),
            };
        }
        if self.grid.shift > 0 {
            Pen::new(buf, line).text("‹", self.theme.style(Role::Accent));
        }
    }

    /// One line of a row: all of it in a table, half of it on a card.
    fn row(&self, line: Rect, buf: &mut Buffer, index: usize, part: usize) {
        let here = self.grid.shows_cursor(index);
        let mut style = self.theme.style(self.rows.tone(index).unwrap_or(Role::Text));
        if here {
            style = style.patch(self.theme.style(self.grid.ground()));
            paint::tint(buf, Rect { width: line.width - 1, ..line }, style);
        }
        self.gutter(line, buf, index, style);
        let cells = Rect { width: cells_width(line), ..paint::inset_left(line, GUTTER) };
        if self.cards {
            self.card(cells, buf, index, part, style);
        } else {
            for (at, place) in self.placed.iter().enumerate() {
                let field = Rect::new(cells.x + place.x, cells.y, place.width, 1).intersection(cells);
                self.cell(field, buf, index, at, style);
            }
        }
    }

    /// A group's heading, with a sign where it folds.
    fn group(&self, line: Rect, buf: &mut Buffer, at: usize, places: &Places<'_>) {
        let group = &places.groups[at];
        let folded = places.is_folded(at);
        let here = folded && self.grid.shows_cursor(group.start);
        let mut style = self.theme.style(Role::Text);
        if here {
            style = style.patch(self.theme.style(self.grid.ground()));
            paint::tint(buf, Rect { width: line.width - 1, ..line }, style);
        }
        let spoken = |role| style.patch(self.theme.style(role));
        let mut pen = Pen::new(buf, line);
        let bar = if here { "▌" } else { "" };
        pen.cell(bar, 1, spoken(self.grid.bar()));
        let sign = match (self.grid.folds, folded) {
            (false, _) => "",
            (true, true) => "▸",
            (true, false) => "▾",
        };
        pen.cell(sign, if self.grid.folds { GUTTER } else { GUTTER - 1 }, spoken(Role::Faint));
        pen.text(&group.title, spoken(Role::Heading)).gap(2);
        pen.text(&group.detail, spoken(Role::Muted));
        let marked = if folded { self.grid.marked_under(at, places, self.rows) } else { 0 };
        if marked > 0 {
            pen.gap(2).text("● ", spoken(Role::Mark)).text(&marked.to_string(), spoken(Role::Muted));
        }
    }

    /// The cursor's bar, and the mark: in the bar's place where the cursor is not.
    fn gutter(&self, line: Rect, buf: &mut Buffer, index: usize, style: Style) {
        let grid = self.grid;
        let marked = !grid.marks.is_empty() && grid.marks.contains(&self.rows.key(index));
        let mark = style.patch(self.theme.style(Role::Mark));
        let mut pen = Pen::new(buf, line);
        if grid.shows_cursor(index) {
            pen.cell("▌", 1, style.patch(self.theme.style(grid.bar())));
        }
        if marked {
            pen.cell("●", 1, mark);
        }
    }

    fn cell(&self, field: Rect, buf: &mut Buffer, index: usize, at: usize, style: Style) {
        let column = self.column(at);
        let cell = self.rows.cell(index, &column.id);
        let width = paint::columns(&text::safe(&cell.text));
        let lead = match column.align {
            Align::Left => 0,
            Align::Right => field.width.saturating_sub(width),
            Align::Decimal(separator) => {
                let tail = self.grid.tails.borrow().get(at).copied().unwrap_or(0);
                let whole = paint::columns(&text::safe(&cell.text[..point(&cell.text, separator)]));
                field.width.saturating_sub(whole + tail).min(field.width.saturating_sub(width))
            }
        };
        let marks = self.rows.marks(index, &column.id);
        self.lit(Pen::new(buf, field).gap(lead), &cell.text, self.spoken(style, &cell), marks);
    }

    fn card(&self, line: Rect, buf: &mut Buffer, index: usize, part: usize, style: Style) {
        let (left, right) = [(Slot::Title, Slot::Value), (Slot::Subtitle, Slot::Detail)][part.min(1)];
        let cells = |slot: Slot| {
            let filled = self.grid.columns.iter().filter(move |column| column.slot == Some(slot));
            let cells = filled.map(|column| (&column.id, self.rows.cell(index, &column.id)));
            cells.filter(|(_, cell)| !cell.text.is_empty())
        };
        let quiet = part > 0 && self.rows.tone(index).is_none();
        let style = if quiet { style.patch(self.theme.style(Role::Muted)) } else { style };
        let mut pen = Pen::new(buf, line);
        let mut values: Vec<_> = cells(right).collect();
        values.reverse();
        for (column, cell) in &values {
            let mut style = self.spoken(style, cell);
            if matches!(self.rows.marks(index, column), [all] if all.len() == cell.text.len()) {
                style = style.patch(self.theme.style(Role::Match));
            }
            pen.right(&cell.text, style).gap_right(GAP);
        }
        for (column, cell) in cells(left) {
            self.lit(&mut pen, &cell.text, self.spoken(style, &cell), self.rows.marks(index, column));
            pen.gap(GAP);
        }
    }

    /// The cell's own role over the row's style.
    fn spoken(&self, style: Style, cell: &Cell) -> Style {
        cell.role.map_or(style, |role| style.patch(self.theme.style(role)))
    }

    /// A text with what stands out in it: what the row marks, else the words looked for.
    fn lit(&self, pen: &mut Pen<'_>, words: &str, style: Style, marks: &[Range<usize>]) {
        if self.grid.highlight.is_empty() && marks.is_empty() {
            pen.text(words, style);
        } else {
            let safe = text::safe(words);
            let found = match marks {
                [] => paint::find_words(&safe, &self.grid.highlight),
                marks => marks.to_vec(),
            };
            let hit = self.theme.style(Role::Match);
            pen.lit(&safe, style, hit, |at| found.iter().any(|range| range.contains(&at)));
        }
    }

    /// How much the decimal columns need behind the point; grows with what comes into sight, so that scrolling
    /// does not make numbers dance.
    fn measure_tails(&self, places: &Places<'_>, top: usize, height: u16) {
        let mut tails = self.grid.tails.borrow_mut();
        tails.resize(self.placed.len(), 0);
        for (at, place) in self.placed.iter().enumerate() {
            let column = self.column(at);
            let Align::Decimal(separator) = column.align else { continue };
            for line in top..top + usize::from(height) {
                if let Some(Spot::Row(index, _)) = places.spot(line) {
                    let text = self.rows.cell(index, &column.id).text;
                    let tail = paint::columns(&text::safe(&text[point(&text, separator)..]));
                    tails[at] = tails[at].max(tail).min(place.width);
                }
            }
        }
    }

    fn column(&self, at: usize) -> &Column {
        &self.grid.columns[self.placed[at].index]
    }
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
