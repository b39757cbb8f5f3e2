//! Filters over a small book.

use super::*;
use crate::base::{Id, Now, RepoPath};
use crate::model::{Schema, Settings, test_fields};
use chrono::{TimeZone, Utc};

const BOOK: &str = "
users/lena: {name: Lena Vogt}
accounts/acme: {name: Acme GmbH, owner: lena, employees: 120, billing_address: {city: Hamburg, country: DE}, tags: [pilot, iso9001]}
accounts/bergmann: {name: Bergmann AG, billing_address: {city: Kiel, country: DE}}
accounts/olsen: {name: Olsen & Sønner, billing_address: {city: Århus, country: DK}, tags: [pilot]}
pipelines/new: {name: New business, stages: [{id: q, name: Qualification}, {id: won, name: Signed and won, kind: won}]}
opportunities/a: {name: Sensors, account: acme, pipeline: new, stage: q, amount: 12500.00 EUR, close_date: 2026-11-27, owner: lena}
opportunities/b: {name: Cold storage, account: bergmann, pipeline: new, stage: won, amount: 9000.00 USD, close_date: 2026-12-01}
opportunities/c: {name: Line 4, account: olsen, pipeline: new, stage: q, close_date: 2026-11-20}
cases/x: {subject: Pump, status: waiting_customer, opened_at: 2026-11-20T23:30Z, account: acme}
cases/y: {subject: Probe, status: new, opened_at: 2026-11-20T21:00Z}
";

fn book() -> Book {
    let records = test_fields(BOOK).into_iter().map(|(name, value)| Record {
        reference: name.parse().unwrap(),
        path: RepoPath::try_from(format!("{name}.yaml").as_str()).unwrap(),
        fields: value.entries().to_vec(),
    });
    let settings = "time_zone: Europe/Berlin\nrates: {USD: 0.9}\n";
    let settings = Settings::load(&RepoPath::try_from("kontor.yaml").unwrap(), settings).0;
    Book::new(Arc::new(Schema::builtin()), Arc::new(settings), records.collect(), Vec::new())
}

fn check(ty: &str, query: &str, expect: &str) {
    let book = book();
    let ty = book.schema().find(ty).unwrap();
    let me = Id::new("lena").unwrap();
    let now = Now::new(Utc.with_ymd_and_hms(2026, 11, 21, 12, 0, 0).unwrap(), chrono_tz::Europe::Berlin);
    let shown = match Query::parse(query, ty, &book, Entry { me: Some(&me), now }) {
        Ok(read) => {
            let found = read.filter(&book, book.of(&ty.folder));
            found.iter().map(|r| r.id().to_string()).collect::<Vec<_>>().join(" ")
        }
        Err(error) => format!("[{}] {error}", &query[error.at.clone()]),
    };
    assert_eq!(shown, expect, "{query}");
}

#[test]
fn operators() {
    check("account", "", "acme bergmann olsen");
    check("account", "name=\"acme gmbh\"", "acme");
    check("account", "name!=\"ACME GmbH\"", "bergmann olsen");
    check("account", "name~SØN", "olsen");
    check("account", "name!~mann", "acme olsen");
    check("account", "employees>100", "acme");
    check("account", "employees >= 120 and employees<=120", "acme");
    check("account", "employees<120", "");
    check("account", "id=olsen", "olsen");
    check("account", "id~e", "acme bergmann olsen");
}

#[test]
fn several_terms() {
    check("account", "tags=pilot and billing_address.country=de", "acme");
    check("account", "tags=pilot billing_address.country=DE", "acme");
    check("account", "tags=pilot, billing_address.country=DE", "acme");
    check("account", "billing_address~hamburg", "acme");
    check("account", "billing_address.city=Kiel,Hamburg", "acme bergmann");
}

#[test]
fn empty_or_not() {
    check("account", "owner=", "bergmann olsen");
    check("account", "owner!=", "acme");
    check("account", "owner= tags=pilot", "olsen");
    check("account", "owner=- and tags=pilot", "olsen");
    check("account", "owner=\"\"", "bergmann olsen");
}

#[test]
fn values_as_typed() {
    check("deal", "amount>10k", "a");
    check("deal", "amount<8.5k", "b");
    check("deal", "amount=12,500.00", "a");
    check("deal", "amount=20k,12.5k", "a");
    check("deal", "amount=12500 USD", "");
    check("deal", "stage=Qualification", "a c");
    check("deal", "stage=signed and won", "b");
    check("deal", "stage=q,won account=acme", "a");
    check("deal", "account=Acme GmbH", "a");
    check("deal", "account=accounts/acme", "a");
    check("deal", "account~gmbh", "a");
    check("deal", "account~\"acme gm\"", "a");
    check("deal", "owner=me", "a");
    check("deal", "account.billing_address.country=DE", "a b");
    check("deal", "account.owner.name~vogt", "a");
    check("deal", "stage.kind=won", "b");
    check("case", "status=Waiting for customer", "x");
    check("case", "status~waiting", "x");
}

#[test]
fn dates() {
    check("deal", "close_date=2026-W48", "a");
    check("deal", "close_date=2026-11", "a c");
    check("deal", "close_date>next fri", "b");
    check("deal", "close_date<=next fri", "a c");
    check("deal", "close_date<today", "c");
    check("deal", "close_date=next month", "b");
    check("deal", "close_date!=this quarter", "");
    check("deal", "close_date > 2026-W48 and amount > 1", "b");
    // The evening in Greenwich is the next day in Berlin.
    check("case", "opened_at=2026-11-21", "x");
    check("case", "opened_at<today", "y");
    check("case", "opened_at>=today", "x");
}

#[test]
fn words_anywhere() {
    check("account", "hamburg", "acme");
    check("account", "pilot Århus", "olsen");
    check("account", "\"gmbh\" and iso", "acme");
    // Through the title of a link, and the label of a choice.
    check("deal", "berg", "b");
    check("deal", "signed", "b");
    check("deal", "nothing", "");
    check("case", "acme", "x");
}

#[test]
fn faults_have_a_place_and_a_hint() {
    check("deal", "amout>10", "[amout] an opportunity has no field 'amout': did you mean 'amount'?");
    check(
        "deal",
        "stage=q and account.nmae=x",
        "[account.nmae] an account has no field 'nmae': did you mean 'account.name'?",
    );
    check("deal", "stage=qalification", "[qalification] unknown stage 'qalification' (known: q, won)");
    check(
        "case",
        "status=waitin_customer",
        "[waitin_customer] unknown status 'waitin_customer': did you mean 'waiting_customer'?",
    );
    check("deal", "account=acmee", "[acmee] there is no account 'acmee': did you mean 'acme'?");
    let both = "[12,500] '12,500' could be 12500 EUR or 12.5 EUR: write 12500 EUR or 12.5 EUR";
    check("deal", "amount=12,500", both);
    check("deal", "=x", "[=] write a field before =, such as name=…");
    check("deal", "amount>", "[>] write a value after >");
    check("deal", "name=\"x", "[\"x] this quote has no partner: add one at its end");
    check(
        "account",
        "billing_address=Kiel",
        "[Kiel] billing_address has parts: ask for one, such as billing_address.city, or use billing_address~Kiel",
    );
}
