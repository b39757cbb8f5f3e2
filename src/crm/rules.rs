//! Every rule a record is held against: those of its schema, and those of the settings that only a CRM understands.

use super::views;
use crate::base::Ref;
use crate::model::validate::{self, Finding, placed};
use crate::model::{Book, Problem, Record, Scope};
use crate::yaml::Node;

/// Everything wrong with a record of these fields; `reference` is the record's own, so that it does not collide with
/// itself.
pub fn findings(scope: &Scope<'_>, reference: &Ref) -> Vec<Finding> {
    let mut found = validate::findings(scope, reference);
    match scope.ty.name.as_str() {
        "view" => found.extend(views::faults(scope)),
        "segment" => found.extend(views::asked(scope)),
        _ => {}
    }
    found
}

/// The findings of a stored record as problems with positions; `root` is its parsed file.
pub fn problems(book: &Book, record: &Record, root: &Node) -> Vec<Problem> {
    let Some(scope) = Scope::of(book, record) else { return Vec::new() };
    placed(findings(&scope, &record.reference), &record.path, root)
}
