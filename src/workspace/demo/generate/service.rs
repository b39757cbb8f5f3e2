//! Cases, activities, documents and articles.

use chrono::Days;
use fastrand::Rng;

use super::cast::{Cast, age, skewed};
use super::page::{Page, moment, plain_id, tailed_id, working_time};
use super::words::{WORDS, chance, notes, one, pick, prose, tags};

/// A case.
pub fn case(cast: &Cast, n: usize) -> Page {
    let (case, mut rng) = (&cast.cases[n], cast.rng("case page", n));
    let rng = &mut rng;
    let age = (cast.today - case.opened).num_days().max(0) as u64;
    let status = match age {
        0..=1 => one(rng, &["new", "open"]),
        2..=12 => one(rng, &["open", "waiting_customer", "resolved", "waiting_supplier"]),
        13..=25 => one(rng, &["waiting_customer", "resolved", "closed", "closed"]),
        _ => "closed",
    };
    let opened = working_time(rng);
    let mut page = Page::new(&case.id);
    page.put("subject", &case.subject).put("number", format!("C{n:06}")).put("status", status);
    page.put("priority", one(rng, &["low", "normal", "normal", "normal", "high", "urgent"]));
    page.put("type", one(rng, &["question", "problem", "incident", "request", "complaint"]));
    page.put("origin", one(rng, &["email", "phone", "web", "visit"]));
    page.put("description", notes(rng, 1..4));
    if chance(rng, 20) {
        page.list("tags", tags(rng));
    }
    page.put("account", &cast.accounts[case.account].id);
    if let Some(person) = cast.person_at(case.account, rng) {
        page.put("contact", &person.id);
    }
    page.put("product", &cast.products[rng.usize(..cast.products.len())].id);
    page.put("queue", one(rng, &["support", "field", "billing"]));
    if status != "new" {
        page.put("owner", cast.user(true, rng));
    }
    page.put("opened_at", moment(case.opened, opened, cast.zone));
    if status != "new" {
        page.put("first_response_at", moment(case.opened, opened + rng.u32(5..200), cast.zone));
    }
    let lasted = rng.u64(0..=age.min(9));
    let later = case.opened + Days::new(lasted);
    let time = if lasted == 0 { opened + 240 } else { working_time(rng) };
    if status.starts_with("waiting") {
        page.put("waiting_since", moment(later, time, cast.zone));
    }
    if matches!(status, "resolved" | "closed") {
        page.put("resolved_at", moment(later, time, cast.zone));
        if status == "closed" {
            let closed = (later + Days::new(5)).min(cast.today);
            page.put("closed_at", moment(closed, time + 20, cast.zone));
        }
        page.put("resolution", prose(rng, 1..3));
        page.put("cause", one(rng, &["defect", "configuration", "handling", "documentation", "none"]));
        if chance(rng, 50) {
            page.put("csat", rng.u32(2..6).to_string());
        }
    }
    page
}

/// An activity about an account, a contact, a deal, a case or a lead.
pub fn activity(cast: &Cast, n: usize) -> Page {
    let rng = &mut cast.rng("activity", n);
    let kind = one(rng, &["task", "call", "call", "meeting", "email", "email", "note", "visit"]);
    let (subjects, lasts): (_, &[&str]) = match kind {
        "task" => (&WORDS.subjects.task, &[""]),
        "call" => (&WORDS.subjects.call, &["5m", "10m", "20m", "45m"]),
        "meeting" => (&WORDS.subjects.meeting, &["30m", "1h", "1h30m", "2h"]),
        "email" => (&WORDS.subjects.email, &[""]),
        "note" => (&WORDS.subjects.note, &[""]),
        _ => (&WORDS.subjects.visit, &["2h", "4h", "1d"]),
    };
    let planned = kind != "note" && kind != "email" && chance(rng, 9);
    let day = match planned {
        true => cast.ago(10) + Days::new(rng.u64(0..45)),
        false => cast.ago(age(rng, 1000)),
    };
    let (about, account) = about(cast, rng);
    let stem = about.split_once('/').map_or("", |(_, id)| id);
    let mut page = Page::new(tailed_id(&format!("{day}-{kind}-{stem}"), rng));
    let time = working_time(rng);
    page.put("type", kind).put("subject", pick(rng, subjects));
    page.put("status", if planned { "planned" } else { "done" });
    page.put("due", moment(day, time, cast.zone)).put("duration", one(rng, lasts));
    if kind != "note" && chance(rng, 12) {
        page.put("priority", "high");
    }
    if !planned {
        page.put("done_at", moment(day, time + 30, cast.zone));
    }
    page.put("about", about);
    let person = account.and_then(|account| cast.person_at(account, rng));
    if let Some(person) = person {
        page.list("contacts", [&person.id]);
    }
    page.put("owner", &cast.users[rng.usize(..cast.users.len())].id);
    if matches!(kind, "call" | "email") {
        page.put("direction", one(rng, &["inbound", "outbound"]));
    }
    if !planned && matches!(kind, "call" | "meeting" | "visit") {
        page.put("outcome", one(rng, &["reached", "interested", "left_message", "no_answer", "call_back"]));
    }
    let lines = if planned { 1..2 } else { 3..8 };
    page.put("body", notes(rng, lines));
    page
}

/// What an activity is about, as a reference, and the account behind it.
fn about(cast: &Cast, rng: &mut Rng) -> (String, Option<usize>) {
    let at = rng.u32(..100);
    match at {
        0..30 if !cast.deals.is_empty() => {
            let deal = &cast.deals[skewed(rng, cast.deals.len())];
            (format!("opportunities/{}", deal.id), Some(deal.account))
        }
        30..55 if !cast.cases.is_empty() => {
            let case = &cast.cases[skewed(rng, cast.cases.len())];
            (format!("cases/{}", case.id), Some(case.account))
        }
        55..65 if !cast.leads.is_empty() => {
            (format!("leads/{}", cast.leads[rng.usize(..cast.leads.len())].person.id), None)
        }
        65..80 if !cast.contacts.is_empty() => {
            let contact = &cast.contacts[skewed(rng, cast.contacts.len())];
            (format!("contacts/{}", contact.id), None)
        }
        _ => {
            let account = skewed(rng, cast.accounts.len());
            (format!("accounts/{}", cast.accounts[account].id), Some(account))
        }
    }
}

/// A document.
pub fn document(cast: &Cast, n: usize) -> Page {
    let rng = &mut cast.rng("document", n);
    let (about, _) = about(cast, rng);
    let kind = one(rng, &["specification", "drawing", "certificate", "protocol", "report"]);
    let name = format!("{} {kind} {n}", pick(rng, &WORDS.needs));
    let mut page = Page::new(plain_id(&name));
    page.put("name", name).put("type", kind).put("about", about).put("status", "current");
    page.put("document_date", cast.ago(age(rng, 1500)).to_string());
    page.put("owner", &cast.users[rng.usize(..cast.users.len())].id);
    page.put("url", format!("https://files.example/{n:06}.pdf")).put("description", prose(rng, 1..4));
    page
}

/// An article.
pub fn article(cast: &Cast, n: usize) -> Page {
    let rng = &mut cast.rng("article", n);
    let title = format!("{} {}: what to do", pick(rng, &WORDS.things), pick(rng, &WORDS.faults));
    let published = cast.ago(age(rng, 1500));
    let mut page = Page::new(tailed_id(&title, rng));
    page.put("title", title).put("number", format!("KB{n:05}"));
    page.put("category", one(rng, &["Operation", "Commissioning", "Billing", "Errors"]));
    page.put("status", "published").put("visibility", one(rng, &["internal", "customers", "public"]));
    page.put("author", cast.user(true, rng));
    page.put("published_at", moment(published, working_time(rng), cast.zone));
    page.list("tags", tags(rng)).put("summary", prose(rng, 1..2)).put("body", notes(rng, 4..12));
    page.list("products", [&cast.products[rng.usize(..cast.products.len())].id]);
    page
}
