//! What becomes of the links to a record that goes, or goes by another name.

use crate::base::Ref;
use crate::model::resolve::{link_target, spell_link};
use crate::model::{Book, Change, FieldDef, FieldEdit, Kind, Record, Schema, Value};

/// The change that turns all links of `record` that point at one of `gone` into what `new` says of it: another
/// reference, or none. `None` where it has no such link.
pub fn relink(
    book: &Book,
    record: &Record,
    gone: &[Ref],
    new: impl Fn(&Ref) -> Option<Ref>,
) -> Option<Change> {
    let schema = book.schema();
    let ty = schema.in_folder(&record.reference.folder)?;
    let links = Links { schema, gone, new: &new };
    let edits: Vec<FieldEdit> = record
        .fields
        .iter()
        .filter_map(|(name, value)| {
            let after = links.of(ty.field(name)?, value)?;
            let empty = after.is_empty();
            Some(if empty { FieldEdit::clear(name) } else { FieldEdit::put(name, after) })
        })
        .collect();
    (!edits.is_empty()).then(|| Change::Set { reference: record.reference.clone(), edits })
}

struct Links<'a> {
    schema: &'a Schema,
    gone: &'a [Ref],
    new: &'a dyn Fn(&Ref) -> Option<Ref>,
}

impl Links<'_> {
    /// The value with its links turned; `None` where nothing turns.
    fn of(&self, field: &FieldDef, value: &Value) -> Option<Value> {
        match (&field.kind, value) {
            (Kind::Lines(fields), Value::List(lines)) => {
                let after: Box<[_]> = lines.iter().filter_map(|line| self.line(fields, line)).collect();
                (after != *lines).then_some(Value::List(after))
            }
            (_, Value::List(items)) if field.is_link() => {
                let after: Box<[_]> =
                    items.iter().map(|i| self.one(field, i)).filter(|i| !i.is_empty()).collect();
                (after != *items).then_some(Value::List(after))
            }
            (_, Value::Text(_)) if field.is_link() => {
                Some(self.one(field, value)).filter(|after| after != value)
            }
            _ => None,
        }
    }

    /// A line with its links turned. One that was about nothing but the record that goes (its link is required)
    /// goes too.
    fn line(&self, fields: &[FieldDef], line: &Value) -> Option<Value> {
        let Value::Map(entries) = line else { return Some(line.clone()) };
        let mut after = Vec::with_capacity(entries.len());
        for (name, value) in entries {
            let field = fields.iter().find(|f| f.name == *name);
            match field.and_then(|f| Some((f, self.of(f, value)?))) {
                None => after.push((name.clone(), value.clone())),
                Some((field, new)) if new.is_empty() && field.required => return None,
                Some((_, new)) if new.is_empty() => {}
                Some((_, new)) => after.push((name.clone(), new)),
            }
        }
        Some(Value::Map(after.into()))
    }

    fn one(&self, field: &FieldDef, value: &Value) -> Value {
        match link_target(self.schema, field, value.as_str()).filter(|target| self.gone.contains(target)) {
            None => value.clone(),
            Some(target) => (self.new)(&target)
                .map_or(Value::Empty, |new| Value::Text(spell_link(self.schema, field, &new))),
        }
    }
}

/// The records that point at one of these and are none of them, in order, each once.
pub fn pointing(book: &Book, at: &[Ref]) -> Vec<Ref> {
    let mut from: Vec<Ref> =
        at.iter().flat_map(|r| book.backlinks(r)).map(|link| link.from.clone()).collect();
    from.sort();
    from.dedup();
    from.retain(|r| !at.contains(r));
    from
}
