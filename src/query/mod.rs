//! The query language of lists, filters, views and segments: read, explain, complete and run queries; sorting, and
//! the text of a list's cells. No IO. The language is described in docs/query.md.
//!
//! A query is read in two steps. [`syntax`] knows terms, words and brackets and nothing of records. `compile` then
//! looks every name up in the schema and every value up in the book, once for each type of record the query may be
//! about, so that running it on a record ([`node`]) only compares.

mod text;
mod names;
mod path;
mod period;
mod stretch;
mod syntax;
mod all_of;
mod test;
mod choices;
mod links;
mod facts;
mod ground;
mod value;
mod node;
mod compile;
mod extent;
mod segments;
mod explain;
mod run;
mod complete;
mod asked;
mod unfinished;
mod error;
mod sort;
mod group;
mod columns;
#[cfg(test)]
mod tests;

pub use all_of::all_of;
pub use asked::asking;
pub use columns::{Column, columns};
pub use complete::{Candidate, complete, quoted};
pub use error::QueryError;
pub use explain::Said;
pub use facts::Facts;
pub use ground::{Among, Ground, Words};
pub use group::{Grouping, Heading, makes_headings};
pub use path::title_path;
pub use run::{Order, Query, as_written, has_words, names_a_type};
pub use sort::sort;
pub use unfinished::{begun, finished};
