//! The records of one folder, sorted by id.

use crate::base::Id;
use crate::model::Record;
use rayon::prelude::*;
use std::sync::Arc;

/// The records of one folder. Cloning copies one pointer per record.
#[derive(Debug, Clone, Default)]
pub struct Table {
    rows: Vec<Arc<Record>>,
}

impl Table {
    /// A table of these records, and those whose id another has already: the one with the lesser path stays.
    pub fn new(mut records: Vec<Arc<Record>>) -> (Self, Vec<Arc<Record>>) {
        records.par_sort_unstable_by(|a, b| (a.id(), &a.path).cmp(&(b.id(), &b.path)));
        let mut rows: Vec<Arc<Record>> = Vec::with_capacity(records.len());
        let mut twins = Vec::new();
        for record in records {
            match rows.last() {
                Some(last) if last.id() == record.id() => twins.push(record),
                _ => rows.push(record),
            }
        }
        (Self { rows }, twins)
    }

    /// All records, sorted by id.
    pub fn rows(&self) -> &[Arc<Record>] {
        &self.rows
    }

    /// The record of that id.
    pub fn get(&self, id: &Id) -> Option<&Arc<Record>> {
        self.find(id).ok().map(|at| &self.rows[at])
    }

    /// Puts a record in, returning the one it replaces.
    pub fn upsert(&mut self, record: Arc<Record>) -> Option<Arc<Record>> {
        match self.find(&record.reference.id) {
            Ok(at) => Some(std::mem::replace(&mut self.rows[at], record)),
            Err(at) => {
                self.rows.insert(at, record);
                None
            }
        }
    }

    /// Takes a record out.
    pub fn remove(&mut self, id: &Id) -> Option<Arc<Record>> {
        self.find(id).ok().map(|at| self.rows.remove(at))
    }

    fn find(&self, id: &Id) -> Result<usize, usize> {
        self.rows.binary_search_by(|row| row.reference.id.cmp(id))
    }
}
