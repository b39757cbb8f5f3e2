//! Everything a person can do, one file each: name, doc, keys, when it is available, what it does.
//!
//! An action turns a [`Context`] and an [`Input`] into an [`Outcome`] and does nothing itself. The terminal, the
//! palette and the command line run the same ones, so there is one way in. [`all`] lists them.

mod action;
mod context;
mod outcome;
mod place;
mod table;
mod when;

pub mod activities;
pub mod assign;
pub mod cases;
pub mod deals;
pub mod go;
pub mod history;
pub mod kontor;
pub mod motion;
pub mod records;
pub mod view;

#[cfg(test)]
mod testing;

pub use action::{Action, ActionError, Group, Reason, Scope};
pub use context::Context;
pub use outcome::{FormQuestion, Input, Intent, Outcome, PickOption, Question};
pub use place::{Place, reference};
pub use table::{all, find};
