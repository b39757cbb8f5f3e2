//! The indexes beside the tables: who links to whom, and who holds which value.
//!
//! Each field has one of its own, made when somebody first asks for it: the first screen needs few of them.

use super::shards::Shards;
use super::table::Table;
use crate::base::{Folder, Id, Ref};
use crate::model::resolve::link_targets;
use crate::model::schema::{FieldDef, Kind, Schema};
use crate::model::{Record, Value};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
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

/// The tables of a book.
pub type Tables = FxHashMap<Folder, Arc<Table>>;

/// Which field of the records in which folder. In the order in which backlinks are told.
type Place = (SmolStr, Folder);

/// Links and values of all records.
#[derive(Debug, Clone, Default)]
pub struct Index {
    links: BTreeMap<Place, Part<Ref>>,
    values: BTreeMap<Place, Part<SmolStr>>,
}

/// Who holds what in one field, once it is made. Clones of a book share it until it changes in one of them.
#[derive(Debug, Clone)]
struct Part<K>(Arc<OnceLock<Shards<K, Id>>>);

impl<K> Default for Part<K> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl Index {
    /// An index of which nothing is made yet.
    pub fn new(schema: &Schema) -> Self {
        let mut index = Self::default();
        for (ty, field) in schema.types().iter().flat_map(|ty| ty.fields.iter().map(move |field| (ty, field)))
        {
            let place = (field.name.clone(), ty.folder.clone());
            if field.is_link() || field.lines().iter().any(FieldDef::is_link) {
                index.links.insert(place.clone(), Part::default());
            }
            if is_indexed(field) {
                index.values.insert(place, Part::default());
            }
        }
        index
    }

    /// Makes all of it that is not made yet. Plain threads, not rayon's: one of those, waiting for its part, might
    /// take up work that asks for the very part it is making.
    pub fn make(&self, schema: &Schema, tables: &Tables) {
        let size = |(_, folder): &Place| tables.get(folder).map_or(0, |table| table.rows().len());
        let links = self.links.iter().filter(|(_, part)| part.0.get().is_none());
        let values = self.values.iter().filter(|(_, part)| part.0.get().is_none());
        let mut left: Vec<(usize, Box<dyn FnOnce() + Send + '_>)> = Vec::new();
        left.extend(links.map(|(place, part)| (size(place), part.making(place, schema, tables, targets))));
        left.extend(values.map(|(place, part)| (size(place), part.making(place, schema, tables, words))));
        let threads = match left.iter().map(|(size, _)| size).sum::<usize>() {
            ..FEW => 1,
            _ => thread::available_parallelism().map_or(1, usize::from),
        };
        // The largest first, dealt out in turn, so that no thread is left with one at the end.
        left.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
        let mut shares: Vec<Vec<_>> = (0..threads).map(|_| Vec::new()).collect();
        left.into_iter().enumerate().for_each(|(at, (_, make))| shares[at % threads].push(make));
        thread::scope(|scope| {
            let own = shares.pop();
            for share in shares {
                scope.spawn(move || share.into_iter().for_each(|make| make()));
            }
            own.into_iter().flatten().for_each(|make| make());
        });
    }

    /// Who points at `target`, by field and reference.
    pub fn backlinks(&self, schema: &Schema, tables: &Tables, target: &Ref) -> Vec<Backlink> {
        let lists = self
            .links
            .iter()
            .map(|(place, part)| (place, part.of(place, schema, tables, targets).get(target)));
        let links = lists.flat_map(|((field, folder), ids)| {
            let from = ids.iter().map(|id| Ref::new(folder.clone(), id.clone()));
            from.map(|from| Backlink { field: field.clone(), from })
        });
        links.collect()
    }

    /// The ids in `folder` whose link field `field` points at `target`.
    pub fn linking(&self, schema: &Schema, tables: &Tables, place: &Place, target: &Ref) -> &[Id] {
        self.links.get(place).map_or(&[], |part| part.of(place, schema, tables, targets).get(target))
    }

    /// The ids in `folder` whose `field` holds `value`; only for fields that [`is_indexed`].
    pub fn holders(&self, schema: &Schema, tables: &Tables, place: &Place, value: &str) -> &[Id] {
        let value = fold(&SmolStr::new(value));
        self.values.get(place).map_or(&[], |part| part.of(place, schema, tables, words).get(&value))
    }

    /// Brings the index from `old` to `new`. Fields that are the same in both cost nothing.
    pub fn replace(&mut self, schema: &Schema, old: Option<&Record>, new: Option<&Record>) {
        let Some(folder) = old.or(new).map(|record| &record.reference.folder) else { return };
        let Some(ty) = schema.in_folder(folder) else { return };
        let value =
            |record: Option<&Record>, name: &str| record.map_or(Value::empty(), |r| r.get(name)).clone();
        for field in &ty.fields {
            let (before, after) = (value(old, &field.name), value(new, &field.name));
            if before == after {
                continue;
            }
            let place = (field.name.clone(), folder.clone());
            if let Some(part) = self.links.get_mut(&place) {
                part.replace(old, targets(schema, field, &before), new, targets(schema, field, &after));
            }
            if let Some(part) = self.values.get_mut(&place) {
                part.replace(old, words(schema, field, &before), new, words(schema, field, &after));
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

impl<K: Hash + Ord + Clone + Send + Sync> Part<K> {
    fn of(
        &self,
        (name, folder): &Place,
        schema: &Schema,
        tables: &Tables,
        keys: fn(&Schema, &FieldDef, &Value) -> Vec<K>,
    ) -> &Shards<K, Id> {
        self.0.get_or_init(|| {
            let field = schema.in_folder(folder).and_then(|ty| ty.field(name));
            let (Some(field), Some(table)) = (field, tables.get(folder)) else { return Shards::default() };
            let held = table.rows().iter().flat_map(|record| {
                keys(schema, field, record.get(name)).into_iter().map(|key| (key, record.id().clone()))
            });
            Shards::filled(held)
        })
    }

    fn making<'a>(
        &'a self,
        place: &'a Place,
        schema: &'a Schema,
        tables: &'a Tables,
        keys: fn(&Schema, &FieldDef, &Value) -> Vec<K>,
    ) -> Box<dyn FnOnce() + Send + 'a> {
        Box::new(move || {
            self.of(place, schema, tables, keys);
        })
    }

    fn replace(&mut self, old: Option<&Record>, before: Vec<K>, new: Option<&Record>, after: Vec<K>) {
        let part = std::mem::take(&mut self.0);
        // One that is not made yet is not shared any longer: it would be made of the other book's records.
        let taken = Arc::try_unwrap(part).map_or_else(|shared| shared.get().cloned(), OnceLock::into_inner);
        let Some(mut lists) = taken else { return };
        if let Some(old) = old {
            before.iter().for_each(|key| lists.remove(key, old.id()));
        }
        if let Some(new) = new {
            after.into_iter().for_each(|key| lists.insert(key, new.id().clone()));
        }
        self.0 = Arc::new(lists.into());
    }

    #[cfg(test)]
    fn sorted(&self) -> Vec<(K, Vec<Id>)> {
        self.0.get().map(Shards::sorted).unwrap_or_default()
    }
}

/// Whether records can be found by this field's value without looking at all of them.
pub fn is_indexed(field: &FieldDef) -> bool {
    field.unique || matches!(field.kind, Kind::Choice(_) | Kind::Email)
}

/// Values are found whatever their case.
fn fold(value: &SmolStr) -> SmolStr {
    match value.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        true => value.clone(),
        false => value.to_lowercase().into(),
    }
}

/// What the field's value points at.
fn targets(schema: &Schema, field: &FieldDef, value: &Value) -> Vec<Ref> {
    match &field.kind {
        Kind::Lines(fields) => {
            let lines = value.items().iter().flat_map(|line| fields.iter().map(move |def| (line, def)));
            let links = lines.filter(|(_, def)| def.is_link());
            links.flat_map(|(line, def)| link_targets(schema, def, line.get(&def.name))).collect()
        }
        _ => link_targets(schema, field, value),
    }
}

/// The texts of the field's value.
fn words(_: &Schema, _: &FieldDef, value: &Value) -> Vec<SmolStr> {
    let texts = value.items().iter().filter_map(|item| match item {
        Value::Text(text) if !text.is_empty() => Some(fold(text)),
        _ => None,
    });
    texts.collect()
}
