//! The last line: the keys that do something here and now.

use ratatui::{buffer::Buffer, layout::Rect};

use super::margins;
use crate::tui::{
    theme::{Role, Theme},
    widgets::paint::{Pen, columns},
};

/// A key and what it does, in a word or two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// As keys are displayed: `⏎`, `ctrl-s`, `g g`.
    pub key: String,
    /// `open`, `done`.
    pub label: String,
}

impl Hint {
    /// A hint.
    pub fn new(key: impl Into<String>, label: impl Into<String>) -> Hint {
        Hint { key: key.into(), label: label.into() }
    }

    fn width(&self) -> u16 {
        columns(&self.key) + 1 + columns(&self.label)
    }
}

/// The foot of a screen.
#[derive(Clone, Copy, Debug, Default)]
pub struct Foot<'a> {
    /// The most useful first. As many are shown as have room; the last one (help) always is.
    pub hints: &'a [Hint],
    /// What stands at the right end: `2 fields changed`, `3 marked`.
    pub note: &'a str,
}

impl Foot<'_> {
    /// Draws it into a line; what can be clicked comes back by index.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, theme: &Theme) -> Vec<(usize, Rect)> {
        const GAP: u16 = 2;
        let line = margins(area);
        let mut pen = Pen::new(buf, line);
        if !self.note.is_empty() && columns(self.note) < pen.room() / 2 {
            pen.right(self.note, theme.style(Role::Muted)).gap_right(GAP);
        }
        let Some((last, others)) = self.hints.split_last() else { return Vec::new() };
        let mut room = pen.room().saturating_sub(last.width());
        let fitting = others
            .iter()
            .take_while(|hint| {
                let fits = hint.width() + GAP <= room;
                room = room.saturating_sub(hint.width() + GAP);
                fits
            })
            .count();
        let mut areas = Vec::new();
        for (index, hint) in self.hints.iter().enumerate() {
            if index >= fitting && index + 1 < self.hints.len() {
                continue;
            }
            let start = pen.x();
            pen.text(&hint.key, theme.style(Role::Key)).gap(1).text(&hint.label, theme.style(Role::Hint));
            areas.push((index, Rect { x: start, width: pen.x() - start, ..line }));
            pen.gap(GAP);
        }
        areas
    }
}
