//! A schema file as it is written, before it is checked and compiled.

use super::{Label, Layout, Search, Tone};
use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, Deserializer, Visitor};
use smol_str::SmolStr;
use std::fmt;
use std::marker::PhantomData;

/// `schema/<type>.yaml`. For a type that exists already only `type` and what is to be added is needed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeFile {
    #[serde(rename = "type")]
    pub name: SmolStr,
    pub plural: Option<SmolStr>,
    #[serde(default)]
    pub aliases: Vec<SmolStr>,
    pub label: Option<Label>,
    pub plural_label: Option<Label>,
    pub setting: Option<bool>,
    pub id: Option<SmolStr>,
    pub title: Option<SmolStr>,
    pub subtitle: Option<SmolStr>,
    pub layout: Option<Layout>,
    pub month_by: Option<SmolStr>,
    pub date: Option<SmolStr>,
    pub list: Option<Vec<SmolStr>>,
    #[serde(default)]
    pub groups: IndexMap<SmolStr, GroupFile>,
    #[serde(default)]
    pub fields: IndexMap<SmolStr, FieldFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupFile {
    pub label: Option<Label>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldFile {
    pub kind: SmolStr,
    #[serde(default)]
    pub many: bool,
    pub label: Option<Label>,
    pub help: Option<Label>,
    pub group: Option<SmolStr>,
    #[serde(default)]
    pub required: bool,
    pub required_when: Option<SmolStr>,
    pub when: Option<SmolStr>,
    #[serde(default)]
    pub unique: bool,
    #[serde(default)]
    pub readonly: bool,
    pub default: Option<Shape<SmolStr, NoMap>>,
    pub options: Option<Shape<Shape<SmolStr, FullOption>, FromFile>>,
    pub to: Option<Shape<SmolStr, NoMap>>,
    pub backlink: Option<Label>,
    pub unit: Option<SmolStr>,
    pub min: Option<SmolStr>,
    pub max: Option<SmolStr>,
    #[serde(default)]
    pub personal: bool,
    pub search: Option<Search>,
    #[serde(default)]
    pub fields: IndexMap<SmolStr, FieldFile>,
    pub stamp: Option<StampFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FullOption {
    pub value: SmolStr,
    pub label: Option<Label>,
    pub tone: Option<Tone>,
    #[serde(default)]
    pub closed: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StampFile {
    pub on: Option<SmolStr>,
    pub when: Option<SmolStr>,
    pub at: Option<SmolStr>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FromFile {
    pub from: SmolStr,
}

/// Stands where a map has no meaning.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoMap {}

/// An attribute that may be written as a word, a list or a map. Unlike serde's untagged enums it keeps the
/// place of an error inside.
#[derive(Debug)]
pub enum Shape<L, M> {
    Text(SmolStr),
    List(Vec<L>),
    Map(M),
}

impl<'de, L: Deserialize<'de>, M: Deserialize<'de>> Deserialize<'de> for Shape<L, M> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ShapeVisitor(PhantomData))
    }
}

struct ShapeVisitor<L, M>(PhantomData<(L, M)>);

impl<'de, L: Deserialize<'de>, M: Deserialize<'de>> Visitor<'de> for ShapeVisitor<L, M> {
    type Value = Shape<L, M>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a word, a list or a map")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Shape::Text(text.into()))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(seq)).map(Shape::List)
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        M::deserialize(MapAccessDeserializer::new(map)).map(Shape::Map)
    }
}
