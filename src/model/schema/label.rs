//! Words of a schema that people read, possibly in several languages.

use serde::Deserialize;
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// One text, or one per language: `{en: Boat, de: Boot}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Label {
    /// The same in every language.
    Plain(SmolStr),
    /// Keyed by ISO 639-1 code.
    Languages(BTreeMap<SmolStr, SmolStr>),
}

impl Label {
    /// The wording for `language`, else English, else any.
    pub fn get(&self, language: &str) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Languages(texts) => texts
                .get(language)
                .or_else(|| texts.get("en"))
                .or_else(|| texts.values().next())
                .map_or("", SmolStr::as_str),
        }
    }

    /// A label made from a name: `close_date` reads "Close date".
    pub fn from_name(name: &str) -> Self {
        let mut words = name.replace(['_', '-'], " ");
        if let Some(first) = words.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        Self::Plain(words.into())
    }
}
