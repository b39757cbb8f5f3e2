//! What can follow a key that begins a sequence.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint::{self, Pen};
use crate::base::text;
use crate::tui::theme::{Role, Theme};

/// Columns between columns of keys.
const GAP: u16 = 3;

/// Draws the keys pressed so far and what can follow, at the foot of the screen. Entries run down, then across.
pub fn draw(screen: Rect, buf: &mut Buffer, theme: &Theme, pressed: &str, next: &[(String, String)]) {
    if next.is_empty() || screen.height < 4 {
        return;
    }
    let width = |text: &str| paint::columns(&text::safe(text));
    let key = next.iter().map(|(key, _)| width(key)).max().unwrap_or(1);
    let label = next.iter().map(|(_, label)| width(label)).max().unwrap_or(1).min(36);
    let each = key + 2 + label + GAP;
    let columns = (screen.width.saturating_sub(4) / each).clamp(1, next.len() as u16);
    let most = (screen.height - 2).min(12);
    let lines = (next.len() as u16).div_ceil(columns).min(most);
    let place = Rect { y: screen.bottom() - lines - 2, height: lines + 2, ..screen };
    let ground = theme.style(Role::Surface);
    paint::wipe(buf, place, ground);
    let mut pen = Pen::new(buf, paint::line(place, 0));
    pen.text("─ ", ground.patch(theme.style(Role::Border)));
    pen.text(pressed, ground.patch(theme.style(Role::Key)))
        .text(" … ", ground.patch(theme.style(Role::Muted)));
    pen.fill("─", ground.patch(theme.style(Role::Border)));
    for (index, (press, does)) in next.iter().enumerate().take(usize::from(lines * columns)) {
        let (column, row) = (index as u16 / lines, index as u16 % lines);
        let spot = paint::inset_left(paint::line(place, 1 + row), 2 + column * each);
        let mut pen = Pen::new(buf, spot);
        pen.cell_right(press, key, ground.patch(theme.style(Role::Key))).gap(2);
        pen.cell(does, label, ground.patch(theme.style(Role::Text)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widgets::testing::shown;

    fn next() -> Vec<(String, String)> {
        [
            ("g", "to the top"),
            ("a", "accounts"),
            ("c", "cases"),
            ("p", "pipeline"),
            ("h", "home"),
            ("ctrl-l", "leads"),
        ]
        .map(|(key, label)| (key.to_owned(), label.to_owned()))
        .to_vec()
    }

    #[test]
    fn as_many_columns_as_fit() {
        for (name, width) in [("wide", 80), ("narrow", 40)] {
            let text = shown(width, 8, |area, buf, theme| draw(area, buf, theme, "g", &next()));
            insta::assert_snapshot!(name, text);
        }
    }
}
