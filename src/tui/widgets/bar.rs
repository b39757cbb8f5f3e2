//! Small pictures of numbers: bars, gauges, sparklines.

use ratatui::style::Style;

use super::paint::Pen;
use crate::tui::theme::{Role, Theme};

const EIGHTHS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// A bar of this many columns for `value` out of `most`; something above zero shows at least one block.
pub fn bar(pen: &mut Pen<'_>, theme: &Theme, value: f64, most: f64, columns: u16) {
    blocks(pen, theme.style(Role::BarFill), value, most, columns);
}

/// A bar in a style of its own.
pub fn blocks(pen: &mut Pen<'_>, style: Style, value: f64, most: f64, columns: u16) {
    pen.cell(&"▇".repeat(filled(value, most, columns).into()), columns, style);
}

/// A gauge: the filled part high, the rest low (`▇▇▇▇▇▇▇▁`).
pub fn gauge(pen: &mut Pen<'_>, theme: &Theme, role: Role, value: f64, most: f64, columns: u16) {
    let full = filled(value, most, columns);
    pen.text(&"▇".repeat(full.into()), theme.style(role));
    pen.text(&"▁".repeat((columns - full).into()), theme.style(Role::BarEmpty));
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

/// Values over time as one line of blocks, the newest at the right. The lowest block is the least, or zero where
/// none is below it; what is no number is a gap.
pub fn sparkline(values: &[f64], columns: usize) -> String {
    let shown = &values[values.len().saturating_sub(columns)..];
    let finite = || shown.iter().copied().filter(|value| value.is_finite());
    let least = finite().fold(0.0, f64::min);
    let most = finite().fold(f64::MIN, f64::max).max(least);
    shown
        .iter()
        .map(|value| match (value - least) / (most - least) {
            _ if !value.is_finite() => " ",
            share if share.is_finite() => EIGHTHS[(share * 7.0).round() as usize],
            _ => EIGHTHS[0],
        })
        .collect()
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
            assert_eq!(line(|pen, theme| bar(pen, theme, value, 10.0, 10)), expect);
        }
        assert_eq!(line(|pen, theme| bar(pen, theme, 1.0, 0.0, 10)), "");
        assert_eq!(line(|pen, theme| gauge(pen, theme, Role::Good, 84.0, 100.0, 8)), "▇▇▇▇▇▇▇▁");
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

    #[test]
    fn a_sparkline_spans_least_to_most() {
        assert_eq!(sparkline(&[0.0, 1.0, 2.0, 4.0, 7.0], 5), "▁▂▃▅█");
        assert_eq!(sparkline(&[9.0, 1.0, 2.0], 2), "▅█");
        assert_eq!(sparkline(&[3.0, 3.0], 5), "██");
        assert_eq!(sparkline(&[0.0, 0.0, f64::NAN], 5), "▁▁ ");
        assert_eq!(sparkline(&[-1.0, 0.0, 1.0], 5), "▁▅█");
        assert_eq!(sparkline(&[], 5), "");
    }
}
