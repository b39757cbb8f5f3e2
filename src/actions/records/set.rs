//! One field of every marked record, in one commit.

use crate::actions::when::some_records;
use crate::actions::{
    Action, ActionError, Context, FormQuestion, Group, Input, Outcome, PickOption, Question, Scope,
};
use crate::base::Ref;
use crate::model::kinds::show;
use crate::model::{
    Change, ChangeSet, EditOp, FieldDef, FieldEdit, FieldPath, Scope as Fields, TypeDef, Value,
};
use crate::{tr, tr_n};
use std::sync::Arc;

/// Set a field on all marked records.
pub const ACTION: Action = Action {
    name: "set",
    title: "Set a field on all marked",
    hint: "set",
    group: Group::Records,
    scope: Scope::Global,
    keys: &["B"],
    available: some_records,
    run,
};

fn run(context: &Context<'_>, input: &Input) -> Result<Outcome, ActionError> {
    let targets = context.targets();
    if !input.fields.is_empty() {
        return Ok(Outcome::Change(set(&targets, &input.fields, "set"), None));
    }
    let several = || tr!("the marked records are of several types: mark some of one type only");
    let ty = common_type(context).ok_or_else(|| ActionError::Unavailable(several()))?;
    let Some(name) = &input.answer else { return Ok(Outcome::Ask(which(context, ty))) };
    let field = ty.field(name).ok_or_else(|| {
        ActionError::Refused(tr!("{type_} has no field '{name}'", type_ = ty.name, name = name).into())
    })?;
    let title = field.label.get(context.book.settings().language()).to_owned();
    let one = if let [one] = targets.as_slice() { Some(one.clone()) } else { None };
    let common = if one.is_none() { common_value(context, field) } else { None };
    Ok(Outcome::Ask(Question::Form(FormQuestion {
        title: tr_n!("{field} of {n} record", "{field} of {n} records", targets.len(), field = title).into(),
        makes: false,
        type_name: ty.name.clone(),
        reference: one,
        only: vec![field.name.clone()],
        preset: common.map(|value| (field.name.clone(), value)).into_iter().collect(),
    })))
}

/// The change that makes these edits in all these records.
pub fn set(targets: &[Ref], fields: &[(FieldPath, EditOp)], action: &'static str) -> ChangeSet {
    let edits: Vec<_> =
        fields.iter().map(|(path, op)| FieldEdit { path: path.clone(), op: op.clone() }).collect();
    let change = |reference: &Ref| Change::Set { reference: reference.clone(), edits: edits.clone() };
    ChangeSet::new(action, targets.iter().map(change).collect())
}

fn common_type<'a>(context: &Context<'a>) -> Option<&'a Arc<TypeDef>> {
    let targets = context.targets();
    let first = targets.first()?;
    let same = targets.iter().all(|target| target.folder == first.folder);
    context.book.schema().in_folder(&first.folder).filter(|_| same)
}

/// The value all targets share, if they do.
fn common_value(context: &Context<'_>, field: &FieldDef) -> Option<Value> {
    let targets = context.targets();
    let mut values = targets.iter().filter_map(|t| context.book.get(t)).map(|r| r.get(&field.name));
    let first = values.next()?;
    (!first.is_empty() && values.all(|value| value == first)).then(|| first.clone())
}

/// Which field? Each with what it holds now, where that is the same everywhere.
fn which(context: &Context<'_>, ty: &TypeDef) -> Question {
    let language = context.book.settings().language();
    let targets = context.targets();
    let sample = targets.first().and_then(|t| context.book.get(t));
    let option = |field: &FieldDef| {
        let shown = common_value(context, field).zip(sample).map(|(value, record)| {
            let scope = Fields { book: context.book, ty, fields: (&record.fields).into() };
            show(&scope, field, &value, context.now)
        });
        PickOption {
            value: field.name.to_string(),
            label: field.label.get(language).to_owned(),
            detail: shown.unwrap_or_default(),
        }
    };
    Question::Pick {
        title: tr_n!("Set which field of {n} record?", "Set which field of {n} records?", targets.len())
            .into(),
        options: ty.fields.iter().filter(|f| !f.readonly && !f.unique).map(option).collect(),
        current: None,
    }
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;
    use crate::actions::{Outcome, Question};

    #[test]
    fn asks_for_the_field_and_then_for_its_value() {
        let list = || scene("list opportunity *opportunities/pumps *opportunities/valves");
        let Ok(Outcome::Ask(Question::Pick { title, options, .. })) = list().run(&ACTION) else {
            panic!("a pick")
        };
        assert_eq!(title, "Set which field of 2 records?");
        let pipeline = options.iter().find(|o| o.value == "pipeline").unwrap();
        assert_eq!(pipeline.detail, "Direct");
        assert!(options.iter().all(|o| o.value != "stage_since"), "readonly fields are not offered");
        list().answer("owner").check(
            &ACTION,
            "form Owner of 2 records: new opportunity
             only owner
             preset",
        );
        list().answer("pipeline").check(
            &ACTION,
            "form Pipeline of 2 records: new opportunity
             only pipeline
             preset pipeline=direct",
        );
        scene("list account @accounts/acme").answer("name").check(
            &ACTION,
            "form Name of 1 record: accounts/acme
             only name
             preset",
        );
    }

    #[test]
    fn one_commit_for_all() {
        scene("list opportunity *opportunities/pumps *opportunities/valves")
            .answer("close_date")
            .fields("{close_date: 2026-12-24}")
            .check(
                &ACTION,
                "2 opportunities: close_date → 2026-12-24
                 in opportunities/pumps.yaml
                 + close_date: 2026-12-24
                 in opportunities/valves.yaml
                 + close_date: 2026-12-24",
            );
    }

    #[test]
    fn only_records_of_one_type() {
        scene("home *accounts/acme *contacts/marta-lind").check(
            &ACTION,
            "unavailable: the marked records are of several types: mark some of one type only",
        );
        scene("home").check(&ACTION, "unavailable: there is no record under the cursor");
        scene("home *accounts/gone")
            .check(&ACTION, "unavailable: accounts/gone is marked, but not there any more");
    }

    #[test]
    fn what_breaks_the_rules_is_not_made() {
        scene("list account *accounts/acme *accounts/bolt")
            .fields("{owner: nobody}")
            .check(&ACTION, "not made: accounts/acme: there is no users/nobody");
    }
}
