//! A list of lines as a small table: a quote's products, a pipeline's stages.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::look::sign;
use super::spec::{Editor, FieldSpec, FormModel, Level};
use super::value::Values;
use crate::base::text;
use crate::tr;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::paint::{self, Pen};

/// Columns between two columns.
const GAP: u16 = 2;

/// The lines as people read them, and how wide each column is.
pub(super) struct Table<'f> {
    columns: &'f [FieldSpec],
    cells: Vec<Vec<(String, Level)>>,
    widths: Vec<u16>,
    /// What each line comes to, at the right, and how wide that is.
    sums: Option<(Vec<String>, u16)>,
}

impl<'f> Table<'f> {
    /// The lines of the field at `path`, in this much room; `sums` is what each comes to.
    pub(super) fn of(
        columns: &'f [FieldSpec],
        lines: &[Values],
        path: &str,
        model: &dyn FormModel,
        room: u16,
        sums: Option<Vec<String>>,
    ) -> Table<'f> {
        let sums = sums.map(|sums| {
            let widest =
                sums.iter().map(|sum| paint::columns(sum)).chain([paint::columns(&tr!("Amount"))]).max();
            (sums, widest.unwrap_or(0))
        });
        let room = room.saturating_sub(sums.as_ref().map_or(0, |(_, width)| width + GAP));
        let row = |line: &Values| columns.iter().map(|column| cell(line, column, path, model)).collect();
        let cells: Vec<Vec<(String, Level)>> = lines.iter().map(row).collect();
        // A column nobody has filled would only take room from those that say something.
        let used = |at: usize| columns[at].required || cells.iter().any(|line| !line[at].0.is_empty());
        let widths = widths(columns, &cells, room, used);
        Table { columns, cells, widths, sums }
    }

    /// Draws the headings.
    pub(super) fn heading(&self, line: Rect, buf: &mut Buffer, theme: &Theme) {
        let mut pen = Pen::new(buf, line);
        for (column, width) in self.shown() {
            place(
                &mut pen,
                &self.columns[column],
                &self.columns[column].label,
                width,
                theme.style(Role::Faint),
            );
        }
        if let Some((_, width)) = &self.sums {
            pen.cell_right(&tr!("Amount"), *width, theme.style(Role::Faint));
        }
    }

    /// Draws one of the lines.
    pub(super) fn row(&self, index: usize, line: Rect, buf: &mut Buffer, theme: &Theme, style: Style) {
        let mut pen = Pen::new(buf, line);
        for (column, width) in self.shown() {
            let (text, level) = &self.cells[index][column];
            let (_, role) = sign(*level);
            let style = if *level == Level::Fine { style } else { style.patch(theme.style(role)) };
            place(&mut pen, &self.columns[column], text, width, style);
        }
        if let Some((sums, width)) = &self.sums {
            pen.cell_right(sums.get(index).map_or("", String::as_str), *width, style);
        }
    }

    /// How many columns its lines take.
    pub(super) fn width(&self) -> u16 {
        let each = self.shown().map(|(_, width)| width + GAP).sum::<u16>();
        each + self.sums.as_ref().map_or(0, |(_, width)| *width)
    }

    fn shown(&self) -> impl Iterator<Item = (usize, u16)> {
        self.widths.iter().copied().enumerate().filter(|(_, width)| *width > 0)
    }
}

fn cell(line: &Values, column: &FieldSpec, path: &str, model: &dyn FormModel) -> (String, Level) {
    let path = format!("{path}.{}", column.name);
    let value = line.get(&column.name);
    let status = model.check(&path, value, line);
    let plain = || match column.editor {
        Editor::Choice | Editor::Link { .. } if !value.is_empty() => model.label(&path, value.text()),
        Editor::Toggle if value.text() == "true" => "✓".to_owned(),
        Editor::Toggle => String::new(),
        _ => value.text().to_owned(),
    };
    (status.shown.unwrap_or_else(plain), status.level)
}

fn place(pen: &mut Pen<'_>, column: &FieldSpec, text: &str, width: u16, style: Style) {
    if column.editor == Editor::Number {
        pen.cell_right(text, width, style)
    } else {
        pen.cell(text, width, style)
    };
    pen.gap(GAP);
}

/// As wide as their content; the widest gives way where there is not enough room. Unused columns have no width.
fn widths(
    columns: &[FieldSpec],
    cells: &[Vec<(String, Level)>],
    room: u16,
    used: impl Fn(usize) -> bool,
) -> Vec<u16> {
    let content = |at: usize| cells.iter().map(move |line| paint::columns(&text::safe(&line[at].0))).max();
    let label = |at: usize| paint::columns(&text::safe(&columns[at].label));
    let width = |at: usize| match used(at) {
        true => content(at).unwrap_or(0).max(label(at)).clamp(3, 40),
        false => 0,
    };
    let mut widths: Vec<u16> = (0..columns.len()).map(width).collect();
    let count = u16::try_from(widths.iter().filter(|width| **width > 0).count()).unwrap_or(u16::MAX);
    let room = room.saturating_sub(GAP.saturating_mul(count.saturating_sub(1)));
    while widths.iter().map(|width| usize::from(*width)).sum::<usize>() > usize::from(room) {
        match widths.iter_mut().max() {
            Some(widest) if *widest > 4 => *widest -= 1,
            _ => break,
        }
    }
    widths
}
