//! Which records a list shows and in what order: worked out on any thread.

use super::columns::{CLOCK, lead};
use super::rows::Rows;
use crate::base::Now;
use crate::base::show::money;
use crate::crm::due::Due;
use crate::crm::groups::groups;
use crate::crm::sla::{self, Case};
use crate::crm::total::amount;
use crate::crm::{Whose, state::is_closed};
use crate::model::schema::Options;
use crate::model::{Book, Kind, Moment, Record, TypeDef};
use crate::query;
use crate::tui::screens::filter::Wording;
use crate::tui::widgets::grid::{Group as Heading, Order};
use chrono::{DateTime, Utc};
use rayon::prelude::*;
use smol_str::SmolStr;
use std::sync::Arc;

/// What a list is to show.
pub struct Wanted {
    pub ty: Arc<TypeDef>,
    pub filter: Wording,
    pub whose: Whose,
    /// Finished records too; they are shown anyway where the filter asks for the state.
    pub closed: bool,
    /// The order chosen, by the first column first; where the filter asks for one, that holds.
    pub sort: Vec<Sorting>,
    /// Whether the one chosen holds all the same.
    pub insists: bool,
    /// The field whose values are headings.
    pub group: Option<SmolStr>,
}

/// A column, and which way it is sorted.
pub type Sorting = (SmolStr, Order);

/// Whether records of the type can be finished, so that it makes sense to hide those that are.
pub fn finishes(ty: &TypeDef) -> bool {
    match ty.state_field().map(|field| &field.kind) {
        Some(Kind::Choice(Options::Fixed(choices))) => choices.iter().any(|choice| choice.closed),
        Some(Kind::Choice(Options::From { .. })) => true,
        _ => false,
    }
}

/// The records wanted, in order.
pub fn arrange(wanted: &Wanted, book: &Arc<Book>, now: Now) -> Rows {
    let all = book.of(&wanted.ty.folder);
    let (sieve, reading) = wanted.filter.read(&wanted.ty, book, now);
    let passes = |record: &&Arc<Record>| wanted.whose.owns(record) && sieve.keeps(book, record);
    let passing: Vec<Arc<Record>> = match (&wanted.whose, sieve.is_empty()) {
        (Whose::Everyone, true) => all.to_vec(),
        _ => all.par_iter().filter(passes).cloned().collect(),
    };
    let (mut closed, mut open) = match finishes(&wanted.ty) {
        true => passing.into_par_iter().partition(|record| is_closed(book, record)),
        false => (Vec::new(), passing),
    };
    let asks_for_state = sieve.asks_for_state(&wanted.ty, book);
    let shows_closed = wanted.closed || asks_for_state;
    let hidden = if shows_closed { 0 } else { closed.len() };
    if !shows_closed {
        closed.clear();
    }
    let mut opened = open.len();
    let cases = if wanted.ty.name == "case" { sla::in_order(book, &open, now) } else { Vec::new() };
    let order = Ordering { book, ty: &wanted.ty, cases: &cases };
    let tick = tick(&wanted.ty, &cases, &open, now);
    let asked = sieve.order().first().filter(|_| !wanted.insists);
    let mut records = match wanted.sort.as_slice() {
        _ if asked.is_some() => {
            open.append(&mut closed);
            sieve.sort(&mut open, book);
            open
        }
        // By what the list is there for, what is open comes first, and of the rest the latest.
        [(column, Order::Ascending)] if *column == lead(&wanted.ty) => {
            order.sort(&mut open, column, false);
            let dated = wanted.ty.date.as_deref().filter(|_| order.by_date(column));
            order.sort(&mut closed, dated.unwrap_or(column), dated.is_some());
            open.append(&mut closed);
            open
        }
        sorting => {
            open.append(&mut closed);
            // What decides first is sorted by last: equal records keep their order.
            for (column, direction) in sorting.iter().rev() {
                order.sort(&mut open, column, *direction == Order::Descending);
            }
            open
        }
    };
    if let Some(most) = sieve.limit().filter(|most| *most < records.len()) {
        records.truncate(most);
        opened = records.iter().filter(|record| !is_closed(book, record)).count();
    }
    let style = book.settings().style();
    let sorted = match asked {
        Some(asked) if asked.descending => Some((asked.path.clone(), Order::Descending)),
        Some(asked) => Some((asked.path.clone(), Order::Ascending)),
        None => wanted.sort.first().cloned(),
    };
    let by = sorted.as_ref().map(|(column, direction)| (column.as_str(), *direction == Order::Descending));
    // A field that a changed schema no longer has makes no headings.
    let groups = wanted
        .group
        .as_ref()
        .and_then(|path| groups(book, &wanted.ty, path, by, &mut records, now).ok())
        .unwrap_or_default();
    let sum = amount(book, &wanted.ty, &records).map(|sum| money(&sum, &style));
    let mut rows = Rows::new(book, &wanted.ty, records, now);
    rows.sum = sum;
    rows.tick = tick;
    rows.open = opened;
    rows.hidden = hidden;
    rows.asks_for_state = asks_for_state;
    rows.total = Some(all.len());
    rows.words = sieve.words();
    rows.sorted = sorted;
    rows.groups = groups
        .into_iter()
        .map(|group| Heading {
            detail: group.detail(&style),
            key: group.value,
            start: group.start,
            title: group.title,
        })
        .collect();
    rows.reading = reading;
    rows
}

/// What sorting needs to know.
struct Ordering<'a> {
    book: &'a Book,
    ty: &'a Arc<TypeDef>,
    /// The open cases by urgency, where it is cases.
    cases: &'a [Case],
}

impl Ordering<'_> {
    fn sort(&self, records: &mut Vec<Arc<Record>>, column: &str, descending: bool) {
        if column != CLOCK {
            // A column that a changed schema no longer has leaves the order as it is.
            let _ = query::sort(records, self.ty, column, descending, self.book);
            return;
        }
        // The cases are in order already; those without a running clock, the finished ones, go last.
        let closed: Vec<_> = records.iter().filter(|r| is_closed(self.book, r)).cloned().collect();
        let cases = self.cases.iter().map(|case| case.record.clone());
        *records = if descending { cases.rev().collect() } else { cases.collect() };
        records.extend(closed);
    }

    fn by_date(&self, column: &str) -> bool {
        let kind = self.ty.field(column).map(|field| &field.kind);
        column == CLOCK || matches!(kind, Some(Kind::Date | Kind::Datetime))
    }
}

/// When something in the list reads differently by itself: a clock's minute passes, something gets overdue, a day
/// begins.
fn tick(ty: &TypeDef, cases: &[Case], open: &[Arc<Record>], now: Now) -> Option<DateTime<Utc>> {
    let midnight = Moment::Day(now.today()).end(now.zone);
    let overs = open.iter().filter(|_| ty.name == "activity").filter_map(|record| Due::of(record, now));
    let over = overs.map(|due| due.over).filter(|over| *over > now.utc).min();
    [sla::next_change(cases, now), over, Some(midnight)].into_iter().flatten().min()
}
