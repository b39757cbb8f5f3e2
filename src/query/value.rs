//! Reads the values of a term as the kind of its field has them.

use super::QueryError;
use super::choices;
use super::links;
use super::stretch::{Edge, Stretch, Window};
use super::syntax::{Atom, Item, Operator, Term};
use super::test::{Bounds, Measure, Test};
use super::text::Needle;
use crate::base::phone;
use crate::model::kinds::{Entry, EntryError, enter};
use crate::model::{Book, FieldDef, FieldsRef, Kind, Scope, TypeDef};
use smol_str::SmolStr;
use std::cmp::Ordering;

/// What a term asks of a field of that kind.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The test.
    pub test: Test,
    /// Whether it is to fail.
    pub negated: bool,
}

/// The field a term is about: its definition where it has one, and the type it belongs to.
#[derive(Clone, Copy)]
pub struct About<'a> {
    /// `None` for a record's id and the parts of an address.
    pub field: Option<&'a FieldDef>,
    /// The type that has it.
    pub owner: &'a TypeDef,
    /// Whether the values are lengths of time since then, as in `age>2w`.
    pub since: bool,
}

/// Reads the values of a term.
///
/// # Errors
/// Names the value that does not read as the field's kind.
pub fn asked(term: &Term, about: About<'_>, book: &Book, entry: Entry<'_>) -> Result<Asked, QueryError> {
    let reader = Reader { term, about, book, entry };
    if reader.is_unset() {
        return match term.operator {
            Operator::Colon | Operator::Is => Ok(Asked { test: Test::Filled, negated: true }),
            Operator::Not => Ok(Asked { test: Test::Filled, negated: false }),
            operator => {
                let end = term.values_at.0.start.max(term.field_at.0.end + operator.sign().len());
                let at = end - operator.sign().len()..end;
                Err(QueryError::new(at, format!("write a value after {}", operator.sign())))
            }
        };
    }
    let negated = matches!(term.operator, Operator::Not | Operator::Lacks);
    let asked = |test| Asked { test, negated };
    match term.operator {
        Operator::Contains | Operator::Lacks => Ok(asked(reader.contains())),
        Operator::Colon | Operator::Is | Operator::Not => {
            if about.field.is_some_and(|field| field.kind == Kind::Boolean) {
                return reader.boolean(negated);
            }
            reader.one_of().map(asked)
        }
        _ => reader.compared().map(asked),
    }
}

struct Reader<'a> {
    term: &'a Term,
    about: About<'a>,
    book: &'a Book,
    entry: Entry<'a>,
}

impl Reader<'_> {
    fn kind(&self) -> Option<&Kind> {
        self.about.field.map(|field| &field.kind)
    }

    /// Whether the only value is none: `owner=`, `owner:-`.
    fn is_unset(&self) -> bool {
        match self.term.values.as_slice() {
            [Item::One(atom)] => {
                atom.text.is_empty() || (!atom.quoted && matches!(atom.text.as_str(), "-" | "–"))
            }
            _ => false,
        }
    }

    fn fault(&self, atom: &Atom, error: impl ToString) -> QueryError {
        QueryError::new(atom.at.0.clone(), error.to_string())
    }

    /// All values as one text, as `12,500.00` is one number.
    fn whole(&self) -> Atom {
        let text = self.term.values.iter().map(Item::text).collect::<Vec<_>>().join(",");
        Atom {
            text: text.into(),
            quoted: self.term.values.iter().any(Item::is_quoted),
            at: self.term.values_at.clone(),
        }
    }

    fn contains(&self) -> Test {
        let texts: Vec<SmolStr> =
            self.term.values.iter().map(Item::text).filter(|text| !text.is_empty()).collect();
        if let Some(test) = self.phones(texts.iter().cloned(), false) {
            return test;
        }
        let needles: Vec<Needle> = texts.iter().map(|text| Needle::new(text)).collect();
        let named = self.about.field.into_iter().flat_map(|field| {
            needles
                .iter()
                .flat_map(|needle| named(self.book, self.about.owner, field, needle))
                .collect::<Vec<_>>()
        });
        Test::Contains(needles.clone(), named.collect())
    }

    /// Numbers in any spelling; `None` for other fields, and where one of the texts is no number.
    fn phones(&self, texts: impl Iterator<Item = SmolStr>, whole: bool) -> Option<Test> {
        self.kind().filter(|kind| **kind == Kind::Phone)?;
        let asked: Option<Vec<_>> = texts
            .map(|text| {
                Some(phone::asked(&text)).filter(|asked| phone::looks_like(&text) && !asked.is_empty())
            })
            .collect();
        Some(Test::Phone(asked?.concat(), whole))
    }

    /// No is whatever is not yes, so that what nobody filled in counts.
    fn boolean(&self, negated: bool) -> Result<Asked, QueryError> {
        let Some(field) = self.about.field else { return self.one_of().map(|test| Asked { test, negated }) };
        let mut wanted = Vec::new();
        for item in &self.term.values {
            let atom = self.plain(item);
            wanted.push(self.canonical(field, &atom)? == "true");
        }
        if wanted.contains(&true) && wanted.contains(&false) {
            // Yes or no: anything.
            return Ok(Asked { test: Test::Text(Vec::new()), negated: !negated });
        }
        let yes = ["true", "yes", "on"].map(SmolStr::new_static).to_vec();
        Ok(Asked { test: Test::Word(yes), negated: negated != wanted.contains(&false) })
    }

    fn plain(&self, item: &Item) -> Atom {
        match item {
            Item::One(atom) => atom.clone(),
            Item::Range(..) => {
                Atom { text: item.text(), quoted: item.is_quoted(), at: self.term.values_at.clone() }
            }
        }
    }

    /// `:` with its alternatives.
    fn one_of(&self) -> Result<Test, QueryError> {
        match (self.kind(), self.about.field) {
            (_, Some(_)) if self.about.since => self.windows(),
            (Some(Kind::Date | Kind::Datetime), _) => self.windows(),
            (Some(kind), Some(field)) if kind.is_numeric() => self.numbers(field),
            (Some(Kind::Choice(_)), Some(field)) => {
                let ranges = self.term.values.iter().any(|item| matches!(item, Item::Range(..)));
                match ranges {
                    true => self.stretches_of_choices(field),
                    false => self.words(field).map(Test::Word),
                }
            }
            (Some(Kind::Link(_) | Kind::Links(_) | Kind::User), Some(field)) => {
                let mut records = rustc_hash::FxHashSet::default();
                for item in &self.term.values {
                    let atom = self.plain(item);
                    let found = links::meant(self.book, field, &atom.text, atom.quoted, self.entry);
                    records.extend(found.map_err(|error| self.fault(&atom, error))?);
                }
                Ok(Test::Among(records))
            }
            (Some(Kind::Address), Some(field)) => {
                let (name, whole) = (&field.name, self.whole());
                let message = format!(
                    "{name} has parts: ask for one, such as {name}.city, or use {name}~{}",
                    whole.text
                );
                Err(QueryError::new(whole.at.0, message))
            }
            (Some(Kind::Phone), _)
                if let Some(test) = self.phones(self.term.values.iter().map(Item::text), true) =>
            {
                Ok(test)
            }
            _ => Ok(Test::Text(self.term.values.iter().map(|item| Needle::new(&item.text())).collect())),
        }
    }

    /// The words of a choice that the values are.
    fn words(&self, field: &FieldDef) -> Result<Vec<SmolStr>, QueryError> {
        let mut words = Vec::new();
        for item in &self.term.values {
            let atom = self.plain(item);
            let found = choices::meant(self.book, self.about.owner, field, &atom.text);
            match found.is_empty() {
                true => words.push(self.canonical(field, &atom)?),
                false => words.extend(found),
            }
        }
        Ok(words)
    }

    /// `<` and its like.
    fn compared(&self) -> Result<Test, QueryError> {
        let operator = self.term.operator;
        match (self.kind(), self.about.field) {
            (_, Some(_)) if self.about.since => self.windows(),
            (Some(Kind::Date | Kind::Datetime), _) => self.windows(),
            (Some(kind), Some(field)) if kind.is_numeric() => self.numbers(field),
            (Some(Kind::Choice(_)), Some(field)) => {
                let word = self.single_word(field)?;
                Ok(choices::compared(self.book, self.about.owner, field, orderings(operator), &word))
            }
            (
                Some(
                    Kind::Link(_) | Kind::Links(_) | Kind::User | Kind::Boolean | Kind::Address | Kind::Tags,
                ),
                Some(field),
            ) => {
                let message = format!("{} has no order: use : or ~", field.name);
                Err(QueryError::new(self.term.field_at.0.clone(), message))
            }
            _ => Ok(Test::Order(orderings(operator), Needle::new(&self.whole().text))),
        }
    }

    fn single_word(&self, field: &FieldDef) -> Result<SmolStr, QueryError> {
        let atom = self.whole();
        let found = choices::meant(self.book, self.about.owner, field, &atom.text);
        found.into_iter().next().map_or_else(|| self.canonical(field, &atom), Ok)
    }

    fn stretches_of_choices(&self, field: &FieldDef) -> Result<Test, QueryError> {
        let mut tests = Vec::new();
        for item in &self.term.values {
            let (from, to) = match item {
                Item::One(atom) => (Some(atom), Some(atom)),
                Item::Range(from, to) => (from.as_ref(), to.as_ref()),
            };
            let word = |atom: &Atom| {
                let found = choices::meant(self.book, self.about.owner, field, &atom.text);
                found.into_iter().next().map_or_else(|| self.canonical(field, atom), Ok)
            };
            tests.push((from.map(word).transpose()?, to.map(word).transpose()?));
        }
        Ok(choices::between(self.book, self.about.owner, field, &tests))
    }

    fn numbers(&self, field: &FieldDef) -> Result<Test, QueryError> {
        let atom_bounds = |atom: &Atom| -> Result<_, QueryError> {
            let canonical = self.canonical(field, atom)?;
            let measure = Measure::of(self.book, field, &canonical).unwrap_or(Measure::Plain);
            let number = measure.read(self.book, &canonical);
            Ok((measure, number.ok_or_else(|| self.fault(atom, format!("'{}' is not a number", atom.text)))?))
        };
        let whole = self.whole();
        let compares = !self.term.operator.is_equality() && self.term.operator != Operator::Not;
        let plain = self.term.values.iter().all(|item| matches!(item, Item::One(_)));
        // A comma may be part of a number, or make it one of two.
        if compares || (plain && self.term.values.len() > 1) {
            match atom_bounds(&whole) {
                Ok((measure, number)) => {
                    return Ok(Test::Number(measure, vec![bounds(self.term.operator, number)]));
                }
                Err(error) if compares || self.is_ambiguous(field, &whole) => return Err(error),
                Err(_) => {}
            }
        }
        if let Some(ends) = self.one_stretch(&whole) {
            let read = ends.each_ref().map(&atom_bounds);
            match read {
                [Ok((measure, from)), Ok((_, to))] => {
                    self.in_order(&whole, from <= to)?;
                    let bounds = Bounds { from: Some((from, true)), to: Some((to, true)) };
                    return Ok(Test::Number(measure, vec![bounds]));
                }
                [Err(error), _] if self.is_ambiguous(field, &ends[0]) => return Err(error),
                [_, Err(error)] if self.is_ambiguous(field, &ends[1]) => return Err(error),
                _ => {}
            }
        }
        let mut found: Option<(Measure, Vec<Bounds>)> = None;
        for item in &self.term.values {
            let (from, to) = match item {
                Item::One(atom) => (Some(atom.clone()), Some(atom.clone())),
                Item::Range(None, None) => {
                    return Err(self.fault(&whole, "write a value before or after the dots"));
                }
                Item::Range(Some(from), Some(to)) => (Some(in_the_unit_of(from, to)), Some(to.clone())),
                Item::Range(from, to) => (from.clone(), to.clone()),
            };
            let (from, to) =
                (from.as_ref().map(atom_bounds).transpose()?, to.as_ref().map(atom_bounds).transpose()?);
            if let (Some((_, from)), Some((_, to))) = (from, to) {
                self.in_order(&whole, from <= to)?;
            }
            let end = |bound: Option<(Measure, _)>| bound.map(|(_, number)| (number, true));
            let measure = from.or(to).map_or(Measure::Plain, |(measure, _)| measure);
            let (_, all) = found.get_or_insert((measure, Vec::new()));
            all.push(Bounds { from: end(from), to: end(to) });
        }
        let (measure, all) = found.unwrap_or((Measure::Plain, Vec::new()));
        Ok(Test::Number(measure, all))
    }

    /// `10,000..50,000`: the only two dots there are part the two ends, whatever the commas part.
    fn one_stretch(&self, whole: &Atom) -> Option<[Atom; 2]> {
        let (from, to) = whole.text.split_once("..").filter(|_| self.term.values.len() > 1)?;
        let end = |text: &str| Atom { text: text.into(), ..whole.clone() };
        (!to.contains("..")).then(|| [in_the_unit_of(&end(from), &end(to)), end(to)])
    }

    /// A stretch that ends before it begins is a slip.
    fn in_order(&self, whole: &Atom, is_in_order: bool) -> Result<(), QueryError> {
        match is_in_order {
            true => Ok(()),
            false => Err(self.fault(whole, "this ends before it begins: write the lesser end first")),
        }
    }

    /// Whether the text has two readings, so that it is no list.
    fn is_ambiguous(&self, field: &FieldDef, atom: &Atom) -> bool {
        use crate::base::input::InputError;
        let read = enter(&self.scope(), field, &atom.text, self.entry);
        !matches!(read, Err(EntryError::Input(InputError::Unreadable { .. })))
    }

    /// Days and times: the stretches that the values stand for.
    fn windows(&self) -> Result<Test, QueryError> {
        let read = |atom: &Atom| {
            let read = match self.about.since {
                true => Stretch::ago(&atom.text, self.book, self.entry),
                false => Stretch::read(&atom.text, self.book, self.entry),
            };
            read.map_err(|error| self.fault(atom, error))
        };
        if !self.term.operator.is_equality() && self.term.operator != Operator::Not {
            let stretch = read(&self.whole())?;
            // The older, the earlier.
            let operator = if self.about.since { turned(self.term.operator) } else { self.term.operator };
            return Ok(Test::When(vec![window(operator, stretch)]));
        }
        let mut windows = Vec::new();
        for item in &self.term.values {
            let ends = match item {
                Item::One(atom) => {
                    let stretch = read(atom)?;
                    (Some(stretch), Some(stretch))
                }
                Item::Range(None, None) => {
                    return Err(self.fault(&self.whole(), "write a date before or after the dots"));
                }
                Item::Range(from, to) => {
                    let ends = (from.as_ref().map(read).transpose()?, to.as_ref().map(read).transpose()?);
                    if self.about.since { (ends.1, ends.0) } else { ends }
                }
            };
            windows.push(Window { from: ends.0.map(|s| s.from), until: ends.1.map(|s| s.until) });
        }
        Ok(Test::When(windows))
    }

    fn scope(&self) -> Scope<'_> {
        Scope { book: self.book, ty: self.about.owner, fields: FieldsRef::NONE }
    }

    /// The one canonical spelling of what was typed.
    fn canonical(&self, field: &FieldDef, atom: &Atom) -> Result<SmolStr, QueryError> {
        let one = FieldDef { many: false, ..field.clone() };
        let value =
            enter(&self.scope(), &one, &atom.text, self.entry).map_err(|error| self.fault(atom, error))?;
        Ok(value.as_str().into())
    }
}

/// The values of a field that stand for something whose name contains the needle: words of a choice by their
/// labels, links by the titles of what they point at.
pub fn named(book: &Book, ty: &TypeDef, field: &FieldDef, needle: &Needle) -> rustc_hash::FxHashSet<SmolStr> {
    match field.kind {
        Kind::Choice(_) => choices::containing(book, ty, field, needle).into_iter().collect(),
        _ if field.is_link() => links::containing(book, field, needle),
        _ => rustc_hash::FxHashSet::default(),
    }
}

/// The lower end of a stretch, in the unit that only the upper end names: `10k..50k USD`.
fn in_the_unit_of(from: &Atom, to: &Atom) -> Atom {
    let unit = |text: &str| text.rsplit_once(' ').map(|(_, unit)| unit.to_owned());
    match (unit(&from.text), unit(&to.text)) {
        (None, Some(unit)) => Atom { text: format!("{} {unit}", from.text).into(), ..from.clone() },
        _ => from.clone(),
    }
}

fn orderings(operator: Operator) -> &'static [Ordering] {
    match operator {
        Operator::Less => &[Ordering::Less],
        Operator::AtMost => &[Ordering::Less, Ordering::Equal],
        Operator::More => &[Ordering::Greater],
        Operator::AtLeast => &[Ordering::Greater, Ordering::Equal],
        _ => &[Ordering::Equal],
    }
}

fn turned(operator: Operator) -> Operator {
    match operator {
        Operator::Less => Operator::More,
        Operator::AtMost => Operator::AtLeast,
        Operator::More => Operator::Less,
        Operator::AtLeast => Operator::AtMost,
        other => other,
    }
}

fn bounds(operator: Operator, number: rust_decimal::Decimal) -> Bounds {
    match operator {
        Operator::Less => Bounds { from: None, to: Some((number, false)) },
        Operator::AtMost => Bounds { from: None, to: Some((number, true)) },
        Operator::More => Bounds { from: Some((number, false)), to: None },
        Operator::AtLeast => Bounds { from: Some((number, true)), to: None },
        _ => Bounds { from: Some((number, true)), to: Some((number, true)) },
    }
}

fn window(operator: Operator, stretch: Stretch) -> Window {
    let (from, until): (Option<Edge>, Option<Edge>) = match operator {
        Operator::Less => (None, Some(stretch.from)),
        Operator::AtMost => (None, Some(stretch.until)),
        Operator::More => (Some(stretch.until), None),
        Operator::AtLeast => (Some(stretch.from), None),
        _ => (Some(stretch.from), Some(stretch.until)),
    };
    Window { from, until }
}
