//! The pure half of the pipeline, for the tests of what makes change sets.

pub(crate) use super::message::message;
pub(crate) use super::plan::plan;
