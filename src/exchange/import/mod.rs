//! From a table to records: which column fills which field, what each cell means, which record it names, and what
//! there is to say about all that before anything is written.
//!
//! [`map`] decides on the columns, [`plan`] works out the changes. Both are pure; the front ends show what comes of
//! them and the workspace makes the change set like any other.

mod cell;
mod complete;
mod edits;
mod fold;
mod footer;
mod header;
mod incoming;
mod links;
mod mapping;
mod mapping_file;
mod matching;
mod names;
mod notes;
mod pace;
mod pipelines;
mod plan;
mod rejects;
mod request;
mod resolve;
mod rows;
mod same;
mod style;
mod target;
mod work;

pub use incoming::Fields;
pub use links::EXTERNAL_ID;
pub use mapping::{BadMapping, Column, How, Wishes, likely_type, map};
pub use mapping_file::MappingFile;
pub use notes::{Level, Note};
pub use pace::Pace;
pub use pipelines::{NewPipeline, NewStage};
pub use plan::{Changed, Counts, Plan, Reject, Taken, plan};
pub use rejects::rejects;
pub use request::{Matched, Missing, Mode, Options, Request};
pub use style::{Found, Styles};
pub use target::{NoSuchTarget, Target};
