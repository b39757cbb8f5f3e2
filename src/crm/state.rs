//! Where a record stands in its life, and whether it is finished.

use crate::model::kinds::{ChoiceItem, choice_of};
use crate::model::schema::Options;
use crate::model::{Book, Kind, Record, Scope};

/// The word its state field holds, with label and tone.
pub fn of(book: &Book, record: &Record) -> Option<ChoiceItem> {
    let scope = Scope::of(book, record)?;
    choice_of(&scope, scope.ty.state_field()?)
}

/// Whether it is finished: a closed word of the schema, or a stage that won or lost. What has no state, or one
/// nobody knows, is not finished.
pub fn is_closed(book: &Book, record: &Record) -> bool {
    let Some(scope) = Scope::of(book, record) else { return false };
    let Some(field) = scope.ty.state_field() else { return false };
    let word = scope.get(&field.name).as_str();
    match &field.kind {
        Kind::Choice(Options::From { link, lines }) => {
            let line = scope.linked(link).map(|owner| owner.get(lines).items());
            let line = line.unwrap_or_default().iter().find(|line| line.get("id").as_str() == word);
            line.is_some_and(|line| matches!(line.get("kind").as_str(), "won" | "lost"))
        }
        _ => scope.ty.is_closed_word(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::{book, reference};

    #[test]
    fn finished_or_not() {
        let book = book(
            "
pipelines/p: {name: P, stages: [{id: open, kind: open}, {id: yes, kind: won, name: Signed}, {id: no, kind: lost}]}
opportunities/a: {pipeline: p, stage: open}
opportunities/b: {pipeline: p, stage: \"yes\"}
opportunities/c: {pipeline: p, stage: unheard-of}
opportunities/d: {stage: \"no\"}
cases/a: {status: closed}
cases/b: {status: new}
accounts/a: {name: A}
",
        );
        let check = |r: &str, closed: bool, label: Option<&str>| {
            let record = book.get(&reference(r)).unwrap();
            assert_eq!(is_closed(&book, record), closed, "{r}");
            assert_eq!(of(&book, record).map(|c| c.label).as_deref(), label, "{r}");
        };
        check("opportunities/a", false, Some("open"));
        check("opportunities/b", true, Some("Signed"));
        check("opportunities/c", false, None);
        check("opportunities/d", false, Some("no"));
        check("cases/a", true, Some("Closed"));
        check("cases/b", false, Some("New"));
        check("accounts/a", false, None);
    }
}
