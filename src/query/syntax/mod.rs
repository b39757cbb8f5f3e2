//! How a query is written, before anybody asks what its fields are: terms, words, brackets. See docs/query.md.

mod parse;
mod print;
mod tree;
#[cfg(test)]
mod tests;

pub use parse::{Extent, OneWord, parse};
#[cfg(test)]
pub use tree::At;
pub use tree::{Atom, Expr, Item, Operator, Term, Word};
