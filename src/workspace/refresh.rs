//! Taking in what others changed on the disk.

use super::Workspace;
use super::load::{UNREADABLE, is_groundwork, record, tops, unreadable};
use crate::base::RepoPath;
use crate::disk::{self, DiskError, Scan, Stamp};
use crate::model::{Book, Record, create};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a look at the disk found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refreshed {
    /// Nothing that matters.
    Nothing,
    /// These files were changed, if only in a comment.
    Files(Vec<RepoPath>),
    /// The schema or the settings changed, so everything was read again.
    Everything,
}

/// What a look at one file found.
struct Look {
    changed: bool,
    stamp: Option<Stamp>,
}

/// Fewer changed files than this are read one by one.
const MANY: usize = 1000;

impl Workspace {
    /// Looks at these files again and takes in what changed.
    pub fn refresh(&mut self, paths: &[RepoPath]) -> Refreshed {
        if paths.iter().any(is_groundwork) || self.has_twins(paths) {
            self.reload();
            return Refreshed::Everything;
        }
        let mut book = (*self.book).clone();
        let mut changed = Vec::new();
        for path in paths {
            let look = self.look(path, &mut book);
            self.keeping.read_one();
            let news = look.stamp.as_ref() != self.stamps.get(path);
            match look.stamp {
                Some(stamp) => self.stamps.insert(path.clone(), stamp),
                None => self.stamps.remove(path),
            };
            if look.changed || news {
                changed.push(path.clone());
            }
        }
        if changed.is_empty() {
            return Refreshed::Nothing;
        }
        self.book = Arc::new(book);
        Refreshed::Files(changed)
    }

    /// Looks at all files from outside, and takes in those that look changed.
    pub fn rescan(&mut self) -> Refreshed {
        let tops = tops(self.book.schema());
        let scan = disk::scan_against(&self.root, &tops, &self.stamps);
        let mut paths: Vec<_> = scan.files.iter().map(|(path, _)| path.clone()).collect();
        let there = scan.same + paths.iter().filter(|path| self.stamps.contains_key(*path)).count();
        if there < self.stamps.len() {
            let all = disk::scan(&self.root, &tops).files;
            let found: FxHashSet<_> = all.iter().map(|(path, _)| path).collect();
            paths.extend(self.stamps.keys().filter(|path| !found.contains(path)).cloned());
        }
        if paths.len() > MANY && paths.len() > (scan.same + scan.files.len()) / 4 {
            // Reading them one by one would take longer than all of them side by side.
            self.reload();
            return Refreshed::Everything;
        }
        let refreshed = self.refresh(&paths);
        match self.take_failures(&scan) && refreshed == Refreshed::Nothing {
            true => Refreshed::Files(Vec::new()),
            false => refreshed,
        }
    }

    /// Brings the problems of what cannot be read at all up to date; whether there was anything to bring. A file that
    /// the scan has found was looked at by itself: the scan does not know whether it can be read.
    fn take_failures(&mut self, scan: &Scan) -> bool {
        let now: BTreeMap<_, _> =
            scan.failures.iter().filter_map(unreadable).map(|p| (p.path.clone(), p)).collect();
        let known = self.book.broken();
        let found = |path: &RepoPath| scan.files.binary_search_by(|(file, _)| file.cmp(path)).is_ok();
        let over =
            known.values().filter(|p| p.code == UNREADABLE && !now.contains_key(&p.path) && !found(&p.path));
        let over: Vec<_> = over.map(|p| p.path.clone()).collect();
        let new: Vec<_> = now.into_values().filter(|p| known.get(&p.path) != Some(p)).collect();
        if over.is_empty() && new.is_empty() {
            return false;
        }
        let mut book = (*self.book).clone();
        over.iter().for_each(|path| book.mend(path));
        new.into_iter().for_each(|problem| book.break_file(problem));
        self.book = Arc::new(book);
        true
    }

    /// Takes records out whose files can't be read, as if they had never been read: what a session has seen stays
    /// on its screen, but what an earlier one has seen does not come back.
    pub(super) fn drop_broken(&mut self) {
        let held = |path: &RepoPath| {
            let reference = create::reference_of(|_| true, path)?;
            self.book.get(&reference).is_some_and(|record| record.path == *path).then_some(reference)
        };
        let lost: Vec<_> = self.book.broken().keys().filter_map(held).collect();
        if !lost.is_empty() {
            let book = Arc::make_mut(&mut self.book);
            lost.iter().for_each(|reference| drop(book.remove(reference)));
        }
    }

    /// Remembers what a file looks like from outside that Kontor has just written, if it is still that.
    pub(super) fn note_own(&mut self, path: &RepoPath, content: Option<&[u8]>) {
        match self.root.read_stamped(path) {
            Ok(Some((bytes, stamp))) if Some(bytes.as_slice()) == content => {
                self.keeping.read_one();
                self.stamps.insert(path.clone(), stamp);
            }
            Ok(None) => {
                self.stamps.remove(path);
            }
            _ => {}
        }
    }

    /// Brings one file into the book.
    fn look(&self, path: &RepoPath, book: &mut Book) -> Look {
        let folders = |folder: &str| book.schema().types().iter().any(|t| t.folder.as_str() == folder);
        if !folders(path.first()) || path.extension() != Some("yaml") {
            return Look { changed: false, stamp: self.stamps.get(path).copied() };
        }
        let held = create::reference_of(folders, path)
            .and_then(|r| book.get(&r).cloned())
            .filter(|r| r.path == *path);
        let (loaded, stamp) = match self.root.read_stamped(path) {
            Ok(Some((bytes, stamp))) => (record(book.schema(), path, &bytes), Some(stamp)),
            Ok(None) | Err(DiskError::NotAFolder { .. }) => return forget(book, path, held),
            Err(error) => match unreadable(&error) {
                // A folder on the way is a link or closed. That is the one thing wrong, as for a look at everything.
                Some(problem) if problem.path != *path => {
                    let news = book.broken().get(&problem.path) != Some(&problem);
                    book.break_file(problem);
                    let look = forget(book, path, held);
                    return Look { changed: look.changed || news, ..look };
                }
                Some(problem) => (Err(problem), None),
                None => return Look { changed: false, stamp: None },
            },
        };
        let broken = book.broken().get(path);
        let changed = match (&loaded, broken) {
            (Ok(record), None) => held.as_deref() != Some(record),
            (Err(problem), Some(known)) => known != problem,
            _ => true,
        };
        match loaded {
            _ if !changed => {}
            Ok(record) => book.upsert(record),
            // The last good state of the record stays on the screen, beside the problem.
            Err(problem) => book.break_file(problem),
        }
        Look { changed, stamp }
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

/// The file is not there any more.
fn forget(book: &mut Book, path: &RepoPath, held: Option<Arc<Record>>) -> Look {
    let known = held.is_some() || book.broken().contains_key(path);
    book.mend(path);
    held.iter().for_each(|held| drop(book.remove(&held.reference)));
    Look { changed: known, stamp: None }
}
