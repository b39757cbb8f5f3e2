//! The dates Kontor writes by itself: when a deal entered its stage, when a case was closed.

use super::resolve::Scope;
use super::schema::{FieldDef, Kind, Stamp};
use super::{Book, FieldEdit, Moment, Record, Value};
use crate::base::Now;

/// The edits that the stamps of the type ask for when a record goes from `old` to `new`.
pub fn stamps(book: &Book, old: Option<&Record>, new: &Record, now: Now) -> Vec<FieldEdit> {
    let Some(scope) = Scope::of(book, new) else { return Vec::new() };
    let before = old.and_then(|r| Scope::of(book, r));
    let stamped = scope.ty.fields.iter().filter_map(|field| field.stamp.as_ref().map(|stamp| (field, stamp)));
    stamped.filter_map(|(field, stamp)| edit(field, stamp, before, scope, now)).collect()
}

fn edit(
    field: &FieldDef,
    stamp: &Stamp,
    old: Option<Scope<'_>>,
    new: Scope<'_>,
    now: Now,
) -> Option<FieldEdit> {
    let written_by_hand = old.map_or(Value::empty(), |o| o.get(&field.name)) != new.get(&field.name);
    if written_by_hand {
        return None;
    }
    let stamp_it = || Some(FieldEdit::put(&field.name, current(field, now)));
    match stamp {
        Stamp::On(other) => {
            let changed = old.map_or(Value::empty(), |o| o.get(other)) != new.get(other);
            if changed && !new.get(other).is_empty() { stamp_it() } else { None }
        }
        Stamp::When { condition, at } => {
            let was = old.is_some_and(|o| condition.holds(&o));
            match (was, condition.holds(&new)) {
                (false, true) => {
                    let then = at.as_deref().filter(|_| old.is_none()).and_then(|at| past(new, at, now));
                    then.map(|then| FieldEdit::put(&field.name, then)).or_else(stamp_it)
                }
                (true, false) if !new.get(&field.name).is_empty() => Some(FieldEdit::clear(&field.name)),
                _ => None,
            }
        }
    }
}

/// The moment a field holds, if it is over.
fn past(scope: Scope<'_>, field: &str, now: Now) -> Option<Value> {
    let value = scope.get(field);
    let moment = Moment::read(value.as_str())?;
    (moment.end(now.zone) <= now.utc).then(|| value.clone())
}

/// Today or now, as the field's kind spells it.
pub fn current(field: &FieldDef, now: Now) -> Value {
    let moment = match field.kind {
        Kind::Date => Moment::Day(now.today()),
        _ => Moment::At(now.local().fixed_offset()),
    };
    Value::text(moment.to_string())
}
