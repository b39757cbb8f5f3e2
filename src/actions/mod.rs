//! Everything a person can do, one file each: name, doc, keys, when it is available, what it does.
//!
//! An action turns a [`Context`] and an [`Input`] into an [`Outcome`] and does nothing itself. The terminal, the
//! palette and the command line run the same ones, so there is one way in.

mod action;
mod context;
mod outcome;
mod place;

pub use action::{Action, ActionError, Group, Reason, Scope};
pub use context::Context;
pub use outcome::{FormQuestion, Input, Intent, Outcome, PickOption, Question};
pub use place::{Place, reference};
