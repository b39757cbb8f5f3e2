//! Ids, references, money, dates, text that is safe to show: values everything else is made of. No IO, no clock.
//!
//! Three families meet here and must not be mixed up:
//! *canonical* text is what files hold (one spelling each, read strictly, whatever the workspace's style);
//! [`input`] reads what people type, generously, and refuses what has two readings;
//! [`show`] writes what people see, in the workspace's style.

#[macro_use]
mod text_type;
#[macro_use]
pub mod tr;
pub mod limits;
pub mod id;
pub mod commit_id;
pub mod path;
pub mod slug;
pub mod clock;
pub mod decimal;
pub mod currency;
pub mod money;
pub mod duration;
pub mod fiscal;
pub mod phone;
pub mod style;
pub mod text;
pub mod input;
pub mod show;

pub use clock::{Clock, FixedClock, Now};
pub use commit_id::CommitId;
pub use currency::Currency;
pub use duration::Span;
pub use id::{Folder, Id, Ref};
pub use money::{Money, Rates};
pub use path::{PathError, RepoPath};
pub use style::{DateOrder, DecimalMark, Grouping, InputStyle, Style};
