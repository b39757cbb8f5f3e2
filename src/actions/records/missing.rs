//! What a change would leave missing, asked for in place.

use crate::actions::{ActionError, Context, FormQuestion, Input, Outcome, Question};
use crate::base::Ref;
use crate::model::edit::edited;
use crate::model::validate::findings;
use crate::model::{Change, ChangeSet, EditOp, FieldEdit, FieldsRef, Scope, Value};
use smol_str::SmolStr;

/// The changes with what was filled in, or a form that asks for the fields they would leave missing: a lost deal
/// needs its reason. `edits` are made in every target that has something to change.
pub fn complete(
    context: &Context<'_>,
    input: &Input,
    action: &'static str,
    title: &str,
    edits: Vec<(Ref, Vec<FieldEdit>)>,
) -> Result<Outcome, ActionError> {
    let filled = || input.fields.iter().map(|(path, op)| FieldEdit { path: path.clone(), op: op.clone() });
    let with_filled = |(reference, mut edits): (Ref, Vec<FieldEdit>)| {
        edits.extend(filled());
        (reference, edits)
    };
    let edits: Vec<_> = edits.into_iter().map(with_filled).collect();
    let mut only: Vec<SmolStr> = Vec::new();
    for field in edits.iter().flat_map(|(reference, edits)| missing(context, reference, edits)) {
        if !only.contains(&field) {
            only.push(field);
        }
    }
    match edits.first() {
        Some((reference, first)) if !only.is_empty() => Ok(Outcome::Ask(Question::Form(FormQuestion {
            title: title.to_owned(),
            makes: false,
            type_name: context
                .book
                .schema()
                .in_folder(&reference.folder)
                .map(|t| t.name.clone())
                .unwrap_or_default(),
            reference: Some(reference.clone()),
            only,
            preset: preset(first),
        }))),
        _ => {
            let change = |(reference, edits)| Change::Set { reference, edits };
            Ok(Outcome::Change(ChangeSet::new(action, edits.into_iter().map(change).collect()), None))
        }
    }
}

/// The required fields that the edits leave empty and that were not wanting before.
fn missing(context: &Context<'_>, reference: &Ref, edits: &[FieldEdit]) -> Vec<SmolStr> {
    let book = context.book;
    let Some(record) = book.get(reference) else { return Vec::new() };
    let Some(ty) = book.schema().in_folder(&reference.folder) else { return Vec::new() };
    let wanting = |fields: FieldsRef<'_>| -> Vec<SmolStr> {
        let scope = Scope { book, ty, fields };
        let found = findings(&scope, reference).into_iter().filter(|f| f.code == "required");
        found.filter_map(|f| f.at.into_iter().next()).collect()
    };
    let before = wanting((&record.fields).into());
    let after = wanting((&edited(&record.fields, edits)).into());
    after.into_iter().filter(|field| !before.contains(field)).collect()
}

/// What the form must know to judge its fields: the values that are about to change.
fn preset(edits: &[FieldEdit]) -> Vec<(SmolStr, Value)> {
    let value = |edit: &FieldEdit| match &edit.op {
        EditOp::Put(value) if edit.path.rest.is_empty() => Some((edit.path.field.clone(), value.clone())),
        _ => None,
    };
    edits.iter().filter_map(value).collect()
}
