//! A comment on the record under the cursor, for its timeline.

use super::quick::{Quick, quick};
use crate::actions::when::always;
use crate::actions::{Action, ActionError, Context, Group, Input, Outcome, Scope};
use crate::model::{Moment, Value};
use crate::tr;

/// A comment on the record under the cursor, for its timeline.
pub const ACTION: Action = Action {
    name: "note",
    title: "Comment: a note for the timeline",
    hint: "comment",
    group: Group::Activities,
    scope: Scope::Global,
    keys: &["c"],
    available: always,
    run,
};

fn run(context: &Context<'_>, input: &Input) -> Result<Outcome, ActionError> {
    let now = Moment::At(context.now.local().fixed_offset());
    let preset = vec![
        ("type".into(), Value::text("note")),
        ("status".into(), Value::text("done")),
        ("due".into(), Value::text(now.to_string())),
    ];
    let only = &["subject", "body"];
    quick(context, input, Quick { action: "note", title: tr!("Comment"), only, preset })
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn stands_on_the_timeline() {
        scene("record accounts/acme").check(
            &ACTION,
            "form Comment · Acme GmbH: new activity
             only subject body
             preset type=note status=done owner=lena due=2026-11-21T14:00+01:00 about=accounts/acme",
        );
        scene("record accounts/acme").fields("{subject: Purchasing changes in January}").check(
            &ACTION,
            "activities/2026-11-21-note-acme-ID: new activity Purchasing changes in January
             new activities/2026/11/2026-11-21-note-acme-ID.yaml
             + type: note
             + subject: Purchasing changes in January
             + status: done
             + due: 2026-11-21T14:00+01:00
             + done_at: 2026-11-21T14:00+01:00
             + about: accounts/acme
             + owner: lena",
        );
    }
}
