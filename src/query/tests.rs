//! Queries over a small book.

mod agree;
mod complete;

use super::*;
use crate::base::{Id, Now, Ref, RepoPath};
use crate::model::kinds::Entry;
use crate::model::{Book, FieldDef, Kind, Record, Schema, Settings, TypeDef, Value, test_fields};
use chrono::{TimeZone, Utc};
use std::sync::{Arc, LazyLock};

const BOOK: &str = "
users/lena: {name: Lena Vogt, team: north}
users/jonas: {name: Jonas Vries, team: sales}
teams/sales: {name: Sales}
teams/north: {name: Sales North, parent_team: sales}
accounts/acme: {name: Acme GmbH, owner: lena, employees: 120, billing_address: {city: Hamburg, country: DE}, tags: [pilot, iso9001]}
accounts/bergmann: {name: Bergmann AG, billing_address: {city: Kiel, country: DE}}
accounts/olsen: {name: Olsen & Sønner, phones: ['+45 (0)8612 3456'], billing_address: {city: Århus, country: DK}, tags: [pilot]}
pipelines/new: {name: New business, stages: [{id: q, name: Qualification}, {id: n, name: Negotiation}, {id: won, name: Signed and won, kind: won}]}
opportunities/a: {name: Sensors, account: acme, pipeline: new, stage: q, amount: 12500.00 EUR, close_date: 2026-11-27, owner: lena}
opportunities/b: {name: Cold storage, account: bergmann, pipeline: new, stage: won, amount: 9000.00 USD, close_date: 2026-12-01}
opportunities/c: {name: Line 4, account: olsen, pipeline: new, stage: q, close_date: 2026-11-20}
segments/partners: {name: Our partners, type: account, query: 'tag:pilot city:Hamburg', members: [accounts/bergmann, opportunities/b]}
segments/others: {name: Others, type: account, query: 'city:Kiel or city:Århus', excluded: [accounts/bergmann]}
segments/broken: {name: Broken, type: account, query: 'ctiy:Kiel'}
segments/round: {name: Round, type: account, query: 'in:round'}
cases/x: {subject: Pump, status: waiting_customer, priority: high, opened_at: 2026-11-20T23:30Z, account: acme, escalated: true}
cases/y: {subject: Probe, status: new, priority: low, opened_at: 2026-11-20T21:00Z}
cases/z: {subject: Old, status: closed, priority: urgent, opened_at: 2026-08-01, resolved_at: 2026-11-18T10:00Z, type: complaint}
";

fn book() -> Book {
    static READ: LazyLock<Book> = LazyLock::new(read_book);
    READ.clone()
}

fn read_book() -> Book {
    let records = test_fields(BOOK).into_iter().map(|(name, value)| Record {
        reference: name.parse().unwrap(),
        path: RepoPath::try_from(format!("{name}.yaml").as_str()).unwrap(),
        fields: value.entries().to_vec().into(),
    });
    let settings = "time_zone: Europe/Berlin\nrates: {USD: 0.9}\n";
    let settings = Settings::load(&RepoPath::try_from("kontor.yaml").unwrap(), settings).0;
    Book::new(Arc::new(Schema::builtin()), Arc::new(settings), records.collect(), Vec::new())
}

fn now() -> Now {
    Now::new(Utc.with_ymd_and_hms(2026, 11, 21, 12, 0, 0).unwrap(), chrono_tz::Europe::Berlin)
}

fn found(query: &Query, book: &Book) -> String {
    let ids: Vec<_> = query.run(book).iter().map(|r| r.id().to_string()).collect();
    ids.join(" ")
}

fn check(ty: &str, query: &str, expect: &str) {
    let book = book();
    let ty = book.schema().find(ty);
    let me = Id::new("lena").unwrap();
    let ground = Ground::new(&book, Entry { me: Some(&me), now: now() });
    let shown = match Query::read(query, ty, &ground) {
        Ok(read) => {
            if let Some(ty) = ty.filter(|_| read.order().is_empty() && read.limit().is_none()) {
                let plain = read.filter(&book, book.of(&ty.folder));
                assert_eq!(plain, read.run(&book), "with and without the indexes: {query}");
            }
            found(&read, &book)
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
fn segments_are_their_query_and_their_members_but_for_those_left_out() {
    check("account", "in:partners", "acme bergmann");
    check("account", "in:\"our partners\" -tag:pilot", "bergmann");
    check("account", "in:others", "olsen");
    check("account", "-in:others", "acme bergmann");
    check("account", "in:partners,others", "acme bergmann olsen");
    check("deal", "in:partners", "b");
    check("", "in:partners", "acme bergmann b");
    check("account", "in:partner", "[partner] there is no segment 'partner': did you mean 'partners'?");
    let broken =
        "the query of the segment broken is wrong: an account has no field 'ctiy': did you mean 'city'?";
    check("account", "in:broken", &format!("[broken] {broken}"));
    check(
        "account",
        "in:round",
        "[round] the query of the segment round is wrong: a segment is not made of segments",
    );
    check("account", "in:", "[] write the name of a segment after in:");
}

#[test]
fn telephone_numbers_in_any_spelling() {
    check("account", "phone:+4586123456", "olsen");
    check("account", "phone=\"0045 86 12 34 56\"", "olsen");
    check("account", "phone:86123456", "olsen");
    check("account", "phone:123456", "");
    check("account", "phone~123456", "olsen");
    check("account", "phone!=86123456", "acme bergmann");
    check("account", "phone~office", "");
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
    check("deal", "amount>10 k", "");
    check("deal", "amount>10 EUR a", "a b");
    check("deal", "amount=12,500.00", "a");
    check("deal", "amount=20k,12.5k", "a");
    check("deal", "amount=12500 USD", "");
    check("deal", "amount:12,500.00 EUR", "a");
    check("deal", "amount:10,000.00..50,000.00", "a");
    check("deal", "amount:10,000.00 .. 50,000.00 sensors", "a");
    check("deal", "amount:10k..50k EUR sensors", "a");
    check("deal", "amount:8k..10k USD", "b");
    check("deal", "amount:1k,8k..10k USD", "b");
    check("deal", "close:last month..this month", "a c");
    check("deal", "close:last month,next month", "b");
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
    check("case", "opened_at<today", "y z");
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
    check("deal", "stage=qalification", "[qalification] unknown stage 'qalification' (known: q, n, won)");
    check(
        "case",
        "status=waitin_customer",
        "[waitin_customer] unknown status 'waitin_customer': did you mean 'waiting_customer'?",
    );
    check(
        "deal",
        "account.contry:DE",
        "[account.contry] an account has no field 'contry': did you mean 'account.country'?",
    );
    check("deal", "account=acmee", "[acmee] there is no account 'acmee': did you mean 'acme'?");
    let both = "[12,500] '12,500' could be 12500 EUR or 12.5 EUR: write 12500 EUR or 12.5 EUR";
    check("deal", "amount=12,500", both);
    let lower = "[10,000..50,000] '10,000' could be 10000 EUR or 10 EUR: write 10000 EUR or 10 EUR";
    check("deal", "amount:10,000..50,000", lower);
    check("deal", "amount:50k..10k", "[50k..10k] this ends before it begins: write the lesser end first");
    check("deal", "x stagg:y", "[stagg] an opportunity has no field 'stagg': did you mean 'stage'?");
    check("deal", "=x", "[=] write a field before =, such as name=…");
    check("deal", "amount>", "[>] write a value after >");
    check("deal", "name=\"x", "[\"x] this quote has no partner: add one at its end");
    check(
        "account",
        "billing_address=Kiel",
        "[Kiel] billing_address has parts: ask for one, such as billing_address.city, or use billing_address~Kiel",
    );
}

#[test]
fn or_not_and_brackets() {
    check("account", "country:DK or city:Kiel", "bergmann olsen");
    check("account", "tag:pilot -country:DE", "olsen");
    check("account", "tag:pilot not country:DE", "olsen");
    check("account", "-(tag:pilot country:DE)", "bergmann olsen");
    check("account", "(acme or olsen) tag:iso9001", "acme");
    check("account", "acme or olsen tag:iso9001", "acme");
    check("account", "\"or\"", "");
}

#[test]
fn membership_and_stretches() {
    check("account", "tag:iso9001,other", "acme");
    check("account", "tag!=pilot,other", "bergmann");
    check("account", "employees:100..150", "acme");
    check("account", "employees:..119", "");
    check("account", "employees:120..", "acme");
    check("deal", "amount:8k..9k", "b");
    check("deal", "amount:1k..9k,12k..13k", "a b");
    check("deal", "amount!=9k,12.5k", "b c");
    check("deal", "amount:..", "[..] write a value before or after the dots");
    check("deal", "close:2026-11..2026-12", "a b c");
    check("deal", "close:2026-11-21..", "a b");
    check("deal", "close:\"last week\"..today", "c");
    check("case", "priority:normal..urgent", "x z");
}

#[test]
fn choices_compare_in_their_order() {
    check("case", "priority>=high", "x z");
    check("case", "priority<normal", "y");
    check("case", "prio>low -prio:urgent", "x");
    check("deal", "stage<negotiation", "a c");
    check("deal", "stage>=Negotiation", "b");
    check("deal", "owner>lena", "[owner] owner has no order: use : or ~");
}

#[test]
fn lengths_of_time_and_days_to_come() {
    check("deal", "close<7d", "a c");
    check("deal", "close<=6d", "a c");
    check("deal", "close<6d", "c");
    check("deal", "close>-2d", "a b c");
    check("deal", "close>-1d", "a b");
    check("case", "age>2w", "z");
    check("case", "age<2w", "x y");
    check("case", "opened<4h opened>-14h", "x");
    check("case", "age<1h", "");
    check("case", "age<14h", "x");
    check("case", "age>3m", "z");
    check("case", "updated<7d", "x y z");
    check("case", "updated<3d", "x y");
    check("case", "created:2026-08", "z");
    check("case", "age:1w..2y", "z");
    check(
        "case",
        "age>soon",
        "[soon] 'soon' is not a length of time: write one such as 7d, 2w, 3m, 1y or 4h",
    );
}

#[test]
fn filled_in_or_not() {
    check("deal", "has:owner", "a");
    check("deal", "missing:amount", "c");
    check("deal", "-has:amount", "c");
    check("deal", "has:account.owner", "a");
    check("account", "has:employees,tags", "acme olsen");
    check("account", "missing:billing_address.street", "acme bergmann olsen");
    check("case", "is:escalated", "x");
    check("case", "-is:escalated", "y z");
    check("case", "escalated:no", "y z");
    check("case", "escalated!=yes", "y z");
    check(
        "case",
        "is:status",
        "[status] status is not a yes-or-no field: has:status asks whether it is filled in",
    );
    check("deal", "has:amuont", "[amuont] an opportunity has no field 'amuont': did you mean 'amount'?");
    check("deal", "has:", "[has:] write the name of a field after has:");
}

#[test]
fn people_and_teams() {
    check("account", "owner:me", "acme");
    check("account", "owner:lena", "acme");
    check("account", "owner:vogt", "acme");
    check("account", "owner:Lena Vogt", "acme");
    check("account", "owner:jonas", "");
    check("account", "owner:sales", "acme");
    check("account", "owner:north", "acme");
    check("deal", "account:berg", "b");
    check("deal", "account:\"berg\"", "[\"berg\"] there is no account 'berg'");
    check("user", "team:sales", "jonas");
    check("user", "team:mine", "[mine] there is no team 'mine'");
    check("user", "team:me", "lena");
}

#[test]
fn types() {
    check("", "type:case priority>=high", "x z");
    check("", "stage:won or type:case prio:high", "b x");
    check("", "type:company,deal acme", "acme a");
    check("", "-type:deal type:ticket,deal pump", "x");
    check("", "acme", "acme a x");
    check("", "type:user vogt", "lena");
    check("", "vogt -type:account", "a");
    check("", "type:boat", "[boat] there is no record type 'boat'");
    check("", "stagg:won", "[stagg] unknown field 'stagg': did you mean 'stage'?");
    // A word of the field of that name, in a list of a type that has it.
    check("case", "type:complaint", "z");
    check("case", "type:case type:complaint", "z");
    check("case", "type:deal", "");
    check("", "type:case type:complaint", "z");
}

#[test]
fn orders_and_limits() {
    check("deal", "sort:-amount", "a b c");
    check("deal", "sort:close", "c a b");
    check("deal", "sort:stage,-close limit:2", "a c");
    check("deal", "limit:1 sort:-id", "c");
    check("deal", "sort:amuont", "[amuont] there is no field 'amuont' to sort by: did you mean 'amount'?");
    check("deal", "limit:few", "[few] 'few' is not a number of records: write limit:20");
    check("deal", "stage:won or acme sort:-id", "b a");
    check("deal", "acme -(sort:id)", "[sort] sort: is for the whole query: take it out of the brackets");
}

#[test]
fn accents_do_not_matter() {
    check("account", "arhus", "olsen");
    check("account", "city:arhus", "olsen");
    check("account", "name~sonner", "olsen");
    check("account", "name:\"olsen & sonner\"", "olsen");
}

/// A search that knows two things to look for, and that "late" will be found some day.
struct Search;

#[derive(Debug)]
struct Few(&'static [&'static str]);

impl Among for Few {
    fn has(&self, reference: &Ref) -> bool {
        self.0.contains(&reference.to_string().as_str())
    }
}

impl Words for Search {
    fn find(&self, words: &str) -> Option<Arc<dyn Among>> {
        Some(Arc::new(Few(match words {
            "late" => return None,
            "leak" => &["cases/x", "opportunities/b"],
            "\"in the pump\"" => &["cases/x"],
            "+49 40 123456" => &["accounts/acme"],
            _ => &[],
        })))
    }
}

#[test]
fn a_search_finds_the_words_where_there_is_one() {
    let book = book();
    let ground = Ground::new(&book, Entry { me: None, now: now() }).with_words(&Search);
    let check = |query: &str, expect: &str| {
        let read = Query::read(query, None, &ground).unwrap();
        assert_eq!((found(&read, &book).as_str(), read.is_unsearched()), (expect, false), "{query}");
    };
    check("leak", "b x");
    check("leak type:case", "x");
    check("leak -\"in the pump\"", "b");
    check("Pump", "");
    // Words side by side may be one number.
    check("+49 40 123456", "acme");
    check("-(+49 40 123456) type:account", "bergmann olsen");
    // What a list shows by name is found by it, whatever the search knows.
    check("type:deal signed", "b");
    check("type:deal berg", "b");
    // Signs are found as they stand, and disturb nobody beside words.
    check("type:account &", "olsen");
    check("leak & type:case", "");
}

#[test]
fn words_are_found_as_written_while_the_search_cannot_tell() {
    let mut book = book();
    let mut late = Record::clone(book.get(&"cases/y".parse().unwrap()).unwrap());
    let more = (smol_str::SmolStr::new("description"), Value::text("Comes late"));
    late.fields = late.fields.to_vec().into_iter().chain([more]).collect();
    book.upsert(late);
    let ground = Ground::new(&book, Entry { me: None, now: now() }).with_words(&Search);
    let read = Query::read("late type:case", None, &ground).unwrap();
    assert_eq!((found(&read, &book).as_str(), read.is_unsearched()), ("y", true));
    let said = read.explain(&book);
    assert_eq!(said.last().unwrap(), "the search index is not ready: words are found only as written");
}

#[test]
fn a_search_is_taken_apart_into_words_and_conditions() {
    let book = book();
    let ground = Ground::new(&book, Entry { me: None, now: now() }).with_words(&Search);
    let check = |text: &str, words: &str, ids: &str| {
        let (looked_for, rest) = Query::apart(text, &ground).unwrap();
        assert_eq!(looked_for, words, "{text}");
        assert_eq!(if rest.is_empty() { "-".to_owned() } else { found(&rest, &book) }, ids, "{text}");
    };
    check("pump valve", "pump valve", "-");
    check("\"pump valve\" sensor", "\"pump valve\" sensor", "-");
    check("pump type:case priority:high", "pump", "x");
    check("close<=next fri sensor type:deal", "sensor", "a c");
    check("type:account -leak", "", "acme bergmann olsen");
    check("type:case leak or type:deal leak", "", "b x");
    assert!(Query::apart("type:cas", &ground).is_err());
}

#[test]
fn words_are_told_from_terms() {
    for (query, expect) in
        [("", false), ("stage:won -(amount>1 or has:x)", false), ("stage:won -pump", true), ("((", true)]
    {
        assert_eq!(has_words(query), expect, "{query}");
    }
}

#[test]
fn facts_are_asked_for_like_fields() {
    #[derive(Debug)]
    struct Length;
    impl Facts for Length {
        fn about(&self, ty: &TypeDef) -> Vec<FieldDef> {
            let fact = (ty.name == "account").then(|| FieldDef::new("name_length", Kind::Integer));
            fact.into_iter().collect()
        }
        fn value(&self, _: &Book, record: &Record, fact: &str) -> Value {
            assert_eq!(fact, "name_length");
            Value::text(record.text("name").chars().count().to_string())
        }
    }
    let book = book();
    let mut ground = Ground::new(&book, Entry { me: None, now: now() });
    ground.facts = Some(Arc::new(Length));
    let read = |query: &str| Query::read(query, book.schema().find("account"), &ground);
    assert_eq!(found(&read("name_length>9").unwrap(), &book), "bergmann olsen");
    assert_eq!(read("name_length>9").unwrap().explain(&book)[1], "  name length is more than 9");
}

#[test]
fn explained() {
    let check = |ty: &str, query: &str, expect: &str| {
        let book = book();
        let me = Id::new("lena").unwrap();
        let ground = Ground::new(&book, Entry { me: Some(&me), now: now() });
        let read = Query::read(query, book.schema().find(ty), &ground).unwrap();
        assert_eq!(read.explain(&book).join("\n"), expect, "{query}");
    };
    check(
        "deal",
        "stage:negotiation,won amount>=10k owner:me close<30d -account.tag:pilot missing:next_step pump sort:-amount limit:5",
        "Opportunities
  stage is Negotiation or Signed and won
  amount is at least 10,000 €
  owner is Lena Vogt
  close date is before 2026-12-21
  not: account › tags is \"pilot\"
  next step is empty
  anywhere: \"pump\"
sorted by amount, largest first
at most 5 records",
    );
    check(
        "case",
        "(priority>=high or escalated:yes) age>2w opened:today subject!~x status!=closed -(a b)",
        "Cases
  one of these:
    priority is High or Urgent
    escalated: yes
  created is before 2026-11-07
  opened at is 2026-11-21
  subject does not contain \"x\"
  status is not Closed
  not all of these:
    anywhere: \"a\"
    anywhere: \"b\"",
    );
}

#[test]
fn a_query_says_what_it_looks_at() {
    let book = book();
    let deal = book.schema().find("deal").unwrap();
    let query =
        Query::parse("Pump stag:q -old \"two words\"", deal, &book, Entry { me: None, now: now() }).unwrap();
    assert_eq!(query.words(), ["pump", "two words"]);
    assert!(query.asks_for(deal, "stage", &book) && !query.asks_for(deal, "amount", &book));
    assert!(!query.is_empty() && Query::default().is_empty());
    assert_eq!(
        query.summary(),
        "anywhere: \"Pump\" · stage is Qualification · not: anywhere: \"old\" · anywhere: \"two words\""
    );
}
