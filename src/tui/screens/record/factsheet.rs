//! The pane of facts: two columns where there is room, texts over the whole width, a cursor over all of them.

use super::fact::{Fact, Shape};
use crate::base::text;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::motion::Motion;
use crate::tui::widgets::paint::{self, Pen};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::cell::Cell;

/// Narrowest pane that gets two columns.
const TWO_FROM: u16 = 58;
/// Columns between them.
const GAP: u16 = 2;
/// Most lines of a value beside others.
const LINES: usize = 3;

/// The state of the pane.
#[derive(Debug, Default)]
pub struct Factsheet {
    facts: Vec<Fact>,
    cursor: usize,
    top: Cell<u16>,
    area: Cell<Rect>,
}

/// Where a fact stands, in lines from the top of all facts.
struct Spot {
    index: usize,
    x: u16,
    y: u16,
    width: u16,
    label: u16,
    lines: Vec<String>,
}

impl Spot {
    fn bottom(&self) -> u16 {
        self.y.saturating_add(self.height())
    }

    fn height(&self) -> u16 {
        u16::try_from(self.lines.len()).unwrap_or(u16::MAX)
    }
}

impl Factsheet {
    /// Other facts; the cursor stays on the fact of the same label.
    pub fn set(&mut self, facts: Vec<Fact>) {
        let label = self.facts.get(self.cursor).map(|f| f.label.clone());
        let found = label.and_then(|label| facts.iter().position(|f| f.label == label));
        let first = facts.iter().position(|f| f.shape != Shape::Heading).unwrap_or(0);
        self.cursor = found.unwrap_or(self.cursor.min(facts.len().saturating_sub(1)).max(first));
        self.facts = facts;
    }

    /// The fact under the cursor.
    pub fn current(&self) -> Option<&Fact> {
        self.facts.get(self.cursor)
    }

    /// Lines all facts take at this width.
    pub fn height(&self, width: u16) -> u16 {
        self.spots(width).iter().map(Spot::bottom).max().unwrap_or(0)
    }

    /// Moves the cursor to the next fact above or below; false at the end.
    pub fn go(&mut self, motion: Motion) -> bool {
        let spots = self.spots(self.area.get().width);
        let page = self.area.get().height.max(1);
        let Some(here) = spots.iter().find(|s| s.index == self.cursor) else { return false };
        let lines = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let to = match motion {
            Motion::Home => spots.iter().find(|s| self.stops(s)),
            Motion::End => spots.iter().rfind(|s| self.stops(s)),
            Motion::Up(n) => self.above(&spots, here, here.y.saturating_sub(lines(n))),
            Motion::Down(n) => self.below(&spots, here, here.bottom().saturating_add(lines(n) - 1)),
            Motion::HalfUp => self.above(&spots, here, here.y.saturating_sub(page / 2)),
            Motion::PageUp => self.above(&spots, here, here.y.saturating_sub(page)),
            Motion::HalfDown => self.below(&spots, here, here.y + page / 2),
            Motion::PageDown => self.below(&spots, here, here.y + page),
        };
        // What is taller than the pane is read line by line.
        let tall = here.height() > page;
        if tall && matches!(motion, Motion::Down(1)) && self.top.get() + page < here.bottom() {
            self.top.set(self.top.get() + 1);
            return true;
        }
        if tall && matches!(motion, Motion::Up(1)) && self.top.get() > here.y {
            self.top.set(self.top.get() - 1);
            return true;
        }
        let to = to.map_or(self.cursor, |s| s.index);
        let moved = to != self.cursor;
        self.cursor = to;
        moved
    }

    /// Moves the cursor to the fact beside it.
    pub fn aside(&mut self, right: bool) -> bool {
        let spots = self.spots(self.area.get().width);
        let Some(here) = spots.iter().find(|s| s.index == self.cursor) else { return false };
        let beside =
            spots.iter().filter(|s| self.stops(s) && if right { s.x > here.x } else { s.x < here.x });
        let to = beside.min_by_key(|s| s.y.abs_diff(here.y)).map(|s| s.index);
        self.cursor = to.unwrap_or(self.cursor);
        to.is_some()
    }

    fn stops(&self, spot: &Spot) -> bool {
        self.facts[spot.index].shape != Shape::Heading
    }

    /// The fact nearest above that line, in the same column if it can be.
    fn above<'s>(&self, spots: &'s [Spot], here: &Spot, line: u16) -> Option<&'s Spot> {
        let over = || spots.iter().filter(|s| self.stops(s) && s.bottom() <= here.y);
        let key = |s: &&Spot| (s.y.abs_diff(line.min(s.bottom() - 1)), s.x != here.x);
        over().filter(|s| s.x == here.x || s.y <= line).min_by_key(key).or_else(|| over().min_by_key(key))
    }

    /// The fact nearest below that line, in the same column if it can be.
    fn below<'s>(&self, spots: &'s [Spot], here: &Spot, line: u16) -> Option<&'s Spot> {
        let under = || spots.iter().filter(|s| self.stops(s) && s.y >= here.bottom());
        under().min_by_key(|s| (s.y.abs_diff(line), s.x != here.x))
    }

    /// A click puts the cursor on a fact; true when it was there already. `None` beside all facts.
    pub fn click(&mut self, at: Position) -> Option<bool> {
        let area = self.area.get();
        if !area.contains(at) {
            return None;
        }
        let (x, y) = (at.x - area.x, at.y - area.y + self.top.get());
        let spots = self.spots(area.width);
        let hit = spots
            .iter()
            .find(|s| self.stops(s) && (s.y..s.bottom()).contains(&y) && x + 1 >= s.x && x < s.x + s.width)?;
        let again = hit.index == self.cursor;
        self.cursor = hit.index;
        Some(again)
    }

    /// Draws the facts in view.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focused: bool) {
        self.area.set(area);
        let spots = self.spots(area.width);
        let total = spots.iter().map(Spot::bottom).max().unwrap_or(0);
        self.keep_in_sight(&spots, area.height, total);
        let top = self.top.get();
        for spot in spots.iter().filter(|s| s.bottom() > top && s.y < top + area.height) {
            let here = focused && spot.index == self.cursor;
            for (at, line) in spot.lines.iter().enumerate() {
                let y = spot.y + at as u16;
                if (top..top + area.height).contains(&y) {
                    let row = Rect {
                        x: area.x + spot.x - 1,
                        y: area.y + y - top,
                        width: spot.width + 1,
                        height: 1,
                    };
                    self.line(row.intersection(area), buf, theme, spot, at, line, here);
                }
            }
        }
        paint::scrollbar(buf, area, top.into(), area.height.into(), total.into(), theme);
    }

    #[allow(clippy::too_many_arguments)]
    fn line(
        &self,
        row: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        spot: &Spot,
        at: usize,
        words: &str,
        here: bool,
    ) {
        let fact = &self.facts[spot.index];
        let ground = if here { theme.style(Role::Selection) } else { Style::new() };
        let style = |role: Role| ground.patch(theme.style(role));
        paint::tint(buf, row, ground);
        let mut pen = Pen::new(buf, row);
        pen.cell(if here { "▌" } else { "" }, 1, style(Role::Cursor));
        match fact.shape {
            Shape::Heading => {
                pen.text(words, style(Role::Heading));
            }
            Shape::Long if at == 0 && spot.label > 0 => {
                pen.text(words, style(Role::Muted));
            }
            Shape::Long => {
                pen.text(words, style(Role::Text));
            }
            Shape::Pair => {
                let label = if at == 0 { fact.label.as_str() } else { "" };
                pen.cell(label, spot.label, style(Role::Muted)).gap(2);
                let role = match fact.value.text.is_empty() {
                    true => Role::Faint,
                    false => fact.value.role.unwrap_or(Role::Text),
                };
                pen.text(words, style(role));
            }
        }
    }

    fn keep_in_sight(&self, spots: &[Spot], height: u16, total: u16) {
        if height == 0 {
            return;
        }
        let mut top = self.top.get();
        if let Some(here) = spots.iter().find(|s| s.index == self.cursor) {
            if here.height() > height {
                // It does not fit: any part of it will do.
                top =
                    top.clamp(here.y.saturating_sub(height - 1), here.bottom().saturating_sub(1).max(here.y));
                if here.bottom() <= top || here.y >= top + height {
                    top = here.y;
                }
            } else {
                top = top.clamp(here.bottom().saturating_sub(height), here.y);
                // The first facts bring their heading along.
                if here.y <= 1 {
                    top = 0;
                }
            }
        }
        self.top.set(top.min(total.saturating_sub(height)));
    }

    /// Where everything stands in a pane of that width. The first column is the bar's, the last the scroll thumb's.
    fn spots(&self, width: u16) -> Vec<Spot> {
        let inner = width.saturating_sub(2);
        let columns: u16 = if width >= TWO_FROM { 2 } else { 1 };
        let each = inner.saturating_sub(GAP * (columns - 1)) / columns;
        let labels = self.label_widths(columns, each);
        let mut spots: Vec<Spot> = Vec::new();
        let (mut y, mut column, mut row) = (0, 0, 0);
        for (index, fact) in self.facts.iter().enumerate() {
            if fact.shape != Shape::Pair {
                y += row;
                (column, row) = (0, 0);
                // A text right under its heading needs no line between them.
                let headed = index > 0 && self.facts[index - 1].shape == Shape::Heading;
                y += u16::from(y > 0 && !headed);
                let (lines, label) = whole_width(fact, inner);
                let spot = Spot { index, x: 1, y, width: inner, label, lines };
                y += spot.height();
                spots.push(spot);
                continue;
            }
            // A text over the whole width stands by itself.
            if column == 0 && index > 0 && self.facts[index - 1].shape == Shape::Long {
                y += 1;
            }
            let label = labels[usize::from(column)];
            let lines = value_lines(fact, each.saturating_sub(label + 2));
            let spot = Spot { index, x: 1 + column * (each + GAP), y, width: each, label, lines };
            row = row.max(spot.height());
            spots.push(spot);
            column += 1;
            if column == columns {
                y += row;
                (column, row) = (0, 0);
            }
        }
        spots
    }

    /// Each column's labels are as wide as its widest.
    fn label_widths(&self, columns: u16, each: u16) -> Vec<u16> {
        let mut widths = vec![0; usize::from(columns)];
        let mut column = 0;
        for fact in &self.facts {
            if fact.shape != Shape::Pair {
                column = 0;
                continue;
            }
            let width = paint::columns(&text::safe(&fact.label)).min(each / 2);
            widths[column] = width.max(widths[column]);
            column = (column + 1) % widths.len();
        }
        widths
    }
}

/// The lines of a heading or a text, and whether the first of them is a label.
fn whole_width(fact: &Fact, width: u16) -> (Vec<String>, u16) {
    match fact.shape {
        Shape::Heading => (vec![fact.label.clone()], 0),
        _ => {
            let label = (!fact.label.is_empty()).then(|| text::safe(&fact.label).into_owned());
            let has_label = u16::from(label.is_some());
            (label.into_iter().chain(paint::wrap(&fact.value.text, width)).collect(), has_label)
        }
    }
}

fn value_lines(fact: &Fact, width: u16) -> Vec<String> {
    if fact.value.text.is_empty() {
        return vec!["–".to_owned()];
    }
    let mut lines = paint::wrap(&fact.value.text, width.max(1));
    if lines.len() > LINES {
        lines.truncate(LINES);
        if let Some(last) = lines.last_mut() {
            let cut = text::cut(last, usize::from(width.saturating_sub(1))).trim_end_matches('…').to_owned();
            *last = format!("{cut}…");
        }
    }
    lines
}
