//! Facts about a record: label and value, in one column or two.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::grid::Cell;
use super::paint::{self, Pen};
use crate::base::text;
use crate::tui::theme::{Role, Theme};

/// A label and its value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// What it says; shown as a dash when empty.
    pub value: Cell,
}

impl Fact {
    /// A fact.
    pub fn new(label: impl Into<String>, value: impl Into<Cell>) -> Fact {
        Fact { label: label.into(), value: value.into() }
    }
}

/// Narrowest area that gets two columns.
const TWO_FROM: u16 = 64;
/// Columns between them.
const GAP: u16 = 3;
/// Most lines of one value.
const LINES: usize = 4;

/// Draws facts, two to a row where there is room, values wrapped within their column. Returns the lines used.
pub fn draw(area: Rect, buf: &mut Buffer, theme: &Theme, facts: &[Fact]) -> u16 {
    let mut y = 0;
    for row in rows(area.width, facts) {
        if y >= area.height {
            break;
        }
        for (fact, x, label, width) in &row.facts {
            let spot = paint::inset_left(paint::below(area, y), *x);
            Pen::new(buf, spot).cell(&fact.label, *label, theme.style(Role::Muted));
            let room = Rect { width: *width, ..paint::inset_left(spot, label + 2) };
            let role =
                if fact.value.text.is_empty() { Role::Faint } else { fact.value.role.unwrap_or(Role::Text) };
            for (line, words) in lines(fact, *width).iter().enumerate() {
                Pen::new(buf, paint::line(room, line as u16)).text(words, theme.style(role));
            }
        }
        y = y.saturating_add(row.height);
    }
    y.min(area.height)
}

/// Lines the facts take at this width.
pub fn height(width: u16, facts: &[Fact]) -> u16 {
    rows(width, facts).iter().fold(0, |sum: u16, row| sum.saturating_add(row.height))
}

struct Row<'a> {
    height: u16,
    /// Each fact with its offset, the label's width and the value's.
    facts: Vec<(&'a Fact, u16, u16, u16)>,
}

fn rows(width: u16, facts: &[Fact]) -> Vec<Row<'_>> {
    let columns: u16 = if width >= TWO_FROM && facts.len() > 1 { 2 } else { 1 };
    let each = (width.saturating_sub(1) - GAP * (columns - 1).min(width)) / columns;
    // Each column's labels are as wide as its widest.
    let label = |column: usize| {
        let labels = facts.iter().skip(column).step_by(columns.into());
        labels.map(|fact| paint::columns(&text::safe(&fact.label))).max().unwrap_or(0).min(each / 2)
    };
    let labels: Vec<u16> = (0..usize::from(columns)).map(label).collect();
    let mut rows = Vec::new();
    for row in facts.chunks(columns.into()) {
        let facts: Vec<_> = row
            .iter()
            .zip(&labels)
            .enumerate()
            .map(|(column, (fact, label))| {
                let x = 1 + column as u16 * (each + GAP);
                (fact, x, *label, each.saturating_sub(label + 2))
            })
            .collect();
        let height = facts.iter().map(|(fact, _, _, width)| lines(fact, *width).len()).max().unwrap_or(1);
        rows.push(Row { height: u16::try_from(height).unwrap_or(u16::MAX), facts });
    }
    rows
}

fn lines(fact: &Fact, width: u16) -> Vec<String> {
    if fact.value.text.is_empty() {
        return vec!["–".to_owned()];
    }
    let mut lines = paint::wrap(&fact.value.text, width);
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
    use crate::tui::widgets::testing::shown;

    fn facts() -> Vec<Fact> {
        vec![
            Fact::new("owner", "Lena Vogt"),
            Fact::new("since", "Mar 2021"),
            Fact::new("web", Cell::of("acme.example", Role::Link)),
            Fact::new("value", "412,000 € lifetime"),
            Fact::new("address", "Hafenstraße 12, Gebäude 4, Eingang Nord, 20457 Hamburg, Germany"),
            Fact::new("next", ""),
        ]
    }

    #[test]
    fn two_columns_where_there_is_room() {
        insta::assert_snapshot!(shown(76, 6, |area, buf, theme| {
            assert_eq!(draw(area, buf, theme, &facts()), height(76, &facts()));
        }));
    }

    #[test]
    fn one_column_on_narrow_screens() {
        insta::assert_snapshot!(shown(34, 9, |area, buf, theme| {
            draw(area, buf, theme, &facts());
        }));
    }

    #[test]
    fn no_width_is_no_trouble() {
        for width in 0..8 {
            height(width, &facts());
            shown(width.max(1), 2, |area, buf, theme| {
                draw(area, buf, theme, &facts());
            });
        }
    }
}
