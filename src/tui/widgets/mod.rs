//! Widgets: pure state and pure drawing. They know nothing of records and do no IO; keys go in, responses come
//! out as data, and drawing is a function of the state.

pub mod area;
pub mod bar;
pub mod board;
pub mod calendar;
pub mod chord;
pub mod confirm;
pub mod form;
pub mod grid;
pub mod help;
pub mod hints;
pub mod input;
pub mod motion;
pub mod multi;
pub mod paint;
pub mod picker;
pub mod section;
pub mod timeline;
pub mod toast;

#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;
