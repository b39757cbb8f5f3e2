//! Records of any type as cards: a column for each value of a field.

use super::contents::Contents;
use crate::base::show::{compact, count};
use crate::base::{Folder, Now, Ref};
use crate::crm::Whose;
use crate::crm::groups::{Group, groups};
use crate::crm::people::initials;
use crate::crm::sla;
use crate::crm::views::{CLOCK, has_clock, signed};
use crate::model::kinds::title_of;
use crate::model::schema::{Options, Search};
use crate::model::{Book, FieldDef, Kind, Record, TypeDef};
use crate::query;
use crate::tr_n;
use crate::tui::screens::filter::Sieve;
use crate::tui::screens::list::{cell, tone, usual};
use crate::tui::theme::Role;
use crate::tui::widgets::board::{Card, Deck, Head};
use crate::tui::widgets::grid::Cell;
use rayon::prelude::*;
use smol_str::SmolStr;
use std::sync::Arc;

/// Records of one type in columns, ready to be drawn.
pub struct Cards {
    book: Arc<Book>,
    now: Now,
    ty: Arc<TypeDef>,
    /// The field whose values are columns.
    field: SmolStr,
    records: Vec<Arc<Record>>,
    columns: Vec<Group>,
    /// What is shown below a card's title at the left: whom it is about.
    about: Option<SmolStr>,
    /// What is shown to the right of that: a number, a day, a clock.
    value: Option<SmolStr>,
    /// What else there is to show, as far as there is room.
    facts: Vec<SmolStr>,
    narrow: bool,
}

impl Cards {
    /// The records of a type that pass, by the values of a field; `None` where records cannot be put together by it.
    pub fn of(
        book: &Arc<Book>,
        ty: &Arc<TypeDef>,
        (field, sort): (&str, &[SmolStr]),
        whose: &Whose,
        sieve: &Sieve,
        now: Now,
    ) -> Option<Self> {
        let passes = |record: &&Arc<Record>| whose.owns(record) && sieve.keeps(book, record);
        let mut records: Vec<_> = book.of(&ty.folder).par_iter().filter(passes).cloned().collect();
        match sieve.order() {
            [] => order(&mut records, ty, sort, book, now),
            _ => sieve.sort(&mut records, book),
        }
        records.truncate(sieve.limit().unwrap_or(usize::MAX));
        let found = groups(book, ty, field, None, &mut records, now).ok()?;
        let path = ty.field(field).map_or_else(|| field.into(), |field| field.name.clone());
        let mut facts = usual(ty);
        facts.retain(|fact| *fact != path && *fact != "owner" && !ty.field(fact).is_some_and(is_title));
        let mut take =
            |fits: &dyn Fn(&SmolStr) -> bool| facts.iter().position(fits).map(|at| facts.remove(at));
        let kind = |fact: &SmolStr| ty.field(fact).map(|field| &field.kind);
        let is_value = |fact: &SmolStr| {
            let dated = |kind: &Kind| kind.is_numeric() || matches!(kind, Kind::Date | Kind::Datetime);
            ty.field(fact).is_none() || kind(fact).is_some_and(dated)
        };
        let value = take(&is_value);
        let about = take(&|fact| matches!(kind(fact), Some(Kind::Link(_))));
        Some(Self {
            columns: with_empty(ty.field(field), found, book),
            field: path,
            book: book.clone(),
            ty: ty.clone(),
            narrow: false,
            records,
            about,
            value,
            facts,
            now,
        })
    }

    fn records(&self, column: usize) -> &[Arc<Record>] {
        let column = self.columns.get(column);
        column.map_or(&[], |group| &self.records[group.start..group.start + group.count])
    }

    fn cell(&self, record: &Arc<Record>, path: Option<&SmolStr>) -> Cell {
        path.map(|path| cell(&self.book, &self.ty, record, path, self.now)).unwrap_or_default()
    }
}

/// The order of a view, with its words; where it says nothing, cases by their clocks and others by their day.
fn order(records: &mut Vec<Arc<Record>>, ty: &Arc<TypeDef>, sort: &[SmolStr], book: &Book, now: Now) {
    let by_clock = sort.first().is_none_or(|word| signed(word).1 == CLOCK);
    if by_clock && has_clock(ty) {
        *records = sla::in_order(book, records, now).into_iter().map(|case| case.record).collect();
        return;
    }
    let usual = if sort.is_empty() { ty.date.as_slice() } else { sort };
    for word in usual.iter().rev() {
        let (sign, path) = signed(word);
        // What a changed schema no longer has leaves the order as it is.
        let _ = query::sort(records, ty, path, !sign.is_empty(), book);
    }
}

fn is_title(field: &FieldDef) -> bool {
    field.search == Search::Title
}

/// Of a choice the values that nothing has yet are columns too, unless what has them is finished.
fn with_empty(field: Option<&FieldDef>, found: Vec<Group>, book: &Book) -> Vec<Group> {
    let Some(Kind::Choice(Options::Fixed(choices))) = field.map(|field| &field.kind) else { return found };
    let language = book.settings().language();
    let (mut columns, mut start) = (Vec::new(), 0);
    let mut rest = found.into_iter().peekable();
    for choice in choices {
        match rest.next_if(|group| group.value == choice.value) {
            Some(group) => {
                start = group.start + group.count;
                columns.push(group);
            }
            None if choice.closed => {}
            None => columns.push(Group {
                value: choice.value.clone(),
                title: choice.label.get(language).to_owned(),
                start,
                count: 0,
                sum: None,
            }),
        }
    }
    columns.extend(rest);
    columns
}

impl Contents for Cards {
    fn name(&self) -> String {
        let language = self.book.settings().language();
        let label = self.ty.field(&self.field).map(|field| field.label.get(language).to_owned());
        label.unwrap_or_else(|| self.field.to_string())
    }

    fn summary(&self) -> String {
        let count = self.records.len();
        tr_n!("{n} record", "{n} records", count; &self.book.settings().style()).into_owned()
    }

    fn whole(&self) -> String {
        String::new()
    }

    fn query(&self, column: usize) -> String {
        let value = self.columns.get(column).map(|group| group.value.as_str()).unwrap_or_default();
        let dated = matches!(self.ty.field(&self.field).map(|f| &f.kind), Some(Kind::Date | Kind::Datetime));
        match value {
            "" => format!("missing:{}", self.field),
            month if dated => format!("{}:{month}", self.field),
            value => format!("{}={value:?}", self.field),
        }
    }

    fn folder(&self) -> &Folder {
        &self.ty.folder
    }

    fn references(&self) -> Box<dyn Iterator<Item = &Ref> + '_> {
        Box::new(self.records.iter().map(|record| &record.reference))
    }

    fn is_narrow(&self) -> bool {
        self.narrow
    }

    fn set_narrow(&mut self, narrow: bool) {
        self.narrow = narrow;
    }
}

impl Deck for Cards {
    fn columns(&self) -> usize {
        self.columns.len()
    }

    fn head(&self, column: usize) -> Head {
        let Some(group) = self.columns.get(column) else { return Head::default() };
        let style = self.book.settings().style();
        let sum = group.sum.as_ref().map(|sum| compact(sum.amount, &style));
        Head {
            title: group.title.clone(),
            note: String::new(),
            facts: [count(group.count, &style)].into_iter().chain(sum).collect(),
        }
    }

    fn len(&self, column: usize) -> usize {
        self.records(column).len()
    }

    fn key(&self, column: usize, index: usize) -> SmolStr {
        self.records(column).get(index).map(|record| record.id().as_str().into()).unwrap_or_default()
    }

    /// Its name; whom it is about and a number; whose it is and what else there is to say.
    fn card(&self, column: usize, index: usize) -> Card {
        let Some(record) = self.records(column).get(index) else { return Card::default() };
        let mut facts = self.facts.iter().map(|fact| self.cell(record, Some(fact)));
        let mut next = || facts.find(|cell| !cell.text.is_empty()).unwrap_or_default();
        let owner = initials(&self.book, record.text("owner"));
        let owner = (!owner.is_empty()).then(|| Cell::of(owner, Role::Muted));
        Card {
            title: title_of(&self.book, record).into(),
            name: self.cell(record, self.about.as_ref()),
            value: self.cell(record, self.value.as_ref()),
            foot: owner.into_iter().chain([next()]).collect(),
            next: next(),
            when: Cell::default(),
            tone: tone(&self.book, &self.ty, record),
        }
    }
}
