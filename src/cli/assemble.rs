//! From `field=value` words on the command line to changes.

use super::Failure;
use crate::base::Ref;
use crate::model::edit::edited;
use crate::model::kinds::{Entry, enter, enter_list};
use crate::model::near::nearest;
use crate::model::{EditOp, FieldDef, FieldEdit, FieldPath, Kind, Scope, TypeDef, Value};
use crate::workspace::Workspace;
use smol_str::SmolStr;

/// Fields and what is to become of them.
pub type Edits = Vec<(FieldPath, EditOp)>;

/// What `field=value` words make of a new record.
pub fn assignments_for_new(workspace: &Workspace, ty: &TypeDef, words: &[String]) -> Result<Edits, Failure> {
    read(workspace, ty, &[], words)
}

/// What `field=value` words make of all these records. A word may mean one thing only.
pub fn assignments_for(workspace: &Workspace, targets: &[Ref], words: &[String]) -> Result<Edits, Failure> {
    let book = workspace.book();
    let mut found: Option<(&Ref, Edits)> = None;
    for target in targets {
        let (Some(ty), Some(record)) = (book.schema().in_folder(&target.folder), book.get(target)) else {
            continue;
        };
        let edits = read(workspace, ty, &record.fields, words)?;
        match &found {
            Some((first, earlier)) if *earlier != edits => {
                let message = format!("the values mean one thing for {first} and another for {target}");
                return Err(Failure::usage("ambiguous", message).hint("set them one by one"));
            }
            Some(_) => {}
            None => found = Some((target, edits)),
        }
    }
    Ok(found.map(|(_, edits)| edits).unwrap_or_default())
}

fn read(
    workspace: &Workspace,
    ty: &TypeDef,
    fields: &[(SmolStr, Value)],
    words: &[String],
) -> Result<Edits, Failure> {
    let book = workspace.book();
    let mut state = fields.to_vec();
    let mut edits = Edits::new();
    for word in words {
        let scope = Scope { book: &book, ty, fields: &state };
        let (path, op) = one(&scope, word, Entry { me: workspace.me(), now: workspace.now() })?;
        state = edited(&state, &[FieldEdit { path: path.clone(), op: op.clone() }]);
        edits.push((path, op));
    }
    Ok(edits)
}

/// One word: `field=value`, `field=`, `field+=value`, `field-=value`.
fn one(scope: &Scope<'_>, word: &str, entry: Entry<'_>) -> Result<(FieldPath, EditOp), Failure> {
    let malformed = || {
        Failure::usage("usage", format!("'{word}' is no change"))
            .hint("write field=value, field= to empty it, field+=tag or field-=tag")
    };
    let (name, value) = word.split_once('=').ok_or_else(malformed)?;
    let (name, sign) = match name.strip_suffix(['+', '-']) {
        Some(stem) => (stem, name.chars().last()),
        None => (name, None),
    };
    let path: FieldPath = name.trim().parse().map_err(|e| Failure::usage("no-such-field", format!("{e}")))?;
    let field = field(scope, &path)?;
    let bad = |e: &dyn std::fmt::Display| Failure::usage("bad-value", format!("{path}: {e}"));
    let op = match (sign, field) {
        (None, Some(field)) => match enter(scope, field, value, entry).map_err(|e| bad(&e))? {
            Value::Empty => EditOp::Clear,
            value => EditOp::Put(value),
        },
        (None, None) if value.trim().is_empty() => EditOp::Clear,
        (None, None) => EditOp::Put(Value::text(value.trim())),
        (Some(sign), Some(field)) if field.is_list() => {
            let items = enter_list(scope, field, [value], entry).map_err(|e| bad(&e))?;
            let item = items.items().first().cloned().ok_or_else(malformed)?;
            if sign == '+' { EditOp::Add(item) } else { EditOp::Take(item) }
        }
        (Some(_), _) => return Err(bad(&"holds one value").hint(format!("write {path}={value}"))),
    };
    Ok((path, op))
}

/// The definition of what the path leads to; none for a part of an address.
fn field<'a>(scope: &Scope<'a>, path: &FieldPath) -> Result<Option<&'a FieldDef>, Failure> {
    let ty = scope.ty;
    let unknown = |name: &str, known: Vec<&str>| {
        let list = format!("`kontor schema {}` lists them", ty.name);
        Failure::usage("no-such-field", format!("{} has no field '{name}'", ty.name))
            .meant(nearest(name, known.iter().copied()), &list)
    };
    let Some(field) = ty.field(&path.field) else {
        // What the schema does not know but the record has can be changed all the same.
        if !scope.get(&path.field).is_empty() {
            return Ok(None);
        }
        return Err(unknown(&path.field, ty.fields.iter().map(|f| f.name.as_str()).collect()));
    };
    let parts: &[&str] = &crate::model::schema::ADDRESS_PARTS;
    match (&field.kind, path.rest.as_slice()) {
        (_, []) => Ok(Some(field)),
        (Kind::Address, [part]) if parts.contains(&part.as_str()) => Ok(None),
        (Kind::Address, [part]) => Err(unknown(&format!("{}.{part}", field.name), parts.to_vec())),
        (Kind::Lines(fields), [_, part]) => match fields.iter().find(|f| f.name == *part) {
            Some(part) => Ok(Some(part)),
            None => {
                let known = fields.iter().map(|f| f.name.as_str()).collect();
                Err(unknown(&format!("{}.{part}", field.name), known))
            }
        },
        _ => Err(unknown(&path.to_string(), vec![field.name.as_str()])),
    }
}
