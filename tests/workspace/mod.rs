//! The one pipeline, over real files and real git.

mod apply;
mod beside;
mod refusals;
mod world;
