//! What a term asks of the values its path leads to, with its own value made ready once.

use super::lex::Operator;
use super::path::Path;
use super::period::period;
use super::text::{Needle, any_scalar};
use crate::base::fiscal::Days;
use crate::base::input::InputError;
use crate::model::kinds::{Entry, EntryError, choices, enter, title_of};
use crate::model::order::Key;
use crate::model::resolve::{Scope, spell_link};
use crate::model::{Book, FieldDef, Kind, Moment, Record, TypeDef};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use std::cmp::Ordering;

/// A test that is ready to be run on many records. It knows what the book held when it was made.
#[derive(Debug, Clone)]
pub enum Test {
    /// Holds something.
    Set,
    /// Holds one of these.
    Any(Vec<Wanted>),
    /// Compares in one of these ways with the bound.
    Compare(&'static [Ordering], Key),
    /// A day or time that compares in one of these ways with the stretch: before it, in it, after it.
    When(&'static [Ordering], Stretch),
    /// Contains the text, or stands for something whose name does.
    Contains(Needle, FxHashSet<SmolStr>),
}

/// One value to be equal to.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// The same text, whatever its case.
    Text(SmolStr),
    /// The same number, amount or length.
    Key(Key),
    /// A day or time within.
    Within(Stretch),
}

/// A stretch of time.
#[derive(Debug, Clone, Copy)]
pub struct Stretch {
    days: Days,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
}

const BEFORE: &[Ordering] = &[Ordering::Less];
const UP_TO: &[Ordering] = &[Ordering::Less, Ordering::Equal];
const AFTER: &[Ordering] = &[Ordering::Greater];
const FROM: &[Ordering] = &[Ordering::Greater, Ordering::Equal];

impl Test {
    /// Reads a term's value. The second half of the answer is whether the test is to fail.
    ///
    /// # Errors
    /// When the value does not read as the field's kind.
    pub fn read(
        path: &Path,
        operator: Operator,
        text: &str,
        quoted: bool,
        book: &Book,
        entry: Entry<'_>,
    ) -> Result<(Self, bool), EntryError> {
        let reader = Reader { path, book, entry };
        let compare = |orderings| reader.compare(orderings, text).map(|test| (test, false));
        match operator {
            Operator::Is | Operator::Not => Ok((reader.any(text, quoted)?, operator == Operator::Not)),
            Operator::Contains | Operator::Lacks => Ok((reader.contains(text), operator == Operator::Lacks)),
            Operator::Less => compare(BEFORE),
            Operator::AtMost => compare(UP_TO),
            Operator::More => compare(AFTER),
            Operator::AtLeast => compare(FROM),
        }
    }

    /// Whether the record passes.
    pub fn holds(&self, path: &Path, book: &Book, record: &Record) -> bool {
        let field = path.field.as_ref();
        match self {
            Self::Set => path.any(book, record, &mut |text| !text.is_empty()),
            Self::Any(wanted) => {
                path.any(book, record, &mut |text| wanted.iter().any(|w| w.is(book, field, text)))
            }
            Self::Compare(orderings, bound) => path.any(book, record, &mut |text| {
                let key = Key::of(book, field, text);
                key.comparable(bound) && orderings.contains(&key.cmp(bound))
            }),
            Self::When(orderings, stretch) => path.any(book, record, &mut |text| {
                stretch.place(text, book).is_some_and(|place| orderings.contains(&place))
            }),
            Self::Contains(needle, meant) => {
                path.any(book, record, &mut |text| needle.is_in(text) || meant.contains(text))
            }
        }
    }
}

impl Wanted {
    fn is(&self, book: &Book, field: Option<&FieldDef>, text: &str) -> bool {
        match self {
            Self::Text(wanted) => {
                wanted.eq_ignore_ascii_case(text)
                    || (!text.is_ascii()
                        && !wanted.is_ascii()
                        && wanted.to_lowercase() == text.to_lowercase())
            }
            Self::Key(key) => Key::of(book, field, text) == *key,
            Self::Within(stretch) => stretch.place(text, book) == Some(Ordering::Equal),
        }
    }
}

impl Stretch {
    fn of_days(days: Days, book: &Book) -> Self {
        let start = |day| Moment::Day(day).start(book.settings().zone());
        Self { days, from: start(days.from), until: start(days.until) }
    }

    /// Whether the day or time written here is before it, in it or after it.
    fn place(&self, text: &str, book: &Book) -> Option<Ordering> {
        let day = leading_day(text)?;
        // Days, and times that are far from either end whatever their zone, need no further reading.
        let clear = TimeDelta::days(2);
        if text.len() == 10 || day < self.days.from - clear || day > self.days.until + clear {
            return Some(match day {
                day if day < self.days.from => Ordering::Less,
                day if day < self.days.until => Ordering::Equal,
                _ => Ordering::Greater,
            });
        }
        let at = Moment::read(text)?.start(book.settings().zone());
        Some(match at {
            at if at < self.from => Ordering::Less,
            at if at < self.until => Ordering::Equal,
            _ => Ordering::Greater,
        })
    }
}

/// The day a canonical date or time starts with.
fn leading_day(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes().get(..10)?;
    let number = |part: &[u8]| {
        part.iter().try_fold(0u32, |sum, b| b.is_ascii_digit().then(|| sum * 10 + u32::from(b - b'0')))
    };
    (bytes[4] == b'-' && bytes[7] == b'-').then_some(())?;
    NaiveDate::from_ymd_opt(number(&bytes[..4])? as i32, number(&bytes[5..7])?, number(&bytes[8..])?)
}

/// Reads the value of one term.
struct Reader<'a> {
    path: &'a Path,
    book: &'a Book,
    entry: Entry<'a>,
}

impl Reader<'_> {
    /// `=`: one value or several with commas between them.
    fn any(&self, text: &str, quoted: bool) -> Result<Test, EntryError> {
        if quoted || !text.contains(',') {
            return Ok(Test::Any(vec![self.wanted(text)?]));
        }
        // A comma may be part of a number, or make it one of two.
        if self.path.field.as_ref().is_some_and(|field| field.kind.is_numeric()) {
            match self.wanted(text) {
                Ok(one) => return Ok(Test::Any(vec![one])),
                Err(EntryError::Input(InputError::Unreadable { .. })) => {}
                Err(other) => return Err(other),
            }
        }
        let several = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        Ok(Test::Any(several.map(|part| self.wanted(part)).collect::<Result<_, _>>()?))
    }

    fn wanted(&self, text: &str) -> Result<Wanted, EntryError> {
        match self.path.field.as_ref().map(|field| (&field.kind, field)) {
            Some((Kind::Date | Kind::Datetime, field)) => Ok(Wanted::Within(self.stretch(field, text)?)),
            Some((kind, field)) if kind.is_numeric() => {
                Ok(Wanted::Key(Key::of(self.book, Some(field), &self.canonical(field, text)?)))
            }
            Some((Kind::Choice(_) | Kind::Link(_) | Kind::Links(_) | Kind::User | Kind::Boolean, field)) => {
                Ok(Wanted::Text(self.canonical(field, text)?))
            }
            Some((Kind::Address, field)) => Err(EntryError::Other(format!(
                "{0} has parts: ask for one, such as {0}.city, or use {0}~{text}",
                field.name
            ))),
            _ => Ok(Wanted::Text(text.into())),
        }
    }

    fn compare(&self, orderings: &'static [Ordering], text: &str) -> Result<Test, EntryError> {
        match self.path.field.as_ref().map(|field| (&field.kind, field)) {
            Some((Kind::Date | Kind::Datetime, field)) => {
                Ok(Test::When(orderings, self.stretch(field, text)?))
            }
            Some((kind, field)) if kind.is_numeric() || matches!(kind, Kind::Choice(_)) => {
                let canonical = self.canonical(field, text)?;
                Ok(Test::Compare(orderings, Key::of(self.book, Some(field), &canonical)))
            }
            field => Ok(Test::Compare(orderings, Key::of(self.book, field.map(|(_, f)| f), text))),
        }
    }

    fn contains(&self, text: &str) -> Test {
        let needle = Needle::new(text);
        let meant = self.path.field.as_ref();
        let meant = meant.map(|field| meanings(self.book, &self.path.owner, field, &needle));
        Test::Contains(needle, meant.unwrap_or_default())
    }

    /// The stretch of time a date or the name of a period stands for; a time stands for its minute.
    fn stretch(&self, field: &FieldDef, text: &str) -> Result<Stretch, EntryError> {
        if let Some(days) = period(text, self.entry.now, self.book.settings().fiscal_year_start()) {
            return Ok(Stretch::of_days(days, self.book));
        }
        let as_time = FieldDef { kind: Kind::Datetime, ..field.clone() };
        let canonical = self.canonical(&as_time, text)?;
        match Moment::read(&canonical) {
            Some(Moment::At(at)) => {
                let from = at.to_utc();
                let day = Moment::At(at).day_in(self.book.settings().zone());
                let days = Days { from: day, until: day.succ_opt().unwrap_or(day) };
                Ok(Stretch { days, from, until: from + TimeDelta::minutes(1) })
            }
            Some(Moment::Day(day)) => {
                let days = Days { from: day, until: day.succ_opt().unwrap_or(day) };
                Ok(Stretch::of_days(days, self.book))
            }
            None => Err(EntryError::Other(format!("'{text}' is not a date"))),
        }
    }

    /// The one canonical spelling of what was typed.
    fn canonical(&self, field: &FieldDef, text: &str) -> Result<SmolStr, EntryError> {
        let scope = Scope { book: self.book, ty: &self.path.owner, fields: &[] };
        let value = enter(&scope, field, text, self.entry)?;
        let mut first = SmolStr::default();
        any_scalar(&value, &mut |text: &str| {
            first = text.into();
            true
        });
        Ok(first)
    }
}

/// The values of a field that stand for something whose name contains the needle: words of a choice by their
/// labels, links by the titles of what they point at.
pub fn meanings(book: &Book, ty: &TypeDef, field: &FieldDef, needle: &Needle) -> FxHashSet<SmolStr> {
    if let Kind::Choice(_) = field.kind {
        let known = choices(&Scope { book, ty, fields: &[] }, field);
        return known.into_iter().filter(|c| needle.is_in(&c.label)).map(|c| c.value).collect();
    }
    let schema = book.schema();
    let mut found = FxHashSet::default();
    for target in schema.targets(field) {
        let parts: Vec<_> = target.title.fields().collect();
        let plain = needle.is_one_word() && parts.iter().all(|part| !part.contains('.'));
        let named = |record: &Record| match plain {
            // One word is in one part of the title, which is quicker to look at than the title.
            true => parts.iter().any(|part| needle.is_in_value(record.get(part))),
            false => needle.is_in(&title_of(book, record)),
        };
        let records = book.of(&target.folder).par_iter().filter(|record| named(record));
        found.par_extend(records.map(|record| spell_link(schema, field, &record.reference)));
    }
    found
}
