//! The filter language of lists, sorting, and the text of their cells. No IO.
//!
//! A query is terms that must all hold, with or without `and` between them:
//! `stage=proposal amount>10k close_date<"next fri" account.billing_address.country=DE pilot`.
//! A term is a field, an operator and a value as people type it; a word alone is looked for everywhere.

mod lex;
mod text;
mod path;
mod period;
mod test;
mod parse;
mod error;
mod sort;
mod columns;

pub use columns::{Column, columns};
pub use error::QueryError;
pub use parse::Query;
pub use sort::sort;
