//! Small pictures of numbers.

use ratatui::style::Style;

use super::paint::Pen;
use crate::tui::theme::{Role, Theme};

/// A bar of this many columns for `value` out of `most`; something above zero shows at least one block.
pub fn blocks(pen: &mut Pen<'_>, style: Style, value: f64, most: f64, columns: u16) {
    pen.cell(&"▇".repeat(filled(value, most, columns).into()), columns, style);
}

/// Progress towards a goal, in half columns (`━━━━╸────`).
pub fn progress(pen: &mut Pen<'_>, theme: &Theme, share: f64, columns: u16) {
    let columns = columns.min(pen.room());
    let halves = (share.clamp(0.0, 1.0) * f64::from(columns) * 2.0).round() as u16;
    let (full, half) = (halves / 2, halves % 2);
    pen.text(&"━".repeat(full.into()), theme.style(Role::BarFill));
    pen.text(if half == 1 { "╸" } else { "" }, theme.style(Role::BarFill));
    pen.text(&"─".repeat((columns - full - half).into()), theme.style(Role::BarEmpty));
}

fn filled(value: f64, most: f64, columns: u16) -> u16 {
    if most <= 0.0 || value <= 0.0 || !(value / most).is_finite() {
        return 0;
    }
    ((value / most * f64::from(columns)).round() as u16).clamp(1.min(columns), columns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widgets::testing::shown;

    fn line(draw: impl Fn(&mut Pen<'_>, &Theme)) -> String {
        shown(20, 1, |area, buf, theme| draw(&mut Pen::new(buf, area), theme))
    }

    #[test]
    fn bars_are_in_proportion() {
        for (value, expect) in [
            (10.0, "▇▇▇▇▇▇▇▇▇▇"),
            (5.0, "▇▇▇▇▇"),
            (0.01, "▇"),
            (0.0, ""),
            (-3.0, ""),
            (99.0, "▇▇▇▇▇▇▇▇▇▇"),
            (f64::NAN, ""),
        ] {
            assert_eq!(line(|pen, theme| blocks(pen, theme.style(Role::BarFill), value, 10.0, 10)), expect);
        }
        assert_eq!(line(|pen, theme| blocks(pen, theme.style(Role::BarFill), 1.0, 0.0, 10)), "");
    }

    #[test]
    fn progress_goes_by_half_columns() {
        for (share, expect) in [
            (0.0, "──────────"),
            (0.45, "━━━━╸─────"),
            (0.5, "━━━━━─────"),
            (1.0, "━━━━━━━━━━"),
            (7.0, "━━━━━━━━━━"),
        ] {
            assert_eq!(line(|pen, theme| progress(pen, theme, share, 10)), expect);
        }
    }
}
