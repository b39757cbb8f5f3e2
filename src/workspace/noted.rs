//! What Kontor notes along with a person's edit: stamped days and times, and how long a case has waited.

use crate::base::{Now, Span};
use crate::crm::sla::paused_after_wait;
use crate::model::edit::edited;
use crate::model::stamp::stamps;
use crate::model::{Book, FieldEdit, Record, Value};

/// `after` with all that is to be noted when a record goes from `before` to it.
pub fn noted(book: &Book, before: Option<&Record>, mut after: Record, now: Now) -> Record {
    after.fields = edited(&after.fields, &stamps(book, before, &after, now)).into();
    if let Some(span) = before.and_then(|before| waited(book, before, &after, now)) {
        let edit = FieldEdit::put("paused_for", Value::text(span.to_string()));
        after.fields = edited(&after.fields, &[edit]).into();
    }
    after
}

/// How long the clocks of a case stood still, once it leaves a status in which they do.
fn waited(book: &Book, before: &Record, after: &Record, now: Now) -> Option<Span> {
    let is_case = book.schema().in_folder(&after.reference.folder).is_some_and(|ty| ty.name == "case");
    if !is_case || before.text("status") == after.text("status") {
        return None;
    }
    let still_waits = paused_after_wait(book, after, now).is_some();
    paused_after_wait(book, before, now).filter(|_| !still_waits)
}
