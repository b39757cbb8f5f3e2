//! What changed between two states of a record, field by field.

use super::change::FieldPath;
use super::{FieldsRef, Value};
use smol_str::SmolStr;

/// One value that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Which value.
    pub path: FieldPath,
    /// What it was.
    pub old: Value,
    /// What it is.
    pub new: Value,
}

/// The values that differ, in the order of the new state and then of what is gone. Maps are compared
/// entry by entry, lists of lines line by line (by their `id`), everything else as a whole.
pub fn diff<'a>(old: impl Into<FieldsRef<'a>>, new: impl Into<FieldsRef<'a>>) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    entries(old.into(), new.into(), &mut Vec::new(), &mut changes);
    changes
}

fn entries(old: FieldsRef<'_>, new: FieldsRef<'_>, at: &mut Vec<SmolStr>, out: &mut Vec<FieldChange>) {
    let has = |fields: FieldsRef<'_>, name: &str| fields.iter().any(|(n, _)| n == name);
    let gone = old.iter().filter(|(name, _)| !has(new, name));
    for (name, _) in new.iter().chain(gone) {
        at.push(name.clone());
        compare(old.get(name), new.get(name), at, out);
        at.pop();
    }
}

fn compare(old: &Value, new: &Value, at: &mut Vec<SmolStr>, out: &mut Vec<FieldChange>) {
    if old == new || (old.is_empty() && new.is_empty()) {
        return;
    }
    match (old, new) {
        (Value::Map(a), Value::Map(b)) => entries((&**a).into(), (&**b).into(), at, out),
        (Value::List(a), Value::List(b)) if identified(a) && identified(b) => {
            let keyed = |lines: &[Value]| -> Vec<(SmolStr, Value)> {
                lines.iter().map(|l| (SmolStr::new(l.get("id").as_str()), l.clone())).collect()
            };
            entries((&keyed(a)).into(), (&keyed(b)).into(), at, out);
        }
        _ => {
            let mut steps = at.iter().cloned();
            let path = FieldPath { field: steps.next().unwrap_or_default(), rest: steps.collect() };
            out.push(FieldChange { path, old: old.clone(), new: new.clone() });
        }
    }
}

fn identified(lines: &[Value]) -> bool {
    !lines.is_empty() && lines.iter().all(|l| !l.get("id").as_str().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Value, test_fields};

    fn check(old: &str, new: &str, expect: &[&str]) {
        let said: Vec<_> = diff(&test_fields(old), &test_fields(new))
            .into_iter()
            .map(|c| format!("{}: {} -> {}", c.path, c.old.scalars().join(","), c.new.scalars().join(",")))
            .collect();
        assert_eq!(said, expect);
    }

    #[test]
    fn names_each_value_that_differs() {
        check("a: 1\nb: 2\n", "a: 1\nb: 2\n", &[]);
        check("a: 1\nb: 2\n", "b: 2\na: 1\n", &[]);
        check("a: 1\n", "a: 2\nb: 3\n", &["a: 1 -> 2", "b:  -> 3"]);
        check("a: 1\nb: 2\n", "b: 2\n", &["a: 1 -> "]);
        check("a: {x: 1, y: 2}\n", "a: {x: 1, y: 3}\n", &["a.y: 2 -> 3"]);
        check("t: [a]\n", "t: [a, b]\n", &["t: a -> a,b"]);
        check(
            "l: [{id: p, q: 1}, {id: r, q: 2}]\n",
            "l: [{id: r, q: 5}, {id: p, q: 1}]\n",
            &["l.r.q: 2 -> 5"],
        );
        check("a:\n", "a: ~\n", &[]);
    }

    #[test]
    fn an_added_line_is_one_change() {
        let changes =
            diff(&test_fields("l: [{id: p, q: 1}]\n"), &test_fields("l: [{id: p, q: 1}, {id: r, q: 2}]\n"));
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].old, Value::Empty);
        assert_eq!(changes[0].path.to_string(), "l.r");
    }
}
