//! The workstation: a loop over events, state changed in one place, views that are functions of state.

pub mod keys;
mod nearest;
pub mod picture;
pub mod theme;
pub mod widgets;
