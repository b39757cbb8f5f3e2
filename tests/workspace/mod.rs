//! The one pipeline, over real files and real git.

mod apply;
mod beside;
mod history;
mod refusals;
mod undo;
mod world;
