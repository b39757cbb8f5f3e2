//! Where facts stand in a pane: two columns where there is room, texts over the whole width.

use crate::base::text;
use crate::tui::screens::record::fact::{Fact, Shape};
use crate::tui::widgets::paint;

/// Narrowest pane that gets two columns.
const TWO_FROM: u16 = 58;
/// Columns between them.
const GAP: u16 = 2;
/// Most lines of a value beside others.
const LINES: usize = 3;

/// Where a fact stands, in lines from the top of all facts.
pub struct Spot {
    /// Which fact.
    pub index: usize,
    /// Its first column.
    pub x: u16,
    /// Its first line.
    pub y: u16,
    /// Its columns, label and value.
    pub width: u16,
    /// The columns of its label; for a text, whether its first line is one.
    pub label: u16,
    /// Its lines: those of the value, or of the heading or text.
    pub lines: Vec<String>,
}

impl Spot {
    /// The line after its last.
    pub fn bottom(&self) -> u16 {
        self.y.saturating_add(self.height())
    }

    /// How many lines it takes.
    pub fn height(&self) -> u16 {
        u16::try_from(self.lines.len()).unwrap_or(u16::MAX)
    }
}

/// Where everything stands in a pane of that width. The first column is the bar's, the last the scroll thumb's.
pub fn spots(facts: &[Fact], width: u16) -> Vec<Spot> {
    let inner = width.saturating_sub(2);
    let columns: u16 = if width >= TWO_FROM { 2 } else { 1 };
    let each = inner.saturating_sub(GAP * (columns - 1)) / columns;
    let labels = label_widths(facts, columns, each);
    let mut spots: Vec<Spot> = Vec::new();
    let (mut y, mut column, mut row) = (0, 0, 0);
    for (index, fact) in facts.iter().enumerate() {
        if fact.shape != Shape::Pair {
            y = further(y, row);
            (column, row) = (0, 0);
            // A text right under its heading needs no line between them.
            let headed = index > 0 && facts[index - 1].shape == Shape::Heading;
            y = further(y, u16::from(y > 0 && !headed));
            let (lines, label) = whole_width(fact, inner);
            let spot = Spot { index, x: 1, y, width: inner, label, lines };
            y = further(y, spot.height());
            spots.push(spot);
            continue;
        }
        // A text over the whole width stands by itself.
        if column == 0 && index > 0 && facts[index - 1].shape == Shape::Long {
            y = further(y, 1);
        }
        let label = labels[usize::from(column)];
        let lines = value_lines(fact, each.saturating_sub(label + 2));
        let spot = Spot { index, x: 1 + column * (each + GAP), y, width: each, label, lines };
        row = row.max(spot.height());
        spots.push(spot);
        column += 1;
        if column == columns {
            y = further(y, row);
            (column, row) = (0, 0);
        }
    }
    spots
}

/// So many lines further down, as far as lines can still be counted: what a pane shows of a fact stays far below.
fn further(y: u16, lines: u16) -> u16 {
    const LAST: u16 = 60_000;
    y.saturating_add(lines).min(LAST)
}

/// Each column's labels are as wide as its widest.
fn label_widths(facts: &[Fact], columns: u16, each: u16) -> Vec<u16> {
    let mut widths = vec![0; usize::from(columns)];
    let mut column = 0;
    for fact in facts {
        if fact.shape != Shape::Pair {
            column = 0;
            continue;
        }
        let width = paint::columns(&text::safe(&fact.label)).min(each / 2);
        widths[column] = width.max(widths[column]);
        column = (column + 1) % widths.len();
    }
    widths
}
/// The lines of a heading or a text, and whether the first of them is a label.
fn whole_width(fact: &Fact, width: u16) -> (Vec<String>, u16) {
    match fact.shape {
        Shape::Heading => (vec![fact.label.clone()], 0),
        _ => {
            let label = (!fact.label.is_empty()).then(|| text::safe(&fact.label).into_owned());
            let has_label = u16::from(label.is_some());
            (label.into_iter().chain(paint::wrap(&fact.value.text, width)).collect(), has_label)
        }
    }
}

fn value_lines(fact: &Fact, width: u16) -> Vec<String> {
    if fact.value.text.is_empty() {
        return vec!["–".to_owned()];
    }
    let mut lines = paint::wrap(&fact.value.text, width.max(1));
    if lines.len() > LINES {
        lines.truncate(LINES);
        if let Some(last) = lines.last_mut() {
            let cut = text::cut(last, usize::from(width.saturating_sub(1))).trim_end_matches('…').to_owned();
            *last = format!("{cut}…");
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn texts_of_any_length_have_a_place() {
        let text = "line\n".repeat(70_000);
        let fact = |shape| Fact { shape, ..Fact::new("Note", text.as_str()) };
        let facts: Vec<Fact> =
            (0..20).map(|n| fact(if n % 2 == 0 { Shape::Long } else { Shape::Pair })).collect();
        let spots = spots(&facts, 80);
        assert_eq!(spots.len(), facts.len());
        assert!(spots.iter().all(|spot| spot.bottom() < u16::MAX - 300), "room for what is below");
        assert_eq!(spots[0].lines.last().map(String::as_str), Some("…"));
    }
}
