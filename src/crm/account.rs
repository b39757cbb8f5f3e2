//! Everything about one account, for its page.

use super::due::Due;
use super::health::{Health, health};
use super::lines::amounts;
use super::pipeline::Pipelines;
use super::sla::{Case, Policies, most_urgent_first};
use super::{Deal, Total, deal, earlier, look, state, timeline};
use crate::base::{Now, Ref};
use crate::model::{Book, Record};
use chrono::{NaiveDate, TimeDelta};
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;
use std::cmp::Reverse;
use std::sync::Arc;

/// An account with all that names it.
#[derive(Debug, Clone)]
pub struct AccountPage {
    /// Its record.
    pub record: Arc<Record>,
    /// Its people: those who are there first, its primary contact before them.
    pub people: Vec<Arc<Record>>,
    /// Its open deals by close date.
    pub deals: Vec<Deal>,
    /// Their total.
    pub deals_total: Total,
    /// Its won and lost deals, the latest first.
    pub closed_deals: Vec<Deal>,
    /// Its open cases, the most urgent first.
    pub cases: Vec<Case>,
    /// How many cases it ever had.
    pub cases_ever: usize,
    /// Its contracts: the running ones first.
    pub contracts: Vec<Arc<Record>>,
    /// What it has from us: what is in use first.
    pub assets: Vec<Arc<Record>>,
    /// Its quotes, the latest first.
    pub quotes: Vec<Arc<Record>>,
    /// Its orders, the latest first.
    pub orders: Vec<Arc<Record>>,
    /// Documents about it and about its deals, cases and the like.
    pub documents: Vec<Arc<Record>>,
    /// Accounts that belong to it.
    pub children: Vec<Arc<Record>>,
    /// How many activities concern it.
    pub activities: usize,
    /// The next planned activity; an overdue one counts.
    pub next: Option<Due>,
    /// What it has bought: its orders, and its won deals without one.
    pub value: Total,
    /// How well it is doing.
    pub health: Health,
    /// By how many points that is better or worse than 30 days ago; `None` where it was not there by then.
    pub trend: Option<i16>,
    /// Customer since; else since its first activity, deal or order.
    pub since: Option<NaiveDate>,
}

/// The page of an account; `None` where there is no such record.
pub fn account(book: &Book, target: &Ref, now: Now) -> Option<AccountPage> {
    let record = book.get(target)?.clone();
    let pipelines = Pipelines::of(book);
    let named =
        |folder: &str| -> Vec<Arc<Record>> { book.linking(target, folder, "account").cloned().collect() };
    let all_deals = named("opportunities");
    let (mut deals, mut closed_deals): (Vec<_>, Vec<_>) =
        all_deals.iter().map(|deal| Deal::of(book, &pipelines, deal, now)).partition(Deal::is_open);
    deals.sort_by(|a, b| Deal::by_close_date(book, a, b));
    closed_deals.sort_by_key(|deal| Reverse(deal.closed));
    let all_cases = named("cases");
    let policies = Policies::of(book);
    let open_cases = all_cases.iter().filter(|case| !state::is_closed(book, case));
    let mut cases: Vec<_> = open_cases.map(|case| Case::of(book, &policies, case, now)).collect();
    most_urgent_first(&mut cases, now);
    let concerning = timeline::concerning(book, target);
    let in_folder =
        |folder: &'static str| concerning.iter().copied().filter(move |r| r.reference.folder == folder);
    let activities: Vec<_> = in_folder("activities").collect();
    let planned = activities.iter().filter(|activity| activity.text("status") == "planned");
    let contracts = open_first(book, named("contracts"), "end_date");
    let orders = latest_first(named("orders"), "order_date");
    let since = since(&record, &activities, &all_deals, &orders);
    let health = health(book, &cases, &deals, &contracts, &activities, now);
    let then = Now::new(now.utc - TREND, now.zone);
    let trend = since.filter(|since| *since <= then.today()).map(|_| {
        let before = health_then(book, &all_cases, &all_deals, &contracts, &activities, then);
        i16::from(health.score) - i16::from(before.score)
    });
    Some(AccountPage {
        people: people(book, &record, named("contacts")),
        deals_total: deal::total(book, &deals),
        cases_ever: all_cases.len(),
        assets: open_first(book, named("assets"), "installed_date"),
        quotes: latest_first(named("quotes"), "quote_date"),
        documents: latest_first(in_folder("documents").cloned().collect(), "document_date"),
        children: book.linking(target, "accounts", "parent_account").cloned().collect(),
        next: planned.filter_map(|record| Due::of(record, now)).min_by_key(|due| due.when.start(now.zone)),
        value: value(book, &closed_deals, &orders),
        health,
        trend,
        since,
        activities: activities.len(),
        deals,
        closed_deals,
        cases,
        contracts,
        orders,
        record,
    })
}

/// Over what time the trend of the health is told.
const TREND: TimeDelta = TimeDelta::days(30);

/// The health as it was, as far as dates tell.
fn health_then(
    book: &Book,
    cases: &[Arc<Record>],
    deals: &[Arc<Record>],
    contracts: &[Arc<Record>],
    activities: &[&Arc<Record>],
    then: Now,
) -> Health {
    let (policies, pipelines) = (Policies::of(book), Pipelines::of(book));
    let cases = cases.iter().filter_map(|case| earlier::case(case, then));
    let open = cases.filter(|case| !state::is_closed(book, case));
    let cases: Vec<_> = open.map(|case| Case::of(book, &policies, &case, then)).collect();
    let deals = deals.iter().map(|deal| Deal::of(book, &pipelines, deal, then));
    let deals: Vec<_> = deals.filter(Deal::is_open).collect();
    let contracts: Vec<_> = contracts.iter().filter_map(|c| earlier::contract(c, then)).collect();
    health(book, &cases, &deals, &contracts, activities, then)
}

fn people(book: &Book, account: &Record, mut people: Vec<Arc<Record>>) -> Vec<Arc<Record>> {
    let primary = account.text("primary_contact");
    people.sort_by_cached_key(|person| {
        let name = person.text("last_name").to_lowercase();
        (state::is_closed(book, person), person.id().as_str() != primary, name, person.reference.id.clone())
    });
    people
}

fn latest_first(mut records: Vec<Arc<Record>>, date: &str) -> Vec<Arc<Record>> {
    records.sort_by_cached_key(|record| Reverse(record.date(date)));
    records
}

fn open_first(book: &Book, mut records: Vec<Arc<Record>>, date: &str) -> Vec<Arc<Record>> {
    records.sort_by_cached_key(|record| (state::is_closed(book, record), Reverse(record.date(date))));
    records
}

/// What was bought: orders that were placed and not cancelled, and won deals that no order comes from.
fn value(book: &Book, closed: &[Deal], orders: &[Arc<Record>]) -> Total {
    let (rates, currency) = (book.settings().rates(), book.settings().currency());
    let mut total = Total::new(currency);
    let placed = orders.iter().filter(|order| !matches!(order.text("status"), "draft" | "cancelled"));
    let mut ordered: FxHashSet<&str> = FxHashSet::default();
    for order in placed {
        ordered.insert(order.text("opportunity"));
        total.add(rates, amounts(book, order).map(|amounts| amounts.net), Decimal::ONE_HUNDRED);
    }
    for deal in closed.iter().filter(|d| d.is_won() && !ordered.contains(d.record.id().as_str())) {
        total.add(rates, deal.amount, Decimal::ONE_HUNDRED);
    }
    total
}

fn since(
    account: &Record,
    activities: &[&Arc<Record>],
    deals: &[Arc<Record>],
    orders: &[Arc<Record>],
) -> Option<NaiveDate> {
    let done = activities.iter().filter(|a| a.text("status") == "done");
    let done = done.filter_map(|a| timeline::done(a)).map(|at| at.day());
    let deals = deals.iter().filter_map(|deal| deal.date("closed_at").or_else(|| deal.date("stage_since")));
    let orders = orders.iter().filter_map(|order| order.date("order_date"));
    account.date("customer_since").or_else(|| done.chain(deals).chain(orders).min())
}

/// The account a record belongs to: itself, the one it names, or the one of what it is about.
pub fn account_of(book: &Book, record: &Record) -> Option<Arc<Record>> {
    let accounts = &book.schema().find("account")?.folder;
    if record.reference.folder == *accounts {
        return book.get(&record.reference).cloned();
    }
    if let Some(account) = look::linked(book, record, "account", "account") {
        return Some(account.clone());
    }
    let about: Ref = record.text("about").parse().ok()?;
    let about = book.get(&about)?;
    match about.reference.folder == *accounts {
        true => Some(about.clone()),
        false => look::linked(book, about, "account", "account").cloned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::health::Reason;
    use crate::crm::testing::{book, ids, now, reference, sample};

    const BOOK: &str = "
pipelines/new: {stages: [{id: q, probability: 50%, rot_after: 21d}, {id: won, kind: won}]}
sla_policies/s: {default: true, targets: [{priority: normal, resolution: 1h}]}
accounts/acme: {name: Acme, primary_contact: marta}
accounts/child: {name: Child, parent_account: acme}
contacts/anna: {last_name: Abel, account: acme}
contacts/gone: {last_name: Aa, account: acme, status: left}
contacts/marta: {last_name: Lind, account: acme}
opportunities/late: {account: acme, pipeline: new, stage: q, amount: 10, close_date: 2026-12-12}
opportunities/soon: {account: acme, pipeline: new, stage: q, amount: 20, close_date: 2026-12-01, stage_since: 2026-01-01}
opportunities/won: {account: acme, pipeline: new, stage: won, amount: 100, closed_at: 2026-05-01}
opportunities/ordered: {account: acme, pipeline: new, stage: won, amount: 50, closed_at: 2026-06-01}
orders/o: {account: acme, opportunity: ordered, status: completed, order_date: 2026-06-02, lines: [{unit_price: 55}]}
orders/no: {account: acme, opportunity: won, status: cancelled, lines: [{unit_price: 99}]}
cases/a: {account: acme, status: open, opened_at: 2026-11-20}
cases/b: {account: acme, status: closed, opened_at: 2026-10-20}
contracts/old: {account: acme, status: expired, end_date: 2025-12-31}
contracts/now: {account: acme, status: active, end_date: 2026-12-31}
documents/d: {about: opportunities/won, document_date: 2026-05-02}
activities/done: {about: contacts/anna, status: done, due: 2026-10-01}
activities/next: {about: opportunities/late, status: planned, due: 2026-11-24}
";

    #[test]
    fn everything() {
        let book = book(BOOK);
        let page = account(&book, &reference("accounts/acme"), now("2026-11-21 13:00")).unwrap();
        assert_eq!(ids(&page.people), "marta anna gone");
        assert_eq!(ids(page.deals.iter().map(|d| &d.record)), "soon late");
        assert_eq!((page.deals_total.sum.to_string().as_str(), page.deals_total.count), ("30.00 EUR", 2));
        assert_eq!(ids(page.closed_deals.iter().map(|d| &d.record)), "ordered won");
        assert_eq!((ids(page.cases.iter().map(|c| &c.record)), page.cases_ever), ("a".into(), 2));
        assert_eq!(
            (ids(&page.contracts), ids(&page.documents), ids(&page.children)),
            ("now old".into(), "d".into(), "child".into())
        );
        assert_eq!(page.value.sum.to_string(), "155.00 EUR");
        assert_eq!(page.next.unwrap().record.id().as_str(), "next");
        assert_eq!((page.since, page.activities), ("2026-01-01".parse().ok(), 2));
        assert_eq!(page.health.score, 100 - 15 - 10 - 10 - 15);
        let reasons = [
            (15, Reason::BrokenPromises(1)),
            (15, Reason::ContractEnding),
            (10, Reason::Silence(Some(51))),
            (10, Reason::RottingDeals(1)),
        ];
        assert_eq!(page.health.reasons, reasons);
        assert!(account(&book, &reference("accounts/none"), now("2026-11-21 13:00")).is_none());
    }

    /// The health of an account and its trend.
    fn trend(records: &str, expect: (u8, Option<i16>)) {
        let book = book(&format!(
            "pipelines/new: {{stages: [{{id: q, rot_after: 21d}}, {{id: won, kind: won}}]}}\n\
             sla_policies/s: {{default: true, targets: [{{priority: normal, resolution: 1h}}]}}\n\
             accounts/acme: {{name: Acme, customer_since: 2020-01-01}}\n{records}"
        ));
        let page = account(&book, &reference("accounts/acme"), now("2026-11-21 13:00")).unwrap();
        assert_eq!((page.health.score, page.trend), expect, "{records}");
    }

    const CALLED: &str = "activities/a: {about: accounts/acme, status: done, done_at: 2026-10-20}\nactivities/b: {about: accounts/acme, status: done, done_at: 2026-11-20}\n";

    #[test]
    fn better_or_worse_than_a_month_ago() {
        trend(CALLED, (100, Some(0)));
        // Nobody called for months until yesterday; nobody has called since.
        trend("activities/b: {about: accounts/acme, status: done, done_at: 2026-11-20}\n", (100, Some(30)));
        trend("activities/a: {about: accounts/acme, status: done, done_at: 2026-10-20}\n", (90, Some(-10)));
        let with = |more: &str| format!("{CALLED}{more}\n");
        trend(&with("cases/c: {account: acme, status: open, opened_at: 2026-11-01}"), (85, Some(-15)));
        trend(&with("cases/c: {account: acme, status: open, opened_at: 2026-10-01}"), (85, Some(0)));
        let solved =
            "cases/c: {account: acme, status: closed, opened_at: 2026-10-01, resolved_at: 2026-11-01}";
        trend(&with(solved), (100, Some(15)));
        let rots = |since: &str| {
            format!("opportunities/d: {{account: acme, pipeline: new, stage: q, stage_since: {since}}}")
        };
        trend(&with(&rots("2026-10-10")), (90, Some(-10)));
        trend(&with(&rots("2026-07-10")), (90, Some(0)));
        // The contract has come near its end; or was near it all the time; or an open deal renewed it then.
        let ends =
            |day: &str| with(&format!("contracts/k: {{account: acme, status: active, end_date: {day}}}"));
        trend(&ends("2026-12-31"), (85, Some(-15)));
        trend(&ends("2026-12-15"), (85, Some(0)));
        let closed =
            "{account: acme, contract: k, pipeline: new, stage: won, closed_at: 2026-11-10T10:00+01:00}";
        trend(&format!("{}opportunities/r: {closed}\n", ends("2026-12-15")), (85, Some(-15)));
    }

    #[test]
    fn no_trend_for_who_was_not_there() {
        let book = book("accounts/new: {name: New, customer_since: 2026-11-01}\n");
        let page = account(&book, &reference("accounts/new"), now("2026-11-21 13:00")).unwrap();
        assert_eq!(page.trend, None);
    }

    #[test]
    fn whose_account() {
        let book = book(BOOK);
        let of = |r: &str| account_of(&book, book.get(&reference(r)).unwrap()).map(|a| a.id().to_string());
        assert_eq!(of("accounts/acme").as_deref(), Some("acme"));
        assert_eq!(of("cases/a").as_deref(), Some("acme"));
        assert_eq!(of("activities/done").as_deref(), Some("acme"));
        assert_eq!(of("pipelines/new"), None);
    }

    #[test]
    fn the_samples_acme() {
        let book = sample();
        let page = account(&book, &reference("accounts/acme-gmbh"), now("2026-11-21 13:30")).unwrap();
        assert!(page.people.len() >= 3 && !page.deals.is_empty() && page.cases_ever >= 5);
        assert!(
            page.value.sum.amount > Decimal::from(100_000) && page.value.without_rate == 0,
            "{:?}",
            page.value
        );
        assert!(page.health.score > 30, "{:?}", page.health);
    }
}
