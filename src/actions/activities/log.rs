//! Log what was just done, about the record under the cursor.

use super::quick::{Quick, quick};
use crate::actions::when::always;
use crate::actions::{Action, ActionError, Context, Group, Input, Outcome, Scope};
use crate::model::{Moment, Value};
use crate::tr;

/// Log what was just done, about the record under the cursor.
pub const ACTION: Action = Action {
    name: "log",
    title: "Log a call, a visit, a meeting",
    hint: "log",
    group: Group::Activities,
    scope: Scope::Global,
    keys: &["a"],
    available: always,
    run,
};

fn run(context: &Context<'_>, input: &Input) -> Result<Outcome, ActionError> {
    let now = Moment::At(context.now.local().fixed_offset());
    let preset = vec![
        ("type".into(), Value::text("call")),
        ("status".into(), Value::text("done")),
        ("due".into(), Value::text(now.to_string())),
    ];
    let only = &["subject", "type", "outcome", "duration", "body", "contacts", "about", "due", "owner"];
    quick(context, input, Quick { action: "log", title: tr!("Log a call"), only, preset })
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn is_about_what_is_under_the_cursor() {
        scene("list account @accounts/acme").check(
            &ACTION,
            "form Log a call · Acme GmbH: new activity
             only subject type outcome duration body contacts about due owner
             preset type=call status=done owner=lena due=2026-11-21T14:00+01:00 about=accounts/acme",
        );
        scene("home @activities/call-acme").check(
            &ACTION,
            "form Log a call · Acme GmbH: new activity
             only subject type outcome duration body contacts about due owner
             preset type=call status=done owner=lena due=2026-11-21T14:00+01:00 about=accounts/acme",
        );
        scene("record opportunities/pumps @products/p-100").check(
            &ACTION,
            "form Log a call · Pumps: new activity
             only subject type outcome duration body contacts about due owner
             preset type=call status=done owner=lena due=2026-11-21T14:00+01:00 about=opportunities/pumps \
             contacts=marta-lind",
        );
        scene("home").nobody().check(
            &ACTION,
            "form Log a call: new activity
             only subject type outcome duration body contacts about due owner
             preset type=call status=done due=2026-11-21T14:00+01:00",
        );
    }

    #[test]
    fn one_for_each_that_is_marked() {
        scene("list account *accounts/acme *accounts/bolt").check(
            &ACTION,
            "form Log a call · 2 records: new activity
             only subject type outcome duration body due owner
             preset type=call status=done owner=lena due=2026-11-21T14:00+01:00",
        );
        scene("list account *accounts/acme *accounts/bolt").fields("{subject: Prices go up}").check(
            &ACTION,
            "2 activities: new
             new activities/2026/11/2026-11-21-call-acme-ID.yaml
             + type: call
             + subject: Prices go up
             + status: done
             + due: 2026-11-21T14:00+01:00
             + done_at: 2026-11-21T14:00+01:00
             + about: accounts/acme
             + owner: lena
             new activities/2026/11/2026-11-21-call-bolt-ID.yaml
             + type: call
             + subject: Prices go up
             + status: done
             + due: 2026-11-21T14:00+01:00
             + done_at: 2026-11-21T14:00+01:00
             + about: accounts/bolt
             + owner: lena",
        );
    }

    #[test]
    fn what_was_before_stands_when_it_was() {
        let check = |due: &str, done: &str, day: &str| {
            let fields = format!("{{subject: Asked, due: {due}}}");
            scene("list account @accounts/acme").fields(&fields).check(
                &ACTION,
                &format!(
                    "activities/{day}-call-acme-ID: new activity Asked
                     new activities/2026/11/{day}-call-acme-ID.yaml
                     + type: call
                     + subject: Asked
                     + status: done
                     + due: {due}
                     + done_at: {done}
                     + about: accounts/acme
                     + owner: lena"
                ),
            );
        };
        check("2026-11-20T15:00+01:00", "2026-11-20T15:00+01:00", "2026-11-20");
        check("2026-11-20", "2026-11-20", "2026-11-20");
        // What is to come, or goes on all of today, was not over then.
        check("2026-11-22T15:00+01:00", "2026-11-21T14:00+01:00", "2026-11-22");
        check("2026-11-21", "2026-11-21T14:00+01:00", "2026-11-21");
    }

    #[test]
    fn the_first_word_to_a_customer_stops_the_cases_clock() {
        scene("list case @cases/noise").fields("{subject: Asked for a recording}").check(
            &ACTION,
            "2 records: changed
             new activities/2026/11/2026-11-21-call-noise-ID.yaml
             + type: call
             + subject: Asked for a recording
             + status: done
             + due: 2026-11-21T14:00+01:00
             + done_at: 2026-11-21T14:00+01:00
             + about: cases/noise
             + owner: lena
             in cases/noise.yaml
             + first_response_at: 2026-11-21T14:00+01:00",
        );
    }
}
