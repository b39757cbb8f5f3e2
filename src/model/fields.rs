//! The fields of a record.

use super::Value;
use super::values::{Pack, Values};
use smol_str::SmolStr;
use std::sync::{Arc, OnceLock};

/// Fields in their file's order. Records with the same names in the same order can share the list of them, which is as
/// large as the values are: see [`Names`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fields {
    names: Arc<[SmolStr]>,
    /// As many as there are names.
    values: Values,
}

impl Fields {
    /// Fields of these names and values; none unless there are as many of both.
    pub fn new(names: Arc<[SmolStr]>, values: Vec<Value>) -> Option<Self> {
        (names.len() == values.len()).then(|| Self { names, values: Values::Made(values.into()) })
    }

    /// Fields of these names, whose values lie in a pack and are unpacked when one of them is first asked for. Looking at
    /// the names alone unpacks nothing.
    pub fn packed(names: Arc<[SmolStr]>, pack: Arc<dyn Pack>, row: u32) -> Self {
        Self { names, values: Values::Packed { made: OnceLock::new(), pack, row } }
    }

    /// The field's value; [`Value::Empty`] where it is absent.
    pub fn get(&self, name: &str) -> &Value {
        let at = self.names.iter().position(|n| n == name);
        at.map_or(Value::empty(), |at| &self.values()[at])
    }

    /// The names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&SmolStr, &Value)> {
        self.into_iter()
    }

    /// The names.
    pub fn names(&self) -> &[SmolStr] {
        &self.names
    }

    /// The values, in the order of the names.
    pub fn values(&self) -> &[Value] {
        self.values.get()
    }

    /// Unpacks the values, if they are packed.
    pub fn make_ready(&self) {
        self.values();
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The fields one by one, to be changed.
    pub fn to_vec(&self) -> Vec<(SmolStr, Value)> {
        self.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
    }
}

impl FromIterator<(SmolStr, Value)> for Fields {
    fn from_iter<I: IntoIterator<Item = (SmolStr, Value)>>(fields: I) -> Self {
        fields.into_iter().collect::<Vec<_>>().into()
    }
}

impl<'a> IntoIterator for &'a Fields {
    type Item = (&'a SmolStr, &'a Value);
    type IntoIter = std::iter::Zip<std::slice::Iter<'a, SmolStr>, std::slice::Iter<'a, Value>>;

    fn into_iter(self) -> Self::IntoIter {
        self.names.iter().zip(self.values())
    }
}

impl From<Vec<(SmolStr, Value)>> for Fields {
    fn from(fields: Vec<(SmolStr, Value)>) -> Self {
        let (names, values): (Vec<_>, Vec<_>) = fields.into_iter().unzip();
        Self { names: names.into(), values: Values::Made(values.into()) }
    }
}

impl Default for Fields {
    fn default() -> Self {
        Vec::new().into()
    }
}

/// Lists of names that fields share.
#[derive(Debug, Default)]
pub struct Names(rustc_hash::FxHashSet<Arc<[SmolStr]>>);

impl Names {
    /// Lets the fields have a list of names that is shared with others of the same names.
    pub fn share(&mut self, fields: &mut Fields) {
        match self.0.get(&fields.names) {
            Some(names) => fields.names = names.clone(),
            None => drop(self.0.insert(fields.names.clone())),
        }
    }
}

/// Fields of a record, or of one that is only being made.
#[derive(Debug, Clone, Copy)]
pub enum FieldsRef<'a> {
    /// Those of a record.
    Kept(&'a Fields),
    /// Those that somebody is still at work on.
    Loose(&'a [(SmolStr, Value)]),
}

impl<'a> FieldsRef<'a> {
    /// No fields.
    pub const NONE: Self = Self::Loose(&[]);

    /// The field's value; [`Value::Empty`] where it is absent.
    pub fn get(self, name: &str) -> &'a Value {
        match self {
            Self::Kept(fields) => fields.get(name),
            Self::Loose(fields) => fields.iter().find(|(n, _)| n == name).map_or(Value::empty(), |(_, v)| v),
        }
    }

    /// The names and values.
    pub fn iter(self) -> impl Iterator<Item = (&'a SmolStr, &'a Value)> {
        let (kept, loose) = match self {
            Self::Kept(fields) => (Some(fields.iter()), &[][..]),
            Self::Loose(fields) => (None, fields),
        };
        kept.into_iter().flatten().chain(loose.iter().map(|(name, value)| (name, value)))
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.iter().next().is_none()
    }

    /// The fields one by one, to be changed.
    pub fn to_vec(self) -> Vec<(SmolStr, Value)> {
        self.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
    }
}

impl<'a> From<&'a Fields> for FieldsRef<'a> {
    fn from(fields: &'a Fields) -> Self {
        Self::Kept(fields)
    }
}

impl<'a> From<&'a [(SmolStr, Value)]> for FieldsRef<'a> {
    fn from(fields: &'a [(SmolStr, Value)]) -> Self {
        Self::Loose(fields)
    }
}

impl<'a, const N: usize> From<&'a [(SmolStr, Value); N]> for FieldsRef<'a> {
    fn from(fields: &'a [(SmolStr, Value); N]) -> Self {
        Self::Loose(fields)
    }
}

impl<'a> From<&'a Vec<(SmolStr, Value)>> for FieldsRef<'a> {
    fn from(fields: &'a Vec<(SmolStr, Value)>) -> Self {
        Self::Loose(fields)
    }
}
