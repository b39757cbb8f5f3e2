//! One open repository: load, change sets, the one pipeline every write goes through, history, undo.
//!
//! Every write follows the same way: a [`ChangeSet`] is planned against the book and the files as they are,
//! checked, written all or none, committed, and only then shown. Nothing else in the program writes records.

mod apply;
mod attachments;
mod check;
mod checker;
pub mod demo;
mod desk;
pub mod digest;
mod draft;
mod error;
mod hand;
pub mod history;
mod import;
pub mod init;
mod keep;
mod load;
mod message;
mod noted;
mod open;
mod pages;
mod plan;
mod put_back;
mod refresh;
mod rescue;
mod search;
pub mod seen;
mod snapshot;
#[cfg(test)]
pub(crate) mod testing;
mod undo;

pub use apply::Applied;
pub use desk::{Desk, News, Opened, Order, Ticket};
pub use error::{ChangeError, OpenError};
pub use hand::HandCommit;
pub use import::{Import, Imported, Rejects};
pub use open::{Found, find, look};
pub use plan::Touched;
pub use refresh::Refreshed;

use crate::base::{Clock, Id, Now};
use crate::disk::{Root, Stamps};
use crate::git::Repo;
use crate::model::{Book, Problem};
use std::sync::Arc;

/// An open workspace. There is one writer: whoever owns this.
pub struct Workspace {
    repo: Repo,
    root: Root,
    clock: Arc<dyn Clock>,
    book: Arc<Book>,
    groundwork: Vec<Problem>,
    stamps: Stamps,
    keeping: keep::Keeping,
    me: Option<Id>,
}

impl Workspace {
    /// The records as they are now. Cheap; the answer does not change under its reader.
    pub fn book(&self) -> Arc<Book> {
        self.book.clone()
    }

    /// The current user's id, where a user record has the git identity's e-mail address or name.
    pub fn me(&self) -> Option<&Id> {
        self.me.as_ref()
    }

    /// The current moment in the workspace's time zone.
    pub fn now(&self) -> Now {
        Now::new(self.clock.now(), self.book.settings().zone())
    }

    /// The repository.
    pub fn repo(&self) -> &Repo {
        &self.repo
    }

    /// The folder the workspace is in.
    pub fn root(&self) -> &Root {
        &self.root
    }

    /// What is wrong with the schema files and the settings.
    pub fn groundwork_problems(&self) -> &[Problem] {
        &self.groundwork
    }
}
