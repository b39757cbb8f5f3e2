//! The one pipeline, over real files and real git.

mod apply;
mod attached;
mod beside;
mod desk;
mod hand;
mod history;
mod interrupted;
mod load;
mod refusals;
mod snapshot;
mod undo;
mod world;
