//! Every problem of a workspace: syntax, schema, values, links, duplicates.

use super::Workspace;
use super::load::syntax;
use crate::crm::rules::findings;
use crate::disk::Root;
use crate::model::resolve::Scope;
use crate::model::validate::placed;
use crate::model::{Book, Problem, Record};
use crate::yaml;
use rayon::prelude::*;

impl Workspace {
    /// Every problem there is, by path and line.
    pub fn check(&self) -> Vec<Problem> {
        check(&self.root, &self.book, &self.groundwork)
    }
}

/// Every problem of the book's files, by path and line. Files that have one are read again, for its position.
pub fn check(root: &Root, book: &Book, groundwork: &[Problem]) -> Vec<Problem> {
    let records: Vec<_> = book.records().collect();
    let mut found: Vec<Problem> =
        records.par_iter().flat_map_iter(|record| check_record(root, book, record)).collect();
    found.extend(groundwork.iter().chain(book.broken().values()).cloned());
    found.sort();
    found.dedup();
    found
}

/// The problems of one record, placed in its file as it is on the disk.
pub fn check_record(root: &Root, book: &Book, record: &Record) -> Vec<Problem> {
    if book.broken().contains_key(&record.path) {
        return Vec::new();
    }
    let Some(scope) = Scope::of(book, record) else { return Vec::new() };
    let findings = findings(&scope, &record.reference);
    if findings.is_empty() {
        return Vec::new();
    }
    let Ok(Some(bytes)) = root.read(&record.path) else { return Vec::new() };
    match yaml::parse_bytes(&bytes) {
        Ok(node) => placed(findings, &record.path, &node),
        Err(error) => vec![syntax(&record.path, &error)],
    }
}
