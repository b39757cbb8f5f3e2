//! What is found, in which order; that the index answers as the records themselves do; and that nothing that happens to
//! its files costs an answer.

use super::ask::Ask;
use super::keeper::Keeper;
use super::language::Stems;
use super::matching::{Text, worth_of};
use super::once::searcher;
use super::role::sources;
use super::searcher::{Progress, Searcher, Wanted};
use super::shelf::{Shelf, Which};
use crate::crm::testing::{book, reference};
use crate::model::{Book, Record, Value};
use chrono::NaiveDate;
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

const CORPUS: &str = r#"
accounts/mueller-gmbh: {name: Müller GmbH, industry: manufacturing, phone: +49 40 123456, website: https://www.mueller.example/pumpen, description: "Makes pump housings. Asked about Hamburg."}
accounts/mueller-soehne: {name: Mueller & Söhne}
accounts/kuroda: {name: Kuroda 黒田製作所, description: 東京都大田区}
accounts/olsen: {name: Olsen & Sønner, phone: 040/987654}
accounts/rostov: {name: Ростовский завод}
accounts/athina: {name: ΑΘΉΝΑ Trading}
accounts/obrien: {name: O'Brien Ltd}
accounts/hamburg-works: {name: Hamburg Works}
contacts/marta-lind: {first_name: Marta, last_name: Lind, account: mueller-gmbh, emails: [marta.lind@mueller.example], phones: ["+49 (0)40 555 01-23"]}
contacts/tom-bergmann: {first_name: Tom, last_name: Bergmann, description: Collects pumps}
opportunities/pump-refit: {name: Pump refit, account: mueller-gmbh, stage: won, close_date: 2026-10-01}
opportunities/pump-line: {name: Pump line, account: mueller-gmbh, close_date: 2026-12-01}
cases/pump-new: {subject: Pump reboots, status: new, number: K7F-3Q, opened_at: 2026-11-20, description: "The controller was rebooting twice, call +49 171 5550199"}
cases/pump-old: {subject: Pump reboots, status: new, opened_at: 2019-11-20}
cases/pump-closed: {subject: Pump reboots, status: closed, opened_at: 2026-11-20}
activities/2026-11-01-call-7f3k: {subject: Call about the offer, type: call, about: accounts/mueller-gmbh, due: 2026-11-01, description: "Marta wants a second line of pumpheads"}
quotes/q1: {name: Offer for spares, account: olsen, lines: [{id: a, description: Gasket ring, quantity: 2}]}
boats/anna: {name: Anna, legacy_code: ZX-4711-B, remark: {inner: Deep below}}
"#;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

fn wanted() -> Wanted<'static> {
    Wanted { folder: None, among: None, limit: 20, today: today() }
}

fn corpus() -> Arc<Book> {
    Arc::new(book(CORPUS))
}

fn refs(searcher: &Searcher, words: &str) -> String {
    let found = searcher.find(words, &wanted());
    assert_eq!(found.total, found.hits.len(), "{words}");
    found.hits.iter().map(|hit| hit.record.reference.to_string()).collect::<Vec<_>>().join(" ")
}

#[test]
fn words_find_records_best_first() {
    let searcher = searcher(None, &corpus(), &mut |_, _| {}).unwrap();
    let check = |words: &str, expect: &str| assert_eq!(refs(&searcher, words), expect, "{words}");

    // Accents, case and the two ways to write them.
    let both = "accounts/mueller-gmbh accounts/mueller-soehne contacts/marta-lind";
    let mullers = |rest: &str| format!("{both} {rest}");
    let linked = "opportunities/pump-line opportunities/pump-refit activities/2026-11-01-call-7f3k";
    check("mueller", &mullers(linked));
    check(
        "müller gmbh",
        "accounts/mueller-gmbh contacts/marta-lind opportunities/pump-line opportunities/pump-refit activities/2026-11-01-call-7f3k",
    );
    check("muller sohne", "accounts/mueller-soehne");
    check("SOENNER", "accounts/olsen quotes/q1");
    check("sonner", "accounts/olsen quotes/q1");
    check("obrien", "accounts/obrien");
    check("brien", "accounts/obrien");

    // Other scripts, by any part.
    check("黒田", "accounts/kuroda");
    check("製作", "accounts/kuroda");
    check("田黒", "");
    check("大田区", "accounts/kuroda");
    check("ростов", "accounts/rostov");
    check("αθηνα", "accounts/athina");

    // Names before prose, exact before prefix before mistakes, open and recent first.
    check("hamburg", "accounts/hamburg-works accounts/mueller-gmbh");
    check("marta", "contacts/marta-lind activities/2026-11-01-call-7f3k");
    check("pump reboots", "cases/pump-new cases/pump-old cases/pump-closed");
    check("pump l", "opportunities/pump-line");
    check("pu l", "opportunities/pump-line");
    check("mar lin", "contacts/marta-lind activities/2026-11-01-call-7f3k");
    check("pump ref", "opportunities/pump-refit");
    check("pumphe", "activities/2026-11-01-call-7f3k");
    check("bergman", "contacts/tom-bergmann");
    check("begrmann", "contacts/tom-bergmann");
    check("bregman", "contacts/tom-bergmann");
    check("bregman tom", "contacts/tom-bergmann");
    check("brgma", "contacts/tom-bergmann");
    check("tim", "");

    // Prose is stemmed, names are not.
    check("reboot twice", "cases/pump-new");
    check("collecting", "contacts/tom-bergmann");
    check("gaskets", "quotes/q1");

    // Addresses, domains, numbers and ids by any part.
    check("marta.lind@mueller.example", "contacts/marta-lind");
    check("lind@muel", "contacts/marta-lind");
    check("eller.exam", "accounts/mueller-gmbh contacts/marta-lind");
    check("k7f3q", "cases/pump-new");
    check("7f3", "cases/pump-new activities/2026-11-01-call-7f3k");
    check("x4711", "");
    for number in ["+49 40 123456", "040/123456", "4940123456", "0049 40 123456", "123456"] {
        check(number, "accounts/mueller-gmbh");
    }
    check("+49 40 987654", "accounts/olsen");
    check("040 5550123", "contacts/marta-lind");
    check("0171 5550199", "cases/pump-new");

    // Exact words, nonsense, nothing.
    check("\"second line\"", "activities/2026-11-01-call-7f3k");
    check("\"line second\"", "");
    check("\"marta lind\"", "contacts/marta-lind");
    check("\"lind marta\"", "");
    check("zebra", "");
    check("pump zebra", "");
    check("…", "");
    check("", "");
    check("mul*", &mullers(linked));
}

#[test]
fn a_record_is_found_by_what_it_points_at() {
    let text = "
accounts/m1: {name: Müller 工業}
queues/support: {name: Technical support}
quotes/q-4711: {name: Spares, account: m1}
quotes/q-0815: {name: Müller first offer, account: m1}
cases/c: {subject: Noise, account: m1, queue: support}
cases/d: {subject: Support asked for, queue: support}
";
    let searcher = searcher(None, &Arc::new(book(text)), &mut |_, _| {}).unwrap();
    let check = |words: &str, expect: &str| assert_eq!(refs(&searcher, words), expect, "{words}");
    check("mueller", "accounts/m1 quotes/q-0815 cases/c quotes/q-4711");
    check("mull", "accounts/m1 quotes/q-0815 cases/c quotes/q-4711");
    check("mulller", "accounts/m1 quotes/q-0815 cases/c quotes/q-4711");
    check("工業", "accounts/m1 cases/c quotes/q-4711 quotes/q-0815");
    check("muller spares", "quotes/q-4711");
    // What something belongs to by its settings says little.
    check("support", "cases/d queues/support cases/c");
    check("technical", "queues/support cases/c cases/d");
}

#[test]
fn a_word_may_name_a_type() {
    let text = "
accounts/acme: {name: Acme}
accounts/malta: {name: Order of Malta}
accounts/person: {name: Person & Sons}
contacts/marta: {last_name: Lind, account: acme}
quotes/q-4711: {name: Spares, account: acme}
quotes/q-0815: {name: Spares}
orders/o-1: {name: Spares, account: acme}
price_books/nordic: {name: Nordic prices}
articles/quote: {title: How to write a quote, body: Ask Acme}
cases/c: {subject: Quote for Acme}
cases/r: {subject: Controller, description: It was rebooting}
activities/a: {subject: Case of the reboots}
";
    let searcher = searcher(None, &Arc::new(book(text)), &mut |_, _| {}).unwrap();
    let check = |words: &str, expect: &str| assert_eq!(refs(&searcher, words), expect, "{words}");
    // The type beside other words before the same word in a text; but a name that says all of it before.
    check("quote acme", "cases/c quotes/q-4711 articles/quote");
    check("acme quotes", "quotes/q-4711 cases/c articles/quote");
    check("acme quotation", "quotes/q-4711");
    check("spares order", "orders/o-1");
    check("case reboot", "activities/a cases/r");
    check("people acme", "contacts/marta");
    check("price books nordic", "price_books/nordic");
    // Alone: names first, then all of the type.
    check("order", "accounts/malta orders/o-1");
    check("person", "accounts/person contacts/marta");
    check("quotes", "quotes/q-0815 quotes/q-4711 cases/c articles/quote");
    check("price book", "price_books/nordic");
    // Quotes and filters mean the text alone.
    check("\"order\"", "accounts/malta");
    assert_eq!(searcher.matches("order").unwrap().len(), 1);
    let found = searcher.find("order", &wanted());
    assert_eq!(found.hits.iter().map(|hit| hit.is_of_type).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn what_a_schema_does_not_know_is_found_too() {
    let text =
        "accounts/a: {name: A, legacy_code: ZX-4711-B, remark: {inner: [Deep below]}, cell: +49 171 42}";
    let searcher = searcher(None, &Arc::new(book(text)), &mut |_, _| {}).unwrap();
    for words in ["zx-4711", "deep below", "\"deep below\"", "017142"] {
        assert_eq!(refs(&searcher, words), "accounts/a", "{words}");
    }
}

#[test]
fn a_word_is_not_found_across_the_signs_of_an_address_and_an_address_is_one_piece() {
    let book = book(
        "
contacts/eva-hermann: {last_name: Hermann, emails: [eva.hermann@anlagen.example]}
contacts/joanna-vogt: {last_name: Vogt, emails: [joanna@anlagen-2.example]}
accounts/anlagen: {name: Anlagenbau, website: https://anlagen.example}
",
    );
    let book = Arc::new(book);
    let searcher = searcher(None, &book, &mut |_, _| {}).unwrap();
    let check = |words: &str, expect: &str| {
        assert_eq!(refs(&searcher, words), expect, "{words}");
        let matches = searcher.matches(words).unwrap();
        assert_eq!(matches.len(), expect.split_whitespace().count(), "{words}");
    };
    check("anna", "contacts/joanna-vogt");
    check("\"anna\"", "contacts/joanna-vogt");
    check("mann@anna", "");
    check("mann@anl", "contacts/eva-hermann");
    check("anlagen.example", "accounts/anlagen contacts/eva-hermann");
    check("@anlagen.example", "accounts/anlagen contacts/eva-hermann");
    check("eva.hermann@anlagen.example", "contacts/eva-hermann");
}

#[test]
fn hits_say_where_the_words_stand() {
    let searcher = searcher(None, &corpus(), &mut |_, _| {}).unwrap();
    let check = |words: &str, title: &str, excerpt: &str| {
        let found = searcher.find(words, &wanted());
        let hit = &found.hits[0];
        let say = |marked: &super::Marked| -> String {
            let piece = |(text, hit): (&str, bool)| if hit { format!("[{text}]") } else { text.to_owned() };
            marked.pieces().into_iter().map(piece).collect()
        };
        assert_eq!(say(&hit.title), title, "{words}");
        let shown = hit.excerpt.as_ref().map(|e| format!("{}: {}", e.field, say(&e.text)));
        assert_eq!(shown.unwrap_or_default(), excerpt, "{words}");
    };
    check("mul", "[Müller] GmbH", "");
    check(
        "reboot twice",
        "Pump [reboots]",
        "description: The controller was [rebooting] [twice], call +49 171 5550199",
    );
    check("tom pump", "[Tom] Bergmann", "description: Collects [pumps]");
    check("040/123456", "Müller GmbH", "phone: +49 [40 123456]");
    check("lind@mueller", "Marta Lind", "emails: marta.[lind@mueller].example");
    check("田製", "Kuroda 黒[田製]作所", "");
    check("k7f3", "Pump reboots", "number: [K7F-3]Q");
    check("\"second line\"", "Call about the offer", "description: Marta wants a [second line] of pumpheads");
}

#[test]
fn matches_are_all_there_is_and_folders_part_them() {
    let book = corpus();
    let searcher = searcher(None, &book, &mut |_, _| {}).unwrap();
    let matches = searcher.matches("pump").unwrap();
    let found: Vec<_> = book.records().filter(|r| matches.contains(&r.reference)).collect();
    assert_eq!(found.len(), 8);
    assert_eq!(matches.len(), 8);
    assert!(searcher.matches("").unwrap().is_empty());
    let cases = "cases".parse().unwrap();
    let only = searcher.find("pump", &Wanted { folder: Some(&cases), among: None, limit: 2, ..wanted() });
    assert_eq!((only.hits.len(), only.total), (2, 3));
}

#[test]
fn among_some_the_best_come_first_with_words_or_without() {
    let book = corpus();
    let searcher = searcher(None, &book, &mut |_, _| {}).unwrap();
    let some = ["cases/pump-old", "cases/pump-new", "accounts/olsen"].map(reference);
    let some = super::Matches::of(&some);
    let found = |words: &str| {
        let found = searcher.find(words, &Wanted { among: Some(&some), ..wanted() });
        assert_eq!(found.total, found.hits.len());
        found.hits.iter().map(|hit| hit.record.reference.to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(found("pump"), "cases/pump-new cases/pump-old");
    assert_eq!(found("marta"), "");
    assert_eq!(found(""), "accounts/olsen cases/pump-new cases/pump-old");
}

fn record(reference_: &str, name: &str, note: &str, closed: bool) -> Record {
    let status = if closed { "closed" } else { "new" };
    let fields = vec![
        ("subject".into(), Value::text(name)),
        ("status".into(), Value::text(status)),
        ("description".into(), Value::text(note)),
        ("phone".into(), Value::text("+49 40 123456")),
        ("account".into(), Value::text("acme")),
    ];
    let path = format!("{reference_}.yaml").as_str().try_into().unwrap();
    Record { reference: reference(reference_), path, fields: fields.into() }
}

fn account(name: &str) -> Record {
    let fields = vec![("name".into(), Value::text(name))];
    Record {
        reference: reference("accounts/acme"),
        path: "accounts/acme.yaml".try_into().unwrap(),
        fields: fields.into(),
    }
}

/// The answer of the records themselves.
fn by_hand(book: &Book, words: &str) -> Vec<(String, u32)> {
    let types = |word: &str| book.schema().find(word).map(|ty| ty.folder.clone());
    let (ask, mut stems) = (Ask::naming_types(words, &types), Stems::new("en"));
    let mut found: Vec<_> = book
        .records()
        .filter_map(|record| {
            let sources = sources(book, record);
            let texts: Vec<_> = sources.iter().map(|source| Text::new(source, &mut stems)).collect();
            let worth = worth_of(&ask, &record.reference.folder, &texts, &mut stems)?;
            Some((record.reference.to_string(), worth))
        })
        .collect();
    found.sort();
    found
}

fn by_index(searcher: &Searcher, words: &str) -> Vec<(String, u32)> {
    let found = searcher.find(words, &Wanted { limit: 1000, ..wanted() });
    let mut found: Vec<_> =
        found.hits.iter().map(|hit| (hit.record.reference.to_string(), hit.score as u32)).collect();
    found.sort();
    found
}

const VOCABULARY: &[&str] = &[
    "Müller",
    "Mueller",
    "Muller",
    "pump",
    "pumps",
    "pumping",
    "Bergmann",
    "Bregmann",
    "黒田",
    "田",
    "call",
    "O'Brien",
    "marta.lind@acme.example",
    "040/123456",
    "K7F-3Q",
    "Sønner",
    "the",
    "acme",
    "Ростов",
    "Acmeville",
    "4711",
    "case",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(VOCABULARY), 0..5).prop_map(|words| words.join(" "))
}

fn typed() -> impl Strategy<Value = String> {
    let cut = (prop::sample::select(VOCABULARY), 1..9usize)
        .prop_map(|(word, n)| word.chars().take(n).collect::<String>());
    let word = prop_oneof![cut, "[a-cmpu]{1,6}", Just("\"pump pumps\"".to_owned())];
    prop::collection::vec(word, 1..3).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// After any changes, followed or committed, the index answers as the records do, and as one made anew.
    #[test]
    fn the_index_answers_as_the_records_do(
        rounds in prop::collection::vec(prop::collection::vec((0..12u8, text(), text(), any::<bool>(), 0..6u8), 1..6), 1..5),
        asked in prop::collection::vec(typed(), 8),
    ) {
        let mut book = book("accounts/acme: {name: Acme}");
        let folder = tempfile::tempdir().unwrap();
        let (searcher, first) = (Searcher::default(), Arc::new(book.clone()));
        let mut keeper = Keeper::start(folder.path().into(), first, searcher.clone(), Box::new(|_| {}));
        wait(&searcher);
        for round in rounds {
            for (id, name, note, closed, remove) in round {
                let id = format!("cases/c{id}");
                match remove {
                    0 => drop(book.remove(&reference(&id))),
                    // Another name for what the others point at.
                    1 => book.upsert(account(&name)),
                    _ => book.upsert(record(&id, &name, &note, closed)),
                }
            }
            let now = Arc::new(book.clone());
            keeper.follow(&now);
            for words in &asked {
                prop_assert_eq!(by_index(&searcher, words), by_hand(&book, words), "followed: {}", words);
            }
        }
        keeper.close();
        let committed = super::once::searcher(Some(folder.path()), &Arc::new(book.clone()), &mut |_, _| {}).unwrap();
        prop_assert!(committed.state().pending.is_empty());
        let anew = super::once::searcher(None, &Arc::new(book.clone()), &mut |_, _| {}).unwrap();
        for words in &asked {
            let by_hand = by_hand(&book, words);
            prop_assert_eq!(&by_index(&committed, words), &by_hand, "committed: {}", words);
            prop_assert_eq!(&by_index(&anew, words), &by_hand, "anew: {}", words);
        }
    }
}

/// Waits until the index is ready; a test that never comes here hangs, and is killed.
fn wait(searcher: &Searcher) {
    while searcher.progress() != Progress::Ready {
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_large_change_is_found_once_it_is_committed() {
    let mut book = book("accounts/acme: {name: Acme}");
    let folder = tempfile::tempdir().unwrap();
    let searcher = Searcher::default();
    let (told, heard) = crossbeam_channel::unbounded();
    let tell = Box::new(move |progress| told.send(progress).unwrap());
    let mut keeper = Keeper::start(folder.path().into(), Arc::new(book.clone()), searcher.clone(), tell);
    wait(&searcher);
    for at in 0..3000 {
        book.upsert(record(&format!("cases/n{at}"), "Zebra crossing", "", false));
    }
    keeper.follow(&Arc::new(book));
    while searcher.find("zebra", &wanted()).total < 3000 {
        std::thread::sleep(Duration::from_millis(1));
    }
    keeper.close();
    let heard: Vec<_> = heard.try_iter().collect();
    assert!(heard.contains(&Progress::Building { done: 500, total: 3000 }), "{heard:?}");
    assert_eq!(heard.last(), Some(&Progress::Ready));
}

#[test]
fn only_what_changed_is_indexed_when_it_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = book(CORPUS);
    let touched = |book: &Book| {
        let mut shelf = Shelf::open(Some(folder.path()), "en").unwrap();
        assert!(shelf.is_lasting());
        let touched = shelf.catch_up(book, &Which::All, &mut |_, _| true).unwrap();
        shelf.commit().unwrap();
        touched
    };
    assert_eq!(touched(&book), book.len());
    assert_eq!(touched(&book), 0);
    book.upsert(record("cases/pump-new", "Other", "", false));
    book.remove(&reference("accounts/olsen"));
    // The quote of the account that is gone is no longer found by its name.
    assert_eq!(touched(&book), 3);
    assert_eq!(touched(&book), 0);
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push(path),
        }
    }
    found
}

/// The ending of a segment's file, the name of any other.
fn kind(file: &Path) -> String {
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    match name.split_once('.') {
        Some((segment, ending)) if segment.len() == 32 => ending.to_owned(),
        _ => name,
    }
}

#[test]
fn a_damaged_index_is_made_anew() {
    let book = corpus();
    let made = || {
        let folder = tempfile::tempdir().unwrap();
        searcher(Some(folder.path()), &book, &mut |_, _| {}).unwrap();
        folder
    };
    let sample = made();
    let lasting = |file: &PathBuf| !file.to_string_lossy().ends_with(".lock");
    let names: Vec<_> = files(sample.path()).iter().filter(|f| lasting(f)).map(|f| kind(f)).collect();
    assert!(names.len() > 5, "{names:?}");
    type Damage<'a> = (&'a str, &'a dyn Fn(&Path));
    let damages: [Damage<'_>; 5] = [
        ("garbage", &|file| std::fs::write(file, "garbage").unwrap()),
        ("empty", &|file| std::fs::write(file, "").unwrap()),
        ("truncated", &|file| {
            let bytes = std::fs::read(file).unwrap();
            std::fs::write(file, &bytes[..bytes.len() / 2]).unwrap();
        }),
        ("flipped", &|file| {
            let mut bytes = std::fs::read(file).unwrap();
            let at = bytes.len() / 3;
            bytes[at] ^= 0x55;
            std::fs::write(file, bytes).unwrap();
        }),
        ("gone", &|file| std::fs::remove_file(file).unwrap()),
    ];
    for name in names {
        for (how, damage) in &damages {
            let folder = made();
            let file = files(folder.path()).into_iter().find(|file| kind(file) == name).unwrap();
            damage(&file);
            let searcher = searcher(Some(folder.path()), &book, &mut |_, _| {}).unwrap();
            assert_eq!(
                refs(&searcher, "hamburg"),
                "accounts/hamburg-works accounts/mueller-gmbh",
                "{name:?} {how}"
            );
        }
    }
}

#[test]
fn an_index_of_another_form_is_left_behind_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("tantivy-0.1-1-1-en");
    std::fs::create_dir_all(&old).unwrap();
    std::fs::write(old.join("meta.json"), "{}").unwrap();
    let searcher = searcher(Some(folder.path()), &corpus(), &mut |_, _| {}).unwrap();
    assert_eq!(refs(&searcher, "黒田"), "accounts/kuroda");
    assert!(!old.exists());
    assert!(folder.path().join(super::place::folder_name("en")).is_dir());
}

#[test]
fn where_nothing_can_be_written_memory_will_do() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("file");
    std::fs::write(&home, "in the way").unwrap();
    let searcher = searcher(Some(&home), &corpus(), &mut |_, _| {}).unwrap();
    assert_eq!(refs(&searcher, "黒田"), "accounts/kuroda");
}

#[test]
fn a_second_one_reads_while_the_first_writes() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = book(CORPUS);
    let mut first = Shelf::open(Some(folder.path()), "en").unwrap();
    first.catch_up(&book, &Which::All, &mut |_, _| true).unwrap();
    first.commit().unwrap();
    // What the first has not heard of yet is found by looking at the record.
    book.upsert(record("cases/fresh", "Zebra crossing", "", false));
    let second = searcher(Some(folder.path()), &Arc::new(book.clone()), &mut |_, _| {}).unwrap();
    assert_eq!(refs(&second, "zebra"), "cases/fresh");
    assert_eq!(refs(&second, "黒田"), "accounts/kuroda");
    assert_eq!(second.state().pending.len(), 1);
    // And with nothing in the index yet, in memory.
    let empty = tempfile::tempdir().unwrap();
    let mut first = Shelf::open(Some(empty.path()), "en").unwrap();
    let one = super::tests::book("accounts/one: {name: One}");
    first.catch_up(&one, &Which::All, &mut |_, _| true).unwrap();
    for at in 0..3000 {
        book.upsert(record(&format!("cases/n{at}"), "Zebra crossing", "", false));
    }
    let second = searcher(Some(empty.path()), &Arc::new(book), &mut |_, _| {}).unwrap();
    assert_eq!(second.find("zebra", &wanted()).total, 3001);
    drop(first);
}

#[test]
fn a_keeper_takes_over_what_another_left() {
    let folder = tempfile::tempdir().unwrap();
    let book = corpus();
    let mut first = Shelf::open(Some(folder.path()), "en").unwrap();
    first.catch_up(&book, &Which::All, &mut |_, _| true).unwrap();
    let searcher = Searcher::default();
    let keeper = Keeper::start(folder.path().into(), book, searcher.clone(), Box::new(|_| {}));
    wait(&searcher);
    assert_eq!(refs(&searcher, "黒田"), "accounts/kuroda", "from the records");
    assert!(!searcher.state().pending.is_empty());
    first.commit().unwrap();
    drop(first);
    while !searcher.state().pending.is_empty() {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(refs(&searcher, "黒田"), "accounts/kuroda", "from the index");
    keeper.close();
}
