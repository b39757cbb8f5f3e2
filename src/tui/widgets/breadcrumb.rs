//! The top line: where one is at the left, how things stand at the right.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::grid::Cell;
use super::paint::{self, Pen};
use crate::base::text;
use crate::tui::theme::{Role, Theme};

/// Draws the way here (`Accounts › Acme GmbH`) and the state at the right. Where the width does not do, the
/// beginning of the way goes first, then the right side from its left; the last step always stays.
pub fn draw(area: Rect, buf: &mut Buffer, theme: &Theme, way: &[&str], right: &[Cell]) {
    let width = |text: &str| paint::columns(&text::safe(text));
    let mut steps = way.to_vec();
    let room = area.width.saturating_sub(2);
    let way_width = |steps: &[&str], cut: bool| {
        let joints = 3 * (steps.len().saturating_sub(1) + usize::from(cut)) as u16;
        steps.iter().map(|step| width(step)).sum::<u16>() + joints + u16::from(cut)
    };
    let right_width = |cells: &[Cell]| cells.iter().map(|cell| width(&cell.text) + 2).sum::<u16>();
    let mut state: Vec<&Cell> = right.iter().filter(|cell| !cell.text.is_empty()).collect();
    let fits = |steps: &[&str], state: &[&Cell]| {
        let cells: Vec<Cell> = state.iter().map(|cell| (*cell).clone()).collect();
        way_width(steps, steps.len() < way.len()) + right_width(&cells) <= room
    };
    while !fits(&steps, &state) && steps.len() > 1 {
        steps.remove(0);
    }
    while !fits(&steps, &state) && !state.is_empty() {
        state.remove(0);
    }

    let mut pen = Pen::new(buf, paint::line(area, 0));
    pen.gap(1).gap_right(1);
    for cell in state.iter().rev() {
        pen.right(&cell.text, theme.style(cell.role.unwrap_or(Role::Muted))).gap_right(2);
    }
    if steps.len() < way.len() {
        pen.text("…", theme.style(Role::Muted)).text(" › ", theme.style(Role::Faint));
    }
    let last = steps.len().saturating_sub(1);
    for (at, step) in steps.iter().enumerate() {
        let role = if at == last { Role::Heading } else { Role::Muted };
        pen.text(step, theme.style(role));
        if at < last {
            pen.text(" › ", theme.style(Role::Faint));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widgets::testing::shown;

    #[test]
    fn the_beginning_gives_way_first() {
        let right = [Cell::from("Lena"), Cell::from("↑2 ↓0"), Cell::of("●", Role::Good)];
        let at = |width| {
            shown(width, 1, |area, buf, theme| {
                draw(area, buf, theme, &["Accounts", "Acme GmbH", "Renewal 2027"], &right);
            })
        };
        assert_eq!(at(63), " Accounts › Acme GmbH › Renewal 2027            Lena  ↑2 ↓0  ●");
        assert_eq!(at(46), " … › Acme GmbH › Renewal 2027  Lena  ↑2 ↓0  ●");
        assert_eq!(at(34), " … › Renewal 2027  Lena  ↑2 ↓0  ●");
        assert_eq!(at(21), " … › Renewal 2027  ●");
        assert_eq!(at(10), " … › Ren…");
    }
}
