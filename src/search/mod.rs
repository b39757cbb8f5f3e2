//! Full-text search over all records, with Tantivy.
//!
//! The index is derived and never the source of anything: it answers with references, which are looked up in the
//! [`crate::model::Book`]. [`Keeper`] keeps it up to date on a thread of its own, [`Searcher`] looks things up, at any
//! time and from any thread. What is found how is said in `docs/search.md`; the parts are:
//!
//! - [`role`]: which texts of a record are searched, and as what; [`words`], [`fold`], [`number`] and [`language`]: by
//!   what they are compared.
//! - [`ask`]: what somebody who types words is looking for; [`manner`]: how it may match, and what that is worth;
//!   [`standing`]: what decides among equals.
//! - [`line`]: words with terms of the query language beside them.
//! - [`query`] asks the index, [`matching`] a record in memory, with the same answer; a property test compares them.

mod ask;
mod asked;
mod changes;
mod error;
mod fold;
mod guard;
mod hit;
mod keeper;
mod language;
mod line;
mod manner;
mod marked;
mod matching;
mod amount;
mod once;
mod place;
mod query;
#[cfg(test)]
mod ranking;
mod role;
mod schema;
mod seal;
mod searcher;
mod shelf;
mod standing;
#[cfg(test)]
mod tests;
mod tokens;
mod words;

pub use error::SearchError;
pub use hit::{Excerpt, Hit};
pub use keeper::{Keeper, Tell};
pub use line::Told;
pub use marked::Marked;
pub use once::searcher;
pub use role::ID;
pub use searcher::{Found, Matches, Progress, Searcher, Wanted};
pub use shelf::{Shelf, Which};
