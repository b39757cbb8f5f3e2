//! Searching once, with nothing to keep waiting: the index is brought up to date first.

use super::error::SearchError;
use super::keeper::publish;
use super::searcher::{MOST_PENDING, Progress, Searcher};
use super::shelf::{Shelf, Which};
use crate::base::Ref;
use crate::model::Book;
use std::path::Path;
use std::sync::Arc;

/// A searcher that finds everything in the book. The index below `home` is brought up to date; where that cannot be
/// written, and where another process is just making it, one in memory does.
///
/// # Errors
/// When tantivy refuses even that.
pub fn searcher(
    home: Option<&Path>,
    book: &Arc<Book>,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Searcher, SearchError> {
    let language = book.settings().language();
    let mut shelf = Shelf::open(home, language)?;
    let mut behind = up_to_date(&mut shelf, book, progress);
    if behind.as_ref().is_ok_and(|behind| behind.len() > MOST_PENDING) || behind.is_err() {
        shelf = Shelf::open(None, language)?;
        behind = up_to_date(&mut shelf, book, progress);
    }
    let behind = behind?;
    let found = Searcher::default();
    publish(&found, &shelf, behind, 0);
    found.update(|state| (state.book, state.progress) = (Some(book.clone()), Progress::Ready));
    Ok(found)
}

/// The records that stay behind, because another process writes.
fn up_to_date(
    shelf: &mut Shelf,
    book: &Book,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Vec<Ref>, SearchError> {
    let mut go_on = |done, total| {
        progress(done, total);
        true
    };
    match shelf.catch_up(book, &Which::All, &mut go_on).and_then(|_| shelf.commit()) {
        Ok(()) => Ok(Vec::new()),
        Err(SearchError::Busy) => Ok(shelf.behind(book)),
        Err(other) => Err(other),
    }
}
