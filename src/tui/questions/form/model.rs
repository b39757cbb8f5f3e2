//! What the form engine asks about fields, answered by the schema and the book.

use crate::base::{Now, input};
use crate::model::kinds::{Entry, choices, enter, show, title_of};
use crate::model::resolve::spell_link;
use crate::model::validate::findings;
use crate::model::{FieldDef, Kind, Scope, Severity, TypeDef, Value};
use crate::tui::parts::World;
use crate::tui::widgets::form::{FieldStatus, FormModel, FormValue, Options, Values};
use crate::tui::widgets::picker::Item;
use chrono::NaiveDate;
use smol_str::SmolStr;

/// The schema's answers for a record that holds `fields` at this moment.
pub struct SchemaModel<'a> {
    pub world: &'a World,
    pub ty: &'a TypeDef,
    pub fields: &'a [(SmolStr, Value)],
}

/// A link offers this many records; a longer list is narrowed by typing.
const MOST_OPTIONS: usize = 5000;

impl<'a> SchemaModel<'a> {
    pub fn scope(&self) -> Scope<'_> {
        Scope { book: &self.world.book, ty: self.ty, fields: self.fields }
    }

    pub fn entry(&self) -> Entry<'_> {
        Entry { me: self.world.me.as_ref(), now: self.world.now }
    }

    pub fn now(&self) -> Now {
        self.world.now
    }

    /// The field at a path: `stage`, or `lines.quantity` for a line's own field.
    pub fn field(&self, path: &str) -> Option<&'a FieldDef> {
        let (first, rest) = path.split_once('.').map_or((path, None), |(f, r)| (f, Some(r)));
        let field = self.ty.field(first)?;
        match (rest, &field.kind) {
            (None, _) => Some(field),
            (Some(rest), Kind::Lines(fields)) => fields.iter().find(|f| f.name == rest),
            (Some(_), _) => None,
        }
    }

    fn read(&self, field: &FieldDef, text: &str) -> FieldStatus {
        match enter(&self.scope(), field, text, self.entry()) {
            Ok(value) => {
                let shown = show(&self.scope(), field, &value, self.now());
                let settled = super::values::editable(self, field, value.as_str());
                if shown.is_empty() || shown == text {
                    FieldStatus::fine()
                } else {
                    FieldStatus::read(settled, shown)
                }
            }
            Err(error) => FieldStatus::error(error.to_string()),
        }
    }

    /// What validation says about the whole record, for one field.
    fn verdict(&self, field: &str, all: &Values) -> Option<FieldStatus> {
        let fields = super::values::from_form(self, all, self.fields);
        let scope = Scope { fields: &fields, ..self.scope() };
        let reference = crate::base::Ref { folder: self.ty.folder.clone(), id: own_id() };
        let found = findings(&scope, &reference)
            .into_iter()
            .filter(|f| f.field() == Some(field) && f.code != "not-unique");
        let worst = found.min_by_key(|f| f.severity)?;
        let note = match &worst.suggestion {
            Some(s) => format!("{}: did you mean '{s}'?", worst.message),
            None => worst.message.clone(),
        };
        match worst.severity {
            Severity::Error => Some(FieldStatus::error(note)),
            Severity::Warning => Some(FieldStatus::warn(note)),
            Severity::Hint => None,
        }
    }
}

/// Stands for the record being edited where only its type matters.
fn own_id() -> crate::base::Id {
    match "this".parse() {
        Ok(id) => id,
        Err(_) => unreachable!("'this' is a well-formed id"),
    }
}

impl FormModel for SchemaModel<'_> {
    fn check(&self, path: &str, value: &FormValue, all: &Values) -> FieldStatus {
        let Some(field) = self.field(path) else { return FieldStatus::fine() };
        let status = match value {
            FormValue::Text(text) if !text.is_empty() && !field.is_list() => self.read(field, text),
            FormValue::List(items) => {
                let bad = items.iter().find_map(|item| enter(&self.scope(), field, item, self.entry()).err());
                bad.map_or_else(FieldStatus::fine, |e| FieldStatus::error(e.to_string()))
            }
            _ => FieldStatus::fine(),
        };
        let nested = path.contains('.');
        match status.level {
            crate::tui::widgets::form::Level::Fine if !nested => self.verdict(path, all).unwrap_or(status),
            _ if nested && field.required && value.is_empty() => {
                FieldStatus::error(format!("{} is required", field.name))
            }
            _ => status,
        }
    }

    fn options(&self, path: &str, query: &str, all: &Values) -> Options {
        let Some(field) = self.field(path) else { return Options::default() };
        let book = &self.world.book;
        if let Kind::Choice(_) = field.kind {
            let fields = super::values::from_form(self, all, self.fields);
            let scope = Scope { fields: &fields, ..self.scope() };
            let items = choices(&scope, field).into_iter().map(|c| Item::new(c.value, c.label)).collect();
            return Options { items, partial: false };
        }
        if matches!(field.kind, Kind::Tags) {
            return Options { items: known_tags(self, &field.name), partial: false };
        }
        let schema = book.schema();
        let query = query.to_lowercase();
        let records = schema.targets(field).flat_map(|ty| book.of(&ty.folder));
        let total: usize = schema.targets(field).map(|ty| book.of(&ty.folder).len()).sum();
        let partial = total > MOST_OPTIONS;
        let items = records
            .map(|r| (r, title_of(book, r)))
            .filter(|(r, title)| {
                !partial || title.to_lowercase().contains(&query) || r.id().as_str().contains(&query)
            })
            .take(MOST_OPTIONS)
            .map(|(r, title)| {
                Item::new(spell_link(schema, field, &r.reference), title).detail(detail(self.world, r))
            })
            .collect();
        Options { items, partial }
    }

    fn label(&self, path: &str, key: &str) -> String {
        match self.field(path) {
            Some(field) => crate::model::kinds::show_text(&self.scope(), field, key, self.now()),
            None => key.to_owned(),
        }
    }

    fn read_date(&self, text: &str) -> Result<NaiveDate, String> {
        let style = self.world.book.settings().input_style(self.world.now);
        input::date(text, &style).map_err(|e| e.to_string())
    }

    fn today(&self) -> NaiveDate {
        self.world.now.today()
    }
}

/// What tells records of one title apart: their subtitle, else their id.
fn detail(world: &World, record: &crate::model::Record) -> String {
    let scope = Scope::of(&world.book, record);
    let subtitle = scope.and_then(|s| s.ty.subtitle.as_ref().map(|t| crate::model::kinds::fill(&s, t)));
    subtitle.filter(|s| !s.is_empty()).unwrap_or_else(|| record.id().to_string())
}

/// The tags in use, so that people use the same words.
fn known_tags(model: &SchemaModel<'_>, field: &str) -> Vec<Item> {
    let records = model.world.book.of(&model.ty.folder).iter();
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for tag in records.flat_map(|r| r.get(field).items()).map(Value::as_str) {
        *counts.entry(tag).or_default() += 1;
    }
    counts.into_iter().map(|(tag, n)| Item::new(tag, tag).hint(n.to_string())).collect()
}
