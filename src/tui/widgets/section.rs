//! Headings of parts of a screen, and tabs.

use std::cell::RefCell;

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::paint::{self, Pen};
use crate::base::text;
use crate::tui::theme::{Role, Theme};

/// Draws a heading with what belongs beside it (`OPEN DEALS  2 · 133,000 €`); the focused part's is accented.
/// Returns the room below.
pub fn heading(
    area: Rect,
    buf: &mut Buffer,
    theme: &Theme,
    title: &str,
    detail: &str,
    focused: bool,
) -> Rect {
    let role = if focused { Role::Accent } else { Role::Heading };
    let mut pen = Pen::new(buf, area);
    pen.gap(1).text(title, theme.style(role)).gap(2).text(detail, theme.style(Role::Muted));
    paint::below(area, 1)
}

/// The state of a row of tabs.
#[derive(Debug, Default)]
pub struct Tabs {
    /// The labels, each with its count or nothing.
    pub labels: Vec<(String, String)>,
    current: usize,
    seen: RefCell<Vec<Rect>>,
}

impl Tabs {
    /// Tabs, the first in front.
    pub fn new(labels: impl IntoIterator<Item = impl Into<String>>) -> Tabs {
        let labels = labels.into_iter().map(|label| (label.into(), String::new())).collect();
        Tabs { labels, ..Tabs::default() }
    }

    /// The index of the tab in front.
    pub fn current(&self) -> usize {
        self.current.min(self.labels.len().saturating_sub(1))
    }

    /// Brings a tab to the front.
    pub fn select(&mut self, index: usize) {
        self.current = index.min(self.labels.len().saturating_sub(1));
    }

    /// Goes on by so many tabs, around the ends.
    pub fn step(&mut self, by: isize) {
        if !self.labels.is_empty() {
            self.current = (self.current() as isize + by).rem_euclid(self.labels.len() as isize) as usize;
        }
    }

    /// Handles a click; true when another tab came to the front.
    pub fn mouse(&mut self, event: MouseEvent) -> bool {
        if event.kind != MouseEventKind::Down(MouseButton::Left) {
            return false;
        }
        let at = Position::new(event.column, event.row);
        let hit = self.seen.borrow().iter().position(|area| area.contains(at));
        let changes = hit.is_some_and(|hit| hit != self.current());
        if let Some(hit) = hit {
            self.current = hit;
        }
        changes
    }

    /// The tabs are not drawn in this frame, so nothing of them can be clicked.
    pub fn forget(&self) {
        self.seen.borrow_mut().clear();
    }

    /// Draws the tabs on the area's first line; where they do not fit, from the one in front's neighbours on.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let width = |(label, count): &(String, String)| {
            let count = paint::columns(&text::safe(count));
            paint::columns(&text::safe(label)) + 2 + if count > 0 { count + 1 } else { 0 }
        };
        let mut first = 0;
        while first < self.current()
            && self.labels[first..=self.current()].iter().map(|tab| usize::from(width(tab))).sum::<usize>()
                + 2
                > usize::from(area.width)
        {
            first += 1;
        }
        let mut seen = vec![Rect::default(); first];
        let mut pen = Pen::new(buf, paint::line(area, 0));
        pen.text(if first > 0 { "‹" } else { " " }, theme.style(Role::Muted));
        for (index, tab) in self.labels.iter().enumerate().skip(first) {
            let start = pen.x();
            if width(tab) > pen.room() + 2 {
                pen.text("›", theme.style(Role::Muted));
                break;
            }
            let role = if index == self.current() { Role::TabActive } else { Role::Tab };
            pen.text(&tab.0, theme.style(role));
            if !tab.1.is_empty() {
                pen.gap(1).text(&tab.1, theme.style(Role::Faint));
            }
            seen.push(Rect { x: start, width: pen.x() - start, ..paint::line(area, 0) });
            pen.gap(2);
        }
        self.seen.replace(seen);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widgets::testing::{click, shown};

    #[test]
    fn tabs_step_around_and_stay_in_sight() {
        let mut tabs = Tabs::new(["Timeline", "Deals", "Cases", "Contracts", "History"]);
        tabs.labels[1].1 = "2".into();
        let draw = |tabs: &Tabs, width| shown(width, 1, |area, buf, theme| tabs.draw(area, buf, theme));
        assert_eq!(draw(&tabs, 60), " Timeline  Deals 2  Cases  Contracts  History");
        assert_eq!(draw(&tabs, 30), " Timeline  Deals 2  Cases  ›");
        tabs.step(-1);
        assert_eq!(tabs.current(), 4);
        assert_eq!(draw(&tabs, 30), "‹Cases  Contracts  History");
        assert!(tabs.mouse(click(10, 0)));
        assert_eq!(tabs.current(), 3);
        assert!(!tabs.mouse(click(10, 0)));
    }

    #[test]
    fn a_heading_with_its_sum() {
        let text = shown(40, 2, |area, buf, theme| {
            let rest = heading(area, buf, theme, "OPEN DEALS", "2 · 133,000 €", true);
            assert_eq!(rest, Rect::new(0, 1, 40, 1));
        });
        assert_eq!(text, " OPEN DEALS  2 · 133,000 €");
    }
}
