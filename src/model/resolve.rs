//! Follows a dotted path from a record: `account.name`, `stage.kind`, `billing_address.city`.

use super::schema::{FieldDef, Kind, Options, TypeDef};
use super::{Book, FieldsRef, Record, Schema, Value};
use crate::base::{Id, Ref};
use smol_str::SmolStr;

/// A record (or one being typed in) together with what it takes to follow its links.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// All records.
    pub book: &'a Book,
    /// The record's type.
    pub ty: &'a TypeDef,
    /// The record's fields.
    pub fields: FieldsRef<'a>,
}

/// What a path leads to: the values there, and the field that defines them, where one does.
pub struct Found<'a> {
    /// The definition of the last step.
    pub field: Option<&'a FieldDef>,
    /// The values; several when the path goes through a list of links or lines.
    pub values: Vec<&'a Value>,
}

/// Links form cycles (an account's parent's parent…); nobody writes paths longer than this.
const MAX_STEPS: usize = 6;

impl<'a> Scope<'a> {
    /// The scope of a stored record; `None` when its folder has no type.
    pub fn of(book: &'a Book, record: &'a Record) -> Option<Self> {
        let ty = book.schema().in_folder(&record.reference.folder)?;
        Some(Self { book, ty, fields: (&record.fields).into() })
    }

    /// The record's own value of a field.
    pub fn get(&self, name: &str) -> &'a Value {
        self.fields.get(name)
    }

    /// Follows `path`. A step that leads nowhere yields no values.
    pub fn resolve(&self, path: &str) -> Found<'a> {
        let steps: Vec<&str> = path.split('.').collect();
        match steps.split_first() {
            Some((first, rest)) if steps.len() <= MAX_STEPS => self.follow(first, rest),
            _ => Found { field: None, values: Vec::new() },
        }
    }

    fn follow(&self, first: &str, rest: &[&str]) -> Found<'a> {
        let field = self.ty.field(first);
        let value = self.get(first);
        let Some((next, after)) = rest.split_first() else {
            return Found { field, values: vec![value] };
        };
        match field.map(|f| (&f.kind, f)) {
            Some((Kind::Link(_) | Kind::Links(_) | Kind::User, field)) => {
                let mut found = Found { field: None, values: Vec::new() };
                for target in link_targets(self.book.schema(), field, value) {
                    let record = self.book.get(&target).map(|r| &**r);
                    if let Some(scope) = record.and_then(|r| Scope::of(self.book, r)) {
                        let deeper = scope.follow(next, after);
                        found.field = found.field.or(deeper.field);
                        found.values.extend(deeper.values);
                    }
                }
                found
            }
            Some((Kind::Choice(Options::From { link, lines }), _)) if after.is_empty() => {
                self.line_of(link, lines, value.as_str(), next)
            }
            Some((Kind::Lines(fields), _)) if after.is_empty() => Found {
                field: fields.iter().find(|f| f.name == *next),
                values: value.items().iter().map(|line| line.get(next)).collect(),
            },
            _ => Found {
                field: None,
                values: vec![after.iter().fold(value.get(next), |value, step| value.get(step))],
            },
        }
    }

    /// A value of the line that a choice out of a linked record stands for.
    fn line_of(&self, link: &str, lines: &str, id: &str, part: &str) -> Found<'a> {
        let owner = self.linked(link);
        let line = owner.and_then(|r| r.get(lines).items().iter().find(|line| line.get("id").as_str() == id));
        let ty = owner.and_then(|r| self.book.schema().in_folder(&r.reference.folder));
        let field = ty.and_then(|ty| ty.field(lines)).and_then(|f| match &f.kind {
            Kind::Lines(fields) => fields.iter().find(|f| f.name == part),
            _ => None,
        });
        Found { field, values: line.map(|line| line.get(part)).into_iter().collect() }
    }

    /// The record a link field points at.
    pub fn linked(&self, field: &str) -> Option<&'a Record> {
        let def = self.ty.field(field)?;
        let target = link_targets(self.book.schema(), def, self.get(field)).into_iter().next()?;
        self.book.get(&target).map(|r| &**r)
    }
}

/// The references a link field's value stands for, dangling ones included; text that is no reference is
/// left to validation.
pub fn link_targets(schema: &Schema, field: &FieldDef, value: &Value) -> Vec<Ref> {
    if value.is_empty() {
        return Vec::new();
    }
    value.items().iter().filter_map(|item| link_target(schema, field, item.as_str())).collect()
}

/// The reference that `text` stands for in a link field: a bare id where the field has one target type,
/// `folder/id` where it has several.
pub fn link_target(schema: &Schema, field: &FieldDef, text: &str) -> Option<Ref> {
    let mut targets = schema.targets(field);
    let (first, second) = (targets.next()?, targets.next());
    if second.is_none() {
        return Some(Ref { folder: first.folder.clone(), id: Id::try_from(text).ok()? });
    }
    let reference: Ref = text.parse().ok()?;
    schema.targets(field).any(|t| t.folder == reference.folder).then_some(reference)
}

/// How a link field spells a reference in its file.
pub fn spell_link(schema: &Schema, field: &FieldDef, target: &Ref) -> SmolStr {
    if schema.targets(field).count() == 1 {
        SmolStr::new(target.id.as_str())
    } else {
        target.to_string().into()
    }
}
