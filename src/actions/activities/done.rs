//! A task is done, a case is resolved.

use crate::actions::records::missing;
use crate::actions::when::some_records;
use crate::actions::{
    Action, ActionError, Context, FormQuestion, Group, Input, Outcome, Question, Reason, Scope,
};
use crate::base::Ref;
use crate::crm::state::is_closed;
use crate::model::kinds::title_of_ref;
use crate::model::{FieldEdit, Value};
use crate::tr;

/// The activities are done, the cases resolved. For one case it is asked how.
pub const ACTION: Action = Action {
    name: "done",
    title: "Done: the task, or the case is resolved",
    hint: "done",
    group: Group::Activities,
    scope: Scope::Global,
    keys: &["x"],
    available,
    run,
};

fn available(context: &Context<'_>) -> Result<(), Reason> {
    some_records(context)?;
    let targets = context.targets();
    if targets.iter().any(|target| finished(context, target).is_none()) {
        return Err(tr!("only activities and cases can be done: m chooses a stage or a status"));
    }
    match open(context).is_empty() {
        false => Ok(()),
        true => Err(tr!("that is done already")),
    }
}

fn run(context: &Context<'_>, input: &Input) -> Result<Outcome, ActionError> {
    let open = open(context);
    if let ([(case, "resolved")], true) = (open.as_slice(), input.fields.is_empty()) {
        return Ok(Outcome::Ask(Question::Form(FormQuestion {
            title: tr!("Resolve {title}", title = title_of_ref(context.book, case)).into(),
            makes: false,
            type_name: "case".into(),
            reference: Some(case.clone()),
            only: ["resolution", "cause", "status"].map(Into::into).to_vec(),
            preset: vec![("status".into(), Value::text("resolved"))],
        })));
    }
    let edit = |(target, word): (Ref, &str)| (target, vec![FieldEdit::put("status", Value::text(word))]);
    missing::complete(context, input, "done", &tr!("Done"), open.into_iter().map(edit).collect())
}

/// The word for done of a record's type.
fn finished(context: &Context<'_>, target: &Ref) -> Option<&'static str> {
    match context.book.schema().in_folder(&target.folder)?.name.as_str() {
        "activity" => Some("done"),
        "case" => Some("resolved"),
        _ => None,
    }
}

/// The targets that are not finished yet.
fn open(context: &Context<'_>) -> Vec<(Ref, &'static str)> {
    let targets = context
        .targets()
        .into_iter()
        .filter(|target| context.book.get(target).is_some_and(|record| !is_closed(context.book, record)));
    targets.filter_map(|target| finished(context, &target).map(|word| (target, word))).collect()
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn a_task_is_done_at_once() {
        scene("home @activities/call-acme").check(
            &ACTION,
            "activities/call-acme: status Planned → Done
             in activities/call-acme.yaml
             - status: planned
             + status: done
             + done_at: 2026-11-21T14:00+01:00",
        );
        scene("home @activities/mail").check(&ACTION, "unavailable: that is done already");
        scene("home").check(&ACTION, "unavailable: there is no record under the cursor");
        scene("home @accounts/acme").check(
            &ACTION,
            "unavailable: only activities and cases can be done: m chooses a stage or a status",
        );
    }

    #[test]
    fn a_case_is_asked_how() {
        scene("list case @cases/reboot").check(
            &ACTION,
            "form Resolve Controller reboots: cases/reboot
             only resolution cause status
             preset status=resolved",
        );
        scene("list case @cases/reboot").fields("{resolution: New power supply}").check(
            &ACTION,
            "cases/reboot: status Open → Resolved, resolution
             in cases/reboot.yaml
             - status: open
             + status: resolved
             + resolved_at: 2026-11-21T14:00+01:00
             + resolution: New power supply",
        );
    }

    #[test]
    fn several_at_once() {
        scene("home *cases/reboot *cases/solved *activities/demo").check(
            &ACTION,
            "2 records: changed
             in activities/demo.yaml
             - status: planned
             + status: done
             + done_at: 2026-11-21T14:00+01:00
             in cases/reboot.yaml
             - status: open
             + status: resolved
             + resolved_at: 2026-11-21T14:00+01:00",
        );
    }
}
