//! The integration tests, one binary with a module per subject.
// Tests prepare files, run programs, look at what comes out, and fail by panicking.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod actions;
mod circles;
mod cli;
mod docs;
mod hostile;
mod layers;
mod readme;
mod random_actions;
mod sample_repo;
mod terminal;
mod tui;
mod workspace;
mod yaml_lossless;
mod crash;
