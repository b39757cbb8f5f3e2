//! The rows of a list: arranged once, their cells made when they are drawn.

use super::cells::{cell, clock, tone};
use super::columns::CLOCK;
use crate::base::show::count;
use crate::base::{Now, Ref, Style};
use crate::crm::sla::{Case, Policies};
use crate::model::{Book, Record, Schema, Settings, TypeDef};
use crate::tr;
use crate::tui::screens::filter::Reading;
use crate::tui::theme::Role;
use crate::tui::widgets::grid::{self, Cell, Group};
use chrono::{DateTime, Utc};
use smol_str::SmolStr;
use std::sync::Arc;

/// Records in the order of the list.
pub struct Rows {
    book: Arc<Book>,
    now: Option<Now>,
    ty: Option<Arc<TypeDef>>,
    policies: Option<Policies>,
    records: Vec<Arc<Record>>,
    /// The sum of the list's amounts, in the base currency.
    pub sum: Option<String>,
    /// How many of them are not finished.
    pub open: usize,
    /// How many more there would be were finished ones shown.
    pub hidden: usize,
    /// How many records of the type there are; nothing until they have been looked through.
    pub total: Option<usize>,
    /// When something in it changes by itself.
    pub tick: Option<DateTime<Utc>>,
    /// The words that were looked for anywhere.
    pub words: Vec<String>,
    /// The order they are in.
    pub sorted: Option<(SmolStr, grid::Order)>,
    /// What the filter came to.
    pub reading: Reading,
    /// The headings.
    pub groups: Vec<Group>,
    /// Whether the filter says something about what is finished.
    pub asks_for_state: bool,
}

impl Default for Rows {
    fn default() -> Self {
        Self {
            book: Arc::new(Book::empty(Arc::new(Schema::default()), Arc::new(Settings::default()))),
            now: None,
            ty: None,
            policies: None,
            records: Vec::new(),
            sum: None,
            open: 0,
            hidden: 0,
            total: None,
            tick: None,
            words: Vec::new(),
            sorted: None,
            reading: Reading::default(),
            groups: Vec::new(),
            asks_for_state: false,
        }
    }
}

impl Rows {
    /// These records of one type as they are now.
    pub fn new(book: &Arc<Book>, ty: &Arc<TypeDef>, records: Vec<Arc<Record>>, now: Now) -> Self {
        Self {
            book: book.clone(),
            now: Some(now),
            policies: (ty.name == "case").then(|| Policies::of(book)),
            ty: Some(ty.clone()),
            records,
            ..Self::default()
        }
    }

    /// The record at an index.
    pub fn reference(&self, index: usize) -> Option<&Ref> {
        self.records.get(index).map(|r| &r.reference)
    }

    /// `17 of 60, 12 open · 320,000 €`, how many are open only where `finished` ones are shown too; until it is known,
    /// that it is being counted.
    pub fn count(&self, finished: bool, style: &Style) -> String {
        let (shown, Some(total)) = (self.records.len(), self.total) else {
            return tr!("counting …").into_owned();
        };
        let number = |n: usize| count(n, style);
        let mut said = match shown == total {
            true => number(total),
            false => tr!("{shown} of {total}", shown = number(shown), total = number(total)).into_owned(),
        };
        if finished && self.open < shown {
            said = tr!("{count}, {n} open", count = said, n = number(self.open)).into_owned();
        }
        match &self.sum {
            Some(sum) => format!("{said} · {sum}"),
            None => said,
        }
    }

    /// Every record, in order.
    pub fn references(&self) -> impl Iterator<Item = &Ref> {
        self.records.iter().map(|record| &record.reference)
    }
}

impl grid::Rows for Rows {
    fn len(&self) -> usize {
        self.records.len()
    }

    fn key(&self, index: usize) -> SmolStr {
        self.records.get(index).map(|r| r.id().as_str().into()).unwrap_or_default()
    }

    fn cell(&self, index: usize, column: &str) -> Cell {
        let (Some(record), Some(ty), Some(now)) = (self.records.get(index), &self.ty, self.now) else {
            return Cell::default();
        };
        match (&self.policies, column) {
            (Some(policies), CLOCK) => clock(&Case::of(&self.book, policies, record, now)),
            _ => cell(&self.book, ty, record, column, now),
        }
    }

    fn tone(&self, index: usize) -> Option<Role> {
        tone(&self.book, self.ty.as_ref()?, self.records.get(index)?)
    }

    fn groups(&self) -> &[Group] {
        &self.groups
    }

    fn find(&self, key: &str, near: usize) -> Option<usize> {
        let is = |record: &Arc<Record>| record.id().as_str() == key;
        // Most of the time it has not moved far.
        let (before, after) = self.records.split_at(near.min(self.records.len()));
        let (mut down, mut up) = (after.iter().enumerate(), before.iter().enumerate().rev());
        loop {
            match (down.next(), up.next()) {
                (Some((at, record)), _) if is(record) => return Some(near + at),
                (_, Some((at, record))) if is(record) => return Some(at),
                (None, None) => return None,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_many_there_are() {
        let style = Style::default();
        let check =
            |rows: &Rows, finished: bool, expect: &str| assert_eq!(rows.count(finished, &style), expect);
        let mut rows = Rows::default();
        check(&rows, true, "counting …");
        rows.total = Some(0);
        check(&rows, true, "0");
        rows.total = Some(20_000);
        check(&rows, false, "0 of 20,000");
        rows.sum = Some("4 €".into());
        check(&rows, true, "0 of 20,000 · 4 €");
    }
}
