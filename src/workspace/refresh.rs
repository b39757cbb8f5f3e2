//! Taking in what others changed on the disk.

use super::Workspace;
use super::load::{is_groundwork, record, tops, unreadable};
use crate::base::{Ref, RepoPath};
use crate::disk;
use crate::model::{Book, create};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// What a look at the disk found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refreshed {
    /// Nothing that matters.
    Nothing,
    /// These files say something else now.
    Files(Vec<RepoPath>),
    /// The schema or the settings changed, so everything was read again.
    Everything,
}

impl Workspace {
    /// Looks at these files again and takes in what changed.
    pub fn refresh(&mut self, paths: &[RepoPath]) -> Refreshed {
        if paths.iter().any(is_groundwork) || self.has_twins(paths) {
            self.reload();
            return Refreshed::Everything;
        }
        let mut book: Option<Book> = None;
        let mut changed = Vec::new();
        for path in paths {
            if self.refresh_file(path, book.get_or_insert_with(|| (*self.book).clone())) {
                changed.push(path.clone());
            }
        }
        match (book, changed.is_empty()) {
            (Some(book), false) => {
                self.book = Arc::new(book);
                Refreshed::Files(changed)
            }
            _ => Refreshed::Nothing,
        }
    }

    /// Looks at all files from outside, and takes in those that look changed.
    pub fn rescan(&mut self) -> Refreshed {
        let scan = disk::scan(&self.root, &tops(self.book.schema()));
        let found: FxHashSet<&RepoPath> = scan.files.iter().map(|(path, _)| path).collect();
        let gone = self.stamps.keys().filter(|path| !found.contains(path)).cloned();
        let changed = scan.files.iter().filter(|(path, stamp)| self.stamps.get(path) != Some(stamp));
        let paths: Vec<_> = changed.map(|(path, _)| path.clone()).chain(gone).collect();
        match self.refresh(&paths) {
            Refreshed::Everything => Refreshed::Everything,
            refreshed => {
                self.stamps = scan.files.into_iter().collect();
                refreshed
            }
        }
    }

    /// Brings one file into the book; whether that changed anything.
    fn refresh_file(&self, path: &RepoPath, book: &mut Book) -> bool {
        let folders = |folder: &str| book.schema().types().iter().any(|t| t.folder.as_str() == folder);
        let top = path.as_str().split('/').next().unwrap_or_default();
        if !folders(top) || !path.as_str().ends_with(".yaml") {
            return false;
        }
        let held = create::reference_of(folders, path)
            .and_then(|r| book.get(&r).cloned())
            .filter(|r| r.path == *path);
        let loaded = match self.root.read(path) {
            Ok(Some(bytes)) => record(book.schema(), path, &bytes),
            Ok(None) => {
                let known = held.is_some() || book.broken().contains_key(path);
                book.mend(path);
                drop_record(book, held.map(|r| r.reference.clone()));
                return known;
            }
            Err(error) => match unreadable(&error) {
                Some(problem) => Err(problem),
                None => return false,
            },
        };
        match loaded {
            Ok(record) if held.as_deref() == Some(&record) && !book.broken().contains_key(path) => false,
            Ok(record) => {
                book.upsert(record);
                true
            }
            Err(problem) if book.broken().get(path) == Some(&problem) => false,
            Err(problem) => {
                // The last good state of the record stays on the screen, beside the problem.
                book.break_file(problem);
                true
            }
        }
    }

    /// Whether one of the paths shares its id with another file: then which of the two counts can only be told
    /// by reading all.
    fn has_twins(&self, paths: &[RepoPath]) -> bool {
        let twins = self.book.broken().values().any(|p| p.code == "duplicate-id");
        let folders = |folder: &str| self.book.schema().types().iter().any(|t| t.folder.as_str() == folder);
        twins
            || paths.iter().any(|path| {
                let reference = create::reference_of(folders, path);
                reference.and_then(|r| self.book.get(&r)).is_some_and(|r| r.path != *path)
            })
    }
}

fn drop_record(book: &mut Book, reference: Option<Ref>) {
    if let Some(reference) = reference {
        book.remove(&reference);
    }
}
