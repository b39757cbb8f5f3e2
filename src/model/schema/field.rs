//! One field of a type: its kind, its rules and the words shown with it.

use super::{Kind, Label, Search};
use crate::model::Condition;
use smol_str::SmolStr;

/// A field as the schema defines it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDef {
    /// The key in the file.
    pub name: SmolStr,
    /// What it holds.
    pub kind: Kind,
    /// Whether it holds a list of such values.
    pub many: bool,
    /// What people see.
    pub label: Label,
    /// Shown beneath the field in a form.
    pub help: Option<Label>,
    /// Which part of the form it stands in.
    pub group: Option<SmolStr>,
    /// Whether a record without it is incomplete.
    pub required: bool,
    /// When a record without it is incomplete.
    pub required_when: Option<Condition>,
    /// When it makes sense at all; forms hide it otherwise.
    pub when: Option<Condition>,
    /// Whether two records must not share a value.
    pub unique: bool,
    /// Written by Kontor, not by hand in forms.
    pub readonly: bool,
    /// What a new record starts with.
    pub default: Option<DefaultValue>,
    /// The heading under which the target of a link lists the records that link to it.
    pub backlink: Option<Label>,
    /// Shown behind the number.
    pub unit: Option<SmolStr>,
    /// Smallest allowed value, inclusive.
    pub min: Option<SmolStr>,
    /// Largest allowed value, inclusive.
    pub max: Option<SmolStr>,
    /// Personal data, for privacy requests.
    pub personal: bool,
    /// How text search treats it.
    pub search: Search,
    /// When Kontor sets it to the current day or time.
    pub stamp: Option<Stamp>,
}

/// What a field of a new record holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DefaultValue {
    /// The current day.
    Today,
    /// The current time.
    Now,
    /// The person creating the record.
    Me,
    /// A fixed text.
    Text(SmolStr),
    /// A fixed list.
    List(Vec<SmolStr>),
}

/// When Kontor writes the current day or time into a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stamp {
    /// Whenever the named field changes.
    On(SmolStr),
    /// When the condition becomes true; taken out again when it becomes false.
    When {
        /// What has to be true.
        condition: Condition,
        /// The field whose past time counts instead of now where a record is made with the condition true already:
        /// a call that is logged took place then.
        at: Option<SmolStr>,
    },
}

impl FieldDef {
    /// A field of a kind with nothing else said about it.
    pub fn new(name: &str, kind: Kind) -> Self {
        Self {
            name: name.into(),
            kind,
            many: false,
            label: Label::from_name(name),
            help: None,
            group: None,
            required: false,
            required_when: None,
            when: None,
            unique: false,
            readonly: false,
            default: None,
            backlink: None,
            unit: None,
            min: None,
            max: None,
            personal: false,
            search: Search::None,
            stamp: None,
        }
    }

    /// Whether the value is a list of scalars, links or tags (as opposed to one value or lines).
    pub fn is_list(&self) -> bool {
        self.many || matches!(self.kind, Kind::Tags | Kind::Links(_))
    }

    /// The fields of its lines; none for other kinds.
    pub fn lines(&self) -> &[FieldDef] {
        match &self.kind {
            Kind::Lines(fields) => fields,
            _ => &[],
        }
    }

    /// Whether the value holds the ids or references of other records.
    pub fn is_link(&self) -> bool {
        matches!(self.kind, Kind::Link(_) | Kind::Links(_) | Kind::User)
    }
}
