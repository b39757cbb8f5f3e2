//! Another day for a task, for a decision, for the next step.

use crate::actions::when::some_records;
use crate::actions::{Action, ActionError, Context, Group, Input, Outcome, Question, Reason, Scope};
use crate::base::Ref;
use crate::model::kinds::title_of_ref;
use crate::model::{Change, ChangeSet, FieldEdit, Moment, Record, Value};
use crate::{tr, tr_n};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// Choose another day: activities are due then, deals close then. A time of day stays, unless another is given.
pub const ACTION: Action = Action {
    name: "reschedule",
    title: "Reschedule to another day",
    hint: "reschedule",
    group: Group::Activities,
    scope: Scope::Global,
    keys: &["r"],
    available,
    run,
};

fn available(context: &Context<'_>) -> Result<(), Reason> {
    some_records(context)?;
    match context.targets().iter().all(|target| field(context, target).is_some()) {
        true => Ok(()),
        false => Err(tr!("this has no date to move: activities, deals and leads have")),
    }
}

fn run(context: &Context<'_>, input: &Input) -> Result<Outcome, ActionError> {
    let targets = context.targets();
    let Some(answer) = &input.answer else { return Ok(Outcome::Ask(ask(context, &targets))) };
    let (day, time) = read(answer).ok_or_else(|| ActionError::BadValue {
        field: tr!("date").into(),
        message: tr!("'{text}' is not a day such as 2026-11-21, or 2026-11-21T10:00", text = answer).into(),
    })?;
    if time.is_some() && !takes_time(context, &targets) {
        let message = tr!("'{text}' has a time of day: only activities have one", text = answer);
        return Err(ActionError::BadValue { field: tr!("date").into(), message: message.into() });
    }
    let change = |target: &Ref| {
        let record = context.book.get(target)?;
        let field = field(context, target)?;
        let value = Value::text(moved(context, record.moment(field), day, time).to_string());
        Some(Change::Set { reference: target.clone(), edits: vec![FieldEdit::put(field, value)] })
    };
    Ok(Outcome::Change(ChangeSet::new("reschedule", targets.iter().filter_map(change).collect()), None))
}

/// The field that says when: what is planned, not what has been.
fn field(context: &Context<'_>, target: &Ref) -> Option<&'static str> {
    match context.book.schema().in_folder(&target.folder)?.name.as_str() {
        "activity" => Some("due"),
        "opportunity" => Some("close_date"),
        "lead" => Some("next_step_date"),
        _ => None,
    }
}

/// The answer: a day, or a day and a time on it.
fn read(answer: &str) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let at = || NaiveDateTime::parse_from_str(answer, "%Y-%m-%dT%H:%M").ok();
    let day = answer.parse().ok().map(|day| (day, None));
    day.or_else(|| at().map(|at| (at.date(), Some(at.time()))))
}

/// Whether all of them may be at a time of day.
fn takes_time(context: &Context<'_>, targets: &[Ref]) -> bool {
    targets.iter().all(|target| field(context, target) == Some("due"))
}

/// That time on another day, or else the same as before, as the clocks here will show it then.
fn moved(context: &Context<'_>, old: Option<Moment>, day: NaiveDate, time: Option<NaiveTime>) -> Moment {
    let before = match old {
        Some(Moment::At(at)) => Some(at.with_timezone(&context.now.zone).time()),
        _ => None,
    };
    let Some(time) = time.or(before) else { return Moment::Day(day) };
    let local = day.and_time(time).and_local_timezone(context.now.zone).earliest();
    local.map_or(Moment::Day(day), |local| Moment::At(local.fixed_offset()))
}

fn ask(context: &Context<'_>, targets: &[Ref]) -> Question {
    let title = match targets {
        [one] => {
            let title = title_of_ref(context.book, one);
            match field(context, one) {
                Some("close_date") => tr!("Close date · {title}", title = title),
                Some("next_step_date") => tr!("Next step · {title}", title = title),
                _ => tr!("Reschedule {title}", title = title),
            }
        }
        several => tr_n!("Reschedule {n} record", "Reschedule {n} records", several.len()),
    };
    let first = targets.first();
    let when = |record: &Record| record.moment(field(context, &record.reference)?);
    let initial = first.and_then(|r| context.book.get(r)).and_then(|r| when(r));
    let initial = match (initial, targets) {
        // The time of one is no proposal for the others.
        (Some(moment), [_, _, ..]) => Some(Moment::Day(moment.day_in(context.now.zone))),
        (initial, _) => initial,
    };
    Question::Date { title: title.into(), initial, timed: takes_time(context, targets) }
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn asks_for_the_day() {
        scene("home @activities/call-acme")
            .check(&ACTION, "moment Reschedule Ask about the pilot: 2026-11-19");
        scene("home @activities/demo").check(&ACTION, "moment Reschedule Demo: 2026-11-21T14:00+01:00");
        scene("board @opportunities/pumps").check(&ACTION, "date Close date · Pumps: ");
        scene("home *activities/demo *opportunities/pumps")
            .check(&ACTION, "date Reschedule 2 records: 2026-11-21");
        scene("list account @accounts/acme")
            .check(&ACTION, "unavailable: this has no date to move: activities, deals and leads have");
        scene("home").check(&ACTION, "unavailable: there is no record under the cursor");
    }

    #[test]
    fn the_time_of_day_stays() {
        scene("home *activities/call-acme *activities/demo").answer("2027-04-01").check(
            &ACTION,
            "2 activities: changed
             in activities/call-acme.yaml
             - due: 2026-11-19
             + due: 2027-04-01
             in activities/demo.yaml
             - due: 2026-11-21T14:00+01:00
             + due: 2027-04-01T14:00+02:00",
        );
        scene("home *activities/call-acme").answer("2027-04-01T10:30").check(
            &ACTION,
            "activities/call-acme: due 2026-11-19 → 2027-04-01T10:30+02:00
             in activities/call-acme.yaml
             - due: 2026-11-19
             + due: 2027-04-01T10:30+02:00",
        );
        scene("board @opportunities/pumps")
            .answer("2027-04-01T10:30")
            .check(&ACTION, "refused: date: '2027-04-01T10:30' has a time of day: only activities have one");
        scene("board @opportunities/pumps").answer("2026-12-24").check(
            &ACTION,
            "opportunities/pumps: close_date → 2026-12-24
             in opportunities/pumps.yaml
             + close_date: 2026-12-24",
        );
        scene("home @activities/demo")
            .answer("soon")
            .check(&ACTION, "refused: date: 'soon' is not a day such as 2026-11-21, or 2026-11-21T10:00");
    }
}
