//! When records were created, and the whole past of one.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use fastrand::Rng;

use super::deals::moves;
use super::ladder::{climbed, earliest};
use super::past::{Past, World, working_day};
use super::touch::touches;
use crate::model::{Kind, Record};

/// A made-up past of the record; what would have happened before the history began is left out.
pub fn past_of(world: &World<'_>, record: &Record) -> Past {
    let mut rng = world.rng(&record.reference);
    let (mut turns, entered) = match record.reference.folder.as_str() {
        "opportunities" => moves(world, record, &mut rng),
        "activities" if is_noted_afterwards(world, record) => (Vec::new(), world.now),
        _ => (climbed(world, record, &mut rng), world.now),
    };
    let first = earliest(&turns);
    let born = match first {
        Some(first) => born(world, record, entered, &mut rng).min(first - TimeDelta::minutes(7)),
        None => born(world, record, entered, &mut rng).min(world.now),
    };
    let born = world.settled(born);
    // Not before it was there, and not on top of what else happens to it.
    let from = born + TimeDelta::hours(3);
    let to = match record.reference.folder.as_str() {
        "opportunities" | "accounts" | "contacts" | "assets" | "products" | "users" | "contracts" => {
            world.now
        }
        _ => earliest(&turns).unwrap_or(world.now),
    };
    let closed = record.has("closed_at").then(|| turns.first().map(|turn| turn.at)).flatten();
    let to = closed.map_or(to, |closed| closed.min(to)) - TimeDelta::minutes(30);
    if from < to {
        let told: Vec<_> = turns.iter().flat_map(|turn| &turn.fields).map(|(name, _)| name.clone()).collect();
        let touches = touches(world, record, from, to, &mut rng);
        turns.extend(touches.into_iter().filter(|touch| !told.contains(&touch.fields[0].0)));
    }
    turns.retain(|turn| turn.at > born && world.settled(turn.at) == turn.at);
    turns.sort_by_key(|turn| std::cmp::Reverse(turn.at));
    Past { born, by: author(world, record, &mut rng), turns }
}

fn author(world: &World<'_>, record: &Record, rng: &mut Rng) -> smol_str::SmolStr {
    let owner = world.owner(record);
    let handed_over = matches!(record.reference.folder.as_str(), "cases" | "leads") && rng.u32(..3) == 0;
    if handed_over { world.colleague(&owner, rng).unwrap_or(owner) } else { owner }
}

/// When the record was created; before the history began, if it is that old.
fn born(world: &World<'_>, record: &Record, entered: DateTime<Utc>, rng: &mut Rng) -> DateTime<Utc> {
    let always = world.start;
    let known = |field: &str, rng: &mut Rng| world.known(record, field, rng);
    let some_days_before = |at: Option<DateTime<Utc>>, days: std::ops::Range<u64>, rng: &mut Rng| {
        at.map_or(always, |at| world.before(at.min(world.now), rng.u64(days), rng))
    };
    match record.reference.folder.as_str() {
        "opportunities" => entered,
        "cases" => known("opened_at", rng).unwrap_or(always),
        "activities" => activity(world, record, rng),
        "leads" => {
            let end =
                known("converted_at", rng).unwrap_or_else(|| world.before(world.now, rng.u64(0..70), rng));
            world.before(end, rng.u64(9..40), rng)
        }
        "accounts" => match record.text("type") {
            "prospect" if rng.u32(..100) < 45 => world.between(always, world.now, rng),
            _ => always,
        },
        "contacts" if rng.u32(..100) < 35 => world.between(always, world.now, rng),
        "quotes" => known("quote_date", rng).unwrap_or(always),
        "orders" => known("order_date", rng).unwrap_or(always),
        "contracts" => some_days_before(known("signed_date", rng), 6..25, rng),
        "assets" => known("installed_date", rng).or_else(|| known("purchased_date", rng)).unwrap_or(always),
        "campaigns" => some_days_before(known("start_date", rng), 12..40, rng),
        "articles" => some_days_before(known("published_at", rng), 1..7, rng),
        "documents" => known("document_date", rng).unwrap_or(always),
        "segments" | "views" | "reports" => world.between(always, world.now, rng),
        _ => custom(world, record, rng),
    }
}

/// An activity's id tells when it was planned or noted down.
fn activity(world: &World<'_>, record: &Record, rng: &mut Rng) -> DateTime<Utc> {
    let done = world.known(record, "done_at", rng).or_else(|| world.known(record, "due", rng));
    let day = day_of_id(record).unwrap_or(world.today());
    match (record.text("status"), done) {
        _ if is_noted_afterwards(world, record) => done.unwrap_or_else(|| world.hour(day, rng)),
        ("done" | "cancelled", Some(done)) => {
            let planned = world.before(done.min(world.now), rng.u64(1..8), rng);
            planned.min(world.hour(day, rng))
        }
        _ if day >= world.today() => world.before(world.now, rng.u64(0..12), rng),
        _ => world.hour(day, rng),
    }
}

/// Whether an activity was written down when it was over, as notes and mails are, and calls that came in.
fn is_noted_afterwards(world: &World<'_>, record: &Record) -> bool {
    let done = record.moment("done_at").map(|done| done.day_in(world.zone));
    let at_once = done.is_none() || done == day_of_id(record);
    let kind = record.text("type");
    let usually = matches!(kind, "note" | "email") || world.rng(&record.reference).u32(..10) < 7;
    record.text("status") == "done" && at_once && usually
}

fn day_of_id(record: &Record) -> Option<NaiveDate> {
    record.id().as_str().get(..10)?.parse().ok()
}

/// A record of a type of the user's own: its earliest day that is past, if the history knows that day.
fn custom(world: &World<'_>, record: &Record, rng: &mut Rng) -> DateTime<Utc> {
    let Some(ty) = world.book.schema().in_folder(&record.reference.folder).filter(|ty| !ty.setting) else {
        return world.start;
    };
    let dates = ty.fields.iter().filter(|field| matches!(field.kind, Kind::Date | Kind::Datetime));
    let days = dates.filter_map(|field| record.date(&field.name)).filter(|day| *day < world.today());
    days.min().map_or(world.start, |day| world.hour(working_day(day - Days::new(rng.u64(0..4))), rng))
}
