//! Reads a parsed [`Node`] into any `Deserialize` type, keeping every scalar as text.
//!
//! Unlike a general YAML deserializer this never guesses: a scalar is offered as the text it was
//! spelled with, and turned into a number or a truth value only where the receiving type asks for one.
//! Errors know the line and column of the node they are about.

use super::{Node, NodeKind, Style};
use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, Visitor};
use std::fmt;

/// Why a node could not be read into the wanted type, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// A likely correction, when there is one.
    pub suggestion: Option<String>,
    /// 1-based line, 0 while unknown.
    pub line: u32,
    /// 1-based column, 0 while unknown.
    pub column: u32,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        if let Some(s) = &self.suggestion {
            write!(f, ": did you mean '{s}'?")?;
        }
        Ok(())
    }
}

impl std::error::Error for ReadError {}

impl ReadError {
    fn new(message: String) -> Self {
        Self { message, suggestion: None, line: 0, column: 0 }
    }

    /// The innermost position wins: it is set only once.
    fn at(mut self, line: u32, column: u32) -> Self {
        if self.line == 0 {
            (self.line, self.column) = (line, column);
        }
        self
    }
}

impl de::Error for ReadError {
    fn custom<T: fmt::Display>(msg: T) -> Self {
        Self::new(msg.to_string())
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::unknown("key", field, expected)
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::unknown("value", variant, expected)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(format!("the key '{field}' is missing"))
    }
}

impl ReadError {
    fn unknown(what: &str, found: &str, expected: &'static [&'static str]) -> Self {
        let near = expected
            .iter()
            .map(|e| (strsim::damerau_levenshtein(found, e), *e))
            .filter(|(d, e)| *d <= 2.max(e.len() / 3))
            .min();
        let mut error = Self::new(format!("unknown {what} '{found}'"));
        match near {
            Some((_, e)) => error.suggestion = Some(e.to_owned()),
            None => error.message.push_str(&format!(" (known: {})", expected.join(", "))),
        }
        error
    }
}

/// Reads `node` into `T`.
///
/// # Errors
/// When the shape differs from what `T` wants; the error carries the position of the offending node.
pub fn from_node<T: DeserializeOwned>(node: &Node) -> Result<T, ReadError> {
    T::deserialize(NodeDe(node))
}

struct NodeDe<'a>(&'a Node);

impl NodeDe<'_> {
    fn located<T>(&self, result: Result<T, ReadError>) -> Result<T, ReadError> {
        result.map_err(|e| e.at(self.0.line, self.0.column))
    }

    fn is_null(&self) -> bool {
        matches!(&self.0.kind, NodeKind::Scalar { text, style: Style::Plain } if text.is_empty() || text == "~")
    }

    fn parsed<T: std::str::FromStr>(&self, what: &str) -> Result<T, ReadError> {
        match &self.0.kind {
            NodeKind::Scalar { text, .. } => {
                text.trim().parse().map_err(|_| ReadError::new(format!("'{text}' is not {what}")))
            }
            _ => Err(ReadError::new(format!("expected {what}"))),
        }
        .map_err(|e| e.at(self.0.line, self.0.column))
    }
}

macro_rules! number {
    ($($method:ident $visit:ident $ty:ty;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
            let number = self.parsed::<$ty>("a number")?;
            self.located(visitor.$visit(number))
        }
    )*};
}

impl<'de> de::Deserializer<'de> for NodeDe<'_> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        let result = match &self.0.kind {
            NodeKind::Scalar { .. } if self.is_null() => visitor.visit_unit(),
            NodeKind::Scalar { text, .. } => visitor.visit_str(text),
            NodeKind::List(items) => visitor.visit_seq(Items(items.iter())),
            NodeKind::Map(entries) => visitor.visit_map(Entries { rest: entries.iter(), value: None }),
        };
        self.located(result)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match &self.0.kind {
            NodeKind::Scalar { text, .. } => self.located(visitor.visit_str(text)),
            _ => Err(ReadError::new("expected text".to_owned()).at(self.0.line, self.0.column)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        if self.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        let flag = self.parsed::<bool>("true or false")?;
        self.located(visitor.visit_bool(flag))
    }

    number! {
        deserialize_u8 visit_u8 u8; deserialize_u16 visit_u16 u16; deserialize_u32 visit_u32 u32;
        deserialize_u64 visit_u64 u64; deserialize_i8 visit_i8 i8; deserialize_i16 visit_i16 i16;
        deserialize_i32 visit_i32 i32; deserialize_i64 visit_i64 i64; deserialize_f32 visit_f32 f32;
        deserialize_f64 visit_f64 f64;
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        match &self.0.kind {
            NodeKind::Scalar { text, .. } => {
                self.located(visitor.visit_enum(text.as_str().into_deserializer()))
            }
            _ => Err(ReadError::new("expected one word".to_owned()).at(self.0.line, self.0.column)),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier
    }
}

struct Items<'a>(std::slice::Iter<'a, Node>);

impl<'de> de::SeqAccess<'de> for Items<'_> {
    type Error = ReadError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, ReadError> {
        self.0.next().map(|node| seed.deserialize(NodeDe(node))).transpose()
    }
}

struct Entries<'a> {
    rest: std::slice::Iter<'a, (super::Key, Node)>,
    value: Option<&'a Node>,
}

impl<'de> de::MapAccess<'de> for Entries<'_> {
    type Error = ReadError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, ReadError> {
        let Some((key, node)) = self.rest.next() else { return Ok(None) };
        self.value = Some(node);
        let name: de::value::StrDeserializer<'_, ReadError> = key.text.as_str().into_deserializer();
        seed.deserialize(name).map(Some).map_err(|e| e.at(key.line, key.column))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, ReadError> {
        match self.value.take() {
            Some(node) => seed.deserialize(NodeDe(node)),
            None => Err(de::Error::custom("a value was asked for before its key")),
        }
    }
}
