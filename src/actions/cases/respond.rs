//! The customer has heard from a person, on a way that Kontor does not see.

use crate::actions::when::only;
use crate::actions::{Action, ActionError, Context, Group, Input, Outcome, Reason, Scope};
use crate::base::Ref;
use crate::model::stamp::current;
use crate::model::{Change, ChangeSet, FieldEdit};
use crate::tr;

/// The customer has got a first answer, now: that clock stops.
pub const ACTION: Action = Action {
    name: "respond",
    title: "The customer has got a first answer",
    hint: "",
    group: Group::Cases,
    scope: Scope::Global,
    keys: &[],
    available,
    run,
};

fn available(context: &Context<'_>) -> Result<(), Reason> {
    only(context, "case")?;
    match waiting(context).is_empty() {
        false => Ok(()),
        true => Err(tr!("the customer has got an answer already")),
    }
}

fn run(context: &Context<'_>, _: &Input) -> Result<Outcome, ActionError> {
    let change = |reference: Ref| {
        let field = context.book.schema().in_folder(&reference.folder)?.field("first_response_at")?;
        let edits = vec![FieldEdit::put(&field.name, current(field, context.now))];
        Some(Change::Set { reference, edits })
    };
    let changes = waiting(context).into_iter().filter_map(change).collect();
    Ok(Outcome::Change(ChangeSet::new("respond", changes), None))
}

fn waiting(context: &Context<'_>) -> Vec<Ref> {
    let heard = |r: &Ref| context.book.get(r).is_some_and(|case| case.has("first_response_at"));
    context.targets().into_iter().filter(|target| !heard(target)).collect()
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn stops_the_clock_once() {
        scene("list case @cases/noise").check(
            &ACTION,
            "cases/noise: first_response_at → 2026-11-21T14:00+01:00
             in cases/noise.yaml
             + first_response_at: 2026-11-21T14:00+01:00",
        );
        let case = "subject: A\nstatus: open\npriority: low\nfirst_response_at: 2026-11-20\n";
        scene("list case @cases/a")
            .with("cases/a.yaml", case)
            .check(&ACTION, "unavailable: the customer has got an answer already");
        scene("home").check(&ACTION, "unavailable: there is no record under the cursor");
    }
}
