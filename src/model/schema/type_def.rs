//! One record type.

use super::{FieldDef, Kind, Label, Options, Template};
use crate::base::Folder;
use smol_str::SmolStr;

/// A record type, built-in or the user's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeDef {
    /// `opportunity`.
    pub name: SmolStr,
    /// `opportunities`: the folder, and the first half of references.
    pub folder: Folder,
    /// Other words for it.
    pub aliases: Vec<SmolStr>,
    /// One of them, for people.
    pub label: Label,
    /// Several of them, for people.
    pub plural_label: Label,
    /// Whether it is a setting (pipelines, users, views…) and not a business record.
    pub setting: bool,
    /// How a new record's id is made.
    pub id: Template,
    /// What a record is called.
    pub title: Template,
    /// The line beneath it.
    pub subtitle: Option<Template>,
    /// How files are spread over sub-folders.
    pub layout: Layout,
    /// The date field that names the sub-folder of the `month` layout.
    pub month_by: Option<SmolStr>,
    /// The field that places a record on a timeline.
    pub date: Option<SmolStr>,
    /// The columns a list shows unless told otherwise.
    pub list: Vec<SmolStr>,
    /// The parts of a form, in order.
    pub groups: Vec<Group>,
    /// The fields, in the order forms and new files use.
    pub fields: Vec<FieldDef>,
}

/// A part of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The word fields name it by.
    pub name: SmolStr,
    /// Its heading.
    pub label: Label,
}

/// How the files of a type are spread over sub-folders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// All in the type's folder.
    #[default]
    Flat,
    /// By the first two letters of the id: `accounts/ac/acme-gmbh.yaml`.
    Initials,
    /// By year and month: `activities/2026/11/…`.
    Month,
}

/// How text search treats a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Search {
    /// A name: the best kind of match.
    Title,
    /// Prose.
    Text,
    /// A code, number or address: found by any part, never stemmed.
    Id,
    /// Not searched.
    None,
}

impl TypeDef {
    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<&FieldDef> {
        self.fields.iter().find(|f| f.name == name)
    }

    /// The field at a path: `stage`, or `lines.quantity` for a line's own field.
    pub fn field_at(&self, path: &str) -> Option<&FieldDef> {
        match path.split_once('.') {
            None => self.field(path),
            Some((lines, name)) => self.field(lines)?.lines().iter().find(|f| f.name == name),
        }
    }

    /// The choice field that says where a record stands in its life: `stage` or `status`.
    pub fn state_field(&self) -> Option<&FieldDef> {
        ["stage", "status"]
            .iter()
            .find_map(|name| self.field(name))
            .filter(|f| matches!(f.kind, Kind::Choice(_)))
    }

    /// Whether `value` of the state field means that the record is finished, as far as the schema alone
    /// knows (the stages of a pipeline are records; see `crm::pipeline`).
    pub fn is_closed_word(&self, value: &str) -> bool {
        match self.state_field().map(|f| &f.kind) {
            Some(Kind::Choice(Options::Fixed(choices))) => {
                choices.iter().any(|c| c.closed && c.value == value)
            }
            _ => false,
        }
    }
}
