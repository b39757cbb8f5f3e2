//! The records of one folder, sorted by id.

use crate::base::Id;
use crate::model::Record;
use rayon::prelude::*;
use std::cmp::Ordering;
use std::sync::Arc;

/// The records of one folder. Cloning copies one pointer and one head per record.
#[derive(Debug, Clone, Default)]
pub struct Table {
    rows: Vec<Arc<Record>>,
    /// The beginning of each row's id: looking through these touches no records but the last few.
    heads: Vec<u128>,
}

/// So few rows are not worth dealing out.
const SHARE: usize = 4096;

/// The first 16 bytes of an id as a number: ids are in the order of their heads, and those of one head in their own.
fn head(id: &Id) -> u128 {
    let bytes = id.as_str().as_bytes();
    let mut head = [0; 16];
    let length = bytes.len().min(head.len());
    head[..length].copy_from_slice(&bytes[..length]);
    u128::from_be_bytes(head)
}

fn heads(rows: &[Arc<Record>]) -> Vec<u128> {
    rows.par_iter().with_min_len(SHARE).map(|row| head(row.id())).collect()
}

/// Whether each id comes after the one before.
fn is_in_order(rows: &[Arc<Record>], heads: &[u128]) -> bool {
    let pairs = rows.windows(2).zip(heads.windows(2));
    let mut pairs =
        pairs.map(|(rows, heads)| heads[0].cmp(&heads[1]).then_with(|| rows[0].id().cmp(rows[1].id())));
    pairs.all(Ordering::is_lt)
}

impl Table {
    /// A table of these records, and those whose id another has already: the one with the lesser path stays.
    pub fn new(mut records: Vec<Arc<Record>>) -> (Self, Vec<Arc<Record>>) {
        let heads = heads(&records);
        if is_in_order(&records, &heads) {
            return (Self { rows: records, heads }, Vec::new());
        }
        records.par_sort_unstable_by(|a, b| (a.id(), &a.path).cmp(&(b.id(), &b.path)));
        let mut rows: Vec<Arc<Record>> = Vec::with_capacity(records.len());
        let mut twins = Vec::new();
        for record in records {
            match rows.last() {
                Some(last) if last.id() == record.id() => twins.push(record),
                _ => rows.push(record),
            }
        }
        let heads = self::heads(&rows);
        (Self { rows, heads }, twins)
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
                self.heads.insert(at, head(record.id()));
                self.rows.insert(at, record);
                None
            }
        }
    }

    /// Takes a record out.
    pub fn remove(&mut self, id: &Id) -> Option<Arc<Record>> {
        let at = self.find(id).ok()?;
        self.heads.remove(at);
        Some(self.rows.remove(at))
    }

    fn find(&self, id: &Id) -> Result<usize, usize> {
        let head = head(id);
        let from = self.heads.partition_point(|other| *other < head);
        let same = self.heads[from..].partition_point(|other| *other == head);
        let rows = &self.rows[from..from + same];
        rows.binary_search_by(|row| row.reference.id.cmp(id)).map(|at| from + at).map_err(|at| from + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::RepoPath;
    use crate::model::Fields;
    use proptest::prelude::*;

    fn record(id: &str) -> Arc<Record> {
        let reference: crate::base::Ref = format!("accounts/{id}").parse().unwrap();
        let path = RepoPath::new(&format!("{reference}.yaml")).unwrap();
        Arc::new(Record { reference, path, fields: Fields::default() })
    }

    proptest! {
        /// Many ids here begin alike, for less and for more than a head.
        #[test]
        fn rows_are_found_and_stay_in_order(ids in prop::collection::vec("(a|2026-11-21-call-)?[ab0]{1,3}", 1..40)) {
            let mut table = Table::default();
            let mut known = std::collections::BTreeSet::new();
            for id in &ids {
                let there = table.upsert(record(id)).is_some();
                prop_assert_eq!(there, !known.insert(id.clone()), "{}", id);
            }
            prop_assert!(table.rows().iter().map(|row| row.id().as_str()).eq(known.iter().map(String::as_str)));
            let (afresh, twins) = Table::new(ids.iter().map(|id| record(id)).collect());
            prop_assert_eq!((afresh.rows(), afresh.heads.len()), (table.rows(), table.heads.len()));
            prop_assert_eq!(twins.len(), ids.len() - known.len());
            for id in &ids {
                let id = Id::new(id).unwrap();
                prop_assert_eq!(table.remove(&id).is_some(), known.remove(id.as_str()));
                prop_assert!(table.get(&id).is_none());
            }
            prop_assert!(table.rows().is_empty() && table.heads.is_empty());
        }
    }
}
