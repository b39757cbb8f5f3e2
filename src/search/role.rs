//! Which texts of a record are searched, and as what.

use crate::base::phone;
use crate::model::kinds::{is_email, is_url};
use crate::model::resolve::link_target;
use crate::model::schema::{FieldDef, Kind, Search};
use crate::model::{Book, Record, TypeDef, Value};
use std::borrow::Cow;

/// What a text is to search: how it is found, and how much a match in it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// What the record is called.
    Name,
    /// An id, a code, an e-mail or web address: found by any part.
    Code,
    /// A telephone number: found by any part, in any spelling.
    Number,
    /// Prose, stemmed in the workspace's language.
    Prose,
    /// What another record is called that this one points at.
    Link,
    /// What says less of it: the ids of those, what the settings are called that it belongs to, and the products on its
    /// lines.
    Aside,
    /// An amount of money: found by the whole of it.
    Amount,
}

/// One text of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source<'a> {
    /// The field it is in; [`ID`] for the record's own, [`TITLE`] for all of what it is called.
    pub field: &'a str,
    /// What it is.
    pub role: Role,
    /// The text.
    pub text: Cow<'a, str>,
}

/// The name under which a record's id is among its texts.
pub const ID: &str = "id";

/// The field of a title made of several fields.
pub const TITLE: &str = "";

/// Every text of the record that is searched: names first, then its id, then the rest in the file's order. Fields
/// the schema does not know are searched too; those it keeps out (`search: none`) are not. Where it points at another
/// record it is found by that one's name, too.
pub fn sources<'a>(book: &'a Book, record: &'a Record) -> Vec<Source<'a>> {
    let ty = book.schema().in_folder(&record.reference.folder);
    let mut found = Vec::with_capacity(record.fields.len() + 2);
    found.extend(ty.and_then(|ty| whole_title(ty, record)));
    found.push(Source { field: ID, role: Role::Code, text: Cow::Borrowed(record.id().as_str()) });
    for (name, value) in record.fields.iter() {
        let mut gather = Gather { book, field: name, in_lines: false, found: &mut found };
        match ty.and_then(|ty| ty.field(name).map(|field| (ty, field))) {
            Some((ty, field)) if is_name(ty, field) => gather.all(value, Role::Name),
            Some((_, field)) => gather.known(field, value),
            None => gather.unknown(value),
        }
    }
    found.sort_by_key(|source| source.role != Role::Name);
    found
}

/// Whether the field is part of what a record of the type is called.
fn is_name(ty: &TypeDef, field: &FieldDef) -> bool {
    let in_title = || !field.is_link() && ty.title.fields().any(|part| *part == field.name);
    field.search == Search::Title || in_title()
}

/// The title of a record that is made of several fields, `Marta Lind`, so that its words are found in a row.
fn whole_title<'a>(ty: &TypeDef, record: &'a Record) -> Option<Source<'a>> {
    let text = called(ty, record).filter(|text| matches!(text, Cow::Owned(_)));
    text.map(|text| Source { field: TITLE, role: Role::Name, text })
}

/// What a record is called by its own fields alone: what others that point at it are found by.
pub fn called<'a>(ty: &TypeDef, record: &'a Record) -> Option<Cow<'a, str>> {
    let parts = ty.title.fields().filter(|name| ty.field(name).is_some_and(|field| is_name(ty, field)));
    let texts: Vec<_> = parts.map(|name| record.text(name)).filter(|text| !text.is_empty()).collect();
    match texts.as_slice() {
        [] => None,
        [one] => Some(Cow::Borrowed(one)),
        several => Some(Cow::Owned(several.join(" "))),
    }
}

/// What the record is called that a link points at.
fn called_there<'a>(book: &'a Book, field: &FieldDef, text: &str) -> Option<Cow<'a, str>> {
    let target = link_target(book.schema(), field, text)?;
    called(book.schema().in_folder(&target.folder)?, book.get(&target)?)
}

/// Tells what the records are called that this one is found by because it points at them.
pub fn linked(book: &Book, record: &Record, tell: &mut dyn FnMut(&str)) {
    let Some(ty) = book.schema().in_folder(&record.reference.folder) else { return };
    let mut links = |field: &FieldDef, value: &Value| {
        if field.is_link() && field.search == Search::None {
            let names = value.items().iter().filter_map(|item| called_there(book, field, item.as_str()));
            names.for_each(|name| tell(&name));
        }
    };
    for field in &ty.fields {
        match &field.kind {
            Kind::Lines(parts) if field.search == Search::Text => {
                for line in record.get(&field.name).items() {
                    parts.iter().for_each(|part| links(part, line.get(&part.name)));
                }
            }
            _ => links(field, record.get(&field.name)),
        }
    }
}

struct Gather<'s, 'a> {
    book: &'a Book,
    field: &'a str,
    in_lines: bool,
    found: &'s mut Vec<Source<'a>>,
}

impl<'a> Gather<'_, 'a> {
    fn push(&mut self, role: Role, text: &'a str) {
        if !text.is_empty() {
            self.found.push(Source { field: self.field, role, text: Cow::Borrowed(text) });
        }
    }

    fn all(&mut self, value: &'a Value, role: Role) {
        match value {
            Value::Empty => {}
            Value::Text(text) => self.push(role, text),
            Value::List(items) => items.iter().for_each(|item| self.all(item, role)),
            Value::Map(entries) => entries.iter().for_each(|(_, item)| self.all(item, role)),
        }
    }

    fn known(&mut self, field: &FieldDef, value: &'a Value) {
        match (&field.kind, field.search) {
            (Kind::Lines(parts), Search::Text) => {
                self.in_lines = true;
                for (name, part) in value.items().iter().flat_map(Value::entries) {
                    match parts.iter().find(|p| p.name == *name) {
                        Some(field) => self.known(field, part),
                        // A line's own id is of no use to people.
                        None if name == ID => {}
                        None => self.unknown(part),
                    }
                }
            }
            (Kind::Phone, Search::Id) => self.all(value, Role::Number),
            (_, Search::Id) => self.all(value, Role::Code),
            (_, Search::Title | Search::Text) => self.all(value, Role::Prose),
            // What somebody owns is not about them.
            (Kind::Link(_) | Kind::Links(_), Search::None) => {
                value.items().iter().for_each(|item| self.link(field, item.as_str()));
            }
            (Kind::Money, Search::None) if !self.in_lines => self.all(value, Role::Amount),
            (_, Search::None) => {}
        }
    }

    /// What the record at the other end is called, and its id.
    fn link(&mut self, field: &FieldDef, text: &'a str) {
        let schema = self.book.schema();
        let is_setting = schema.targets(field).all(|ty| ty.setting);
        let role = if is_setting || self.in_lines { Role::Aside } else { Role::Link };
        if let Some(text) = called_there(self.book, field, text) {
            self.found.push(Source { field: self.field, role, text });
        }
        // Which folder it is in says the type, not the id.
        self.push(Role::Aside, text.rsplit('/').next().unwrap_or(text));
    }

    /// What nobody described is taken for what it looks like.
    fn unknown(&mut self, value: &'a Value) {
        match value {
            Value::Empty => {}
            Value::Text(text) if text.starts_with(['+', '0']) && phone::looks_like(text) => {
                self.push(Role::Number, text);
            }
            Value::Text(text) if is_email(text) || is_url(text) => self.push(Role::Code, text),
            Value::Text(text) => self.push(Role::Prose, text),
            Value::List(items) => items.iter().for_each(|item| self.unknown(item)),
            Value::Map(entries) => entries.iter().for_each(|(_, item)| self.unknown(item)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::{book, reference};

    #[test]
    fn every_text_has_its_role() {
        let book = book(
            "
accounts/acme-gmbh: {name: Acmé GmbH}
queues/support: {name: Technical support}
contacts/marta:
  first_name: Marta
  last_name: Lind
  account: acme-gmbh
  owner: lena-vogt
  emails: [marta@acme.example]
  phones: [+49 40 123456]
  salutation: Frau
  role: champion
  description: Likes coffee
  address: {city: Hamburg, country: DE}
  old_crm: {id: 0040-77 88 99, mail: m@x.example, remark: from the fair}
quotes/q: {name: Q, account: acme-gmbh, lines: [{id: a1, product: pump, description: Blue pump, quantity: 2}]}
cases/c: {subject: C, contact: marta, queue: support}
activities/a: {subject: A, about: cases/c}
opportunities/d: {name: D, amount: 85000.00 EUR, probability: 50}
",
        );
        let check = |record: &str, expect: &str| {
            let record = book.get(&reference(record)).unwrap();
            let said = |s: &Source<'_>| format!("{} {:?} {}", s.field, s.role, s.text);
            let found: Vec<_> = sources(&book, record).iter().map(said).collect();
            assert_eq!(found.join("\n"), expect.trim_start_matches('\n'));
        };
        check(
            "contacts/marta",
            "
 Name Marta Lind
first_name Name Marta
last_name Name Lind
id Code marta
account Link Acmé GmbH
account Aside acme-gmbh
emails Code marta@acme.example
phones Number +49 40 123456
description Prose Likes coffee
address Prose Hamburg
address Prose DE
old_crm Number 0040-77 88 99
old_crm Code m@x.example
old_crm Prose from the fair",
        );
        check(
            "quotes/q",
            "
name Name Q
id Code q
account Link Acmé GmbH
account Aside acme-gmbh
lines Aside pump
lines Prose Blue pump",
        );
        check(
            "cases/c",
            "
subject Name C
id Code c
contact Link Marta Lind
contact Aside marta
queue Aside Technical support
queue Aside support",
        );
        check(
            "activities/a",
            "
subject Name A
id Code a
about Link C
about Aside c",
        );
        check(
            "opportunities/d",
            "
name Name D
id Code d
amount Amount 85000.00 EUR",
        );
    }
}
