//! How a fact looks, and which lines of the pane are in view.

use super::place::Spot;
use crate::tui::screens::record::fact::{Fact, Shape};
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::paint::{self, Pen};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Draws what is in view of a fact where `top` is the first line in view; `here` is under the cursor.
pub fn fact(area: Rect, buf: &mut Buffer, theme: &Theme, fact: &Fact, spot: &Spot, top: u16, here: bool) {
    let ground = if here { theme.style(Role::Selection) } else { Style::new() };
    for (y, (at, words)) in (spot.y..).zip(spot.lines.iter().enumerate()) {
        if !(top..top + area.height).contains(&y) {
            continue;
        }
        let row = Rect { x: area.x + spot.x - 1, y: area.y + y - top, width: spot.width + 1, height: 1 };
        let row = row.intersection(area);
        paint::tint(buf, row, ground);
        let mut pen = Pen::new(buf, row);
        pen.cell(if here { "▌" } else { "" }, 1, ground.patch(theme.style(Role::Cursor)));
        if fact.shape == Shape::Pair {
            let label = if at == 0 { fact.label.as_str() } else { "" };
            pen.cell(label, spot.label, ground.patch(theme.style(Role::Muted))).gap(2);
        }
        pen.text(words, ground.patch(theme.style(role(fact, spot, at))));
        if let Some(tail) = fact.tail.as_ref().filter(|_| at + 1 == spot.lines.len()) {
            pen.gap(2).text(&tail.text, ground.patch(theme.style(tail.role.unwrap_or(Role::Text))));
        }
    }
}

/// What a line of a fact is: its heading, its label, its value, or nothing but the sign for nothing.
fn role(fact: &Fact, spot: &Spot, at: usize) -> Role {
    match fact.shape {
        Shape::Heading => Role::Heading,
        Shape::Long if at == 0 && spot.label > 0 => Role::Muted,
        Shape::Long => Role::Text,
        Shape::Pair if fact.value.text.is_empty() => Role::Faint,
        Shape::Pair => fact.value.role.unwrap_or(Role::Text),
    }
}

/// The first line in view of a pane of `height` lines that shows `total`, so that the fact under the cursor is in it.
pub fn in_sight(top: u16, under_cursor: Option<&Spot>, height: u16, total: u16) -> u16 {
    if height == 0 {
        return top;
    }
    let top = under_cursor.map_or(top, |here| around(here, top, height));
    top.min(total.saturating_sub(height))
}

fn around(here: &Spot, top: u16, height: u16) -> u16 {
    if here.height() > height {
        // It does not fit: any part of it will do.
        let top = top.clamp(here.y.saturating_sub(height - 1), here.bottom().saturating_sub(1).max(here.y));
        let out_of_view = here.bottom() <= top || here.y >= top + height;
        return if out_of_view { here.y } else { top };
    }
    match here.y {
        // The first facts bring their heading along.
        0 | 1 => 0,
        y => top.clamp(here.bottom().saturating_sub(height), y),
    }
}
