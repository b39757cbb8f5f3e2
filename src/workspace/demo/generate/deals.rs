//! Deals, and the papers and devices that come of them.

use chrono::{Days, NaiveDate};
use fastrand::Rng;

use super::cast::{Cast, skewed};
use super::page::{Page, map, moment, tailed_id, working_time};
use super::words::{WORDS, chance, one, pick, prose, tags};
use crate::model::Value;

/// The open stages of the pipelines in `basics`.
pub fn stages(renewal: bool) -> [&'static str; 3] {
    if renewal {
        ["upcoming", "proposal", "negotiation"]
    } else {
        ["qualification", "proposal", "negotiation"]
    }
}

/// The closing stages of the pipelines in `basics`, won and lost.
pub fn ends(renewal: bool) -> [&'static str; 2] {
    if renewal { ["renewed", "churned"] } else { ["won", "lost"] }
}

/// An opportunity.
pub fn opportunity(cast: &Cast, n: usize) -> Page {
    let (deal, mut rng) = (&cast.deals[n], cast.rng("deal page", n));
    let (account, rng) = (&cast.accounts[deal.account], &mut rng);
    let age = (cast.today - deal.created).num_days().max(0) as u64;
    let open = chance(rng, if age < 150 { 75 } else { 6 });
    let lasted = rng.u64(0..=age.min(140));
    let since = match open {
        true => deal.created + Days::new(rng.u64(0..=age)),
        false => deal.created + Days::new(lasted),
    };
    let won = chance(rng, 55);
    let stage = match open {
        true => stages(deal.renewal)[rng.usize(..3)],
        false => ends(deal.renewal)[usize::from(!won)],
    };
    let mut page = Page::new(&deal.id);
    page.put("name", &deal.name).put("account", &account.id);
    page.put("pipeline", if deal.renewal { "renewals" } else { "new-business" });
    page.put("stage", stage).put("stage_since", since.to_string());
    page.put(
        "type",
        if deal.renewal {
            "renewal"
        } else if account.customer {
            "expansion"
        } else {
            "new_business"
        },
    );
    let close = if open { cast.today + Days::new(rng.u64(1..160)) } else { since };
    page.put("close_date", close.to_string());
    page.put("owner", &cast.users[account.owner].id);
    if chance(rng, 25) {
        page.list("tags", tags(rng));
    }
    if open && chance(rng, 80) {
        page.put("next_step", pick(rng, &WORDS.steps));
        page.put("next_step_date", (cast.ago(7) + Days::new(rng.u64(0..40))).to_string());
    }
    page.put("amount", amount(deal.amount * 250, &account.country.currency));
    if let Some(person) = cast.person_at(deal.account, rng) {
        page.put("contact", &person.id);
    }
    if chance(rng, 20) {
        page.list(
            "competitors",
            [one(rng, &["Kessler Messtechnik", "Sensorix", "Delta Controls", "北星計測"])],
        );
    }
    page.put("lead_source", one(rng, &["existing_customer", "website", "trade_show", "referral", "webinar"]));
    if !open {
        page.put("closed_at", moment(since, working_time(rng), cast.zone));
    }
    if !open && !won {
        page.put("lost_reason", one(rng, &["price", "competitor", "no_budget", "no_decision", "timing"]));
    }
    page.put("description", prose(rng, 1..6));
    page
}

fn amount(euros: u32, currency: &str) -> String {
    match currency {
        "JPY" => format!("{} JPY", u64::from(euros) * 160),
        "SEK" | "DKK" => format!("{}.00 {currency}", u64::from(euros) * 10),
        other => format!("{euros}.00 {other}"),
    }
}

/// What quotes and orders begin with: the deal they belong to, and their day.
fn paper(cast: &Cast, day_field: &'static str, rng: &mut Rng) -> (Page, NaiveDate) {
    let deal = &cast.deals[skewed(rng, cast.deals.len())];
    let account = &cast.accounts[deal.account];
    let day = (deal.created + Days::new(rng.u64(0..60))).min(cast.today);
    let mut page = Page::new(tailed_id(&format!("{day}-{}", account.id), rng));
    page.put("name", &deal.name).put("account", &account.id);
    if let Some(person) = cast.person_at(deal.account, rng) {
        page.put("contact", &person.id);
    }
    page.put("opportunity", &deal.id).put(day_field, day.to_string());
    page.put("owner", &cast.users[account.owner].id);
    (page, day)
}

fn lines(cast: &Cast, rng: &mut Rng) -> Value {
    let line = |n: usize, rng: &mut Rng| {
        let product = &cast.products[rng.usize(..cast.products.len())];
        map(&[
            ("id", format!("l{}", n + 1)),
            ("product", product.id.clone()),
            ("quantity", rng.u32(1..40).to_string()),
            ("unit_price", format!("{}.00 EUR", product.price)),
        ])
    };
    Value::List((0..rng.usize(1..4)).map(|n| line(n, rng)).collect())
}

/// A quote.
pub fn quote(cast: &Cast, n: usize) -> Page {
    let rng = &mut cast.rng("quote", n);
    let (mut page, day) = paper(cast, "quote_date", rng);
    let recent = day > cast.ago(40);
    let status = if recent {
        one(rng, &["draft", "sent", "sent"])
    } else {
        one(rng, &["accepted", "rejected", "expired"])
    };
    page.put("number", format!("Q-{}-{n:05}", day.format("%y"))).put("status", status);
    page.put("valid_until", (day + Days::new(45)).to_string());
    page.value("lines", lines(cast, rng));
    page.put("delivery_time", one(rng, &["4 weeks after order", "10 weeks after order", "from stock"]));
    if status != "draft" {
        page.put("sent_at", moment(day, working_time(rng), cast.zone));
    }
    if status == "accepted" {
        page.put(
            "accepted_at",
            moment((day + Days::new(rng.u64(2..30))).min(cast.today), working_time(rng), cast.zone),
        );
    }
    page
}

/// An order.
pub fn order(cast: &Cast, n: usize) -> Page {
    let rng = &mut cast.rng("order", n);
    let (mut page, day) = paper(cast, "order_date", rng);
    let done = day < cast.ago(70);
    page.put("number", format!("{}-{n:05}", day.format("%y")));
    page.put("status", if done { "completed" } else { one(rng, &["placed", "confirmed", "shipped"]) });
    page.value("lines", lines(cast, rng));
    page.put("delivery_date", (day + Days::new(28)).to_string());
    if done {
        page.put("delivered_date", (day + Days::new(rng.u64(20..40))).to_string());
        page.put("paid_date", (day + Days::new(rng.u64(45..69))).to_string());
    }
    page
}

/// A contract.
pub fn contract(cast: &Cast, n: usize) -> Page {
    let rng = &mut cast.rng("contract", n);
    let at = skewed(rng, cast.accounts.len());
    let account = &cast.accounts[at];
    let name = one(
        rng,
        &["Care contract", "Maintenance", "Watch subscription", "Framework agreement", "Calibration"],
    );
    let start = cast.ago(rng.u64(30..1400));
    let years = rng.u64(1..4);
    let end = start + Days::new(365 * years);
    let mut page = Page::new(tailed_id(&format!("{}-{name}", account.id), rng));
    page.put("name", name)
        .put("number", format!("K-{}-{n:05}", start.format("%Y")))
        .put("account", &account.id);
    page.put("type", one(rng, &["maintenance", "support", "subscription", "frame"]));
    page.put("status", if end < cast.today { "expired" } else { "active" });
    page.put("owner", &cast.users[account.owner].id);
    page.put("start_date", start.to_string()).put("end_date", end.to_string());
    page.put("notice_by", (end - Days::new(90)).to_string());
    page.put("value", format!("{}00.00 EUR", rng.u32(8..400))).put("billing", "yearly");
    page.put("signed_date", (start - Days::new(rng.u64(3..25))).to_string());
    if let Some(person) = cast.person_at(at, rng) {
        page.put("signed_by", &person.id);
    }
    page.put("description", prose(rng, 1..4));
    page
}

/// An asset.
pub fn asset(cast: &Cast, n: usize) -> Page {
    let rng = &mut cast.rng("asset", n);
    let at = skewed(rng, cast.accounts.len());
    let product = &cast.products[rng.usize(..cast.products.len())];
    let installed = cast.ago(rng.u64(5..2500));
    let serial = format!("{:05}-{}", n, installed.format("%y%m"));
    let place = pick(rng, &WORDS.needs);
    let mut page = Page::new(super::page::plain_id(&format!("{} {place} {serial}", product.name)));
    page.put("name", format!("{}, {place}", product.name)).put("serial_number", serial);
    page.put("product", &product.id).put("account", &cast.accounts[at].id);
    page.put("status", one(rng, &["in_use", "in_use", "in_use", "in_repair", "retired"]));
    page.put("location", format!("{place} {}", rng.u32(1..9)));
    page.put("installed_date", installed.to_string());
    page.put("warranty_until", (installed + Days::new(730)).to_string());
    page.put("version", format!("{}.{}.{}", rng.u32(1..4), rng.u32(..10), rng.u32(..10)));
    page.put("next_service", (cast.today + Days::new(rng.u64(1..400))).to_string());
    page.put("description", prose(rng, 1..4));
    page
}

/// A campaign.
pub fn campaign(cast: &Cast, n: usize) -> Page {
    let rng = &mut cast.rng("campaign", n);
    let start = cast.ago(rng.u64(0..1200));
    let end = start + Days::new(rng.u64(3..60));
    let kind = one(rng, &["webinar", "trade_show", "email", "letter"]);
    let name = format!("{} {} {}", pick(rng, &WORDS.needs), kind.replace('_', " "), start.format("%B %Y"));
    let mut page = Page::new(super::page::plain_id(&name));
    page.put("name", name).put("type", kind);
    page.put("status", if end < cast.today { "completed" } else { "running" });
    page.put("start_date", start.to_string()).put("end_date", end.to_string());
    page.put("owner", cast.user(false, rng));
    page.put("budget", format!("{}00.00 EUR", rng.u32(5..300)));
    page.put("description", prose(rng, 2..5));
    page
}
