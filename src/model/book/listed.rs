//! Who holds what in one field, in a form to be kept for the next start.

use super::Book;
use super::keys::texts;
use crate::base::Folder;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// Which records hold which value in one field that records are found by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    folder: Folder,
    field: SmolStr,
    /// How many records there are.
    count: u32,
    /// For each value the places of its records in the order of their ids.
    values: Vec<(SmolStr, Vec<u32>)>,
}

impl Book {
    /// Who holds what in that field, whatever is known of it by now.
    pub fn listed(&self, folder: &Folder, field: &str) -> Listed {
        let rows = self.of(folder);
        let mut values: BTreeMap<SmolStr, Vec<u32>> = BTreeMap::new();
        for (row, at) in rows.iter().zip(0..) {
            for text in texts(row.get(field)) {
                let places = values.entry(text).or_default();
                if places.last() != Some(&at) {
                    places.push(at);
                }
            }
        }
        let values = values.into_iter().collect();
        Listed { folder: folder.clone(), field: field.into(), count: rows.len() as u32, values }
    }

    /// Takes over who holds what, as it was told of the very records that this book is made of.
    pub fn take_listed(&mut self, Listed { folder, field, count, values }: Listed) {
        let is_of_these = self.of(&folder).len() == count as usize;
        if is_of_these && values.iter().flat_map(|(_, places)| places).all(|at| *at < count) {
            self.index.keep(&(field, folder), values.into_iter().collect());
        }
    }
}
