//! A commit told in one sentence: "moved Renewal 2027 to Negotiation, 48,000 € → 52,000 €".

use crate::base::{Id, Now, Ref};
use crate::model::diff::FieldChange;
use crate::model::kinds::{choice_of, show, title_of_ref};
use crate::model::{Book, FieldDef, Scope, Value};
use crate::workspace::history::{Event, EventKind, RecordEvent};
use crate::{tr, tr_n};

/// What a commit did, as a colleague would tell it.
pub fn told(book: &Book, event: &Event, now: Now) -> String {
    match event.records.as_slice() {
        [] => event.subject.clone(),
        _ if event.reverts.is_some() => reverted(event),
        [one] => told_of(book, one, now),
        several => {
            let others = tr_n!("and {n} more", "and {n} more", several.len() - 1);
            match several.iter().find(|r| r.kind == EventKind::Changed).or(several.first()) {
                Some(first) if several.len() < 4 => format!("{} {others}", told_of(book, first, now)),
                _ => event.subject.clone(),
            }
        }
    }
}

/// An undo, or what took one back: its subject begins with the word for it.
fn reverted(event: &Event) -> String {
    let what = |verb: &str| event.subject.strip_prefix(verb).unwrap_or(&event.subject).to_owned();
    match event.action.as_deref() {
        Some("redo") => tr!("did again: {what}", what = what("Redo ")).into_owned(),
        _ => tr!("took back: {what}", what = what("Undo ")).into_owned(),
    }
}

/// What happened to one record.
pub fn told_of(book: &Book, record: &RecordEvent, now: Now) -> String {
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
    if ty.is_some_and(|ty| ty.name == "activity") && moved.first().is_some_and(|c| c.new.as_str() == "done") {
        // What came of it stands in its text.
        return tr!("finished {title}", title = title).into_owned();
    }
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
        // Only its comments or its form.
        None if rest.is_empty() => tr!("rewrote {title}", title = title).into_owned(),
        None => format!("{title}: {rest}"),
    }
}

/// What was newly written to somebody: the line of a text that holds `@` and their id, without that where it begins
/// with it.
pub fn mention(record: &RecordEvent, whom: &Id) -> Option<String> {
    let mut new = record.fields.iter().flat_map(|change| {
        let known: Vec<&str> = change.old.scalars().into_iter().flat_map(str::lines).collect();
        let lines = change.new.scalars().into_iter().flat_map(str::lines);
        lines.filter(move |line| !known.contains(line)).collect::<Vec<_>>()
    });
    new.find_map(|line| {
        let after = speaks_to(line, whom.as_str())?;
        let rest = line[after..].trim_start_matches([':', ',', ' ']).trim();
        let begins = line.trim_start().starts_with('@') && !rest.is_empty();
        Some(if begins { rest } else { line.trim() }.to_owned())
    })
}

/// Where the first `@id` in the text ends, as a word of its own.
fn speaks_to(text: &str, id: &str) -> Option<usize> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '@');
    let found = text.match_indices('@').find(|(at, _)| {
        let before = text[..*at].chars().next_back();
        let rest = &text[at + 1..];
        let after = rest.get(id.len()..).map(|after| after.trim_start_matches('.').chars().next());
        let same = rest.get(..id.len()).is_some_and(|name| name.eq_ignore_ascii_case(id));
        same && !before.is_some_and(is_word) && !after.flatten().is_some_and(is_word)
    });
    found.map(|(at, _)| at + 1 + id.len())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FieldPath;

    #[track_caller]
    fn check(old: &str, new: &str, expect: Option<&str>) {
        let fields = vec![FieldChange {
            path: FieldPath::field("body"),
            old: Value::text(old),
            new: Value::text(new),
        }];
        let reference = "activities/note".parse().unwrap();
        let record = RecordEvent { reference, kind: EventKind::Changed, fields };
        assert_eq!(mention(&record, &"lena".parse().unwrap()).as_deref(), expect, "{new}");
    }

    #[test]
    fn what_is_written_to_somebody() {
        check("", "@lena: Marta prefers mornings", Some("Marta prefers mornings"));
        check("", "Left Hamburg.\n@Lena, call her back\nToday.", Some("call her back"));
        check("", "Ask @lena.", Some("Ask @lena."));
        check("", "For (@lena)", Some("For (@lena)"));
        check("", "müde @lena", Some("müde @lena"));
        check("", "@lena", Some("@lena"));
    }

    #[test]
    fn what_is_not() {
        check("", "@lenard: no", None);
        check("", "@lena-vogt: no", None);
        check("", "mail@lena.example", None);
        check("", "lena knows", None);
        check("@lena: old", "@lena: old\nmore", None);
        check("@lena: old", "@lena: old\n@lena: new", Some("new"));
    }
}
