//! A commit told in one sentence: "moved Renewal 2027 to Negotiation, 48,000 € → 52,000 €".

use crate::base::{Now, Ref};
use crate::model::diff::FieldChange;
use crate::model::kinds::{choice_of, show, title_of_ref};
use crate::model::{Book, FieldDef, Scope, Value};
use crate::workspace::history::{Event, EventKind, RecordEvent};
use crate::{tr, tr_n};

/// What a commit did, as a colleague would tell it.
pub fn told(book: &Book, event: &Event, now: Now) -> String {
    match event.records.as_slice() {
        [] => event.subject.clone(),
        _ if event.reverts.is_some() => tr!("took back: {what}", what = event.subject).into_owned(),
        [one] => of_record(book, one, now),
        several => {
            let others = tr_n!("and {n} more", "and {n} more", several.len() - 1);
            match several.iter().find(|r| r.kind == EventKind::Changed).or(several.first()) {
                Some(first) if several.len() < 4 => format!("{} {others}", of_record(book, first, now)),
                _ => event.subject.clone(),
            }
        }
    }
}

/// What happened to one record.
fn of_record(book: &Book, record: &RecordEvent, now: Now) -> String {
    let title = title(book, record);
    let ty = book.schema().in_folder(&record.reference.folder);
    let label = ty.map(|t| t.label.get(book.settings().language()).to_lowercase()).unwrap_or_default();
    match &record.kind {
        EventKind::Created if ty.is_some_and(|ty| ty.name == "activity") => {
            planned_or_done(book, record, &title)
        }
        EventKind::Created => tr!("added {kind} {title}", kind = label, title = title).into_owned(),
        EventKind::Deleted => tr!("deleted {kind} {title}", kind = label, title = title).into_owned(),
        EventKind::Renamed { from } => {
            tr!("renamed {from} to {title}", from = from, title = title).into_owned()
        }
        EventKind::Unreadable => tr!("rewrote {title}", title = title).into_owned(),
        EventKind::Changed => changed(book, record, &title, now),
    }
}

/// Activities are what people do all day, so they are told as that.
fn planned_or_done(book: &Book, record: &RecordEvent, title: &str) -> String {
    let written =
        |name: &str| record.fields.iter().find(|c| c.path.field == name).map_or("", |c| c.new.as_str());
    let scope = book.get(&record.reference).and_then(|activity| Scope::of(book, activity));
    let choice = scope.and_then(|scope| scope.ty.field("type").and_then(|field| choice_of(&scope, field)));
    let kind = choice.map_or_else(|| written("type").to_owned(), |choice| choice.label.to_lowercase());
    match written("status") {
        "done" => tr!("logged {kind}: {title}", kind = kind, title = title),
        _ => tr!("planned {kind}: {title}", kind = kind, title = title),
    }
    .into_owned()
}

fn changed(book: &Book, record: &RecordEvent, title: &str, now: Now) -> String {
    let own = by_people(book, record);
    let ty = book.schema().in_folder(&record.reference.folder);
    let state = ty.and_then(|ty| ty.state_field()).map(|field| &field.name);
    let (moved, others): (Vec<&FieldChange>, Vec<&FieldChange>) =
        own.into_iter().partition(|c| Some(&c.path.field) == state);
    let mut parts: Vec<String> =
        others.iter().take(2).map(|change| arrow(book, &record.reference, change, now)).collect();
    if others.len() > 2 {
        parts.push(tr!("{n} more", n = others.len() - 2).into_owned());
    }
    let rest = parts.join(", ");
    match moved.first() {
        Some(change) => {
            let to = shown(book, &record.reference, change, &change.new, now);
            let moved = tr!("moved {title} to {state}", title = title, state = to);
            if rest.is_empty() { moved.into_owned() } else { format!("{moved}, {rest}") }
        }
        None => format!("{title}: {rest}"),
    }
}

/// The changes a person made: without the days and times that Kontor stamps along.
pub fn by_people<'a>(book: &Book, record: &'a RecordEvent) -> Vec<&'a FieldChange> {
    let ty = book.schema().in_folder(&record.reference.folder);
    let stamped =
        |c: &&FieldChange| ty.and_then(|ty| ty.field(&c.path.field)).is_some_and(|f| f.stamp.is_some());
    let own: Vec<_> = record.fields.iter().filter(|c| !stamped(c)).collect();
    if own.is_empty() { record.fields.iter().collect() } else { own }
}

/// `Amount 48,000 € → 52,000 €`, without what was empty; a long text only by its name.
fn arrow(book: &Book, reference: &Ref, change: &FieldChange, now: Now) -> String {
    let label = label(book, reference, change).to_lowercase();
    let (old, new) =
        (shown(book, reference, change, &change.old, now), shown(book, reference, change, &change.new, now));
    if old.chars().count() + new.chars().count() > 60 {
        return label;
    }
    match (old.is_empty(), new.is_empty()) {
        (_, true) => tr!("{field} cleared", field = label).into_owned(),
        (true, _) => format!("{label} {new}"),
        _ => format!("{label} {old} → {new}"),
    }
}

/// What people call the record: by its title, or by the one it had when it was there.
pub fn title(book: &Book, record: &RecordEvent) -> String {
    if book.get(&record.reference).is_some() {
        return title_of_ref(book, &record.reference);
    }
    let past = |name: &str| record.fields.iter().find(|c| c.path.field == name && c.path.rest.is_empty());
    let named = ["name", "subject", "last_name", "title"].into_iter().find_map(past);
    let text = named.map(|c| if c.old.is_empty() { c.new.as_str() } else { c.old.as_str() });
    text.map_or_else(|| record.reference.id.to_string(), str::to_owned)
}

/// What people call the changed value: `Amount`, `Billing address city`.
pub fn label(book: &Book, reference: &Ref, change: &FieldChange) -> String {
    let language = book.settings().language();
    let field = field(book, reference, change);
    let mut label =
        field.map_or_else(|| change.path.field.replace('_', " "), |f| f.label.get(language).to_owned());
    for step in &change.path.rest {
        label.push(' ');
        label.push_str(&step.replace('_', " "));
    }
    label
}

/// A value of the change for people.
pub fn shown(book: &Book, reference: &Ref, change: &FieldChange, value: &Value, now: Now) -> String {
    let plain = || match value {
        Value::Map(entries) => {
            let parts = entries.iter().map(|(key, value)| format!("{key} {}", value.scalars().join(", ")));
            parts.collect::<Vec<_>>().join(" · ")
        }
        other => other.scalars().join(", "),
    };
    let (Some(field), true) = (field(book, reference, change), change.path.rest.is_empty()) else {
        return plain();
    };
    match book.get(reference).and_then(|record| Scope::of(book, record)) {
        Some(scope) => show(&scope, field, value, now),
        None => plain(),
    }
}

fn field<'b>(book: &'b Book, reference: &Ref, change: &FieldChange) -> Option<&'b FieldDef> {
    book.schema().in_folder(&reference.folder)?.field(&change.path.field)
}
