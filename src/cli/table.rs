//! Rows and columns: aligned for people, tabs between the cells for programs.

use super::line::{Ink, Line};
use super::out::Out;
use crate::base::text::{fit, fit_right, safe, width};
use std::io;

/// One cell.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// What people see.
    pub shown: String,
    /// What programs get.
    pub plain: String,
    /// Its colour.
    pub ink: Ink,
}

impl Cell {
    /// The same text for both.
    pub fn new(ink: Ink, text: impl Into<String>) -> Self {
        let shown = text.into();
        Self { plain: shown.clone(), shown, ink }
    }
}

/// A column's heading.
#[derive(Debug, Clone)]
pub struct Column {
    title: String,
    right: bool,
    whole: bool,
}

impl Column {
    /// A column of words.
    pub fn left(title: impl Into<String>) -> Self {
        Self { title: title.into(), right: false, whole: false }
    }

    /// A column of references, which somebody is to type again: they are never cut.
    pub fn whole(title: impl Into<String>) -> Self {
        Self { title: title.into(), right: false, whole: true }
    }

    /// A column of numbers, if `right`.
    pub fn aligned(title: impl Into<String>, right: bool) -> Self {
        Self { title: title.into(), right, whole: false }
    }
}

/// Blanks between columns.
const GAP: usize = 2;
/// No column is made narrower than this to make room for others.
const LEAST: usize = 8;

/// Writes the rows: with headings and aligned on a terminal, else bare.
///
/// # Errors
/// When nobody takes it.
pub fn write(out: &mut Out, columns: &[Column], rows: &[Vec<Cell>]) -> io::Result<()> {
    write_grouped(out, columns, rows, &[])
}

/// A heading between rows, for people.
#[derive(Debug, Clone)]
pub struct Between {
    /// The row it stands above.
    pub above: usize,
    /// What it is called.
    pub title: String,
    /// What is said behind that.
    pub detail: String,
}

/// Writes the rows as [`write`], with headings between them on a terminal.
///
/// # Errors
/// When nobody takes it.
pub fn write_grouped(
    out: &mut Out,
    columns: &[Column],
    rows: &[Vec<Cell>],
    between: &[Between],
) -> io::Result<()> {
    if !out.is_terminal() {
        return rows.iter().try_for_each(|row| out.cells(row.iter().map(|cell| cell.plain.as_str())));
    }
    let widths = widths(columns, rows, out.columns());
    let head = columns.iter().zip(&widths).fold(Line::new(), |line, (column, width)| {
        line.ink(Ink::Dim, aligned(&column.title, *width, column.right)).text(" ".repeat(GAP))
    });
    out.line(&head)?;
    let mut between = between.iter().peekable();
    for (at, row) in rows.iter().enumerate() {
        while let Some(heading) = between.next_if(|heading| heading.above <= at) {
            out.line(&Line::new())?;
            out.line(&Line::new().ink(Ink::Bold, &heading.title).text("  ").ink(Ink::Dim, &heading.detail))?;
        }
        let line = row.iter().zip(columns).zip(&widths).fold(Line::new(), |line, ((cell, column), width)| {
            line.ink(cell.ink, aligned(&cell.shown, *width, column.right)).text(" ".repeat(GAP))
        });
        out.line(&line)?;
    }
    Ok(())
}

fn aligned(text: &str, columns: usize, right: bool) -> String {
    if right { fit_right(text, columns) } else { fit(text, columns) }
}

/// How wide each column is: as its widest cell, and the widest ones less where there is no room for all.
fn widths(columns: &[Column], rows: &[Vec<Cell>], room: usize) -> Vec<usize> {
    let widest = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at)).map(|cell| width(&safe(&cell.shown)));
        cells.chain([width(&columns[at].title)]).max().unwrap_or_default()
    };
    let mut widths: Vec<usize> = (0..columns.len()).map(widest).collect();
    let room = room.saturating_sub(GAP * columns.len().saturating_sub(1));
    while widths.iter().sum::<usize>() > room {
        let widths =
            widths.iter_mut().zip(columns).filter(|(width, column)| **width > LEAST && !column.whole);
        match widths.max_by_key(|(width, _)| **width) {
            Some((widest, _)) => *widest -= 1,
            None => break,
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_columns_give_way() {
        let columns = [Column::left("id"), Column::left("name"), Column::left("city")];
        let cell = |n: usize| Cell::new(Ink::Plain, "x".repeat(n));
        let rows = [vec![cell(4), cell(40), cell(30)]];
        assert_eq!(widths(&columns, &rows, 100), [4, 40, 30]);
        assert_eq!(widths(&columns, &rows, 60), [4, 26, 26]);
        assert_eq!(widths(&columns, &rows, 10), [4, 8, 8]);
        let columns = [Column::whole("id"), Column::left("name"), Column::left("city")];
        let rows = [vec![cell(40), cell(30), cell(30)]];
        assert_eq!(widths(&columns, &rows, 60), [40, 8, 8]);
    }
}
