//! The indexes beside the tables: who links to whom, and who holds which value.
//!
//! Each field has one of its own, made when somebody first asks for it: the first screen needs few of them.

use super::keys::{fold, is_indexed, targets, words};
use super::shards::Shards;
use super::table::Table;
use crate::base::{Folder, Id, Ref};
use crate::model::schema::{FieldDef, Schema};
use crate::model::{Record, Value};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::hash::Hash;
use std::sync::{Arc, OnceLock};
use std::thread;

/// So few records are not worth a second thread.
const FEW: usize = 4096;

/// A record that points at another, and the field in which it does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Backlink {
    /// The field that holds the link.
    pub field: SmolStr,
    /// The record that holds the field.
    pub from: Ref,
}

/// What an index is made of.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// By which fields are read.
    pub schema: &'a Schema,
    /// The records.
    pub tables: &'a FxHashMap<Folder, Arc<Table>>,
}

/// Which field of the records in which folder. In the order in which backlinks are told.
type Place = (SmolStr, Folder);

/// Links and values of all records.
#[derive(Debug, Clone, Default)]
pub struct Index {
    links: BTreeMap<Place, Part<Ref>>,
    values: BTreeMap<Place, Part<SmolStr>>,
}

/// What a field's value is found by.
type Keys<K> = fn(&Schema, &FieldDef, &Value) -> Vec<K>;

/// Who holds what in one field, once it is made. Clones of a book share it until it changes in one of them.
#[derive(Debug, Clone)]
struct Part<K> {
    keys: Keys<K>,
    lists: Arc<OnceLock<Shards<K, Id>>>,
    /// What is known of the very rows of the table before the lists are made.
    kept: Option<Arc<Kept<K>>>,
}

/// For each key the places of its rows, in order.
type Kept<K> = FxHashMap<K, Vec<u32>>;

impl Index {
    /// An index of which nothing is made yet.
    pub fn new(schema: &Schema) -> Self {
        let mut index = Self::default();
        for (ty, field) in schema.types().iter().flat_map(|ty| ty.fields.iter().map(move |field| (ty, field)))
        {
            let place = (field.name.clone(), ty.folder.clone());
            if field.is_link() || field.lines().iter().any(FieldDef::is_link) {
                index.links.insert(place.clone(), Part::new(targets));
            }
            if is_indexed(field) {
                index.values.insert(place, Part::new(words));
            }
        }
        index
    }

    /// Takes over which rows of the table hold what at a place, for as long as these rows stay what they are.
    pub fn keep(&mut self, place: &Place, rows: FxHashMap<SmolStr, Vec<u32>>) {
        if let Some(part) = self.values.get_mut(place) {
            part.kept = Some(Arc::new(rows));
        }
    }

    /// Makes all of it that is not made yet. Plain threads, not rayon's: one of those, waiting for its part, might
    /// take up work that asks for the very part it is making.
    pub fn make(&self, source: Source<'_>) {
        let links = self.links.iter().filter_map(|(place, part)| part.making(place, source));
        let values = self.values.iter().filter_map(|(place, part)| part.making(place, source));
        let mut left: Vec<Making<'_>> = links.chain(values).collect();
        let threads = match left.iter().map(|making| making.records).sum::<usize>() {
            ..FEW => 1,
            _ => thread::available_parallelism().map_or(1, usize::from),
        };
        // The largest first, dealt out in turn, so that no thread is left with one at the end.
        left.sort_by_key(|making| Reverse(making.records));
        let mut shares: Vec<Vec<_>> = (0..threads).map(|_| Vec::new()).collect();
        left.into_iter().enumerate().for_each(|(at, making)| shares[at % threads].push(making));
        thread::scope(|scope| {
            let own = shares.pop();
            for share in shares {
                scope.spawn(move || share.into_iter().for_each(|making| (making.make)()));
            }
            own.into_iter().flatten().for_each(|making| (making.make)());
        });
    }

    /// Who points at `target`, by field and reference.
    pub fn backlinks(&self, source: Source<'_>, target: &Ref) -> Vec<Backlink> {
        let lists = self.links.iter().map(|(place, part)| (place, part.of(place, source).get(target)));
        let links = lists.flat_map(|((field, folder), ids)| {
            let from = ids.iter().map(|id| Ref::new(folder.clone(), id.clone()));
            from.map(|from| Backlink { field: field.clone(), from })
        });
        links.collect()
    }

    /// The ids of the records at `place` whose link points at `target`.
    pub fn linking(&self, source: Source<'_>, place: &Place, target: &Ref) -> &[Id] {
        self.links.get(place).map_or(&[], |part| part.of(place, source).get(target))
    }

    /// The ids of the records that hold `value` at `place`; only for fields that [`is_indexed`].
    pub fn holders(&self, source: Source<'_>, place: &Place, value: &str) -> &[Id] {
        let value = fold(&SmolStr::new(value));
        self.values.get(place).map_or(&[], |part| part.of(place, source).get(&value))
    }

    /// The rows that hold `value` at `place`, where that is known and the ids are not made of it yet.
    pub fn rows(&self, place: &Place, value: &str) -> Option<&[u32]> {
        let part = self.values.get(place).filter(|part| part.lists.get().is_none())?;
        let rows = part.kept.as_ref()?.get(&fold(&SmolStr::new(value)));
        Some(rows.map_or(&[], Vec::as_slice))
    }

    /// Brings the index from `old` to `new`. Fields that are the same in both cost nothing.
    pub fn replace(&mut self, schema: &Schema, old: Option<&Record>, new: Option<&Record>) {
        let Some(folder) = old.or(new).map(|record| &record.reference.folder) else { return };
        let Some(ty) = schema.in_folder(folder) else { return };
        for field in &ty.fields {
            let place = (field.name.clone(), folder.clone());
            if let Some(part) = self.values.get_mut(&place) {
                // Rows may have moved.
                part.kept = None;
            }
            let [was, is] = [old, new].map(|record| record.map_or(Value::empty(), |r| r.get(&field.name)));
            if was == is {
                continue;
            }
            if let Some(part) = self.links.get_mut(&place) {
                part.replace(schema, field, (old, was), (new, is));
            }
            if let Some(part) = self.values.get_mut(&place) {
                part.replace(schema, field, (old, was), (new, is));
            }
        }
    }

    /// Everything in order, as text: for comparing two indexes.
    #[cfg(test)]
    pub fn sorted(&self) -> String {
        let links = self.links.iter().map(|(place, part)| format!("{place:?} {:#?}", part.sorted()));
        let values = self.values.iter().map(|(place, part)| format!("{place:?} {:#?}", part.sorted()));
        links.chain(values).collect()
    }
}

/// A part that is to be made.
struct Making<'a> {
    /// Of so many records.
    records: usize,
    make: Box<dyn FnOnce() + Send + 'a>,
}

impl<K: Hash + Ord + Clone + Send + Sync> Part<K> {
    fn new(keys: Keys<K>) -> Self {
        Self { keys, lists: Arc::default(), kept: None }
    }

    fn of(&self, (name, folder): &Place, source: Source<'_>) -> &Shards<K, Id> {
        self.lists.get_or_init(|| {
            let field = source.schema.in_folder(folder).and_then(|ty| ty.field(name));
            let (Some(field), Some(table)) = (field, source.tables.get(folder)) else {
                return Shards::default();
            };
            if let Some(kept) = &self.kept {
                let ids =
                    |rows: &Vec<u32>| rows.iter().map(|at| table.rows()[*at as usize].id().clone()).collect();
                return Shards::of_lists(kept.iter().map(|(key, rows)| (key.clone(), ids(rows))));
            }
            let keys = |record: &Record| (self.keys)(source.schema, field, record.get(name)).into_iter();
            let rows = table.rows().iter();
            Shards::filled(rows.flat_map(|row| keys(row).map(|key| (key, row.id().clone()))))
        })
    }

    /// How to make it, unless it is made.
    fn making<'a>(&'a self, place: &'a Place, source: Source<'a>) -> Option<Making<'a>> {
        let make = move || {
            self.of(place, source);
        };
        let records = source.tables.get(&place.1).map_or(0, |table| table.rows().len());
        self.lists.get().is_none().then(|| Making { records, make: Box::new(make) })
    }

    fn replace(
        &mut self,
        schema: &Schema,
        field: &FieldDef,
        (old, was): (Option<&Record>, &Value),
        (new, is): (Option<&Record>, &Value),
    ) {
        let lists = std::mem::take(&mut self.lists);
        // One that is not made yet is not shared any longer: it would be made of the other book's records.
        let taken = Arc::try_unwrap(lists).map_or_else(|shared| shared.get().cloned(), OnceLock::into_inner);
        let Some(mut lists) = taken else { return };
        if let Some(old) = old {
            (self.keys)(schema, field, was).iter().for_each(|key| lists.remove(key, old.id()));
        }
        if let Some(new) = new {
            (self.keys)(schema, field, is).into_iter().for_each(|key| lists.insert(key, new.id().clone()));
        }
        self.lists = Arc::new(lists.into());
    }

    #[cfg(test)]
    fn sorted(&self) -> Vec<(K, Vec<Id>)> {
        self.lists.get().map(Shards::sorted).unwrap_or_default()
    }
}
