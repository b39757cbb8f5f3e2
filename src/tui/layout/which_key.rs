//! The which-key popup: after a prefix, the keys that can follow, at the foot of the body.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::tui::{
    theme::{Role, Theme},
    widgets::paint::{self, Pen, columns},
};

/// A key that can follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// As displayed.
    pub key: String,
    /// What it does, or what kind of things lie behind it.
    pub label: String,
    /// Whether more keys must follow.
    pub more: bool,
}

/// Draws the popup and gives back its area and where each key lies.
pub fn which_key(
    buf: &mut Buffer,
    body: Rect,
    pressed: &str,
    next: &[Next],
    theme: &Theme,
) -> (Rect, Vec<(usize, Rect)>) {
    const GAP: u16 = 3;
    let key_width = next.iter().map(|next| columns(&next.key)).max().unwrap_or(1);
    let label_width =
        next.iter().map(|next| columns(&next.label) + 2 * u16::from(next.more)).max().unwrap_or(1);
    let inside = body.width.saturating_sub(4);
    let column = (key_width + 1 + label_width).min(inside.max(1));
    let across = ((inside + GAP) / (column + GAP)).max(1);
    let count = next.len() as u16;
    let lines = count.div_ceil(across).min(body.height.saturating_sub(2));
    let height = (lines + 2).min(body.height);
    let area = Rect { y: body.bottom() - height, height, ..body };
    let inner = paint::popup(buf, area, pressed, theme);
    let surface = theme.style(Role::Surface);
    let mut areas = Vec::new();
    for (index, next) in next.iter().enumerate() {
        // Down first, as one reads a list.
        let (across, down) = (index as u16 / lines.max(1), index as u16 % lines.max(1));
        let x = inner.x + across * (column + GAP);
        if x + column > inner.right() || down >= inner.height {
            break;
        }
        let spot = Rect::new(x, inner.y + down, column, 1);
        let mut pen = Pen::new(buf, spot);
        pen.cell_right(&next.key, key_width, surface.patch(theme.style(Role::Key))).gap(1);
        if next.more {
            pen.text("+ ", surface.patch(theme.style(Role::Muted)));
        }
        pen.text(&next.label, surface.patch(theme.style(Role::Text)));
        areas.push((index, spot));
    }
    (area, areas)
}
