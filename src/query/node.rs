//! A query made ready for the records of one type: every name looked up, every value read.

use super::facts::{self, Facts};
use super::ground::Among;
use super::test::Test;
use super::text::{Needle, any_scalar};
use crate::base::{Folder, Id, Ref};
use crate::model::resolve::link_target;
use crate::model::{Book, FieldDef, Record, Value, is_indexed};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use std::sync::Arc;

/// A condition on records of one type.
#[derive(Debug, Clone)]
pub enum Node {
    /// Everything passes.
    Always,
    /// Nothing passes.
    Never,
    /// All of them.
    All(Vec<Node>),
    /// One of them.
    Any(Vec<Node>),
    /// The opposite.
    Not(Box<Node>),
    /// A value of the record passes a test.
    Value(Box<Leaf>),
    /// A text in any value of the record, or in its id.
    Text(Needle),
    /// A value of one of these fields stands for something of a name that was looked for.
    Named(Vec<(SmolStr, FxHashSet<SmolStr>)>),
    /// One of these, as a search found them.
    Found(Arc<dyn Among>),
}

/// Where the values are, and what is asked of them.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// Where they are.
    pub reach: Reach,
    /// What is asked.
    pub test: Test,
}

/// Where in a record a value is.
#[derive(Debug, Clone)]
pub enum Reach {
    /// Its id.
    Id,
    /// One of its fields.
    Field(Box<FieldDef>),
    /// A part of an address, or a value of each line: the field, the part.
    Part(SmolStr, SmolStr),
    /// When it was made.
    Created,
    /// When it last changed.
    Modified,
    /// Something another layer knows.
    Fact(Arc<dyn Facts>, SmolStr),
}

impl Leaf {
    /// Whether one of the values passes.
    pub fn holds(&self, book: &Book, record: &Record) -> bool {
        let mut test = |text: &str| self.test.passes(book, record, text);
        match &self.reach {
            Reach::Id => test(record.id().as_str()),
            Reach::Field(field) => any_scalar(record.get(&field.name), &mut test),
            Reach::Part(field, part) => match record.get(field) {
                Value::List(lines) => lines.iter().any(|line| any_scalar(line.get(part), &mut test)),
                map => any_scalar(map.get(part), &mut test),
            },
            Reach::Created => facts::created(book, record).is_some_and(|text| test(&text)),
            Reach::Modified => facts::modified(book, record).is_some_and(|text| test(&text)),
            Reach::Fact(facts, name) => any_scalar(&facts.value(book, record, name), &mut test),
        }
    }
}

impl Node {
    /// All of these, made as short as it can be.
    pub fn all(parts: Vec<Self>) -> Self {
        let mut parts: Vec<_> = parts.into_iter().filter(|part| !matches!(part, Self::Always)).collect();
        match parts.len() {
            _ if parts.iter().any(|part| matches!(part, Self::Never)) => Self::Never,
            0 => Self::Always,
            1 => parts.swap_remove(0),
            _ => Self::All(parts),
        }
    }

    /// One of these, made as short as it can be.
    pub fn any(parts: Vec<Self>) -> Self {
        let mut parts: Vec<_> = parts.into_iter().filter(|part| !matches!(part, Self::Never)).collect();
        match parts.len() {
            _ if parts.iter().any(|part| matches!(part, Self::Always)) => Self::Always,
            0 => Self::Never,
            1 => parts.swap_remove(0),
            _ => Self::Any(parts),
        }
    }

    /// The opposite of it where that is asked for.
    pub fn not_if(self, negated: bool) -> Self {
        match (self, negated) {
            (node, false) => node,
            (Self::Always, true) => Self::Never,
            (Self::Never, true) => Self::Always,
            (Self::Not(node), true) => *node,
            (node, true) => Self::Not(Box::new(node)),
        }
    }

    /// Whether the record passes.
    pub fn holds(&self, book: &Book, record: &Record) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::All(parts) => parts.iter().all(|part| part.holds(book, record)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(book, record)),
            Self::Not(part) => !part.holds(book, record),
            Self::Value(leaf) => leaf.holds(book, record),
            Self::Text(needle) => {
                needle.is_in(record.id().as_str())
                    || record.fields.iter().any(|(_, value)| needle.is_in_value(value))
            }
            Self::Named(fields) => fields.iter().any(|(field, values)| {
                any_scalar(record.get(field), &mut |text: &str| values.contains(text))
            }),
            Self::Found(found) => found.has(&record.reference),
        }
    }

    /// Records of the folder among which all are that pass, out of the book's indexes; `None` where these do not
    /// make them fewer than `most`.
    pub fn candidates(&self, book: &Book, folder: &Folder, most: usize) -> Option<Vec<Id>> {
        match self {
            Self::Never => Some(Vec::new()),
            Self::All(parts) => {
                let found = parts.iter().filter_map(|part| part.candidates(book, folder, most));
                found.min_by_key(Vec::len)
            }
            Self::Any(parts) => {
                let mut all = Vec::new();
                for part in parts {
                    all.extend(part.candidates(book, folder, most.checked_sub(all.len())?)?);
                }
                Some(all)
            }
            Self::Value(leaf) => leaf.candidates(book, folder, most),
            Self::Always | Self::Not(_) | Self::Text(_) | Self::Named(_) | Self::Found(_) => None,
        }
    }
}

impl Leaf {
    fn candidates(&self, book: &Book, folder: &Folder, most: usize) -> Option<Vec<Id>> {
        let Reach::Field(field) = &self.reach else { return None };
        let mut found = Vec::new();
        let mut take = |ids: &mut dyn Iterator<Item = &Id>| {
            found.extend(ids.take(most + 1 - found.len()).cloned());
            (found.len() <= most).then_some(())
        };
        match &self.test {
            Test::Word(words) if is_indexed(field) => {
                words
                    .iter()
                    .try_for_each(|word| take(&mut book.holders(folder, &field.name, word).iter()))?;
            }
            Test::Among(records) => {
                for text in records {
                    let Some(target) = link_target(book.schema(), field, text) else { continue };
                    let links = book.linking(&target, folder.as_str(), &field.name);
                    take(&mut links.map(|record| record.id()))?;
                }
            }
            _ => return None,
        }
        Some(found)
    }
}

/// The records of these ids, each once, in the order of the folder.
pub fn records<'a>(book: &'a Book, folder: &Folder, mut ids: Vec<Id>) -> Vec<&'a Arc<Record>> {
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().filter_map(|id| book.get(&Ref::new(folder.clone(), id))).collect()
}
