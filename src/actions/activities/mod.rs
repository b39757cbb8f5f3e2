//! Calls, tasks and notes.

pub mod done;
pub mod log;
pub mod note;
pub mod quick;
pub mod reschedule;
pub mod task;
