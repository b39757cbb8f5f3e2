//! An import at work: the records as they will be, and what is made along with them.

use super::links::Links;
use super::pace::Pace;
use super::request::Request;
use crate::base::Ref;
use crate::model::validate::findings;
use crate::model::{Book, Record, Scope, Severity, TypeDef, create};

use super::incoming::Fields;

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
    /// What is made along with the rows, in the order it has to be made.
    pub made: Vec<Ref>,
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
