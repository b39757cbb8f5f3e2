//! Records in the order of a field, or of what is known of them besides.

use super::QueryError;
use super::compile::DATES;
use super::facts::{Facts, created, modified};
use super::names::LeadsNowhere;
use super::path::Path;
use crate::base::Folder;
use crate::model::kinds::{title_of, title_of_ref};
use crate::model::order::Key;
use crate::model::resolve::{Scope, link_target};
use crate::model::schema::Options;
use crate::model::{Book, FieldDef, Kind, Record, TypeDef, Value};
use rayon::prelude::*;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::ops::Range;
use std::sync::{Arc, Mutex};

/// Sorts records of a type by the field at `path`: links by the title of what they point at, choices in the order
/// of their list. Records without a value come last either way; equal ones keep their order.
///
/// # Errors
/// When the path leads nowhere.
pub fn sort(
    rows: &mut Vec<Arc<Record>>,
    ty: &Arc<TypeDef>,
    path: &str,
    descending: bool,
    book: &Book,
) -> Result<(), QueryError> {
    let by = By::new(ty, path, book, None).map_err(|nowhere| refused(nowhere, 0..path.len()))?;
    order(rows, &[(ty.folder.clone(), by)], descending, book);
    Ok(())
}

/// What is said of a name at that place by which nothing can be sorted.
pub(super) fn refused(nowhere: LeadsNowhere, at: Range<usize>) -> QueryError {
    let message = match nowhere.several.is_empty() {
        true => format!("there is no field '{}' to sort by", nowhere.step),
        false => nowhere.message(),
    };
    QueryError { at, message, suggestion: nowhere.suggestion }
}

/// What the records of a type are sorted by.
pub(super) enum By {
    /// A field.
    Field(Path),
    /// What another layer knows.
    Fact(FieldDef, Arc<dyn Facts>),
    /// When it was made or changed, or how long ago that was, by its name among [`DATES`].
    Date(FieldDef),
}

impl By {
    /// Looks a name up as conditions do: a field of that very name, a fact, a date, a shorter name of a field.
    ///
    /// # Errors
    /// When it leads nowhere.
    pub(super) fn new(
        ty: &Arc<TypeDef>,
        name: &str,
        book: &Book,
        facts: Option<&Arc<dyn Facts>>,
    ) -> Result<Self, LeadsNowhere> {
        let lower = name.to_lowercase();
        if ty.field(&lower).is_none() {
            let fact = |facts: &Arc<dyn Facts>| {
                let fact = facts.about(ty).into_iter().find(|fact| fact.name == lower)?;
                Some(Self::Fact(fact, facts.clone()))
            };
            if let Some(fact) = facts.and_then(fact) {
                return Ok(fact);
            }
            if DATES.iter().any(|(date, _)| *date == lower) {
                return Ok(Self::Date(FieldDef::new(&lower, Kind::Datetime)));
            }
        }
        Path::new(ty, name, book).map(Self::Field)
    }

    /// Its name, spelled in full.
    pub(super) fn name(&self) -> SmolStr {
        match self {
            Self::Field(path) => path.text.clone(),
            Self::Fact(field, _) | Self::Date(field) => field.name.clone(),
        }
    }

    /// What is longest ago is the greatest age.
    fn is_backwards(&self) -> bool {
        matches!(self, Self::Date(field) if DATES.iter().any(|(date, since)| *since && *date == field.name))
    }

    /// Makes the keys of records.
    fn keys<'a>(&'a self, book: &'a Book) -> Box<dyn Fn(&Record) -> Key + Sync + 'a> {
        let key = move |field, text: &str| Key::of(book, Some(field), text);
        match self {
            Self::Field(path) => {
                let keys = Keys::new(book, path);
                Box::new(move |record| keys.of(record))
            }
            Self::Fact(field, facts) => {
                Box::new(move |record| key(field, facts.value(book, record, &field.name).as_str()))
            }
            Self::Date(field) => Box::new(move |record| {
                let date = match field.name.as_str() {
                    "created" | "age" => created(book, record),
                    _ => modified(book, record),
                };
                key(field, &date.unwrap_or_default())
            }),
        }
    }
}

/// Sorts records of several types, each by what is given for it. Those without a value, and of types for which nothing
/// is given, come last either way; equal ones keep their order.
pub(super) fn order(rows: &mut Vec<Arc<Record>>, by: &[(Folder, By)], descending: bool, book: &Book) {
    let descending = descending != by.iter().any(|(_, by)| by.is_backwards());
    let keys: FxHashMap<&Folder, _> = by.iter().map(|(folder, by)| (folder, by.keys(book))).collect();
    let key = |record: &Record| keys.get(&record.reference.folder).map_or(Key::Nothing, |key| key(record));
    let mut decorated: Vec<(Key, usize)> =
        rows.par_iter().enumerate().map(|(i, record)| (key(record), i)).collect();
    decorated.par_sort_by(|(a, i), (b, j)| {
        let nothing = (*a == Key::Nothing).cmp(&(*b == Key::Nothing));
        let order = if descending { b.cmp(a) } else { a.cmp(b) };
        nothing.then(order).then(i.cmp(j))
    });
    *rows = decorated.into_iter().map(|(_, i)| rows[i].clone()).collect();
}

/// Makes keys, looking up each linked title and each pipeline's stages once.
pub(super) struct Keys<'a> {
    book: &'a Book,
    path: &'a Path,
    titles: Mutex<FxHashMap<SmolStr, Key>>,
    stages: Mutex<FxHashMap<SmolStr, Vec<SmolStr>>>,
}

impl<'a> Keys<'a> {
    /// Makes keys of the values at a path.
    pub(super) fn new(book: &'a Book, path: &'a Path) -> Self {
        Self { book, path, titles: Mutex::default(), stages: Mutex::default() }
    }

    /// The key of a record.
    pub(super) fn of(&self, record: &Record) -> Key {
        if self.path.is_id() {
            return Key::of(self.book, None, record.id().as_str());
        }
        if self.path.is_title() {
            return Key::of(self.book, None, &title_of(self.book, record));
        }
        let values = self.path.values(self.book, record);
        let Some(text) = values.into_iter().find_map(first_scalar) else { return Key::Nothing };
        match self.path.field.as_ref().map(|field| (&field.kind, field)) {
            Some((Kind::Choice(Options::From { link, lines }), _)) => {
                self.place(record, link, lines, text).unwrap_or_else(|| Key::of(self.book, None, text))
            }
            Some((_, field)) if field.is_link() => self.title(field, text),
            field => Key::of(self.book, field.map(|(_, f)| f), text),
        }
    }

    fn title(&self, field: &FieldDef, text: &str) -> Key {
        let mut titles = self.titles.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let key = titles.entry(text.into()).or_insert_with(|| {
            let target = link_target(self.book.schema(), field, text);
            let title = target.map_or_else(|| text.to_owned(), |target| title_of_ref(self.book, &target));
            Key::of(self.book, None, &title)
        });
        key.clone()
    }

    /// The place of a word among the lines of the linked record that lists it.
    fn place(&self, record: &Record, link: &str, lines: &str, text: &str) -> Option<Key> {
        let mut stages = self.stages.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let of_owner = stages.entry(record.text(link).into()).or_insert_with(|| {
            let owner = Scope::of(self.book, record).and_then(|scope| scope.linked(link));
            let lines = owner.map(|owner| owner.get(lines).items()).unwrap_or_default();
            lines.iter().map(|line| line.get("id").as_str().into()).collect()
        });
        of_owner.iter().position(|id| id == text).map(|place| Key::Number(Decimal::from(place)))
    }
}

/// The first text in a value.
pub(super) fn first_scalar(value: &Value) -> Option<&str> {
    match value {
        Value::Empty => None,
        Value::Text(text) => Some(text),
        Value::List(items) => items.iter().find_map(first_scalar),
        Value::Map(entries) => entries.iter().find_map(|(_, value)| first_scalar(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::RepoPath;
    use crate::model::{Schema, Settings, test_fields};

    const BOOK: &str = "
accounts/z: {name: Acme}
accounts/a: {name: Zeta}
pipelines/p: {stages: [{id: q}, {id: b}, {id: won}]}
opportunities/a: {account: z, pipeline: p, stage: won, amount: 90, close_date: 2026-01-02}
opportunities/b: {account: a, pipeline: p, stage: q, amount: 100}
opportunities/c: {account: a, pipeline: p, stage: b, amount: 20.5 EUR, close_date: 2025-12-31}
opportunities/d: {name: nothing}
";

    fn check(path: &str, descending: bool, expect: &str) {
        let records = test_fields(BOOK).into_iter().map(|(name, value)| Record {
            reference: name.parse().unwrap(),
            path: RepoPath::try_from(format!("{name}.yaml").as_str()).unwrap(),
            fields: value.entries().to_vec().into(),
        });
        let book =
            Book::new(Arc::new(Schema::builtin()), Arc::new(Settings::default()), records.collect(), vec![]);
        let ty = book.schema().find("deal").unwrap();
        let mut rows = book.of(&ty.folder).to_vec();
        let shown = match sort(&mut rows, ty, path, descending, &book) {
            Ok(()) => rows.iter().map(|r| r.id().as_str()).collect::<Vec<_>>().join(" "),
            Err(e) => e.to_string(),
        };
        assert_eq!(shown, expect, "{path} {descending}");
    }

    #[test]
    fn by_what_the_field_means() {
        check("amount", false, "c a b d");
        check("amount", true, "b a c d");
        check("stage", false, "b c a d");
        check("account", false, "a b c d");
        check("account", true, "b c a d");
        check("account.name", false, "a b c d");
        check("close_date", true, "a c b d");
        check("id", true, "d c b a");
        check("created", false, "a b c d");
        check("age", true, "a b c d");
        check("amuont", false, "there is no field 'amuont' to sort by: did you mean 'amount'?");
    }
}
