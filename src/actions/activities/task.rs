//! A task about the record under the cursor, due tomorrow.

use super::quick::{Quick, quick};
use crate::actions::when::always;
use crate::actions::{Action, ActionError, Context, Group, Input, Outcome, Scope};
use crate::model::{Moment, Value};
use crate::tr;

/// A task about the record under the cursor, due tomorrow.
pub const ACTION: Action = Action {
    name: "task",
    title: "New task, due tomorrow",
    hint: "task",
    group: Group::Activities,
    scope: Scope::Global,
    keys: &["t"],
    available: always,
    run,
};

fn run(context: &Context<'_>, input: &Input) -> Result<Outcome, ActionError> {
    let today = context.now.today();
    let tomorrow = today.succ_opt().unwrap_or(today);
    let preset = vec![
        ("type".into(), Value::text("task")),
        ("due".into(), Value::text(Moment::Day(tomorrow).to_string())),
    ];
    let only = &["subject", "due", "priority", "about", "owner", "remind_before", "body"];
    quick(context, input, Quick { action: "task", title: tr!("New task"), only, preset })
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn is_due_tomorrow() {
        scene("record accounts/acme").check(
            &ACTION,
            "form New task · Acme GmbH: new activity
             only subject due priority about owner remind_before body
             preset type=task status=planned owner=lena due=2026-11-22 about=accounts/acme",
        );
        scene("record accounts/acme").fields("{subject: Send the quote, due: 2026-12-01}").check(
            &ACTION,
            "activities/2026-12-01-task-acme-ID: new activity Send the quote
             new activities/2026/12/2026-12-01-task-acme-ID.yaml
             + type: task
             + subject: Send the quote
             + status: planned
             + due: 2026-12-01
             + about: accounts/acme
             + owner: lena",
        );
    }
}
