//! A file put back to what it was, without a commit: an edit in a text editor that was given up.

use super::{ChangeError, Workspace};
use crate::base::RepoPath;
use crate::disk::{self, FileChange};

impl Workspace {
    /// Gives a file the content it had before it was edited by hand (none: it was not there).
    ///
    /// # Errors
    /// When the disk refuses; then the file stays as it is.
    pub fn put_back(&mut self, path: &RepoPath, content: Option<Vec<u8>>) -> Result<(), ChangeError> {
        let lock = self.right_to_write()?;
        let change = FileChange { path: path.clone(), content, expected: None };
        disk::apply(&self.root, &lock, vec![change])?.settle()?;
        drop(lock);
        self.refresh(std::slice::from_ref(path));
        Ok(())
    }
}
