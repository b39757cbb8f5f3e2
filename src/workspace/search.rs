//! The workspace's search index: where it is, and searching it once.

use super::Workspace;
use crate::git::Repo;
use crate::search::{self, SearchError, Searcher};
use std::path::PathBuf;

/// Where the index of a repository is kept.
pub(super) fn home(repo: &Repo) -> PathBuf {
    repo.state_folder().join("search")
}

impl Workspace {
    /// Brings the search index up to date and answers with what finds in it. `progress` is told how many of how many
    /// records have been taken in.
    ///
    /// # Errors
    /// When there is no room for an index even in memory.
    pub fn searcher(&self, progress: &mut dyn FnMut(usize, usize)) -> Result<Searcher, SearchError> {
        search::searcher(Some(&home(&self.repo)), &self.book, progress)
    }
}
