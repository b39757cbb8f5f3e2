//! What a pane of the home screen holds: a heading, rows of cells, and perhaps a measure at its foot.

use crate::actions::Place;
use crate::base::show::count;
use crate::base::{Ref, Style, text};
use crate::tr;
use crate::tui::widgets::grid::{Cell, Column};
use crate::tui::widgets::paint;
use smol_str::SmolStr;

/// Everything a pane shows.
#[derive(Default, Clone)]
pub struct Content {
    /// The heading, in capitals.
    pub title: String,
    /// What stands beside the heading.
    pub detail: String,
    /// How many there are, for the line of tabs.
    pub count: usize,
    /// How the cells of the rows line up.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
    /// What to say when there are none.
    pub empty: String,
    /// How far something has come, under the rows.
    pub measure: Option<Measure>,
}

/// One line of a pane.
#[derive(Default, Clone)]
pub struct Row {
    /// What identifies it whatever its place.
    pub key: SmolStr,
    /// The record it is about.
    pub reference: Option<Ref>,
    /// Where Enter leads.
    pub opens: Option<Place>,
    /// A cell for each column.
    pub cells: Vec<Cell>,
    /// How long its bar is, from 0 to 1, in the last column.
    pub share: Option<f64>,
    /// It is what comes next.
    pub next: bool,
}

/// Progress towards a goal, in two steps: what is certain, and what is likely on top of it.
#[derive(Default, Clone)]
pub struct Measure {
    /// What has been reached and what is expected.
    pub label: String,
    /// The goal; nothing where there is none, and then no bar either.
    pub goal: String,
    /// The share that is reached.
    pub reached: f64,
    /// The share that is reached and expected together.
    pub expected: f64,
    /// The share in words, behind the bar.
    pub said: String,
}

impl Row {
    /// A row about a record, opened by Enter.
    pub fn about(reference: &Ref, cells: Vec<Cell>) -> Row {
        Row {
            key: reference.to_string().into(),
            opens: Some(Place::Record(reference.clone())),
            reference: Some(reference.clone()),
            cells,
            ..Row::default()
        }
    }
}

impl Content {
    /// Keeps the rows in which every one of these words (lower case) is found, and counts these alone.
    pub fn keep(&mut self, words: &[String], style: &Style) {
        if words.is_empty() {
            return;
        }
        let all = count(self.rows.len(), style);
        self.rows.retain(|row| {
            let all: String = row.cells.iter().map(|cell| cell.text.to_lowercase() + " ").collect();
            words.iter().all(|word| all.contains(word))
        });
        self.count = self.rows.len();
        self.detail = tr!("{n} of {all}", n = count(self.count, style), all = all).into_owned();
        self.measure = None;
        // Here are records of many types, so no word can name a field.
        self.empty = match words.iter().find(|word| word.contains([':', '=', '<', '>', '~'])) {
            Some(word) => tr!("'{word}': words only here, lists know fields", word = word).into_owned(),
            None => tr!("Nothing here matches the filter").into_owned(),
        };
    }

    /// Makes no column wider than its widest cell, unless it has no limit; those that do not grow have just that
    /// width.
    pub fn tighten(mut self) -> Content {
        let bar = self.rows.iter().any(|row| row.share.is_some());
        let words = self.columns.len() - usize::from(bar && !self.columns.is_empty());
        for (at, column) in self.columns.iter_mut().take(words).enumerate() {
            let cells = self.rows.iter().filter_map(|row| row.cells.get(at));
            let widest = cells.map(|cell| paint::columns(&text::safe(&cell.text))).max().unwrap_or(0);
            if column.max < u16::MAX {
                column.max = column.max.min(widest.max(1));
            }
            column.min = if column.weight == 0 { column.max } else { column.min.min(column.max) };
        }
        self
    }
}
