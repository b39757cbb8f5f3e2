//! Conditions, paths, new records, stamps, findings, settings and places, over one small company.

use super::create::{defaults, file_of, new_reference, reference_of};
use super::stamp::stamps;
use super::validate::findings;
use super::*;
use crate::base::{Id, Now, Ref, RepoPath};
use std::sync::Arc;

/// Saturday 21 November 2026, two in the afternoon in Berlin.
fn now() -> Now {
    Now::new("2026-11-21T13:00:00Z".parse().unwrap(), chrono_tz::Europe::Berlin)
}

fn settings(text: &str) -> (Settings, Vec<String>) {
    let (settings, problems) = Settings::load(&SETTINGS_FILE.parse().unwrap(), text);
    (settings, problems.iter().map(|p| format!("{}:{} {}", p.line, p.column, p.text())).collect())
}

fn book(more: &str) -> Book {
    let record = |reference: &str, text: &str| Record {
        reference: reference.parse().unwrap(),
        path: format!("{reference}.yaml").parse().unwrap(),
        fields: test_fields(text).into(),
    };
    let pipeline = "name: Direct\nstages:\n- {id: talks, name: Talks, kind: open, probability: 30%}\n\
                    - {id: lost, name: Lost, kind: lost}\n";
    let records = vec![
        record(
            "accounts/acme",
            "name: Acme\ntype: customer\nparent_account: group\nbilling_address: {country: DE}\n",
        ),
        record("accounts/group", "name: Group\nparent_account: acme\n"),
        record("contacts/jo", "last_name: Jo\naccount: acme\n"),
        record("contacts/mo", "last_name: Mo\naccount: group\n"),
        record("pipelines/direct", pipeline),
        record("products/pump", "name: Pump\n"),
    ];
    Book::new(Arc::new(Schema::builtin()), Arc::new(settings(more).0), records, Vec::new())
}

const DEAL: &str = "name: Pumps\naccount: acme\npipeline: direct\nstage: talks\namount: 2000.00 EUR\n\
                    close_date: 2026-12-01\ntags: [pilot, urgent]\ncontacts: [jo, mo]\n\
                    lines: [{id: a, product: pump, quantity: 2}, {id: b, quantity: 30}]\n";

fn fields_of(text: &str) -> Vec<(smol_str::SmolStr, Value)> {
    test_fields(text)
}

#[test]
fn conditions_hold_or_do_not() {
    let book = book("rates: {USD: 0.5}\n");
    let ty = book.schema().find("deal").unwrap().clone();
    let fields = fields_of(DEAL);
    let scope = Scope { book: &book, ty: &ty, fields: (&fields).into() };
    for (condition, holds) in [
        ("stage = talks", true),
        ("stage = Talks", true),
        ("stage = lost", false),
        ("stage.kind = lost", false),
        ("stage.kind in open,won", true),
        ("stage.probability >= 30%", true),
        ("amount > 1000", true),
        ("amount > 1999.99 EUR and amount <= 2000", true),
        ("amount > 3000.00 USD", true),
        ("amount > 5000.00 USD", false),
        ("amount > 900", true),
        ("close_date < 2026-12-02", true),
        ("close_date < 2026-12-01", false),
        ("close_date > 2026-2-1", false),
        ("tags = pilot", true),
        ("tags != pilot", false),
        ("tags = other", false),
        ("name ~ PUMP", true),
        ("next_step unset", true),
        ("next_step != x", true),
        ("next_step = x", false),
        ("tags set", true),
        ("account.type = customer", true),
        ("account.billing_address.country = DE", true),
        ("account.parent_account.name = Group", true),
        ("contacts.account.name = Group", true),
        ("lines.quantity > 29", true),
        ("lines.quantity > 30", false),
        ("lines.product = pump", true),
        ("nothing.at.all set", false),
        ("account.name.deeper set", false),
    ] {
        assert_eq!(condition.parse::<Condition>().unwrap().holds(&scope), holds, "{condition}");
    }
}

#[test]
fn paths_end_somewhere_and_never_go_round_for_ever() {
    let book = book("");
    let ty = book.schema().find("deal").unwrap().clone();
    let fields = fields_of(DEAL);
    let scope = Scope { book: &book, ty: &ty, fields: (&fields).into() };
    let told = |path: &str| {
        let found = scope.resolve(path);
        let texts: Vec<_> = found.values.iter().flat_map(|v| v.scalars()).collect();
        format!("{}: {}", found.field.map_or("-", |f| f.name.as_str()), texts.join(","))
    };
    assert_eq!(told("account"), "account: acme");
    assert_eq!(told("account.parent_account.parent_account.name"), "name: Acme");
    assert_eq!(told("contacts.last_name"), "last_name: Jo,Mo");
    assert_eq!(told("lines.quantity"), "quantity: 2,30");
    assert_eq!(told("stage.name"), "name: Talks");
    assert_eq!(
        told("account.parent_account.parent_account.parent_account.parent_account.parent_account.name"),
        "-: "
    );
    assert_eq!(told(""), "-: ");
    assert_eq!(told("..."), "-: ");
}

#[test]
fn a_new_record_starts_with_its_defaults() {
    let book = book("");
    let told = |ty: &str, me: Option<&str>| -> Vec<String> {
        let me: Option<Id> = me.map(|me| me.parse().unwrap());
        let fields = defaults(book.schema().find(ty).unwrap(), me.as_ref(), now());
        fields.iter().map(|(name, value)| format!("{name}={}", value.scalars().join(","))).collect()
    };
    assert_eq!(told("deal", Some("lena")), ["owner=lena"]);
    assert_eq!(told("deal", None), [""; 0]);
    assert_eq!(told("case", None), ["status=new", "priority=normal", "opened_at=2026-11-21T14:00+01:00"]);
    assert_eq!(told("quote", None), ["status=draft", "version=1", "quote_date=2026-11-21"]);
}

fn id(book: &Book, ty: &str, text: &str) -> String {
    let ty = book.schema().find(ty).unwrap();
    new_reference(book, ty, &fields_of(text), now(), &mut fastrand::Rng::with_seed(7)).to_string()
}

#[test]
fn ids_come_from_the_template() {
    let mut book = book("");
    assert_eq!(id(&book, "account", "name: Müller & Söhne GmbH\n"), "accounts/mueller-soehne-gmbh");
    assert_eq!(id(&book, "account", "name: Acme\n"), "accounts/acme-2");
    for taken in ["accounts/acme-2", "accounts/acme-3"] {
        let path = format!("{taken}.yaml").parse().unwrap();
        book.upsert(Record {
            reference: taken.parse().unwrap(),
            path,
            fields: fields_of("name: A\n").into(),
        });
    }
    assert_eq!(id(&book, "account", "name: ACME\n"), "accounts/acme-4");
    // Where nothing is left of the name there is still an id.
    assert!(id(&book, "account", "name: \"!!!\"\n").starts_with("accounts/account-"));
    let long = id(&book, "account", &format!("name: {}\n", "long name ".repeat(30)));
    assert!(long.len() <= "accounts/".len() + 80 && !long.ends_with('-'), "{long}");
    // A link gives its id, a tail of four follows.
    let deal = id(&book, "deal", "name: Line 4\naccount: acme\n");
    let tail = deal.strip_prefix("opportunities/acme-line-4-").unwrap();
    assert_eq!(tail.len(), 4, "{deal}");
    let call =
        id(&book, "activity", "type: call\nsubject: S\ndue: 2026-12-24T08:00+01:00\nabout: accounts/acme\n");
    assert!(call.starts_with("activities/2026-12-24-call-acme-"), "{call}");
    assert!(id(&book, "activity", "type: call\nsubject: S\n").starts_with("activities/2026-11-21-call-"));
}

#[test]
fn a_taken_id_with_a_tail_gets_another_tail() {
    let mut book = book("");
    let first = id(&book, "deal", "name: X\naccount: acme\n");
    let path = format!("{first}.yaml").parse().unwrap();
    book.upsert(Record { reference: first.parse().unwrap(), path, fields: Fields::default() });
    let second = id(&book, "deal", "name: X\naccount: acme\n");
    assert_ne!(first, second);
    assert!(second.starts_with("opportunities/acme-x-") && !second.ends_with("-2"), "{second}");
}

#[test]
fn files_go_where_the_layout_says() {
    let file = |settings: &str, reference: &str, fields: &str| {
        let book = book(settings);
        let reference: Ref = reference.parse().unwrap();
        let ty = book.schema().in_folder(&reference.folder).unwrap().clone();
        file_of(&book, &ty, &reference, &fields_of(fields), now()).unwrap().to_string()
    };
    assert_eq!(file("", "accounts/acme", ""), "accounts/acme.yaml");
    let sharded = "layout: {accounts: initials, activities: flat, cases: month}\n";
    assert_eq!(file(sharded, "accounts/acme", ""), "accounts/ac/acme.yaml");
    assert_eq!(file(sharded, "accounts/a-b", ""), "accounts/ab/a-b.yaml");
    assert_eq!(file(sharded, "accounts/x", ""), "accounts/x/x.yaml");
    assert_eq!(file(sharded, "activities/x", ""), "activities/x.yaml");
    assert_eq!(file(sharded, "cases/x", "opened_at: 2025-02-03T23:30-08:00\n"), "cases/2025/02/x.yaml");
    assert_eq!(file("", "activities/x", "due: 2026-12-24\n"), "activities/2026/12/x.yaml");
    assert_eq!(file("", "activities/x", ""), "activities/2026/11/x.yaml");
}

#[test]
fn a_path_tells_its_record() {
    let reference = |path: &str| {
        let path: RepoPath = path.parse().unwrap();
        reference_of(|folder| folder == "accounts", &path).map(|r| r.to_string())
    };
    assert_eq!(reference("accounts/acme.yaml").as_deref(), Some("accounts/acme"));
    assert_eq!(reference("accounts/a/b/acme.yaml").as_deref(), Some("accounts/acme"));
    for none in ["accounts/Acme.yaml", "accounts/acme.yml", "accounts/.yaml", "acme.yaml", "leads/x.yaml"] {
        assert_eq!(reference(none), None, "{none}");
    }
}

#[test]
fn stamps_follow_what_they_watch() {
    let book = book("");
    let stamped = |folder: &str, old: Option<&str>, new: &str| -> Vec<String> {
        let record = |text: &str| Record {
            reference: format!("{folder}/x").parse().unwrap(),
            path: format!("{folder}/x.yaml").parse().unwrap(),
            fields: fields_of(text).into(),
        };
        let edits = stamps(&book, old.map(record).as_ref(), &record(new), now());
        let told = |e: &FieldEdit| match &e.op {
            EditOp::Put(value) => format!("{}={}", e.path, value.as_str()),
            _ => format!("{}=", e.path),
        };
        edits.iter().map(told).collect()
    };
    let deal = |stage: &str| format!("pipeline: direct\nstage: {stage}\n");
    let day = "stage_since=2026-11-21";
    let time = "closed_at=2026-11-21T14:00+01:00";
    assert_eq!(stamped("opportunities", None, &deal("talks")), [day]);
    assert_eq!(stamped("opportunities", Some(&deal("talks")), &deal("talks")), [""; 0]);
    assert_eq!(stamped("opportunities", Some(&deal("talks")), &deal("lost")), [day, time]);
    let lost = deal("lost") + "closed_at: 2026-01-01\nstage_since: 2026-01-01\n";
    let back = deal("talks") + "closed_at: 2026-01-01\nstage_since: 2026-01-01\n";
    assert_eq!(stamped("opportunities", Some(&lost), &back), [day, "closed_at="]);
    // What somebody writes along is left as it is.
    let own = deal("lost") + "stage_since: 2026-02-02\n";
    assert_eq!(stamped("opportunities", Some(&deal("talks")), &own), [time]);
    assert_eq!(
        stamped("cases", Some("status: open\n"), "status: closed\n"),
        ["resolved_at=2026-11-21T14:00+01:00", time]
    );
}

#[test]
fn findings_of_a_record_as_a_whole() {
    let book = book("");
    let told = |reference: &str, text: &str| -> Vec<String> {
        let reference: Ref = reference.parse().unwrap();
        let ty = book.schema().in_folder(&reference.folder).unwrap().clone();
        let fields = fields_of(text);
        let found = findings(&Scope { book: &book, ty: &ty, fields: (&fields).into() }, &reference);
        found.iter().map(|f| format!("{} {:?} {}", f.at.join("."), f.severity, f.code)).collect()
    };
    assert_eq!(told("opportunities/x", DEAL), [""; 0]);
    assert_eq!(told("opportunities/x", &DEAL.replace("talks", "lost")), ["lost_reason Error required"]);
    assert_eq!(
        told("opportunities/x", &format!("{DEAL}lost_to: Somebody\n")),
        ["lost_to Hint not-applicable"]
    );
    assert_eq!(told("accounts/x", "name: X\ncreated: 2019-05-02\nnmae: Y\n"), ["nmae Hint unknown-field"]);
    assert_eq!(told("accounts/x", "owner: nobody\n"), ["name Error required", "owner Error dangling-link"]);
    assert_eq!(told("accounts/x", "{}\n"), ["name Error required"]);
}

#[test]
fn faults_of_the_settings_are_placed_and_the_rest_counts() {
    let (read, problems) = settings(
        "name: N\ncurrency: EURO\nrates:\n  USD: no\ntime_zone: Europe/Berln\nfiscal_year_start: 13\nhand_edits_after: soon\n",
    );
    assert_eq!(read.name(), "N");
    assert_eq!(
        (read.currency().to_string().as_str(), read.zone(), read.fiscal_year_start()),
        ("EUR", chrono_tz::UTC, 1)
    );
    assert_eq!(read.quiet_seconds(), 30);
    let lines: Vec<_> = problems.iter().map(|p| p.split(':').next().unwrap()).collect();
    assert_eq!(lines, ["2", "3", "5", "6", "7"], "{problems:#?}");
    let only = |text: &str| settings(text).1.join("; ");
    assert!(
        only("nmae: N\n").starts_with("1:1 unknown key 'nmae': did you mean 'name'?"),
        "{}",
        only("nmae: N\n")
    );
    assert!(only("hand_edits: sometimes\n").starts_with("1:"), "{}", only("hand_edits: sometimes\n"));
    assert!(only("name: [\n").starts_with("2:1 "), "{}", only("name: [\n"));
    assert!(only("layout: {accounts: tower}\n").starts_with("1:"), "{}", only("layout: {accounts: tower}\n"));
    assert_eq!(only(""), "");
    let (read, problems) = settings("hand_edits: ask\nhand_edits_after: 5s\nfiscal_year_start: 4\n");
    assert_eq!(problems, [""; 0]);
    assert_eq!((read.hand_edits(), read.quiet_seconds(), read.fiscal_year_start()), (HandEdits::Ask, 5, 4));
}

#[test]
fn places_of_values() {
    let root = crate::yaml::parse("a: 1\nb:\n  - x\n  - id: k7\n    q:  2\nc: {d: 3}\ne:\n").unwrap();
    for (steps, place) in [
        ("", (1, 1)),
        ("a", (1, 4)),
        ("b", (2, 1)),
        ("b 0", (3, 5)),
        ("b k7 q", (5, 9)),
        ("b 1 q", (5, 9)),
        ("b 1 none", (4, 5)),
        ("c d", (6, 8)),
        ("e", (7, 1)),
        ("none", (1, 1)),
        ("a deeper", (1, 4)),
    ] {
        let steps: Vec<_> = steps.split_whitespace().map(smol_str::SmolStr::new).collect();
        assert_eq!(locate::locate(&root, &steps, 0), place, "{steps:?}");
    }
}
