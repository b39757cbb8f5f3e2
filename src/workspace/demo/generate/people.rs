//! Accounts, contacts and leads.

use super::cast::{Cast, Person};
use super::page::{Page, map, plain_id};
use super::words::{WORDS, chance, notes, one, pick, prose, tags};
use crate::model::Value;
use fastrand::Rng;

/// An account.
pub fn account(cast: &Cast, n: usize) -> Page {
    let (account, mut rng) = (&cast.accounts[n], cast.rng("account page", n));
    let (country, rng) = (account.country, &mut rng);
    let mut page = Page::new(&account.id);
    page.put("name", &account.name);
    let other = one(rng, &["prospect", "prospect", "prospect", "partner", "supplier", "former"]);
    page.put("type", if account.customer { "customer" } else { other });
    page.put("owner", &cast.users[account.owner].id);
    page.put("tier", one(rng, &["standard", "standard", "small", "priority", "strategic"]));
    if n > 0 && chance(rng, 5) {
        page.put("parent_account", &cast.accounts[rng.usize(..n)].id);
    }
    if let Some(first) = account.people.first().filter(|_| chance(rng, 60)) {
        page.put("primary_contact", &cast.contacts[*first].id);
    }
    if chance(rng, 45) {
        page.list("tags", tags(rng));
    }
    page.put("website", format!("https://{}.example", domain(&account.id)));
    page.list("phones", [country.phone(rng)]);
    page.put("language", &country.language);
    page.value("billing_address", address(country, rng));
    page.put("industry", pick(rng, &WORDS.industries));
    let employees = 4 + (rng.f64().powi(4) * 4000.0) as u32;
    page.put("employees", employees.to_string());
    if chance(rng, 50) {
        page.put("annual_revenue", format!("{}000.00 {}", employees * rng.u32(90..260), country.currency));
    }
    if account.customer {
        page.put("customer_since", cast.ago(rng.u64(200..5000)).to_string());
        page.put("account_number", format!("D-{}", 10_000 + n));
        page.put("payment_terms", one(rng, &["net 30", "net 14", "2 % within 10 days, net 30", "net 60"]));
    }
    page.put("description", notes(rng, 1..6));
    page
}

/// A contact.
pub fn contact(cast: &Cast, n: usize) -> Page {
    let (contact, mut rng) = (&cast.contacts[n], cast.rng("contact page", n));
    let (account, rng) = (&cast.accounts[contact.account], &mut rng);
    let mut page = Page::new(&contact.id);
    page.put("first_name", &contact.first).put("last_name", &contact.last);
    page.put("account", &account.id);
    page.put("title", pick(rng, &WORDS.titles));
    if chance(rng, 55) {
        page.put(
            "role",
            one(rng, &["decision_maker", "champion", "influencer", "purchasing", "user", "gatekeeper"]),
        );
    }
    page.put("status", if chance(rng, 94) { "active" } else { "left" });
    page.put("owner", &cast.users[account.owner].id);
    page.list("emails", [email(contact, &account.id)]);
    if chance(rng, 80) {
        page.list("phones", [contact.country.phone(rng)]);
    }
    if chance(rng, 30) {
        page.put("mobile", contact.country.phone(rng));
    }
    page.put("language", &contact.country.language);
    page.put("time_zone", &contact.country.zone);
    if chance(rng, 20) {
        page.put("best_time", one(rng, &["mornings", "after 15:00", "not on Fridays", "between shifts"]));
    }
    if chance(rng, 50) {
        page.put("consent", "given");
        page.put("consent_date", cast.ago(rng.u64(10..1500)).to_string());
        page.put("consent_source", one(rng, &["form on the website", "trade fair", "letter"]));
    }
    if chance(rng, 70) {
        page.put("last_review", cast.ago(rng.u64(1..700)).to_string());
    }
    page.put("description", notes(rng, 1..4));
    page
}

/// A lead. Only with accounts, people and deals can one have been converted.
pub fn lead(cast: &Cast, n: usize) -> Page {
    let (lead, mut rng) = (&cast.leads[n], cast.rng("lead page", n));
    let (person, rng) = (&lead.person, &mut rng);
    let mut page = Page::new(&person.id);
    page.put("first_name", &person.first).put("last_name", &person.last).put("company", &lead.company);
    page.put("title", pick(rng, &WORDS.titles));
    let words =
        ["new", "new", "working", "working", "qualified", "unqualified", "unqualified", "unqualified"];
    let status = one(rng, &words);
    page.put("status", status);
    page.put("owner", cast.user(false, rng));
    page.put(
        "lead_source",
        one(rng, &["website", "trade_show", "webinar", "cold_call", "inbound_call", "email"]),
    );
    page.list("emails", [email(person, &plain_id(&lead.company))]);
    page.list("phones", [person.country.phone(rng)]);
    page.value("address", address(person.country, rng));
    page.put("language", &person.country.language);
    if status != "new" {
        page.put("rating", one(rng, &["hot", "warm", "warm", "cold"]));
        page.put("score", rng.u32(5..96).to_string());
        page.put("timeframe", one(rng, &["now", "this_quarter", "this_year", "later", "unknown"]));
    }
    page.put("need", format!("{} {}", pick(rng, &WORDS.needs), pick(rng, &WORDS.works)));
    if matches!(status, "working" | "qualified") {
        page.put("next_step", pick(rng, &WORDS.steps));
        page.put("next_step_date", (cast.ago(5) + chrono::Days::new(rng.u64(0..40))).to_string());
    }
    if status == "unqualified" {
        page.put(
            "unqualified_reason",
            one(rng, &["no_budget", "no_need", "no_answer", "bad_timing", "competitor"]),
        );
    }
    page.put("description", prose(rng, 1..4));
    page
}

fn address(country: &super::words::Country, rng: &mut Rng) -> Value {
    map(&[
        ("street", country.street(rng)),
        ("postal_code", country.postal_code(rng)),
        ("city", pick(rng, &country.cities).to_owned()),
        ("country", country.code.clone()),
    ])
}

fn email(person: &Person, company: &str) -> String {
    format!("{}.{}@{}.example", plain_id(&person.first), plain_id(&person.last), domain(company))
}

fn domain(id: &str) -> &str {
    id[..id.len().min(60)].trim_end_matches('-')
}
