//! Deals on their way through a pipeline.

pub mod convert;
pub mod list_stage;
pub mod lost;
pub mod next_stage;
pub mod pipeline;
pub mod previous_stage;
pub mod stages;
pub mod switch;
pub mod won;
