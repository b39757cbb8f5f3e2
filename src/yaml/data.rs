//! What is to be written.

use super::node::{Node, NodeKind, Style};
use super::plain;

/// A value to write into a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// No value.
    Null,
    /// Text. It is quoted where any YAML reader could take it for something else.
    Text(String),
    /// A number, a date, a truth value: the schema vouches that readers may take it for what it looks like,
    /// so it is written bare where the syntax allows.
    Plain(String),
    /// A list.
    List(Vec<Data>),
    /// A map.
    Map(Vec<(String, Data)>),
}

impl Data {
    /// Text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A value to write bare.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Plain(text.into())
    }

    /// The content of a node. Text that is bare in the file may be bare again.
    pub fn of(node: &Node) -> Self {
        match &node.kind {
            _ if node.is_null() => Self::Null,
            NodeKind::Scalar { text, style: Style::Plain } => Self::Plain(text.clone()),
            NodeKind::Scalar { text, .. } => Self::Text(text.clone()),
            NodeKind::List(items) => Self::List(items.iter().map(Self::of).collect()),
            NodeKind::Map(entries) => {
                Self::Map(entries.iter().map(|(key, node)| (key.text.clone(), Self::of(node))).collect())
            }
        }
    }

    /// Whether `node` says the same already, however it is spelled.
    pub fn is_in(&self, node: &Node) -> bool {
        match (self, &node.kind) {
            (Self::Null, _) => node.is_null(),
            (Self::Text(text) | Self::Plain(text), NodeKind::Scalar { text: found, .. }) => {
                text == found && !node.is_null()
            }
            (Self::List(data), NodeKind::List(items)) => {
                data.len() == items.len() && data.iter().zip(items).all(|(d, n)| d.is_in(n))
            }
            (Self::Map(data), NodeKind::Map(entries)) => {
                data.len() == entries.len()
                    && data.iter().zip(entries).all(|((key, d), (k, n))| *key == k.text && d.is_in(n))
            }
            _ => false,
        }
    }

    /// Whether `node` is what writing this should have given: the same, and spelled so that no reader takes
    /// text for anything else.
    pub(super) fn is_written_in(&self, node: &Node) -> bool {
        match (self, &node.kind) {
            (Self::Text(text), NodeKind::Scalar { style: Style::Plain, .. }) => {
                self.is_in(node) && plain::is_surely_text(text)
            }
            (Self::List(data), NodeKind::List(items)) => {
                data.len() == items.len() && data.iter().zip(items).all(|(d, n)| d.is_written_in(n))
            }
            (Self::Map(data), NodeKind::Map(entries)) => {
                data.len() == entries.len()
                    && data.iter().zip(entries).all(|((key, d), (k, n))| *key == k.text && d.is_written_in(n))
            }
            _ => self.is_in(node),
        }
    }

    /// Whether this is neither list nor map.
    pub(super) fn is_scalar(&self) -> bool {
        matches!(self, Self::Null | Self::Text(_) | Self::Plain(_))
    }
}
