//! Ids, references, money, dates, text that is safe to show: values everything else is made of. No IO, no clock.

pub mod clock;
pub mod commit_id;
pub mod limits;
pub mod path;

pub use clock::{Clock, FixedClock, Now};
pub use commit_id::CommitId;
pub use path::{PathError, RepoPath};
