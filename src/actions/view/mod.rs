//! What lists show, and what is marked in them.

pub mod closed;
pub mod columns;
pub mod filter;
pub mod find;
pub mod fold;
pub mod fold_all;
pub mod group;
pub mod mark;
pub mod mark_all;
pub mod mine;
pub mod open;
pub mod preview;
pub mod reverse;
pub mod save;
pub mod shift;
pub mod sort;
pub mod unmark;
