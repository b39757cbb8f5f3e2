//! The book's answers after any sequence of changes are those of a book made afresh.

use super::*;
use crate::model::{Value, test_fields};
use proptest::prelude::*;

fn record(folder: &str, id: &str, text: &str) -> Record {
    let reference = Ref { folder: folder.parse().unwrap(), id: id.parse().unwrap() };
    let path = RepoPath::try_from(format!("{reference}.yaml").as_str()).unwrap();
    Record { reference, path, fields: test_fields(text).into() }
}

fn empty() -> Book {
    Book::empty(Arc::new(Schema::builtin()), Arc::new(Settings::default()))
}

fn fresh(book: &Book) -> Book {
    let records = book.records().map(|r| (**r).clone()).collect();
    Book::new(book.schema.clone(), book.settings.clone(), records, Vec::new())
}

#[test]
fn links_are_found_from_both_ends() {
    let mut book = empty();
    book.upsert(record("accounts", "acme", "name: Acme\n"));
    book.upsert(record("contacts", "marta", "last_name: Lind\naccount: acme\n"));
    book.upsert(record("activities", "call-1", "subject: Call\nabout: accounts/acme\n"));
    let acme: Ref = "accounts/acme".parse().unwrap();
    let from: Vec<_> = book.backlinks(&acme).iter().map(|l| format!("{}.{}", l.from, l.field)).collect();
    assert_eq!(from, ["activities/call-1.about", "contacts/marta.account"]);
    assert_eq!(book.linking(&acme, "contacts", "account").count(), 1);
    book.upsert(record("contacts", "marta", "last_name: Lind\n"));
    assert_eq!(book.linking(&acme, "contacts", "account").count(), 0);
    book.remove(&"activities/call-1".parse().unwrap());
    assert!(book.backlinks(&acme).is_empty());
}

#[test]
fn values_are_found_whatever_their_case() {
    let mut book = empty();
    book.upsert(record("contacts", "marta", "last_name: Lind\nemails: [Marta@Acme.example]\n"));
    let folder: Folder = "contacts".parse().unwrap();
    assert_eq!(book.holders(&folder, "emails", "marta@acme.EXAMPLE").len(), 1);
}

#[test]
fn a_clone_does_not_see_later_changes() {
    let mut book = empty();
    book.upsert(record("accounts", "acme", "name: Acme\n"));
    let before = book.clone();
    book.upsert(record("accounts", "acme", "name: Changed\n"));
    book.remove(&"accounts/acme".parse().unwrap());
    assert_eq!(before.get(&"accounts/acme".parse().unwrap()).unwrap().text("name"), "Acme");
    assert!(book.is_empty());
}

#[test]
fn of_two_files_with_one_id_the_second_is_a_problem() {
    let book = empty();
    let mut twin = record("accounts", "acme", "name: Twin\n");
    twin.path = RepoPath::try_from("accounts/ac/acme.yaml").unwrap();
    let records = vec![record("accounts", "acme", "name: Acme\n"), twin];
    let book = Book::new(book.schema, book.settings, records, Vec::new());
    assert_eq!(book.len(), 1);
    let problem = book.broken().values().next().unwrap();
    assert!(problem.message.contains("'acme' is taken by accounts/ac/acme.yaml"), "{problem}");
}

/// A small world in which records often meet: few ids, few values.
fn any_record() -> impl Strategy<Value = Record> {
    let id = prop::sample::select(vec!["a", "b", "c", "d"]);
    let maybe_id = prop::option::of(id.clone());
    let folder = prop::sample::select(vec!["accounts", "contacts", "opportunities", "activities", "quotes"]);
    let word = prop::sample::select(vec!["open", "Open", "won", "x@y.de"]);
    (folder, id, maybe_id.clone(), maybe_id, word).prop_map(|(folder, id, one, two, word)| {
        let mut record = record(folder, id, "name: N\n");
        let mut fields = record.fields.to_vec();
        let mut put = |name: &str, value: Value| fields.push((name.into(), value));
        put("status", Value::text(word));
        put("stage", Value::text(word));
        put("emails", Value::texts([word, "z@y.de"]));
        if let Some(one) = one {
            put("account", Value::text(one));
            put("parent_account", Value::text(one));
            put("about", Value::text(format!("contacts/{one}")));
            put("contacts", Value::texts([one, "a"]));
        }
        if let Some(two) = two {
            let line = vec![("id".into(), Value::text("k1")), ("product".into(), Value::text(two))];
            put("lines", Value::List([Value::Map(line.into())].into()));
        }
        record.fields = fields.into();
        record
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn any_sequence_of_changes_equals_a_rebuild(steps in prop::collection::vec((any_record(), any::<bool>(), 0..8), 1..40)) {
        let mut book = empty();
        for (record, remove, meanwhile) in steps {
            let before = book.clone();
            if meanwhile == 0 {
                book.make_index();
            }
            if remove {
                book.remove(&record.reference);
            } else {
                book.upsert(record);
            }
            // Whoever still has the book of before may ask it anything.
            if meanwhile == 1 {
                before.make_index();
            }
        }
        let again = fresh(&book);
        book.make_index();
        again.make_index();
        prop_assert_eq!(book.index.sorted(), again.index.sorted());
        for record in again.records() {
            prop_assert_eq!(book.get(&record.reference), Some(record));
        }
        prop_assert_eq!(book.len(), again.len());
    }
    /// What was told of a book's records is true of any book of the same records, and nobody relies on it once it is not.
    #[test]
    fn who_holds_what_is_taken_over(
        records in prop::collection::vec(any_record(), 0..12),
        steps in prop::collection::vec((any_record(), any::<bool>()), 0..4),
    ) {
        let places = [("accounts", "type"), ("opportunities", "stage"), ("activities", "status"), ("quotes", "status")];
        let places = places.map(|(folder, field)| (folder.parse::<Folder>().unwrap(), field));
        let mut told = empty();
        records.into_iter().for_each(|record| told.upsert(record));
        let mut book = fresh(&told);
        places.iter().for_each(|(folder, field)| book.take_listed(told.listed(folder, field)));
        let holding = |book: &Book, rebuilt: &Book| {
            for ((folder, field), word) in places.iter().flat_map(|place| ["open", "WON", "none"].map(|word| (place, word))) {
                prop_assert_eq!(book.holding(folder, field, word), rebuilt.holding(folder, field, word));
            }
            Ok(())
        };
        holding(&book, &fresh(&book))?;
        for (record, remove) in steps {
            let before = book.clone();
            if remove {
                book.remove(&record.reference);
            } else {
                book.upsert(record);
            }
            holding(&book, &fresh(&book))?;
            holding(&before, &fresh(&before))?;
        }
    }
}
