//! Progress towards a goal, drawn.

use super::content::Measure;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::paint::{self, Pen};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// How many lines it takes: words, and a bar where there is a goal.
pub fn lines(measure: &Measure) -> u16 {
    if measure.goal.is_empty() { 1 } else { 2 }
}

/// The words above the bar; on one line only, the words and as much of a bar as fits behind them.
pub fn draw(area: Rect, buf: &mut Buffer, theme: &Theme, measure: &Measure) {
    let words = format!("{} {}", measure.label, measure.goal);
    let two = area.height > 1 && !measure.goal.is_empty();
    if two {
        margined(buf, paint::line(area, 0)).text(&words, theme.style(Role::Muted));
    }
    let mut pen = margined(buf, paint::line(area, u16::from(two)));
    pen.right(&measure.said, theme.style(Role::Heading)).gap_right(1);
    if !two {
        pen.text(&words, theme.style(Role::Muted)).gap(2);
    }
    if !measure.goal.is_empty() {
        bar(&mut pen, theme, measure);
    }
}

fn margined(buf: &mut Buffer, line: Rect) -> Pen<'_> {
    let mut pen = Pen::new(buf, line);
    pen.gap(1).gap_right(1);
    pen
}

fn bar(pen: &mut Pen<'_>, theme: &Theme, measure: &Measure) {
    let room = pen.room();
    if room < 6 {
        return;
    }
    let columns = |share: f64| (share.clamp(0.0, 1.0) * f64::from(room)).round() as u16;
    let (reached, expected) = (columns(measure.reached), columns(measure.expected));
    pen.text(&"━".repeat(reached.into()), theme.style(Role::Good));
    pen.text(&"━".repeat(expected.saturating_sub(reached).into()), theme.style(Role::BarFill));
    pen.fill("─", theme.style(Role::BarEmpty));
}
