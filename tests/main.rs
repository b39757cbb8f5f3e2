//! The integration tests, one binary with a module per subject.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)] // tests prepare files, run programs and look at what comes out

mod docs;
mod sample_repo;
mod terminal;
mod yaml_lossless;
mod crash;
