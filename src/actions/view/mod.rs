//! What lists show, and what is marked in them.

pub mod closed;
pub mod columns;
pub mod filter;
pub mod mark;
pub mod mark_all;
pub mod mine;
pub mod preview;
pub mod reverse;
pub mod sort;
pub mod unmark;
