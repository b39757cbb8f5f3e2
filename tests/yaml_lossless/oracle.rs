//! A second opinion: whether libyaml, the reader most programs use, sees the same tree and texts.

use std::fmt;

use kontor::yaml::{Node, NodeKind};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// Panics unless libyaml reads `text` as `root`.
#[track_caller]
pub fn assert_agrees(root: &Node, text: &str) {
    if let Err(e) = opinion(root, text) {
        panic!("libyaml disagrees: {e}\n{text:?}");
    }
}

pub fn opinion(root: &Node, text: &str) -> Result<(), String> {
    if root.as_map().is_some_and(<[_]>::is_empty) {
        return Ok(()); // Nothing at all and `{}` are the same to us, and not to libyaml.
    }
    // It counts a byte order mark as a column of indentation.
    let text = text.trim_start_matches('\u{feff}');
    Same(root).deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|e| e.to_string())
}

/// Reads a value and compares it with a node.
struct Same<'a>(&'a Node);

impl<'de> DeserializeSeed<'de> for Same<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        match &self.0.kind {
            NodeKind::Scalar { .. } if self.0.is_null() => from.deserialize_option(self),
            NodeKind::Scalar { .. } => from.deserialize_str(self),
            NodeKind::List(_) => from.deserialize_seq(self),
            NodeKind::Map(_) => from.deserialize_map(self),
        }
    }
}

impl<'de> Visitor<'de> for Same<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} as on line {}", self.0.describe(), self.0.line)
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, found: &str) -> Result<(), E> {
        match self.0.as_text() {
            Some(text) if text == found => Ok(()),
            ours => Err(E::custom(format!("{found:?} is not {ours:?}"))),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<(), A::Error> {
        for item in self.0.as_list().unwrap_or_default() {
            from.next_element_seed(Same(item))?.ok_or_else(|| A::Error::custom("too few elements"))?;
        }
        match from.next_element::<IgnoredAny>()? {
            None => Ok(()),
            Some(_) => Err(A::Error::custom("too many elements")),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<(), A::Error> {
        for (key, node) in self.0.as_map().unwrap_or_default() {
            let found: String = from.next_key()?.ok_or_else(|| A::Error::custom("too few keys"))?;
            if found != key.text {
                return Err(A::Error::custom(format!("key {found:?} is not {:?}", key.text)));
            }
            from.next_value_seed(Same(node))?;
        }
        match from.next_key::<IgnoredAny>()? {
            None => Ok(()),
            Some(_) => Err(A::Error::custom("too many keys")),
        }
    }
}
