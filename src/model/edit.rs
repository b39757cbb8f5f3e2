//! Applies field edits to a record's fields in memory: the meaning that the lossless edit of the file must
//! agree with.

use super::change::{EditOp, FieldEdit, FieldPath};
use super::{FieldsRef, Value};
use smol_str::SmolStr;

/// The fields after `edits`. A field that an edit leaves empty is dropped.
pub fn edited<'a>(fields: impl Into<FieldsRef<'a>>, edits: &[FieldEdit]) -> Vec<(SmolStr, Value)> {
    let mut after = fields.into().to_vec();
    for edit in edits {
        let name = &edit.path.field;
        let place = after.iter().position(|(n, _)| n == name);
        let before = place.map(|at| after[at].1.clone());
        apply_in(&mut after, name, &edit.path.rest, &edit.op);
        // What was empty before, and is spelled so in the file, is not touched.
        after.retain(|(n, value)| n != name || !value.is_empty() || before.as_ref() == Some(value));
    }
    after
}

/// The value at a path, [`Value::Empty`] where there is none.
pub fn value_at<'a>(fields: impl Into<FieldsRef<'a>>, path: &FieldPath) -> &'a Value {
    let root = fields.into().get(&path.field);
    path.rest.iter().fold(root, |value, step| match value {
        Value::List(lines) => lines.iter().find(|l| l.get("id").as_str() == step).unwrap_or(Value::empty()),
        other => other.get(step),
    })
}

fn apply(value: &mut Value, steps: &[SmolStr], op: &EditOp) {
    let Some((step, rest)) = steps.split_first() else {
        return change(value, op);
    };
    if let Value::List(held) = value {
        let mut lines = std::mem::take(held).into_vec();
        if rest.is_empty() && *op == EditOp::Clear {
            lines.retain(|line| line.get("id").as_str() != step);
        } else if let Some(line) = lines.iter_mut().find(|l| l.get("id").as_str() == step) {
            apply(line, rest, op);
        } else if !matches!(op, EditOp::Clear | EditOp::Take(_)) {
            let mut line = Value::map([("id", Value::Text(step.clone()))]);
            apply(&mut line, rest, op);
            lines.push(line);
        }
        *held = lines.into();
        return;
    }
    if !matches!(value, Value::Map(_)) {
        if matches!(op, EditOp::Clear | EditOp::Take(_)) {
            return;
        }
        *value = Value::map([]);
    }
    let Value::Map(held) = value else { return };
    let mut entries = std::mem::take(held).into_vec();
    apply_in(&mut entries, step, rest, op);
    *held = entries.into();
}

/// Applies an operation to what is below the entry of that name.
fn apply_in(entries: &mut Vec<(SmolStr, Value)>, step: &SmolStr, rest: &[SmolStr], op: &EditOp) {
    let removes = rest.is_empty() && *op == EditOp::Clear;
    match entries.iter().position(|(name, _)| name == step) {
        Some(at) if removes => {
            entries.remove(at);
        }
        Some(at) => apply(&mut entries[at].1, rest, op),
        None if matches!(op, EditOp::Clear | EditOp::Take(_)) => {}
        None => {
            let mut inner = Value::Empty;
            apply(&mut inner, rest, op);
            entries.push((step.clone(), inner));
        }
    }
}

fn change(value: &mut Value, op: &EditOp) {
    match op {
        EditOp::Put(new) => *value = new.clone(),
        EditOp::Clear => *value = Value::Empty,
        EditOp::Add(item) => {
            let mut items = value.items().to_vec();
            if !items.contains(item) {
                items.push(item.clone());
            }
            *value = Value::List(items.into());
        }
        EditOp::Take(item) => {
            *value = Value::List(value.items().iter().filter(|i| *i != item).cloned().collect());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> Vec<(SmolStr, Value)> {
        let line = |id: &str, quantity: &str| {
            Value::map([("id", Value::text(id)), ("quantity", Value::text(quantity))])
        };
        vec![
            ("name".into(), Value::text("Acme")),
            ("tags".into(), Value::texts(["pilot"])),
            ("billing_address".into(), Value::map([("city", Value::text("Kiel"))])),
            ("lines".into(), Value::List([line("a1b2", "3"), line("c3d4", "5")].into())),
        ]
    }

    fn check(path: &str, op: EditOp, expect: Value) {
        let path: FieldPath = path.parse().unwrap();
        let after = edited(&fields(), &[FieldEdit { path: path.clone(), op }]);
        assert_eq!(*value_at(&after, &path), expect, "{path}");
    }

    #[test]
    fn reaches_every_place() {
        check("name", EditOp::Put(Value::text("Acme GmbH")), Value::text("Acme GmbH"));
        check("website", EditOp::Put(Value::text("acme.example")), Value::text("acme.example"));
        check("name", EditOp::Clear, Value::Empty);
        check("absent", EditOp::Clear, Value::Empty);
        check("tags", EditOp::Add(Value::text("iso")), Value::texts(["pilot", "iso"]));
        check("tags", EditOp::Add(Value::text("pilot")), Value::texts(["pilot"]));
        check("tags", EditOp::Take(Value::text("pilot")), Value::Empty);
        check("tags", EditOp::Take(Value::text("absent")), Value::texts(["pilot"]));
        check("labels", EditOp::Add(Value::text("new")), Value::texts(["new"]));
        check("billing_address.city", EditOp::Put(Value::text("Rostock")), Value::text("Rostock"));
        check("shipping_address.city", EditOp::Put(Value::text("Rostock")), Value::text("Rostock"));
        check("lines.c3d4.quantity", EditOp::Put(Value::text("6")), Value::text("6"));
        check("lines.a1b2", EditOp::Clear, Value::Empty);
        check("lines.e5f6.quantity", EditOp::Put(Value::text("1")), Value::text("1"));
    }

    #[test]
    fn a_field_left_empty_is_dropped_and_one_that_was_empty_stays() {
        let names = |path: &str, op: EditOp| -> Vec<String> {
            let mut fields = fields();
            fields.push(("phones".into(), Value::List(Box::default())));
            let after = edited(&fields, &[FieldEdit { path: path.parse().unwrap(), op }]);
            after.iter().map(|(name, _)| name.to_string()).collect()
        };
        let all = ["name", "tags", "billing_address", "lines", "phones"];
        let without = |gone: &str| all.into_iter().filter(|n| *n != gone).collect::<Vec<_>>();
        assert_eq!(names("tags", EditOp::Take(Value::text("pilot"))), without("tags"));
        assert_eq!(names("billing_address.city", EditOp::Clear), without("billing_address"));
        assert_eq!(names("website", EditOp::Put(Value::Empty)), all);
        assert_eq!(names("name", EditOp::Put(Value::Empty)), without("name"));
        assert_eq!(names("phones", EditOp::Take(Value::text("1"))), all);
        assert_eq!(names("phones", EditOp::Clear), without("phones"));
    }

    #[test]
    fn other_fields_stay() {
        let path = "lines.c3d4.quantity".parse().unwrap();
        let after = edited(&fields(), &[FieldEdit { path, op: EditOp::Put(Value::text("6")) }]);
        assert_eq!(after[..3], fields()[..3]);
        assert_eq!(after[3].1.items()[0], fields()[3].1.items()[0]);
    }
}
