//! Assignments to lines: `lines.k7f3.quantity=3`, `lines-=k7f3`, `lines+=product:p-100,quantity:2`.

use super::assignment::{Assignment, Sign, one};
use super::{AssignError, Edits, bad, no_part, unknown};
use crate::base::slug::random_tail;
use crate::crm::price;
use crate::model::kinds::{Entry, enter};
use crate::model::schema::DefaultValue;
use crate::model::{EditOp, FieldDef, FieldPath, Scope, Value};
use crate::tr;
use smol_str::SmolStr;

/// The edits that an assignment to a field of lines, or to something in it, means.
pub fn edits(
    scope: &Scope<'_>,
    field: &FieldDef,
    parts: &[FieldDef],
    path: FieldPath,
    word: &Assignment<'_>,
    entry: Entry<'_>,
    rng: &mut fastrand::Rng,
) -> Result<Edits, AssignError> {
    let held = scope.get(&field.name).items();
    let there = |id: &str| {
        let ids: Vec<String> = held.iter().map(|line| line.get("id").as_str().to_owned()).collect();
        match ids.iter().any(|known| known == id) {
            true => Ok(()),
            false => {
                let message = tr!("{field} has no line '{id}'", field = field.name, id = id);
                Err(unknown(message.into(), id, ids))
            }
        }
    };
    match (path.rest.as_slice(), word.sign) {
        ([], Sign::Set) if word.value.trim().is_empty() => Ok(vec![(path, EditOp::Clear)]),
        ([], Sign::Set) => {
            let message = enter(scope, field, word.value, entry).err().map(|e| e.to_string());
            Err(bad(&path, message.unwrap_or_default()))
        }
        ([], Sign::Add) => Ok(vec![(path, EditOp::Add(line(scope, field, parts, word, entry, rng)?))]),
        ([], Sign::Take) => {
            let id = word.value.trim();
            there(id)?;
            Ok(vec![(FieldPath { field: path.field, rest: vec![id.into()] }, EditOp::Clear)])
        }
        ([id], Sign::Set) if word.value.trim().is_empty() => {
            there(id)?;
            Ok(vec![(path, EditOp::Clear)])
        }
        ([id, name], sign) => {
            there(id)?;
            let part = part(field, parts, name)?;
            let value = enter(scope, part, word.value, entry).map_err(|e| bad(&path, e))?;
            Ok(vec![(path.clone(), one(path, sign, value, word)?)])
        }
        _ => {
            let message = tr!("write {field}.<line>.<field>=value", field = field.name);
            Err(bad(&path, message))
        }
    }
}

fn part<'f>(field: &FieldDef, parts: &'f [FieldDef], name: &str) -> Result<&'f FieldDef, AssignError> {
    let known = || parts.iter().map(|p| p.name.to_string()).collect();
    parts.iter().find(|part| part.name == name).ok_or_else(|| no_part(field, name, known()))
}

/// A new line: its fields in the schema's order, with the schema's defaults, what follows from its product, and an id
/// of its own.
fn line(
    scope: &Scope<'_>,
    field: &FieldDef,
    parts: &[FieldDef],
    word: &Assignment<'_>,
    entry: Entry<'_>,
    rng: &mut fastrand::Rng,
) -> Result<Value, AssignError> {
    let typed = pieces(field, parts, word.value)?;
    let id = free_id(scope.get(&field.name), rng);
    let mut entries: Vec<(SmolStr, Value)> = Vec::new();
    for part in parts {
        let value = match typed.iter().find(|(name, _)| *name == part.name) {
            Some((name, text)) => {
                let at = FieldPath { field: field.name.clone(), rest: vec![SmolStr::new(name)] };
                enter(scope, part, text, entry).map_err(|e| bad(&at, e))?
            }
            None => match &part.default {
                Some(DefaultValue::Text(text)) => Value::text(text),
                _ => Value::Empty,
            },
        };
        if !value.is_empty() {
            entries.push((part.name.clone(), value));
        }
    }
    let follows = price::of_product(scope.book, scope.ty, scope.fields, &Value::Map(entries.clone().into()));
    let missing: Vec<_> = follows.into_iter().filter(|(n, _)| entries.iter().all(|(m, _)| m != n)).collect();
    entries.extend(missing);
    entries.sort_by_key(|(name, _)| parts.iter().position(|part| part.name == *name));
    entries.insert(0, ("id".into(), id));
    Ok(Value::Map(entries.into()))
}

/// Splits `product:p-100,quantity:2` at the commas that a field's name follows; other commas belong to the value.
fn pieces<'w>(
    field: &FieldDef,
    parts: &[FieldDef],
    text: &'w str,
) -> Result<Vec<(&'w str, String)>, AssignError> {
    let mut found: Vec<(&str, String)> = Vec::new();
    for piece in text.split(',') {
        let named = piece.split_once(':').map(|(name, value)| (name.trim(), value.trim()));
        let is_field = |name: &str| parts.iter().any(|part| part.name == name);
        match (named, found.last_mut()) {
            (Some((name, value)), _) if is_field(name) => found.push((name, value.to_owned())),
            (_, Some((_, value))) => {
                value.push(',');
                value.push_str(piece);
            }
            (Some((name, _)), None) => {
                return Err(part(field, parts, name).err().unwrap_or_else(|| bad(name, "")));
            }
            (None, None) => {
                let example = parts.first().map_or("", |part| part.name.as_str());
                let message = tr!(
                    "write a new line as field:value,field:value, such as {field}+={example}:…",
                    field = field.name,
                    example = example
                );
                return Err(bad(&field.name, message));
            }
        }
    }
    Ok(found)
}

fn free_id(lines: &Value, rng: &mut fastrand::Rng) -> Value {
    loop {
        let id = random_tail(rng);
        if lines.items().iter().all(|line| line.get("id").as_str() != id) {
            return Value::text(id);
        }
    }
}
