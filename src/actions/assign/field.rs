//! What an assignment means for a record, by the kind of its field.

use super::assignment::{Assignment, Sign, one};
use super::{AssignError, Edits, bad, lines, no_field, no_part};
use crate::model::kinds::{Entry, enter, enter_list};
use crate::model::schema::ADDRESS_PARTS;
use crate::model::{EditOp, FieldDef, FieldPath, Kind, Scope, Value};
use crate::tr;

/// The edits it means for a record in `scope`.
pub fn edits(
    scope: &Scope<'_>,
    word: &Assignment<'_>,
    entry: Entry<'_>,
    rng: &mut fastrand::Rng,
) -> Result<Edits, AssignError> {
    let mut path: FieldPath = word.name.parse().map_err(|e| bad(word.name, e))?;
    let Some(field) = find(scope, &path.field) else {
        return kept(scope, path, word);
    };
    path.field = field.name.clone();
    if field.readonly {
        return Err(bad(path, tr!("is kept by Kontor: the file can be edited by hand")));
    }
    match (&field.kind, path.rest.as_slice()) {
        (Kind::Lines(parts), _) => lines::edits(scope, field, parts, path, word, entry, rng),
        (_, []) => whole(scope, field, path, word, entry),
        (Kind::Address, [part]) if ADDRESS_PARTS.contains(&part.as_str()) => {
            Ok(vec![(path.clone(), one(path, word.sign, Value::text(word.value.trim()), word)?)])
        }
        (Kind::Address, [part]) => {
            Err(no_part(field, part, ADDRESS_PARTS.iter().map(ToString::to_string).collect()))
        }
        _ => Err(bad(
            &field.name,
            tr!("has no parts: write {name}={value}", name = field.name, value = word.value),
        )),
    }
}

/// The field by its name or label, however upper case, dashes and spaces are written.
fn find<'a>(scope: &Scope<'a>, name: &str) -> Option<&'a FieldDef> {
    let ty = scope.ty;
    let folded = name.to_lowercase().replace(['-', ' '], "_");
    let language = scope.book.settings().language();
    let labelled = || ty.fields.iter().find(|f| f.label.get(language).eq_ignore_ascii_case(name));
    ty.field(name).or_else(|| ty.field(&folded)).or_else(labelled)
}

/// A field the schema does not know: it can be changed where the record has it; a new one is a slip.
fn kept(scope: &Scope<'_>, path: FieldPath, word: &Assignment<'_>) -> Result<Edits, AssignError> {
    if scope.get(&path.field).is_empty() {
        return Err(no_field(scope.ty, &path.field));
    }
    let value = Value::text(word.value.trim());
    let op = match word.sign {
        Sign::Set if value.is_empty() => EditOp::Clear,
        Sign::Set => EditOp::Put(value),
        Sign::Add => EditOp::Add(value),
        Sign::Take => EditOp::Take(value),
    };
    Ok(vec![(path, op)])
}

/// A field as a whole.
fn whole(
    scope: &Scope<'_>,
    field: &FieldDef,
    path: FieldPath,
    word: &Assignment<'_>,
    entry: Entry<'_>,
) -> Result<Edits, AssignError> {
    if word.sign == Sign::Set || !field.is_list() {
        let value = enter(scope, field, word.value, entry).map_err(|e| bad(&path, e))?;
        return Ok(vec![(path.clone(), one(path, word.sign, value, word)?)]);
    }
    let held = scope.get(&field.name).items();
    let mut edits = Edits::new();
    for item in word.value.split(',').map(str::trim).filter(|item| !item.is_empty()) {
        // What is to go may be anything that stands there, even what could not be put there.
        let there = held.iter().find(|value| word.sign == Sign::Take && value.as_str() == item);
        let value = match there {
            Some(value) => value.clone(),
            None => {
                let entered = enter_list(scope, field, [item], entry).map_err(|e| bad(&path, e))?;
                entered.items().first().cloned().unwrap_or_default()
            }
        };
        let op = if word.sign == Sign::Add { EditOp::Add(value) } else { EditOp::Take(value) };
        edits.push((path.clone(), op));
    }
    Ok(edits)
}
