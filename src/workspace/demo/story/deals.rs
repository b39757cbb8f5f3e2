//! Deals: the stages they came through, and what changed on the way.

use chrono::{DateTime, TimeDelta, Utc};
use fastrand::Rng;
use smol_str::SmolStr;

use super::past::{Earlier, Turn, World};
use crate::model::{Record, Value};

/// What is filled in when a deal is closed.
const OUTCOME: &[&str] = &["closed_at", "lost_reason", "lost_to", "outcome_notes"];

/// The stage changes of a deal since the history began, newest first, and when it entered its first stage.
pub fn moves(world: &World<'_>, deal: &Record, rng: &mut Rng) -> (Vec<Turn>, DateTime<Utc>) {
    let pipeline = format!("pipelines/{}", deal.text("pipeline")).parse().ok();
    let pipeline = pipeline.and_then(|pipeline| world.book.get(&pipeline));
    let stages = pipeline.map_or(&[][..], |pipeline| pipeline.get("stages").items());
    let named = |field: &'static str| move |stage: &Value| SmolStr::new(stage.get(field).as_str());
    let open: Vec<SmolStr> =
        stages.iter().filter(|stage| stage.get("kind").as_str() == "open").map(named("id")).collect();
    let stage = SmolStr::new(deal.text("stage"));
    let kind =
        stages.iter().find(|line| line.get("id").as_str() == stage).map(named("kind")).unwrap_or_default();
    let passed = match open.iter().position(|id| *id == stage) {
        Some(at) => at,
        None if kind == "lost" => rng.usize(1..=open.len().max(1)).min(open.len()),
        None => open.len(),
    };
    let by = world.owner(deal);
    let closed = world.known(deal, "closed_at", rng);
    let since =
        closed.or_else(|| world.known(deal, "stage_since", rng)).unwrap_or(world.now - TimeDelta::days(9));
    let mut since = since.min(world.now);
    let mut turns = Vec::new();
    for (step, before) in open[..passed].iter().rev().enumerate() {
        if since < world.start {
            break;
        }
        let earlier = world.before(since, rng.u64(5..34), rng);
        let day = earlier.with_timezone(&world.zone).date_naive().to_string();
        let mut fields = vec![
            (SmolStr::new("stage"), Earlier::Held(Value::text(before))),
            (SmolStr::new("stage_since"), Earlier::Held(Value::text(day))),
        ];
        if step == 0 {
            let filled = OUTCOME.iter().filter(|field| deal.has(field));
            fields.extend(filled.map(|field| (SmolStr::new(field), Earlier::Absent)));
        }
        turns.push(Turn { at: since, by: by.clone(), action: "move-stage", fields });
        since = earlier;
    }
    (turns, since)
}

/// What somebody had planned to do next, before what is planned now.
pub fn earlier_step(rng: &mut Rng) -> &'static str {
    const STEPS: &[&str] = &[
        "Call back about the budget",
        "Send the data sheet",
        "Ask who signs",
        "Get the measuring points",
        "Find out when the plant stands still",
        "Talk to purchasing",
        "Demo on site",
        "Wait for their drawings",
        "Send prices for two variants",
        "Check delivery time with the workshop",
        "Ask for a reference visit",
        "Clear the payment terms",
    ];
    STEPS[rng.usize(..STEPS.len())]
}
