//! Settings, users and products: what there must be before anything else.

use super::cast::Cast;
use super::page::{Page, map, plain_id};
use super::plan::BASICS;
use super::words::{WORDS, one, prose};
use crate::model::Value;

/// The workspace's settings, sharded so that git stays quick.
pub const SETTINGS: &str = "\
# A made-up workspace.
name: Kontor Demo
currency: EUR
time_zone: Europe/Berlin
language: en
rates:
  DKK: 0.1340
  GBP: 1.1510
  JPY: 0.00606
  SEK: 0.0886
  USD: 0.9180
# Many files in one folder make git slow.
layout:
  accounts: initials
  contacts: initials
  leads: initials
  opportunities: initials
  cases: initials
  contracts: initials
  assets: initials
  documents: initials
  quotes: month
  orders: month
";

/// The settings in the order in which they build on each other; there are [`BASICS`] of them.
pub fn basic(n: usize) -> (&'static str, Page) {
    let (folder, mut page) = match n {
        0 => ("teams", named("sales", "Sales")),
        1 => ("teams", named("support", "Support")),
        2 => ("sla_policies", sla()),
        3 => ("pipelines", pipeline("new-business", "New business", ["qualification", "won", "lost"])),
        4 => ("pipelines", pipeline("renewals", "Renewals", ["upcoming", "renewed", "churned"])),
        5 => ("queues", named("support", "Support")),
        6 => ("queues", named("field", "Field service")),
        7 => ("queues", named("billing", "Billing")),
        _ => ("price_books", named("list", "List prices")),
    };
    if folder == "queues" {
        page.put("position", (n - 4).to_string()).put("sla_policy", "business-hours").put("team", "support");
    }
    if n == 3 || n == 5 {
        page.put("default", "true");
    }
    debug_assert!(n < BASICS);
    (folder, page)
}

fn named(id: &'static str, name: &'static str) -> Page {
    let mut page = Page::new(id);
    page.put("name", name);
    page
}

fn sla() -> Page {
    let mut page = named("business-hours", "Business hours");
    page.put("default", "true");
    let target = |priority: &str, response: &str, resolution: &str| {
        map(&[
            ("id", priority.into()),
            ("priority", priority.into()),
            ("response", response.into()),
            ("resolution", resolution.into()),
        ])
    };
    let targets =
        [("urgent", "1h", "8h"), ("high", "2h", "16h"), ("normal", "4h", "40h"), ("low", "8h", "80h")];
    page.value("targets", Value::List(targets.map(|(priority, a, b)| target(priority, a, b)).into()));
    page.list("pauses_on", ["waiting_customer", "waiting_supplier", "on_hold"]).put("warn_before", "1h");
    let day = |day: &str| {
        map(&[("id", day.into()), ("day", day.into()), ("from", "08:00".into()), ("to", "17:00".into())])
    };
    page.value("business_hours", Value::List(["mon", "tue", "wed", "thu", "fri"].map(day).into()));
    page
}

fn pipeline(id: &'static str, name: &'static str, [first, won, lost]: [&'static str; 3]) -> Page {
    let mut page = named(id, name);
    let stage = |id: &str, probability: &str, category: &str, kind: &str, rot: &str| {
        let name = format!("{}{}", id[..1].to_uppercase(), &id[1..]);
        map(&[
            ("id", id.into()),
            ("name", name),
            ("probability", probability.into()),
            ("forecast_category", category.into()),
            ("kind", kind.into()),
            ("rot_after", rot.into()),
        ])
    };
    page.put("position", if id == "renewals" { "2" } else { "1" }).put("team", "sales");
    page.value(
        "stages",
        Value::List(Box::new([
            stage(first, "20%", "pipeline", "open", "21d"),
            stage("proposal", "50%", "best_case", "open", "30d"),
            stage("negotiation", "80%", "commit", "open", "21d"),
            stage(won, "100%", "closed", "won", ""),
            stage(lost, "0%", "omitted", "lost", ""),
        ])),
    );
    page
}

/// A user; the first is the demo's own.
pub fn user(cast: &Cast, n: usize) -> Page {
    let user = &cast.users[n];
    let letters = plain_id(&user.name);
    let initials: String = letters.split('-').filter_map(|word| word.chars().next()).collect();
    let mut page = Page::new(&user.id);
    page.put("name", &user.name).put("initials", initials.to_uppercase());
    page.put("email", email(user)).put("status", "active");
    page.put("role", if user.support { "support" } else { "sales" });
    page.put("team", if user.support { "support" } else { "sales" });
    page.put("time_zone", &user.country.zone).put("language", &user.country.language);
    page
}

/// A user's address, which is the one in their commits.
pub fn email(user: &super::cast::User) -> String {
    format!("{}@kontor-demo.example", user.id)
}

/// A product.
pub fn product(cast: &Cast, n: usize) -> Page {
    let (product, rng) = (&cast.products[n], &mut cast.rng("product page", n));
    let mut page = Page::new(&product.id);
    page.put("name", &product.name).put("code", format!("KD-{n:04}"));
    page.put("family", WORDS.products[n % WORDS.products.len()].split(' ').next().unwrap_or_default());
    page.put("type", one(rng, &["goods", "goods", "service", "subscription", "spare_part"]));
    page.put("active", "true").put("price", format!("{}.00 EUR", product.price));
    page.put("cost", format!("{}.00 EUR", product.price * 6 / 10)).put("unit", "pcs");
    page.put("description", prose(rng, 1..4));
    page
}
