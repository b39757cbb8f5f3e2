//! The lossless YAML document: parse, find, change one value, verify. No IO, no knowledge of CRM.
//!
//! [`parse`] reads a text into [`Node`]s that know their bytes. A scalar is text until a schema says
//! otherwise. [`Document`] keeps the text and changes it by replacing bytes, so that everything else,
//! comments, order, quoting and line endings, stays as it is; every edit is verified by parsing its result.
//! [`to_text`] writes a fresh file from [`Data`].

mod cursor;
mod de;
mod data;
mod document;
mod edit;
mod error;
mod extent;
mod node;
mod parse;
mod path;
mod plain;
mod scalar;
mod splice;
mod write;

pub use data::Data;
pub use de::{ReadError, from_node};
pub use document::Document;
pub use edit::EditError;
pub use error::{YamlError, YamlErrorKind};
pub use node::{Key, Node, NodeKind, Span, Style};
pub use parse::{parse, parse_bytes};
pub use path::{Path, Step};
pub use write::to_text;

#[cfg(test)]
mod document_tests;
#[cfg(test)]
mod parse_tests;
