//! The repository: commits, history, status, identity. The only place that touches git.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)] // this is where git is run and its folder is touched

mod cli;
pub mod commit;
pub mod environment;
pub mod error;
mod hooks;
pub mod identity;
mod index;
pub mod message;
pub mod repo;
mod through_git;
mod tree;

pub use commit::NewCommit;
pub use environment::Environment;
pub use error::GitError;
pub use identity::Identity;
pub use message::Message;
pub use repo::{Head, Repo};

#[cfg(test)]
mod sandbox;
