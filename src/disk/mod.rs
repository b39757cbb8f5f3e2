//! Files: safe paths, atomic writes, the parallel loader, the watcher. The only place that touches files.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)] // this is where files and the clock are allowed

pub mod batch;
pub mod clock;
mod debounce;
mod derived;
pub mod editor;
pub mod error;
mod flush;
pub mod folder;
mod journal;
pub mod load;
pub mod lock;
pub mod log;
mod notice;
pub mod outside;
pub mod root;
mod spot;
pub mod stamp;
pub mod watch;
mod write;

pub use batch::{FileChange, Recovered, Staged, apply, apply_telling, recover};
pub use clock::SystemClock;
pub use derived::{Derived, read_derived, replace_derived, replace_derived_by};
pub use error::DiskError;
pub use folder::{new_folder, new_folder_named};
pub use load::{Load, Loaded, Scan, files_below, load, read, scan, scan_against};
pub use lock::WriteLock;
pub use notice::Notice;
pub use root::Root;
pub use stamp::{Instant, Stamp, Stamps};
pub use watch::Watch;

/// The largest file that is read as a record.
pub const MAX_FILE_BYTES: u64 = crate::base::limits::MAX_FILE_BYTES as u64;

/// The largest file that is moved along with the record it belongs to.
pub const MAX_ATTACHMENT_BYTES: u64 = 256 << 20;
