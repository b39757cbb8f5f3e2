//! The rows of a list: filtered and sorted once, their cells made when they are drawn.

use crate::base::show::money;
use crate::base::{Id, Money, Now, Ref};
use crate::model::kinds::{choice_of, fill, show};
use crate::model::order::Key;
use crate::model::schema::Tone;
use crate::model::{Book, Kind, Moment, Record, Schema, Scope, Settings, TypeDef};
use crate::tui::theme::Role;
use crate::tui::widgets::grid::{self, Cell, Order};
use rayon::prelude::*;
use rust_decimal::Decimal;
use smol_str::SmolStr;
use std::sync::Arc;

/// What a list is to show.
pub struct Wanted {
    pub ty: Arc<TypeDef>,
    pub filter: String,
    pub sort: Option<(SmolStr, Order)>,
}

/// Records in the order of the list.
pub struct Rows {
    book: Arc<Book>,
    now: Option<Now>,
    ty: Option<Arc<TypeDef>>,
    records: Vec<Arc<Record>>,
    /// The sum of the list's amounts, in the base currency.
    pub sum: Option<String>,
}

impl Default for Rows {
    fn default() -> Self {
        let book = Arc::new(Book::empty(Arc::new(Schema::default()), Arc::new(Settings::default())));
        Self { book, now: None, ty: None, records: Vec::new(), sum: None }
    }
}

/// The records wanted, filtered and sorted.
pub fn arrange(wanted: &Wanted, book: &Arc<Book>, now: Now, _me: Option<&Id>) -> Rows {
    let words: Vec<String> = wanted.filter.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let all = book.of(&wanted.ty.folder);
    let mut keyed: Vec<(Key, Arc<Record>)> = all
        .par_iter()
        .filter(|record| matches(book, record, &words))
        .map(|record| (sort_key(book, &wanted.ty, record, wanted.sort.as_ref()), record.clone()))
        .collect();
    match &wanted.sort {
        // What has no value stays at the end either way.
        Some((_, Order::Descending)) => keyed.par_sort_by(|(a, x), (b, y)| {
            let nothing = (*a == Key::Nothing).cmp(&(*b == Key::Nothing));
            nothing.then_with(|| b.cmp(a)).then_with(|| x.id().cmp(y.id()))
        }),
        _ => keyed.par_sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.id().cmp(y.id()))),
    }
    let records: Vec<_> = keyed.into_iter().map(|(_, record)| record).collect();
    let sum = sum(book, &wanted.ty, &records);
    Rows { book: book.clone(), now: Some(now), ty: Some(wanted.ty.clone()), records, sum }
}

/// Every word must be somewhere in the record, its title or subtitle.
fn matches(book: &Book, record: &Record, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let Some(scope) = Scope::of(book, record) else { return false };
    let mut text = format!("{} {}", record.id(), fill(&scope, &scope.ty.title));
    if let Some(subtitle) = &scope.ty.subtitle {
        text.push(' ');
        text.push_str(&fill(&scope, subtitle));
    }
    for (_, value) in &record.fields {
        for scalar in value.scalars() {
            text.push(' ');
            text.push_str(scalar);
        }
    }
    let text = text.to_lowercase();
    words.iter().all(|word| text.contains(word))
}

fn sort_key(book: &Book, ty: &TypeDef, record: &Record, sort: Option<&(SmolStr, Order)>) -> Key {
    let Some((column, _)) = sort else { return Key::Nothing };
    let scope = Scope { book, ty, fields: &record.fields };
    let found = scope.resolve(column);
    let text = found.values.iter().flat_map(|v| v.scalars()).next().unwrap_or_default();
    match found.field {
        // Links sort by what people see.
        Some(field) if field.is_link() && !text.is_empty() => {
            let shown = crate::model::kinds::show_text(
                &scope,
                field,
                text,
                Now::new(Default::default(), chrono_tz::UTC),
            );
            Key::Text(shown.to_lowercase().into(), shown.into())
        }
        field => Key::of(book, field, text),
    }
}

/// The sum of the first amount among the columns.
fn sum(book: &Book, ty: &TypeDef, records: &[Arc<Record>]) -> Option<String> {
    let is_money = |name: &&SmolStr| ty.field(name).is_some_and(|f| matches!(f.kind, Kind::Money));
    let column = ty.list.iter().find(is_money)?;
    let settings = book.settings();
    let base = settings.currency();
    let amounts = records.iter().filter_map(|r| r.money(column, base));
    let total: Decimal = amounts.filter_map(|m| settings.rates().to_base(&m)).sum();
    (!total.is_zero()).then(|| money(&Money::new(total.round(), base), &settings.style()))
}

impl Rows {
    /// The record at an index.
    pub fn reference(&self, index: usize) -> Option<Ref> {
        self.records.get(index).map(|r| r.reference.clone())
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
        match (self.records.get(index), &self.ty, self.now) {
            (Some(record), Some(ty), Some(now)) => cell(&self.book, ty, record, column, now),
            _ => Cell::default(),
        }
    }

    fn tone(&self, index: usize) -> Option<Role> {
        tone(&self.book, self.ty.as_ref()?, self.records.get(index)?)
    }
}

/// What a record shows in a column, and how that is spoken.
pub fn cell(book: &Book, ty: &TypeDef, record: &Record, column: &str, now: Now) -> Cell {
    let scope = Scope { book, ty, fields: &record.fields };
    let found = scope.resolve(column);
    let (Some(field), Some(value)) = (found.field, found.values.first()) else {
        return found.values.first().map(|v| v.scalars().join(", ")).unwrap_or_default().into();
    };
    let text = show(&scope, field, value, now);
    match &field.kind {
        Kind::Choice(_) if !column.contains('.') => {
            match choice_of(&scope, field).and_then(|c| spoken(c.tone)) {
                Some(role) => Cell::of(text, role),
                None => text.into(),
            }
        }
        Kind::Money => Cell::of(text, Role::Money),
        Kind::Link(_) | Kind::Links(_) => Cell::of(text, Role::Link),
        Kind::Date | Kind::Datetime if overdue(&scope, &field.name, now) => Cell::of(text, Role::Bad),
        Kind::User | Kind::Date | Kind::Datetime | Kind::Tags => Cell::of(text, Role::Muted),
        _ => text.into(),
    }
}

/// How a whole record is spoken: what is finished, muted.
pub fn tone(book: &Book, ty: &TypeDef, record: &Record) -> Option<Role> {
    let scope = Scope { book, ty, fields: &record.fields };
    choice_of(&scope, ty.state_field()?).filter(|c| c.closed).map(|_| Role::Muted)
}

/// The role of a choice's tone.
pub fn spoken(tone: Tone) -> Option<Role> {
    match tone {
        Tone::Good => Some(Role::Good),
        Tone::Bad => Some(Role::Bad),
        Tone::Warn => Some(Role::Warn),
        Tone::Muted => Some(Role::Muted),
        Tone::Accent => Some(Role::Accent),
        Tone::Plain => None,
    }
}

/// A due date that has passed, of something not finished.
fn overdue(scope: &Scope<'_>, field: &str, now: Now) -> bool {
    let due = matches!(field, "due" | "close_date" | "resolution_by" | "response_by");
    let open = scope.ty.state_field().and_then(|f| choice_of(scope, f)).is_some_and(|c| !c.closed);
    due && open && Moment::read(scope.get(field).as_str()).is_some_and(|m| m.end(now.zone) < now.utc)
}
