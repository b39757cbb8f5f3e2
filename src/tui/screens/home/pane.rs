//! A pane: its content, its cursor, and how both are drawn.

use super::content::{Content, Row};
use super::measure;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::bar;
use crate::tui::widgets::grid::{Align, Cell, Placed, fit};
use crate::tui::widgets::motion::Motion;
use crate::tui::widgets::paint::{self, Pen};
use crate::tui::widgets::section::heading;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use smol_str::SmolStr;
use std::cell::Cell as Shared;

/// Columns at the left for the cursor's bar.
const GUTTER: u16 = 1;

/// The state of one pane.
#[derive(Default)]
pub struct Pane {
    /// What it shows.
    pub content: Content,
    cursor: usize,
    key: Option<SmolStr>,
    top: Shared<usize>,
    /// How many rows the last frame had room for.
    page: Shared<usize>,
}

impl Pane {
    /// Takes in new content. The cursor stays on its row; where that is gone, on its line.
    pub fn set(&mut self, content: Content) {
        let key = self.key.take();
        let found = key.and_then(|key| content.rows.iter().position(|row| row.key == key));
        let before = self.cursor;
        self.content = content;
        self.put(found.unwrap_or(before));
        let shifted = (self.top.get() + self.cursor).saturating_sub(before);
        self.top.set(shifted.min(self.cursor));
    }

    /// The row under the cursor.
    pub fn row(&self) -> Option<&Row> {
        self.content.rows.get(self.cursor)
    }

    /// The index of the row under the cursor.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Puts the cursor on a row.
    pub fn put(&mut self, index: usize) {
        self.cursor = index.min(self.content.rows.len().saturating_sub(1));
        self.key = self.row().map(|row| row.key.clone());
    }

    /// Moves the cursor.
    pub fn go(&mut self, motion: Motion) {
        self.put(motion.from(self.cursor, self.page.get()));
    }

    /// How many lines it would take to show everything, with its heading.
    pub fn wanted(&self) -> u16 {
        let rows = u16::try_from(self.content.rows.len().max(1)).unwrap_or(u16::MAX);
        rows.saturating_add(1).saturating_add(self.content.measure.as_ref().map_or(0, measure::lines))
    }

    /// Draws the pane; `heading` says whether its name stands above it. Says where which row is.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focused: bool) -> Vec<(usize, Rect)> {
        let content = &self.content;
        let mut body = heading(area, buf, theme, &content.title, &content.detail, focused);
        if let Some(measure) = &content.measure {
            let rows = u16::try_from(content.rows.len()).unwrap_or(u16::MAX);
            let lines = measure::lines(measure).min(body.height.saturating_sub(rows).max(1));
            let rows = rows.min(body.height.saturating_sub(lines));
            measure::draw(Rect { height: lines, ..paint::below(body, rows) }, buf, theme, measure);
            body.height = rows;
        }
        self.page.set(body.height.into());
        if content.rows.is_empty() {
            Pen::new(buf, body).gap(GUTTER + 2).text(&content.empty, theme.style(Role::Muted));
            return Vec::new();
        }
        let height = usize::from(body.height).max(1);
        let last = content.rows.len().saturating_sub(height);
        let lowest = (self.cursor + 1).saturating_sub(height);
        let top = self.top.get().clamp(lowest, self.cursor.max(lowest)).min(last);
        self.top.set(top);
        let cells = Rect { width: body.width.saturating_sub(GUTTER + 1), ..paint::inset_left(body, GUTTER) };
        let placed = fit(&content.columns, cells.width, 0);
        let mut spots = Vec::new();
        for (y, index) in (top..content.rows.len()).take(body.height.into()).enumerate() {
            let line = paint::line(body, y as u16);
            self.draw_row(line, buf, theme, &placed, index, focused && index == self.cursor);
            spots.push((index, line));
        }
        paint::scrollbar(buf, body, top, height, content.rows.len(), theme);
        spots
    }

    fn draw_row(
        &self,
        line: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        placed: &[Placed],
        index: usize,
        here: bool,
    ) {
        let row = &self.content.rows[index];
        let mut ground = theme.style(Role::Text);
        if here {
            ground = ground.patch(theme.style(Role::Selection));
            paint::tint(buf, Rect { width: line.width.saturating_sub(1), ..line }, ground);
            Pen::new(buf, line).text("▌", ground.patch(theme.style(Role::Cursor)));
        }
        for place in placed {
            let column = &self.content.columns[place.index];
            let x = line.x + GUTTER + place.x;
            let field = Rect::new(x, line.y, place.width.min(line.right().saturating_sub(x)), 1);
            let mut pen = Pen::new(buf, field);
            if let (Some(share), "bar") = (row.share, column.id.as_str()) {
                bar::blocks(&mut pen, ground.patch(theme.style(Role::BarFill)), share, 1.0, place.width);
                continue;
            }
            let Some(cell) = row.cells.get(place.index) else { continue };
            let style = spoken(ground, cell, theme);
            match column.align {
                Align::Left => pen.cell(&cell.text, place.width, style),
                Align::Right | Align::Decimal(_) => pen.cell_right(&cell.text, place.width, style),
            };
        }
    }
}

fn spoken(ground: Style, cell: &Cell, theme: &Theme) -> Style {
    cell.role.map_or(ground, |role| ground.patch(theme.style(role)))
}
