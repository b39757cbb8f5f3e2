//! The workstation: a loop over events, state changed in one place, views that are functions of state.

pub mod harness;
pub mod keys;
pub mod layout;
mod nearest;
pub mod picture;
pub mod runtime;
pub mod script;
pub mod terminal;
pub mod theme;
pub mod widgets;
