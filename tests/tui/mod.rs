//! The workstation played by key scripts on the sample repository: the real loop, the real writer, real git.

mod binary;
mod board;
mod cases;
mod find;
mod form;
mod history;
mod home;
mod hostile;
mod import;
mod large;
mod places;
mod problems;
mod record;
mod stage;
mod toasts;
mod tour;
mod views;
