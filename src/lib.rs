//! Kontor: a customer-relationship workstation over plain YAML files in a git repository.
//!
//! The modules are layers; each may use only those above it in this list (see `ARCHITECTURE.md`).
#![forbid(unsafe_code)]
// Tests prepare files and look at them; what is tested must not, but for `disk` and `git`.
#![cfg_attr(test, allow(clippy::disallowed_methods, clippy::disallowed_types))]

pub mod base;
pub mod yaml;
pub mod model;
pub mod query;
pub mod crm;
pub mod disk;
pub mod git;
pub mod search;
pub mod exchange;
pub mod workspace;
pub mod actions;
pub mod cli;
pub mod tui;
