//! Records that climb: the states a case, a lead, a quote… passes, and what comes with each.

use chrono::{DateTime, TimeDelta, Utc};
use fastrand::Rng;
use smol_str::SmolStr;

use super::past::{Earlier, Turn, World};
use crate::model::{Record, Value};

/// One step up.
struct Rung {
    folder: &'static str,
    state: &'static str,
    before: &'static str,
    /// The field that says when, if it is there.
    at: &'static str,
    /// What the step fills in, and what was not there before.
    fills: &'static [&'static str],
}

const fn rung(
    folder: &'static str,
    before: &'static str,
    state: &'static str,
    at: &'static str,
    fills: &'static [&'static str],
) -> Rung {
    Rung { folder, state, before, at, fills }
}

const RUNGS: &[Rung] = &[
    rung("cases", "resolved", "closed", "closed_at", &["closed_at", "csat", "csat_comment"]),
    rung(
        "cases",
        "open",
        "resolved",
        "resolved_at",
        &["resolved_at", "resolution", "cause", "articles", "csat"],
    ),
    rung("cases", "open", "waiting_customer", "waiting_since", &["waiting_since"]),
    rung("cases", "open", "waiting_supplier", "waiting_since", &["waiting_since"]),
    rung("cases", "open", "on_hold", "waiting_since", &["waiting_since"]),
    rung("cases", "new", "open", "first_response_at", &["first_response_at", "owner", "paused_for"]),
    rung("activities", "planned", "done", "done_at", &["done_at", "outcome", "body"]),
    rung("activities", "planned", "cancelled", "due", &[]),
    rung(
        "leads",
        "qualified",
        "converted",
        "converted_at",
        &["converted_at", "converted_account", "converted_contact", "converted_opportunity"],
    ),
    rung("leads", "working", "qualified", "", &["budget", "authority", "timeframe"]),
    rung("leads", "working", "unqualified", "", &["unqualified_reason"]),
    rung("leads", "new", "working", "", &["score", "rating", "next_step", "next_step_date"]),
    rung("quotes", "sent", "accepted", "accepted_at", &["accepted_at"]),
    rung("quotes", "sent", "rejected", "", &["rejected_reason"]),
    rung("quotes", "sent", "expired", "valid_until", &[]),
    rung("quotes", "sent", "replaced", "", &["replaced_by"]),
    rung("quotes", "draft", "sent", "sent_at", &["sent_at"]),
    rung("quotes", "draft", "approved", "", &[]),
    rung("quotes", "draft", "in_review", "", &[]),
    rung("orders", "delivered", "completed", "paid_date", &["paid_date"]),
    rung(
        "orders",
        "shipped",
        "delivered",
        "delivered_date",
        &["delivered_date", "invoiced_date", "invoice_number"],
    ),
    rung("orders", "confirmed", "shipped", "", &["carrier", "tracking_number"]),
    rung("orders", "confirmed", "in_production", "", &[]),
    rung("orders", "placed", "confirmed", "", &["delivery_date"]),
    rung("orders", "placed", "cancelled", "", &["cancelled_reason"]),
    rung("contracts", "active", "terminated", "terminated_date", &["terminated_date", "termination_reason"]),
    rung("contracts", "active", "notice_given", "", &["terminated_date", "termination_reason"]),
    rung("contracts", "active", "expired", "end_date", &[]),
    rung("contracts", "in_review", "active", "signed_date", &["signed_date", "signed_by", "signed_for_us"]),
    rung("contracts", "draft", "in_review", "", &[]),
    rung("assets", "in_use", "in_repair", "", &[]),
    rung("assets", "in_use", "retired", "retired_date", &["retired_date", "replaced_by"]),
    rung("campaigns", "running", "completed", "end_date", &["actual_cost"]),
    rung("campaigns", "planned", "running", "start_date", &["members"]),
    rung("articles", "draft", "published", "published_at", &["published_at", "reviewed", "review_by"]),
    rung("articles", "published", "archived", "", &[]),
    rung("documents", "draft", "signed", "document_date", &[]),
    rung("calibrations", "scheduled", "passed", "calibrated_on", &["points", "deviation", "remarks"]),
    rung("calibrations", "scheduled", "adjusted", "calibrated_on", &["points", "deviation", "remarks"]),
];

/// The steps a record has climbed since the history began, newest first.
pub fn climbed(world: &World<'_>, record: &Record, rng: &mut Rng) -> Vec<Turn> {
    let folder = record.reference.folder.as_str();
    let field = if record.has("status") { "status" } else { "result" };
    let mut state = record.text(field).to_owned();
    let mut turns: Vec<Turn> = Vec::new();
    let mut latest = world.now;
    while let Some(rung) = RUNGS.iter().find(|rung| rung.folder == folder && rung.state == state) {
        let known = world.known(record, rung.at, rng).filter(|at| *at <= world.now);
        let at = known.unwrap_or_else(|| match since(world, record, rung, rng) {
            Some(since) => world.between(since, latest.min(since + TimeDelta::days(21)), rng),
            None if turns.is_empty() => world.before(latest, rng.u64(1..90), rng),
            None => world.before(latest, rng.u64(1..9), rng),
        });
        let at = at.min(latest - TimeDelta::minutes(4));
        if at < world.start {
            break;
        }
        let filled = rung.fills.iter().filter(|name| record.has(name));
        let state_before = (SmolStr::new(field), Earlier::Held(Value::text(rung.before)));
        let fields = std::iter::once(state_before)
            .chain(filled.map(|name| (SmolStr::new(name), Earlier::Absent)))
            .collect();
        turns.push(Turn { at, by: climber(world, record, rung), action: action(rung), fields });
        (latest, state) = (at, rung.before.to_owned());
    }
    turns
}

/// When the record came to the state below a rung, if it is known.
fn since(world: &World<'_>, record: &Record, rung: &Rung, rng: &mut Rng) -> Option<DateTime<Utc>> {
    let below = RUNGS.iter().find(|other| other.folder == rung.folder && other.state == rung.before);
    let made = match rung.folder {
        "quotes" => "quote_date",
        "orders" => "order_date",
        "cases" => "opened_at",
        _ => "",
    };
    let fields = [below.map_or("", |below| below.at), made];
    fields.iter().find_map(|field| world.known(record, field, rng)).filter(|at| *at <= world.now)
}

/// Which moment the climb began at, if it is known.
pub fn earliest(turns: &[Turn]) -> Option<DateTime<Utc>> {
    turns.iter().map(|turn| turn.at).min()
}

fn action(rung: &Rung) -> &'static str {
    match (rung.folder, rung.state) {
        ("activities", "done") => "done",
        ("leads", "converted") => "convert",
        _ => "set",
    }
}

fn climber(world: &World<'_>, record: &Record, rung: &Rung) -> SmolStr {
    let escalated = rung.folder == "contracts" && record.has("signed_for_us");
    let signer = record.text("signed_for_us");
    if escalated && world.people.contains_key(signer) { signer.into() } else { world.owner(record) }
}
