//! What was just done, as the message at the edge says it: by titles and labels, in a few words.

use super::tell::{label, shown, told_of};
use crate::base::Now;
use crate::model::kinds::title_of;
use crate::model::{Book, Record};
use crate::tr;
use crate::workspace::history::{EventKind, RecordEvent};
use crate::workspace::{Applied, Touched};

/// `Line 4 sensors: Proposal → Negotiation`, `added contact Marta Lind`; what was done to many records as the commit
/// says it.
pub fn briefly(book: &Book, applied: &Applied, now: Now) -> String {
    match main(&applied.touched) {
        Some(touched) => one(book, touched, now),
        None => applied.subject.clone(),
    }
}

/// The record that all is about: the one deleted, renamed or made, if others only follow it.
fn main(touched: &[Touched]) -> Option<&Touched> {
    let is_of = |kind: fn(&Touched) -> bool| touched.iter().filter(move |touched| kind(touched));
    let kinds: [fn(&Touched) -> bool; 4] = [
        |touched| touched.after.is_none(),
        |touched| was_renamed(touched),
        |touched| touched.before.is_none(),
        |_| true,
    ];
    let mut found = kinds.into_iter().find_map(|kind| is_of(kind).next().is_some().then(|| is_of(kind)))?;
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

fn was_renamed(touched: &Touched) -> bool {
    touched.before.as_ref().is_some_and(|before| before.reference != touched.reference)
}

fn one(book: &Book, touched: &Touched, now: Now) -> String {
    let kind_of = |record: &Record| {
        let ty = book.schema().in_folder(&record.reference.folder);
        ty.map(|ty| ty.label.get(book.settings().language()).to_lowercase()).unwrap_or_default()
    };
    let kind = match (&touched.before, &touched.after) {
        (Some(before), None) => {
            let (kind, title) = (kind_of(before), title_of(book, before));
            return tr!("deleted {kind} {title}", kind = kind, title = title).into_owned();
        }
        (None, _) => EventKind::Created,
        (Some(before), _) if was_renamed(touched) => EventKind::Renamed { from: before.reference.clone() },
        _ => EventKind::Changed,
    };
    let event = RecordEvent { reference: touched.reference.clone(), kind, fields: touched.changes() };
    moved(book, &event, now).unwrap_or_else(|| told_of(book, &event, now))
}

/// The new state of a record, and what it was before.
fn moved(book: &Book, event: &RecordEvent, now: Now) -> Option<String> {
    let state = book.schema().in_folder(&event.reference.folder)?.state_field()?;
    let change = event.fields.iter().find(|change| change.path.field == state.name)?;
    let told = |value| shown(book, &event.reference, change, value, now);
    let (old, new) = (told(&change.old), told(&change.new));
    let what = match (old.is_empty(), new.is_empty()) {
        _ if event.kind != EventKind::Changed => return None,
        (true, _) => format!("{} {new}", label(book, &event.reference, change)),
        (_, true) => tr!("{field} cleared", field = label(book, &event.reference, change)).into_owned(),
        _ => format!("{old} → {new}"),
    };
    Some(format!("{}: {what}", super::tell::title(book, event)))
}
