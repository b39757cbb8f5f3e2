//! The indexes beside the tables: who links to whom, and who holds which value.

use super::shards::Shards;
use crate::base::{Folder, Id, Ref};
use crate::model::resolve::link_targets;
use crate::model::schema::{FieldDef, Kind, Schema};
use crate::model::{Record, Value};
use smol_str::SmolStr;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread::{self, ScopedJoinHandle};

/// So few records are not worth a second thread.
const FEW: usize = 4096;

/// All entries of a large book at once would take more memory than the book.
const BATCH: usize = 16_384;

/// A record that points at another, and the field in which it does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Backlink {
    /// The field that holds the link.
    pub field: SmolStr,
    /// The record that holds the field.
    pub from: Ref,
}

/// A value of an indexed field.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Held {
    folder: Folder,
    field: SmolStr,
    value: SmolStr,
}

/// Links and values of all records.
#[derive(Debug, Clone, Default)]
pub struct Index {
    links: Shards<Ref, Backlink>,
    values: Shards<Held, Id>,
}

impl Index {
    /// The index of all these records. Plain threads, not rayon's: one of those, waiting for its part, might take up
    /// work that asks for the very index it is making.
    pub fn build<'a>(schema: &Schema, records: impl IntoIterator<Item = &'a Arc<Record>>) -> Self {
        let records: Vec<_> = records.into_iter().collect();
        let threads = thread::available_parallelism().map_or(1, usize::from).min(records.len() / FEW + 1);
        let mut index = Self::default();
        for batch in records.chunks(BATCH) {
            index.add(schema, batch, threads);
        }
        index.links.tidy();
        index.values.tidy();
        index
    }

    /// Adds what these records contribute; the lists want tidying afterwards.
    fn add(&mut self, schema: &Schema, records: &[&Arc<Record>], threads: usize) {
        let parts = on_threads(records.chunks(records.len().div_ceil(threads).max(1)), |records| {
            let (mut links, mut values) = (Vec::new(), Vec::new());
            for record in records {
                for entry in entries(schema, record, None) {
                    match entry {
                        Entry::Link(target, link) => links.push((target, link)),
                        Entry::Value(held) => values.push((held, record.reference.id.clone())),
                    }
                }
            }
            (links, values)
        });
        let (links, values): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
        match threads {
            1 => {
                self.links.fill(links);
                self.values.fill(values);
            }
            _ => thread::scope(|scope| {
                let filling = scope.spawn(|| self.links.fill(links));
                self.values.fill(values);
                joined(filling);
            }),
        }
    }

    /// Who points at `target`, by field and reference.
    pub fn backlinks(&self, target: &Ref) -> &[Backlink] {
        self.links.get(target)
    }

    /// The ids in `folder` whose `field` holds `value`; only for fields that [`is_indexed`].
    pub fn holders(&self, folder: &Folder, field: &str, value: &str) -> &[Id] {
        self.values.get(&Held { folder: folder.clone(), field: field.into(), value: fold(value) })
    }

    /// Brings the index from `old` to `new`. Fields that are the same in both cost nothing.
    pub fn replace(&mut self, schema: &Schema, old: Option<&Record>, new: Option<&Record>) {
        for (record, other, insert) in [(old, new, false), (new, old, true)] {
            let Some(record) = record else { continue };
            for entry in entries(schema, record, other) {
                let id = record.reference.id.clone();
                match (entry, insert) {
                    (Entry::Link(target, link), true) => self.links.insert(target, link),
                    (Entry::Link(target, link), false) => self.links.remove(&target, &link),
                    (Entry::Value(held), true) => self.values.insert(held, id),
                    (Entry::Value(held), false) => self.values.remove(&held, &id),
                }
            }
        }
    }

    /// Everything in order, as text: for comparing two indexes.
    #[cfg(test)]
    pub fn sorted(&self) -> String {
        format!("{:#?}\n{:#?}", self.links.sorted(), self.values.sorted())
    }
}

/// Whether records can be found by this field's value without looking at all of them.
pub fn is_indexed(field: &FieldDef) -> bool {
    field.unique || matches!(field.kind, Kind::Choice(_) | Kind::Email)
}

fn on_threads<T: Send, R: Send>(parts: impl Iterator<Item = T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let mut parts: Vec<T> = parts.collect();
    let last = parts.pop();
    thread::scope(|scope| {
        let work = &work;
        let others: Vec<_> = parts.into_iter().map(|part| scope.spawn(move || work(part))).collect();
        let last = last.map(work);
        others.into_iter().map(joined).chain(last).collect()
    })
}

/// What the thread came to; its panic is ours.
fn joined<R>(thread: ScopedJoinHandle<'_, R>) -> R {
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}

/// Values are found whatever their case.
fn fold(value: &str) -> SmolStr {
    value.to_lowercase().into()
}

enum Entry {
    Link(Ref, Backlink),
    Value(Held),
}

/// What `record` contributes; without the fields that `other` holds the very same.
fn entries(schema: &Schema, record: &Record, other: Option<&Record>) -> Vec<Entry> {
    let Some(ty) = schema.in_folder(&record.reference.folder) else { return Vec::new() };
    let mut found = Vec::new();
    let mut link = |field: &FieldDef, name: SmolStr, value: &Value| {
        for target in link_targets(schema, field, value) {
            let backlink = Backlink { field: name.clone(), from: record.reference.clone() };
            found.push(Entry::Link(target, backlink));
        }
    };
    let changed = |name: &str, value: &Value| other.is_none_or(|o| o.get(name) != value);
    for (name, value) in record.fields.iter().filter(|(name, value)| changed(name, value)) {
        let Some(field) = ty.field(name) else { continue };
        match &field.kind {
            Kind::Lines(fields) => {
                for (line, def) in value.items().iter().flat_map(|l| fields.iter().map(move |f| (l, f))) {
                    if def.is_link() {
                        link(def, name.clone(), line.get(&def.name));
                    }
                }
            }
            _ if field.is_link() => link(field, name.clone(), value),
            _ => {}
        }
    }
    let indexed = record.fields.iter().filter(|(name, value)| changed(name, value));
    let values: Vec<_> = indexed
        .filter(|(name, _)| ty.field(name).is_some_and(is_indexed))
        .flat_map(|(name, value)| value.items().iter().map(move |item| (name, item.as_str())))
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| {
            Entry::Value(Held {
                folder: record.reference.folder.clone(),
                field: name.clone(),
                value: fold(text),
            })
        })
        .collect();
    found.extend(values);
    found
}
