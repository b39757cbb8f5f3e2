//! The commit message of a change: a subject a person can read, a line per field, and trailers for programs.

use super::plan::Touched;
use crate::base::Now;
use crate::base::text::{contrast, cut, safe};
use crate::git::Message;
use crate::model::diff::FieldChange;
use crate::model::kinds::{show, title_of};
use crate::model::{Book, Record, Scope, Value};

/// The trailer that names the action.
pub const ACTION: &str = "Kontor-Action";
/// The trailer that names a record the commit changes; one for each.
pub const RECORD: &str = "Kontor-Record";

/// The trailer by which an undo names the commit it takes back.
pub const UNDOES: &str = "Kontor-Undoes";
/// The trailer by which a redo names the commit it makes stand again.
pub const REDOES: &str = "Kontor-Redoes";

/// A subject should fit a log line.
const SUBJECT: usize = 100;
/// A value in a message is cut here.
const VALUE: usize = 48;
/// A commit of thousands of records does not list every field.
const BODY_LINES: usize = 200;
const RECORD_TRAILERS: usize = 1000;

/// The message for these records changed by `action`.
pub fn message(book: &Book, action: &str, summary: Option<&str>, touched: &[Touched], now: Now) -> Message {
    let changes: Vec<(&Touched, Vec<FieldChange>)> = touched.iter().map(|t| (t, t.changes())).collect();
    let subject = summary.map_or_else(|| subject(book, &changes, now), |s| safe(s).into_owned());
    let mut message = Message::new(cut(&subject, SUBJECT)).with_body(body(book, &changes, now));
    message = message.with_trailer(ACTION, action);
    for (touched, _) in changes.iter().take(RECORD_TRAILERS) {
        message = message.with_trailer(RECORD, touched.reference.to_string());
    }
    message
}

fn subject(book: &Book, changes: &[(&Touched, Vec<FieldChange>)], now: Now) -> String {
    match changes {
        [] => "nothing changed".to_owned(),
        [(touched, fields)] => format!("{}: {}", touched.reference, what(book, touched, fields, now)),
        several => {
            let folder = &several[0].0.reference.folder;
            let one_folder = several.iter().all(|(t, _)| t.reference.folder == *folder);
            let noun = if one_folder { folder.as_str() } else { "records" };
            let mut verbs: Vec<String> =
                several.iter().map(|(t, fields)| common(book, t, fields, now)).collect();
            verbs.dedup();
            let verb = if verbs.len() == 1 { verbs.swap_remove(0) } else { "changed".to_owned() };
            format!("{} {noun}: {verb}", several.len())
        }
    }
}

/// What happened to one record.
fn what(book: &Book, touched: &Touched, fields: &[FieldChange], now: Now) -> String {
    match (&touched.before, &touched.after) {
        (None, Some(record)) => format!("new {}", named(book, record)),
        (Some(record), None) => format!("deleted {}", named(book, record)),
        (Some(before), _) if before.reference != touched.reference => {
            format!("renamed from {}", before.reference)
        }
        _ => match telling(book, touched, fields).as_slice() {
            [] => rewritten(touched),
            [one] => format!("{} {}", name(one), arrow(book, touched, one, now)),
            [state, others @ ..] if is_state(book, touched, state) => {
                let others: String = others.iter().map(|c| format!(", {}", name(c))).collect();
                format!("{} {}{others}", name(state), arrow(book, touched, state, now))
            }
            several => several.iter().map(|c| name(c)).collect::<Vec<_>>().join(", "),
        },
    }
}

/// What happened to a file whose values are the same as before.
fn rewritten(touched: &Touched) -> String {
    match (&touched.before, &touched.after) {
        (Some(before), Some(after)) if before.path != after.path => format!("moved to {}", after.path),
        _ => "rewritten".to_owned(),
    }
}

/// The changes worth a subject: the state first, and none of what Kontor notes by itself.
fn telling<'a>(book: &Book, touched: &Touched, fields: &'a [FieldChange]) -> Vec<&'a FieldChange> {
    let ty = book.schema().in_folder(&touched.reference.folder);
    let stamped = |c: &&FieldChange| ty.and_then(|ty| ty.field(&c.path.field)).is_some_and(|f| f.readonly);
    let mut telling: Vec<_> = fields.iter().filter(|c| !stamped(c)).collect();
    if telling.is_empty() {
        telling = fields.iter().collect();
    }
    telling.sort_by_key(|c| !is_state(book, touched, c));
    telling
}

fn is_state(book: &Book, touched: &Touched, change: &FieldChange) -> bool {
    let ty = book.schema().in_folder(&touched.reference.folder);
    ty.and_then(|ty| ty.state_field()).is_some_and(|f| f.name == change.path.field)
}

/// What happened, without what differs from record to record.
fn common(book: &Book, touched: &Touched, fields: &[FieldChange], now: Now) -> String {
    match (&touched.before, &touched.after) {
        (None, Some(_)) => "new".to_owned(),
        (Some(_), None) => "deleted".to_owned(),
        _ => match telling(book, touched, fields).as_slice() {
            [one] => {
                let new = shown(book, touched.after.as_ref(), one, &one.new, now);
                format!("{} → {}", name(one), cut(&new, VALUE))
            }
            several => several.iter().map(|c| name(c)).collect::<Vec<_>>().join(", "),
        },
    }
}

fn named(book: &Book, record: &Record) -> String {
    let kind = book.schema().in_folder(&record.reference.folder).map_or("record", |t| t.name.as_str());
    format!("{} {}", kind.replace('_', " "), cut(&title_of(book, record), VALUE))
}

fn body(book: &Book, changes: &[(&Touched, Vec<FieldChange>)], now: Now) -> String {
    let alone = changes.len() == 1;
    let (mut lines, mut more) = (Vec::new(), 0);
    for (touched, fields) in changes {
        let whole = touched.before.is_none() || touched.after.is_none();
        // The subject says it all.
        if alone && whole {
            continue;
        }
        let prefix = if alone { String::new() } else { format!("{} ", touched.reference) };
        let count = if whole { 1 } else { fields.len() };
        let room = count.min(BODY_LINES - lines.len());
        more += count - room;
        match whole {
            true if room > 0 => lines.push(format!("{prefix}{}", what(book, touched, fields, now))),
            true => {}
            false => lines.extend(
                fields
                    .iter()
                    .take(room)
                    .map(|c| format!("{prefix}{}: {}", name(c), arrow(book, touched, c, now))),
            ),
        }
    }
    let mut text = lines.join("\n");
    if more > 0 {
        text.push_str(&format!("\nand {more} more"));
    }
    text
}

/// The field's name, which in a file may be anything, as one short line.
fn name(change: &FieldChange) -> String {
    cut(&change.path.to_string(), VALUE).into_owned()
}

fn arrow(book: &Book, touched: &Touched, change: &FieldChange, now: Now) -> String {
    // Each value is read in the record as it was then: a stage is one of the pipeline of its time.
    let old = shown(book, touched.before.as_deref(), change, &change.old, now);
    let new = shown(book, touched.after.as_ref(), change, &change.new, now);
    match (change.old.is_empty(), change.new.is_empty()) {
        (true, _) => format!("→ {}", cut(&new, VALUE)),
        (_, true) => format!("{} → (empty)", cut(&old, VALUE)),
        _ => {
            let (old, new) = contrast(&old, &new, VALUE);
            format!("{old} → {new}")
        }
    }
}

/// Labels for choices and titles for links; everything else as the file spells it.
fn shown(book: &Book, record: Option<&Record>, change: &FieldChange, value: &Value, now: Now) -> String {
    use crate::model::Kind;
    let scope = record.and_then(|r| Scope::of(book, r));
    let field = scope.and_then(|s| s.ty.field(&change.path.field)).filter(|_| change.path.rest.is_empty());
    match (scope, field) {
        (Some(scope), Some(field)) if matches!(field.kind, Kind::Choice(_)) || field.is_link() => {
            show(&scope, field, value, now)
        }
        _ => value.scalars().join(", "),
    }
}
