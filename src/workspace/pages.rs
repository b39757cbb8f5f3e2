//! The files of a change while it is being worked out: as they are on the disk, and as they will be.

use super::error::ChangeError;
use super::load::syntax;
use super::plan::ReadFile;
use crate::base::RepoPath;
use crate::disk::FileChange;
use crate::model::{Fields, Value};
use crate::yaml::Document;
use std::collections::BTreeMap;

/// The files looked at so far.
pub struct Pages<'a> {
    read: &'a ReadFile<'a>,
    files: BTreeMap<RepoPath, Page>,
}

struct Page {
    old: Option<Vec<u8>>,
    new: Option<Vec<u8>>,
}

impl<'a> Pages<'a> {
    /// None yet; they are read when they are wanted.
    pub fn new(read: &'a ReadFile<'a>) -> Self {
        Self { read, files: BTreeMap::new() }
    }

    /// The file as it will be.
    pub fn get(&mut self, path: &RepoPath) -> Result<Option<&[u8]>, ChangeError> {
        Ok(self.page(path)?.new.as_deref())
    }

    /// What the file is to hold; none to remove it.
    pub fn put(&mut self, path: &RepoPath, content: Option<Vec<u8>>) -> Result<(), ChangeError> {
        self.page(path)?.new = content;
        Ok(())
    }

    /// The file as it will be, parsed.
    pub fn document(&mut self, path: &RepoPath) -> Result<Document, ChangeError> {
        let bytes = self.get(path)?.ok_or_else(|| ChangeError::Gone(path.clone()))?;
        Document::parse_bytes(bytes).map_err(|e| ChangeError::Broken(syntax(path, &e)))
    }

    /// The files that change, with what they must hold before.
    pub fn changes(self) -> Vec<FileChange> {
        let changed = self.files.into_iter().filter(|(_, page)| page.old != page.new);
        changed.map(|(path, page)| FileChange { path, content: page.new, expected: Some(page.old) }).collect()
    }

    fn page(&mut self, path: &RepoPath) -> Result<&mut Page, ChangeError> {
        if !self.files.contains_key(path) {
            let old = (self.read)(path)?;
            self.files.insert(path.clone(), Page { new: old.clone(), old });
        }
        Ok(self.files.entry(path.clone()).or_insert(Page { old: None, new: None }))
    }
}

/// The fields a parsed file holds.
pub fn fields_of(document: &Document) -> Fields {
    match Value::from(document.root()) {
        Value::Map(fields) => fields.into_vec().into(),
        _ => Fields::default(),
    }
}
