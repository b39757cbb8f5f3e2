//! A case gets the attention of those above, or needs it no longer.

use crate::actions::when::only;
use crate::actions::{Action, ActionError, Context, Group, Input, Outcome, Scope};
use crate::base::Ref;
use crate::model::{Change, ChangeSet, FieldEdit, Value};

/// Escalate the cases; escalated ones need it no longer.
pub const ACTION: Action = Action {
    name: "escalate",
    title: "Escalate, or no longer",
    hint: "",
    group: Group::Cases,
    scope: Scope::Global,
    keys: &["^"],
    available: |context| only(context, "case"),
    run,
};

fn run(context: &Context<'_>, _: &Input) -> Result<Outcome, ActionError> {
    let targets = context.targets();
    let escalated = |r: &Ref| context.book.get(r).is_some_and(|case| case.flag("escalated"));
    // Several that differ are all escalated first.
    let edit = match targets.iter().all(escalated) {
        true => FieldEdit::clear("escalated"),
        false => FieldEdit::put("escalated", Value::text("true")),
    };
    let change = |reference: Ref| Change::Set { reference, edits: vec![edit.clone()] };
    Ok(Outcome::Change(ChangeSet::new("escalate", targets.into_iter().map(change).collect()), None))
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn there_and_back() {
        scene("list case @cases/noise").check(
            &ACTION,
            "cases/noise: escalated → true
             in cases/noise.yaml
             + escalated: true
             + escalated_at: 2026-11-21T14:00+01:00",
        );
        let case = "subject: E\nstatus: open\npriority: low\nescalated: true\nescalated_at: 2026-11-20\n";
        scene("list case @cases/e").with("cases/e.yaml", case).check(
            &ACTION,
            "cases/e: escalated true → (empty)
             in cases/e.yaml
             - escalated: true
             - escalated_at: 2026-11-20",
        );
        scene("list account @accounts/acme").check(&ACTION, "unavailable: this works on cases only");
        scene("home").check(&ACTION, "unavailable: there is no record under the cursor");
    }
}
