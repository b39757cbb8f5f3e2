//! The pane of facts: two columns where there is room, texts over the whole width, a cursor over all of them.

mod draw;
mod place;

use super::fact::{Fact, Shape};
use crate::tui::theme::Theme;
use crate::tui::widgets::motion::Motion;
use crate::tui::widgets::paint;
use place::{Spot, spots};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::cell::Cell;

/// The state of the pane.
#[derive(Debug, Default)]
pub struct Factsheet {
    facts: Vec<Fact>,
    cursor: usize,
    top: Cell<u16>,
    area: Cell<Rect>,
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
        spots(&self.facts, width).iter().map(Spot::bottom).max().unwrap_or(0)
    }

    /// Moves the cursor to the next fact above or below; false at the end.
    pub fn go(&mut self, motion: Motion) -> bool {
        let spots = spots(&self.facts, self.area.get().width);
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
        let spots = spots(&self.facts, self.area.get().width);
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
        let spots = spots(&self.facts, area.width);
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
        let spots = spots(&self.facts, area.width);
        let total = spots.iter().map(Spot::bottom).max().unwrap_or(0);
        let under_cursor = spots.iter().find(|s| s.index == self.cursor);
        self.top.set(draw::in_sight(self.top.get(), under_cursor, area.height, total));
        let top = self.top.get();
        for spot in spots.iter().filter(|s| s.bottom() > top && s.y < top + area.height) {
            let here = focused && spot.index == self.cursor;
            draw::fact(area, buf, theme, &self.facts[spot.index], spot, top, here);
        }
        paint::scrollbar(buf, area, top.into(), area.height.into(), total.into(), theme);
    }
}
