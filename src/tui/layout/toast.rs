//! Toasts: what happened out of sight, told in the lower right corner of the body.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::tui::{
    theme::{Role, Theme},
    widgets::paint::{Pen, columns, wipe},
};

/// One message. How long it stays is its owner's affair; errors stay until they have been seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// [`Role::Good`], [`Role::Info`], [`Role::Warn`] or [`Role::Bad`].
    pub tone: Role,
    /// One line.
    pub text: String,
}

impl Toast {
    /// A toast.
    pub fn new(tone: Role, text: impl Into<String>) -> Toast {
        Toast { tone, text: text.into() }
    }

    fn sign(&self) -> &'static str {
        match self.tone {
            Role::Good => "✓",
            Role::Warn => "▲",
            Role::Bad => "!",
            _ => "·",
        }
    }

    /// Draws the newest toasts (the last ones) from the bottom up, at most three; gives back where each lies.
    pub fn draw_all(toasts: &[Toast], buf: &mut Buffer, body: Rect, theme: &Theme) -> Vec<(usize, Rect)> {
        const MOST: usize = 3;
        let mut areas = Vec::new();
        let room = usize::from(body.height.saturating_sub(1)).min(MOST);
        for (row, (index, toast)) in toasts.iter().enumerate().rev().take(room).enumerate() {
            let width = (columns(&toast.text) + 6).min(body.width);
            let area = Rect::new(body.right() - width, body.bottom() - 1 - row as u16, width, 1);
            let surface = theme.style(Role::Surface);
            let tone = surface.patch(theme.style(toast.tone));
            wipe(buf, area, surface);
            Pen::new(buf, area)
                .gap_right(1)
                .text("▌", tone)
                .gap(1)
                .text(toast.sign(), tone)
                .gap(1)
                .text(&toast.text, surface);
            areas.push((index, area));
        }
        areas
    }
}
