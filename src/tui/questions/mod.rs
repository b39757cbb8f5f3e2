//! What lies over a screen: the popups that ask, help and find.

mod confirm;
mod date;
mod form;
mod help;
mod line;
mod many;
mod path;
mod pick;
mod places;
mod themes;
mod views;

pub use help::{help, palette};
pub use places::places;
pub use themes::themes;
pub use views::{all_views, view_keys};

use super::parts::{Overlay, World};
use crate::actions::Question;

/// The popup for a question.
///
/// # Errors
/// When there is nothing to ask about: the record is gone, the type is unknown.
pub fn overlay(question: Question, world: &World) -> Result<Box<dyn Overlay>, String> {
    Ok(match question {
        Question::Form(form) => Box::new(form::FormOverlay::new(form, world)?),
        Question::Pick { title, options, current } => {
            Box::new(pick::Pick::new(title, options, current.as_deref()))
        }
        Question::Many { title, options, chosen } => Box::new(many::Many::new(title, options, &chosen)),
        Question::Text { title, initial, hint } => Box::new(line::Line::new(title, initial, hint)),
        Question::Path { title, initial, hint, endings } => {
            Box::new(path::Path::new(title, initial, hint, endings))
        }
        Question::Date { title, initial, timed } => Box::new(date::Date::new(title, initial, timed, world)),
        Question::Confirm { title, details, yes, verb } => {
            Box::new(confirm::Confirm::new(title, details, (yes, verb)))
        }
    })
}
