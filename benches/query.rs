//! How fast a query finds its records among 100,000: read and made ready anew each time, then run, with the book's index
//! there and no search index, so that words are found as written; beside it, a plain loop in Rust over the same records,
//! on one thread, that knows the one field it looks for.
//!
//! `cargo bench --bench query` prints the table.

#![allow(clippy::unwrap_used)]

#[path = "large/allocator.rs"]
mod allocator;

use chrono::{DateTime, NaiveDate, TimeDelta};
use divan::{Bencher, black_box};
use kontor::base::{Id, Now, Ref, RepoPath};
use kontor::model::kinds::Entry;
use kontor::model::{Book, Record, Schema, Settings, Value};
use kontor::query::Query;
use std::sync::{Arc, LazyLock};

fn main() {
    divan::main();
}

const RECORDS: usize = 100_000;
const COUNTRIES: [&str; 5] = ["DE", "NL", "DK", "JP", "US"];
const STAGES: [&str; 5] = ["qualification", "proposal", "negotiation", "won", "lost"];

fn record(folder: &str, id: String, fields: Vec<(&str, Value)>) -> Record {
    let reference = Ref::new(folder.parse().unwrap(), Id::new(&id).unwrap());
    let path = RepoPath::try_from(format!("{reference}.yaml").as_str()).unwrap();
    Record { reference, path, fields: fields.into_iter().map(|(name, value)| (name.into(), value)).collect() }
}

fn account(n: usize) -> Record {
    let address = Value::map([
        ("city", Value::text(format!("City {}", n % 97))),
        ("country", Value::text(COUNTRIES[n % COUNTRIES.len()])),
    ]);
    let name = Value::text(format!("Company {n} GmbH"));
    record("accounts", format!("company-{n}"), vec![("name", name), ("billing_address", address)])
}

fn deal(n: usize) -> Record {
    let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + TimeDelta::days((n * 7 % 700) as i64);
    let text = |text: String| Value::text(text);
    let fields = vec![
        ("name", text(format!("Deal {n} for {}", ["pumps", "valves", "sensors"][n % 3]))),
        ("account", text(format!("company-{}", n % 20_000))),
        ("pipeline", text("direct".into())),
        ("stage", text(STAGES[n % STAGES.len()].into())),
        ("close_date", text(day.to_string())),
        ("owner", text(format!("user-{}", n % 40))),
        ("tags", Value::texts([["pilot", "renewal", "churned"][n % 3]])),
        ("amount", text(format!("{}.00 EUR", n * 13 % 90_000))),
        (
            "description",
            text(format!("What was said about number {n}, which is of no importance to anybody.")),
        ),
    ];
    record("opportunities", format!("deal-{n}"), fields)
}

static BOOK: LazyLock<Book> = LazyLock::new(|| {
    let users = (0..40)
        .map(|n| record("users", format!("user-{n}"), vec![("name", Value::text(format!("User {n}")))]));
    let stage = |id: &str| Value::map([("id", Value::text(id)), ("name", Value::text(id))]);
    let stages = Value::List(STAGES.iter().map(|id| stage(id)).collect());
    let pipeline = record("pipelines", "direct".into(), vec![("stages", stages)]);
    let records = users.chain([pipeline]).chain((0..20_000).map(account)).chain((0..RECORDS).map(deal));
    let book =
        Book::new(Arc::new(Schema::builtin()), Arc::new(Settings::default()), records.collect(), Vec::new());
    // Else whichever query asks first would pay for it.
    book.make_index();
    book
});

const QUERIES: [&str; 9] = [
    "stage:proposal",
    "owner:user-7 close<30d",
    "amount>=10k",
    "stage>=negotiation -tag:churned",
    "account.country:DE",
    "close:\"this quarter\" amount:10k..50k",
    "valves",
    "account:company-77",
    "(stage:won or amount>80k) account.city:\"City 7\" -pumps",
];

#[divan::bench(args = QUERIES, sample_count = 20)]
fn read_and_run(bencher: Bencher<'_, '_>, query: &str) {
    let book = &*BOOK;
    let ty = book.schema().find("opportunity").unwrap();
    let now = Now::new(DateTime::from_timestamp(1_795_264_200, 0).unwrap(), chrono_tz::UTC);
    let found = || Query::parse(query, ty, book, Entry { me: None, now }).unwrap().of_type(book, ty).len();
    assert!(found() > 0, "{query} finds nothing, and says nothing about finding");
    bencher.bench(found);
}

/// Beside it: every record asked for one field, one text compared.
#[divan::bench(sample_count = 20)]
fn beside_a_plain_scan(bencher: Bencher<'_, '_>) {
    let book = &*BOOK;
    let ty = book.schema().find("opportunity").unwrap();
    bencher.bench(|| {
        let rows = book.of(&ty.folder).iter();
        rows.filter(|record| black_box(record.text("stage")) == "proposal").cloned().collect::<Vec<_>>().len()
    });
}
