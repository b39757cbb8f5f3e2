//! The book: all records in memory, indexed. Cloning it is cheap, so a screen keeps the one it draws while
//! the writer makes the next.

mod index;
mod keys;
mod listed;
mod shards;
mod table;
#[cfg(test)]
mod tests;

pub use index::Backlink;
pub use keys::is_indexed;
pub use listed::Listed;
pub use table::Table;

use super::{Problem, Record, Schema, Settings};
use crate::base::{Folder, Id, Ref, RepoPath};
use index::{Index, Source};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All records of a workspace with its schema and settings, at one moment.
#[derive(Debug, Clone)]
pub struct Book {
    schema: Arc<Schema>,
    settings: Arc<Settings>,
    tables: FxHashMap<Folder, Arc<Table>>,
    index: Index,
    broken: Arc<BTreeMap<RepoPath, Problem>>,
}

impl Book {
    /// A book of these records. Where two records share a reference the one with the lesser path stays and
    /// the other is reported as broken.
    pub fn new<R: Into<Arc<Record>>>(
        schema: Arc<Schema>,
        settings: Arc<Settings>,
        records: Vec<R>,
        broken: Vec<Problem>,
    ) -> Self {
        let mut folders: FxHashMap<Folder, Vec<Arc<Record>>> = FxHashMap::default();
        for record in records.into_iter().map(R::into) {
            match folders.get_mut(&record.reference.folder) {
                Some(rows) => rows.push(record),
                None => drop(folders.insert(record.reference.folder.clone(), vec![record])),
            }
        }
        Self::of_folders(schema, settings, folders.into_iter().collect(), broken)
    }

    /// As [`Book::new`], of the records of each folder.
    pub fn of_folders(
        schema: Arc<Schema>,
        settings: Arc<Settings>,
        folders: Vec<(Folder, Vec<Arc<Record>>)>,
        broken: Vec<Problem>,
    ) -> Self {
        let mut broken: BTreeMap<_, _> = broken.into_iter().map(|p| (p.path.clone(), p)).collect();
        let tables = folders.into_par_iter().map(|(folder, rows)| {
            let (table, twins) = Table::new(rows);
            (folder, table, twins)
        });
        let tables: Vec<_> = tables.collect();
        let twins = tables.iter().flat_map(|(_, table, twins)| twins.iter().map(move |twin| (table, twin)));
        for (table, twin) in twins {
            if let Some(first) = table.get(twin.id()) {
                broken.insert(twin.path.clone(), duplicate(twin, &first.path));
            }
        }
        let tables = tables.into_iter().map(|(folder, table, _)| (folder, Arc::new(table))).collect();
        let index = Index::new(&schema);
        Self { schema, settings, tables, index, broken: Arc::new(broken) }
    }

    /// A book without records.
    pub fn empty(schema: Arc<Schema>, settings: Arc<Settings>) -> Self {
        Self::new::<Record>(schema, settings, Vec::new(), Vec::new())
    }

    /// The schema the records are read by.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The workspace's settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The record, if there is one.
    pub fn get(&self, reference: &Ref) -> Option<&Arc<Record>> {
        self.tables.get(&reference.folder)?.get(&reference.id)
    }

    /// All records of a folder, sorted by id.
    pub fn of(&self, folder: &Folder) -> &[Arc<Record>] {
        self.tables.get(folder).map_or(&[], |t| t.rows())
    }

    /// All records of the type of that name, sorted by id.
    pub fn of_type(&self, name: &str) -> &[Arc<Record>] {
        self.schema.find(name).map_or(&[], |ty| self.of(&ty.folder))
    }

    /// Every record, folder by folder in no particular order.
    pub fn records(&self) -> impl Iterator<Item = &Arc<Record>> {
        self.tables.values().flat_map(|t| t.rows())
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.tables.values().map(|t| t.rows().len()).sum()
    }

    /// Whether there are no records.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Who points at the record, ordered by field and reference.
    pub fn backlinks(&self, target: &Ref) -> Vec<Backlink> {
        self.index.backlinks(self.source(), target)
    }

    /// The records of `folder` whose link field `field` points at `target`.
    pub fn linking<'a>(
        &'a self,
        target: &Ref,
        folder: &str,
        field: &str,
    ) -> impl Iterator<Item = &'a Arc<Record>> + use<'a> {
        let table = self.tables.get_key_value(folder);
        let linking = |(folder, table): (&Folder, &'a Arc<Table>)| {
            let place = (field.into(), folder.clone());
            let ids = self.index.linking(self.source(), &place, target);
            ids.iter().filter_map(|id| table.get(id))
        };
        table.map(linking).into_iter().flatten()
    }

    /// The records of `folder` whose `field` holds `value`. As [`Book::holders`].
    pub fn holding(&self, folder: &Folder, field: &str, value: &str) -> Vec<&Arc<Record>> {
        let Some(table) = self.tables.get(folder) else { return Vec::new() };
        let place = (field.into(), folder.clone());
        match self.index.rows(&place, value) {
            Some(rows) => rows.iter().map(|at| &table.rows()[*at as usize]).collect(),
            None => {
                let ids = self.index.holders(self.source(), &place, value).iter();
                ids.filter_map(|id| table.get(id)).collect()
            }
        }
    }

    /// The ids of the records of `folder` whose `field` holds `value`, whatever its case. Only for fields
    /// that [`is_indexed`].
    pub fn holders(&self, folder: &Folder, field: &str, value: &str) -> &[Id] {
        let place = (field.into(), folder.clone());
        self.index.holders(self.source(), &place, value)
    }

    /// Makes ready what is otherwise made when somebody first asks for it, so that nobody has to wait: the values of all
    /// records and the whole index.
    pub fn make_ready(&self) {
        self.records().for_each(|record| record.fields.make_ready());
        self.make_index();
    }

    /// Makes the whole index, unless it is there.
    pub fn make_index(&self) {
        self.index.make(self.source());
    }

    fn source(&self) -> Source<'_> {
        Source { schema: &self.schema, tables: &self.tables }
    }

    /// Forgets the index, to be made afresh when it is next asked for. That is quicker than to keep it up with
    /// thousands of changes.
    pub fn put_off_index(&mut self) {
        self.index = Index::new(&self.schema);
    }

    /// Brings what has been made of the index from the old record to the new. A clone shares all but what is changed.
    fn reindex(&mut self, old: Option<&Record>, new: Option<&Record>) {
        self.index.replace(&self.schema, old, new);
    }

    /// Files that could not be read as records, with what is wrong with them.
    pub fn broken(&self) -> &BTreeMap<RepoPath, Problem> {
        &self.broken
    }

    /// Whether the file of this record is among those that could not be read.
    pub fn is_broken(&self, reference: &Ref) -> bool {
        let file = format!("{}.yaml", reference.id);
        let own = |path: &&RepoPath| path.first() == reference.folder.as_str() && path.file_name() == file;
        self.broken.keys().any(|path| own(&path))
    }

    /// Puts a record in, in place of the one of the same reference.
    pub fn upsert(&mut self, record: Record) {
        let record = Arc::new(record);
        self.mend(&record.path);
        let table = self.tables.entry(record.reference.folder.clone()).or_default();
        let old = Arc::make_mut(table).upsert(record.clone());
        self.reindex(old.as_deref(), Some(&record));
    }

    /// Takes a record out.
    pub fn remove(&mut self, reference: &Ref) -> Option<Arc<Record>> {
        self.get(reference)?;
        let old =
            self.tables.get_mut(&reference.folder).and_then(|t| Arc::make_mut(t).remove(&reference.id))?;
        self.reindex(Some(&old), None);
        Some(old)
    }

    /// Notes that a file cannot be read. A record that was loaded from it before stays, in its last good state.
    pub fn break_file(&mut self, problem: Problem) {
        Arc::make_mut(&mut self.broken).insert(problem.path.clone(), problem);
    }

    /// Forgets that a file could not be read.
    pub fn mend(&mut self, path: &RepoPath) {
        if self.broken.contains_key(path) {
            Arc::make_mut(&mut self.broken).remove(path);
        }
    }
}

fn duplicate(record: &Record, first: &RepoPath) -> Problem {
    let message = format!(
        "'{}' is taken by {first}: ids are unique in a type whatever the sub-folder, so rename one of the files",
        record.reference.id
    );
    Problem::error(record.path.clone(), 1, 1, "duplicate-id", message)
}
