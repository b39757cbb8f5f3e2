//! An import at work: the records as they will be, and what is made along with them.

use super::links::Links;
use super::pace::Pace;
use super::request::Request;
use crate::base::Ref;
use crate::model::validate::findings;
use crate::model::{Book, Record, Scope, Severity, TypeDef, create};

use super::incoming::Fields;
use indexmap::IndexMap;
use rustc_hash::FxHashSet;

/// What every step of the planning shares.
pub struct Work<'a> {
    /// What is asked.
    pub request: &'a Request<'a>,
    /// How far it is.
    pub pace: &'a Pace,
    /// The records as they will be, as far as that is known.
    pub book: Book,
    /// The names of records.
    pub links: Links,
    /// For the random tails of ids.
    pub rng: fastrand::Rng,
    /// By field, the names that lead nowhere, and how often.
    pub unknown: IndexMap<String, Unknown>,
    /// What is made along with the rows, in the order it has to be made.
    pub made: Vec<Ref>,
}

/// Names in one field that lead nowhere.
#[derive(Debug, Default)]
pub struct Unknown {
    /// Those that are told one by one.
    pub names: FxHashSet<String>,
    /// The others.
    pub more: FxHashSet<String>,
    /// How many rows have one.
    pub rows: usize,
    /// The line of the first of them.
    pub line: u64,
}

impl Work<'_> {
    /// Makes a record along with the rows, if it can be whole.
    pub fn make(&mut self, ty: &TypeDef, reference: Ref, fields: Fields) -> Option<Record> {
        let path = create::file_of(&self.book, ty, &reference, &fields, self.request.now)?;
        let record = Record { reference, path, fields: fields.into() };
        let scope = Scope { book: &self.book, ty, fields: (&record.fields).into() };
        if findings(&scope, &record.reference).iter().any(|f| f.severity == Severity::Error) {
            return None;
        }
        self.book.upsert(record.clone());
        self.links.add(&self.book, ty, &record);
        self.made.push(record.reference.clone());
        Some(record)
    }
}
