//! The content of a record as its file spells it: text, lists and maps, nothing interpreted.

use crate::yaml::{Data, Node, NodeKind, Style};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// One value of a record, uninterpreted. What it means is decided by the schema, when somebody asks.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Value {
    /// Nothing: `phone:` or `phone: ~`.
    #[default]
    Empty,
    /// Any scalar, with its text exactly as spelled (`NO`, `007`, `1.10`).
    Text(SmolStr),
    /// A sequence. Boxed slices keep a value as small as its text: there are millions of them.
    List(Box<[Value]>),
    /// A mapping, in the file's order.
    Map(Box<[(SmolStr, Value)]>),
}

static EMPTY: Value = Value::Empty;

impl Value {
    /// A scalar; the empty text is [`Value::Empty`].
    pub fn text(text: impl AsRef<str>) -> Self {
        match text.as_ref() {
            "" => Self::Empty,
            text => Self::Text(SmolStr::new(text)),
        }
    }

    /// A value that stands for "not there".
    pub fn empty() -> &'static Self {
        &EMPTY
    }

    /// A list of scalars.
    pub fn texts<T: AsRef<str>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(items.into_iter().map(Self::text).collect())
    }

    /// A map of these entries.
    pub fn map<const N: usize>(entries: [(&str, Value); N]) -> Self {
        Self::Map(entries.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }

    /// Whether there is nothing in it: empty text, or a list or map without content.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.iter().all(Self::is_empty),
            Self::Map(entries) => entries.iter().all(|(_, v)| v.is_empty()),
        }
    }

    /// The text of a scalar; the empty string for anything else.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }

    /// The elements of a list; a scalar counts as a list of one, so `tags: pilot` reads as `[pilot]`.
    pub fn items(&self) -> &[Value] {
        match self {
            Self::List(items) => items,
            Self::Text(_) => std::slice::from_ref(self),
            Self::Empty | Self::Map(_) => &[],
        }
    }

    /// The value under `key` of a map; [`Value::Empty`] where there is none.
    pub fn get(&self, key: &str) -> &Value {
        match self {
            Self::Map(entries) => entries.iter().find(|(k, _)| k == key).map_or(&EMPTY, |(_, v)| v),
            _ => &EMPTY,
        }
    }

    /// The entries of a map; none for anything else.
    pub fn entries(&self) -> &[(SmolStr, Value)] {
        match self {
            Self::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Every scalar in it, depth first: what a text search or a `~` filter looks at.
    pub fn scalars(&self) -> Vec<&str> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    fn collect<'a>(&'a self, found: &mut Vec<&'a str>) {
        match self {
            Self::Empty => {}
            Self::Text(text) => found.push(text),
            Self::List(items) => items.iter().for_each(|v| v.collect(found)),
            Self::Map(entries) => entries.iter().for_each(|(_, v)| v.collect(found)),
        }
    }
}

impl From<&Node> for Value {
    fn from(node: &Node) -> Self {
        match &node.kind {
            NodeKind::Scalar { text, style: Style::Plain } if text.is_empty() || text == "~" => Self::Empty,
            NodeKind::Scalar { text, .. } => Self::Text(SmolStr::new(text)),
            NodeKind::List(items) => Self::List(items.iter().map(Self::from).collect()),
            NodeKind::Map(entries) => {
                Self::Map(entries.iter().map(|(k, v)| (SmolStr::new(&k.text), Self::from(v))).collect())
            }
        }
    }
}

impl From<&Value> for Data {
    fn from(value: &Value) -> Self {
        match value {
            Value::Empty => Self::Null,
            Value::Text(text) => Self::Text(text.to_string()),
            Value::List(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Map(entries) => {
                Self::Map(entries.iter().map(|(k, v)| (k.to_string(), Self::from(v))).collect())
            }
        }
    }
}
