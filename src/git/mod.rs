//! The repository: commits, history, status, identity. The only place that touches git.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)] // this is where git is run and its folder is touched

mod attributes;
pub mod bulk;
mod cli;
pub mod commit;
pub mod environment;
pub mod error;
pub mod history;
mod holding;
mod hooks;
pub mod identity;
mod index;
pub mod message;
pub mod repo;
pub mod status;
mod sync;
mod through_git;
mod tree;
mod upkeep;
mod version;

pub use bulk::Bulk;
pub use commit::{Made, NewCommit};
pub use environment::Environment;
pub use error::GitError;
pub use history::{BlobId, FileVersions, LogEntry, LogQuery};
pub use identity::Identity;
pub use message::Message;
pub use repo::{Head, Repo};
pub use status::{Distance, Uncommitted, UncommittedKind};
pub use version::version;

#[cfg(test)]
mod sandbox;
