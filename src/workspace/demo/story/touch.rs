//! Small edits: a telephone number that was found out, a note that grew, an amount that moved, an owner who changed.

use chrono::{DateTime, Days, TimeDelta, Utc};
use fastrand::Rng;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::deals::earlier_step;
use super::past::{Earlier, Turn, World};
use crate::base::Money;
use crate::model::{Moment, Record, Value};

/// How a field was different.
#[derive(Clone, Copy, Debug)]
enum Was {
    /// Not there.
    Absent,
    /// Without its last part.
    Shorter,
    /// A colleague's.
    Theirs,
    /// Another amount.
    Amount,
    /// A lesser number.
    Less,
    /// An earlier day.
    Sooner,
    /// Another next step.
    Step,
    /// This word.
    Word(&'static str),
}

use Was::{Absent, Amount, Less, Shorter, Sooner, Step, Theirs, Word};

/// Which fields change how often, in per cent of the records that have them.
const TOUCHES: &[(&str, &str, u32, Was)] = &[
    ("accounts", "description", 30, Shorter),
    ("accounts", "tags", 22, Shorter),
    ("accounts", "tier", 12, Word("standard")),
    ("accounts", "rating", 18, Word("warm")),
    ("accounts", "owner", 14, Theirs),
    ("accounts", "employees", 12, Less),
    ("accounts", "competitors", 25, Absent),
    ("accounts", "credit_limit", 20, Absent),
    ("contacts", "phones", 16, Absent),
    ("contacts", "mobile", 25, Absent),
    ("contacts", "title", 8, Absent),
    ("contacts", "role", 14, Absent),
    ("contacts", "best_time", 40, Absent),
    ("contacts", "linkedin", 20, Absent),
    ("contacts", "description", 35, Shorter),
    ("opportunities", "amount", 30, Amount),
    ("opportunities", "close_date", 34, Sooner),
    ("opportunities", "next_step", 45, Step),
    ("opportunities", "probability", 40, Absent),
    ("opportunities", "competitors", 40, Absent),
    ("opportunities", "owner", 9, Theirs),
    ("opportunities", "description", 30, Shorter),
    ("leads", "phones", 25, Absent),
    ("leads", "score", 30, Less),
    ("leads", "description", 30, Shorter),
    ("cases", "priority", 14, Word("normal")),
    ("cases", "tags", 25, Shorter),
    ("activities", "due", 8, Sooner),
    ("activities", "priority", 20, Word("normal")),
    ("assets", "location", 12, Absent),
    ("assets", "version", 16, Absent),
    ("products", "price", 20, Amount),
    ("products", "cost", 12, Amount),
    ("articles", "body", 25, Shorter),
    ("contracts", "special_terms", 20, Shorter),
    ("campaigns", "budget", 25, Amount),
    ("users", "phone", 15, Absent),
    ("users", "skills", 25, Shorter),
];

/// Small edits between two moments, in no particular order.
pub fn touches(
    world: &World<'_>,
    record: &Record,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    rng: &mut Rng,
) -> Vec<Turn> {
    let folder = record.reference.folder.as_str();
    let mut turns = Vec::new();
    for (_, field, chance, was) in TOUCHES.iter().filter(|touch| touch.0 == folder) {
        let happens = rng.u32(..100) < *chance;
        let at = world.between(from, to, rng);
        if !happens || !record.has(field) || at <= from || at >= to {
            continue;
        }
        let by = world.owner(record);
        let Some(earlier) = earlier(world, record, field, *was, at, rng) else { continue };
        let action = if matches!(was, Theirs) { "assign" } else { "set" };
        turns.push(Turn { at, by, action, fields: vec![(SmolStr::new(field), earlier)] });
    }
    turns
}

fn earlier(
    world: &World<'_>,
    record: &Record,
    field: &str,
    was: Was,
    at: DateTime<Utc>,
    rng: &mut Rng,
) -> Option<Earlier> {
    let text = record.text(field);
    let held = |text: String| (text != record.text(field)).then(|| Earlier::Held(Value::text(text)));
    match was {
        Absent => Some(Earlier::Absent),
        Shorter => Some(Earlier::Shorter),
        Theirs => held(world.colleague(text, rng)?.to_string()),
        Word(word) => held(word.to_owned()),
        Step => held(earlier_step(rng).to_owned()),
        Less => {
            let number: i64 = text.parse().ok()?;
            held((number * rng.i64(70..95) / 100).to_string())
        }
        Amount => {
            let money = Money::read(text, world.book.settings().currency()).ok()?;
            let factor = Decimal::new([80, 88, 92, 95, 105, 110, 120][rng.usize(..7)], 2);
            let round = if money.amount < Decimal::from(2000) { 5 } else { 100 };
            let amount = (money.amount * factor / Decimal::from(round)).round() * Decimal::from(round);
            let places = text.split(' ').next()?.split_once('.').map_or(0, |(_, cents)| cents.len());
            let currency = text.split_once(' ').map(|(_, code)| format!(" {code}")).unwrap_or_default();
            held(format!("{amount:.places$}{currency}"))
        }
        // Nobody had planned for a day that was over already.
        Sooner => match record.moment(field)? {
            Moment::Day(day) => {
                let sooner = day - Days::new(rng.u64(7..46));
                held(sooner.max(at.with_timezone(&world.zone).date_naive()).to_string())
            }
            Moment::At(due) => {
                let sooner = due - TimeDelta::days(rng.i64(1..6));
                if sooner < at { None } else { held(Moment::At(sooner).to_string()) }
            }
        },
    }
}
