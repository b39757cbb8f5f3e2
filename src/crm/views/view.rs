//! What a view is.

use crate::base::{Id, Now};
use crate::crm::Known;
use crate::model::kinds::Entry;
use crate::model::near::nearest;
use crate::model::{Book, FieldDef, FieldsRef, Kind, Record, TypeDef, Value};
use crate::query::{Column, Ground, Grouping, Query, QueryError};
use smol_str::SmolStr;
use std::sync::Arc;

/// The word for the clock of a case among columns and in an order. It is no field: only screens show it.
pub const CLOCK: &str = "clock";

/// Records found by a query, with how they are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct View {
    /// The id of its record; empty for a list that is no view yet.
    pub id: SmolStr,
    /// What it is called.
    pub name: SmolStr,
    /// The type of record it lists.
    pub type_name: SmolStr,
    /// Which of them; empty for all.
    pub query: SmolStr,
    /// The columns; empty for the type's own.
    pub columns: Vec<SmolStr>,
    /// What it is sorted by, a minus for largest first.
    pub sort: Vec<SmolStr>,
    /// The field whose values are headings.
    pub group: Option<SmolStr>,
    /// Rows or cards.
    pub layout: Layout,
    /// The letter or digit that opens it.
    pub key: Option<char>,
    /// Who is offered it.
    pub standing: Standing,
}

/// How the records of a view are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Layout {
    /// One below the other.
    #[default]
    List,
    /// As cards, a column for each value.
    Board,
}

impl Layout {
    /// The word for it in a view's file.
    pub fn word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Board => "board",
        }
    }
}

/// Whose a view is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// One person's own: it has an owner.
    #[default]
    Personal,
    /// Everybody's.
    Shared,
    /// It comes with Kontor.
    Builtin,
}

impl View {
    /// The view of a record in `views/`.
    pub fn of(record: &Record) -> Self {
        Self::of_fields(record.id().as_str(), (&record.fields).into())
    }

    /// The view that a record with these fields is.
    pub fn of_fields(id: &str, fields: FieldsRef<'_>) -> Self {
        let get = |name: &str| fields.get(name);
        let standing = if get("owner").is_empty() { Standing::Shared } else { Standing::Personal };
        Self::read(id, get, standing)
    }

    /// What of it says what is shown and how, as fields of a record; empty where nothing is said.
    pub fn settings(&self) -> [(&'static str, Value); 6] {
        [
            ("type", Value::text(self.type_name.as_str())),
            ("query", Value::text(self.query.as_str())),
            ("layout", Value::text(self.layout.word())),
            ("columns", Value::texts(&self.columns)),
            ("sort", Value::text(self.sort.join(", "))),
            ("group", self.group.as_ref().map(|group| Value::text(group.as_str())).unwrap_or_default()),
        ]
    }

    pub(super) fn read<'a>(id: &str, get: impl Fn(&str) -> &'a Value, standing: Standing) -> Self {
        let text = |name: &str| SmolStr::new(get(name).as_str().trim());
        let name = text("name");
        Self {
            id: id.into(),
            name: if name.is_empty() { id.into() } else { name },
            type_name: text("type"),
            query: text("query"),
            columns: get("columns").items().iter().map(|column| SmolStr::new(column.as_str())).collect(),
            sort: words(get("sort").as_str()).map(SmolStr::new).collect(),
            group: Some(text("group")).filter(|group| !group.is_empty()),
            layout: if text("layout") == Layout::Board.word() { Layout::Board } else { Layout::List },
            key: key_of(&text("key")),
            standing,
        }
    }

    /// The view of that id, name or reference; upper and lower case are the same.
    ///
    /// # Errors
    /// With the nearest one there is.
    pub fn find(views: &[Self], text: &str) -> Result<Self, Option<String>> {
        let said = text.trim().to_lowercase();
        let said = ["views/", "view/"].iter().find_map(|folder| said.strip_prefix(folder)).unwrap_or(&said);
        let said = said.strip_suffix(".yaml").unwrap_or(said);
        let same = |view: &&Self| view.id == said || view.name.to_lowercase() == said;
        let known = || views.iter().flat_map(|view| [view.id.as_str(), view.name.as_str()]);
        views.iter().find(same).cloned().ok_or_else(|| nearest(said, known()).map(str::to_owned))
    }

    /// Reads its query.
    ///
    /// # Errors
    /// When it says something that makes no sense for its type; the place is one in [`View::query`].
    pub fn read_query(&self, book: &Book, me: Option<&Id>, now: Now) -> Result<Query, QueryError> {
        let ground = Ground::new(book, Entry { me, now }).with_facts(Known::of(book, now));
        Query::read(&self.query, book.schema().find(&self.type_name), &ground)
    }

    /// How many records it shows, words found as `ground` finds them; `None` where its type or query makes no sense.
    pub fn count(&self, ground: &Ground<'_>) -> Option<usize> {
        let ty = ground.book.schema().find(&self.type_name)?;
        let query = Query::read(&self.query, Some(ty), ground).ok()?;
        let found = query.of_type(ground.book, ty).len();
        Some(query.limit().map_or(found, |most| found.min(most)))
    }

    /// The same view with the type and every field spelled in full; what leads nowhere is left out.
    #[must_use]
    pub fn spelled_out(self, book: &Book) -> Self {
        let Some(ty) = book.schema().find(&self.type_name) else { return self };
        let path = |path: &str| column_path(ty, path, book);
        let sorted = |word: &SmolStr| {
            let (sign, name) = signed(word);
            Some(SmolStr::from(format!("{sign}{}", path(name)?)))
        };
        Self {
            type_name: ty.name.clone(),
            columns: self.columns.iter().filter_map(|column| path(column)).collect(),
            sort: self.sort.iter().filter_map(sorted).collect(),
            group: self.group.and_then(|group| Some(Grouping::new(ty, &group, book).ok()?.path().clone())),
            ..self
        }
    }

    /// The field whose values are its columns as a board: the one it names, else the one that says how a record stands,
    /// else the first choice. `None` where there is none.
    pub fn columns_by<'t>(&self, ty: &'t TypeDef) -> Option<&'t FieldDef> {
        let choice =
            || ty.fields.iter().find(|field| matches!(field.kind, Kind::Choice(_)) && !field.is_list());
        match &self.group {
            Some(group) => ty.field(group),
            None => ty.state_field().or_else(choice),
        }
    }

    /// Whether both show the same records in the same way, whatever they are called.
    pub fn shows_as(&self, other: &Self) -> bool {
        let shown = |view: &Self| {
            let Self { type_name, query, columns, sort, group, layout, .. } = view.clone();
            (type_name, query, columns, sort, group, layout)
        };
        shown(self) == shown(other)
    }
}

/// The path of a column spelled in full, if it leads anywhere.
fn column_path(ty: &Arc<TypeDef>, path: &str, book: &Book) -> Option<SmolStr> {
    match path {
        CLOCK if has_clock(ty) => Some(path.into()),
        _ => Some(Column::new(ty, path, book).ok()?.path().clone()),
    }
}

/// Whether records of the type have a clock to be shown as a column.
pub fn has_clock(ty: &TypeDef) -> bool {
    ty.name == "case"
}

/// The sign in front of a field to sort by, and the field: a minus is for largest first.
pub fn signed(word: &str) -> (&'static str, &str) {
    match word.strip_prefix('-') {
        Some(name) => ("-", name),
        None => ("", word.trim_start_matches('+')),
    }
}

/// The parts between commas.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|word| !word.is_empty())
}

/// The key, where it is one letter or digit.
pub(super) fn key_of(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|c| c.is_alphanumeric() && chars.next().is_none())
}
