//! Every kind of field: what people type, what the file holds, what is objected to, what people see.

use super::*;
use crate::base::{Id, Now, RepoPath};
use crate::model::{Book, Record, SETTINGS_FILE, Schema, Scope, Settings, TypeDef, Value, test_fields};
use std::sync::Arc;

const SHIP: &str = "\
type: ship
fields:
  name: {kind: text}
  log: {kind: longtext}
  crew: {kind: integer, min: 1, max: 30}
  length: {kind: decimal, unit: m}
  share: {kind: percent, min: 0, max: 100}
  price: {kind: money, min: 0}
  sold: {kind: boolean}
  built: {kind: date}
  sails: {kind: datetime}
  voyage: {kind: duration}
  port: {kind: choice, options: [Kiel, {value: hh, label: Hamburg}, {value: hro, label: Rostock}]}
  tags: {kind: tags}
  owner: {kind: link, to: account}
  about: {kind: link, to: [account, contact]}
  friends: {kind: links, to: contact}
  captain: {kind: user}
  mail: {kind: email}
  mails: {kind: email, many: true}
  phone: {kind: phone}
  web: {kind: url}
  berth: {kind: address}
  cargo:
    kind: lines
    fields:
      what: {kind: text, required: true}
      tons: {kind: decimal, min: 0}
      permit: {kind: text, required_when: \"tons > 100\"}
      seal: {kind: text, required: true, when: \"what = gold\"}
";

fn book(settings: &str) -> Book {
    let path: RepoPath = "schema/ship.yaml".parse().unwrap();
    let (schema, problems) = Schema::load(&[(path, SHIP.to_owned())]);
    assert_eq!(problems, []);
    let settings = Settings::load(&SETTINGS_FILE.parse().unwrap(), settings).0;
    let record = |reference: &str, text: &str| Record {
        reference: reference.parse().unwrap(),
        path: format!("{reference}.yaml").parse().unwrap(),
        fields: test_fields(text).into(),
    };
    let records = vec![
        record("accounts/acme-gmbh", "name: Acme GmbH\n"),
        record("accounts/twin-a", "name: Twin\n"),
        record("accounts/twin-b", "name: Twin\n"),
        record("contacts/marta-lind", "first_name: Marta\nlast_name: Lind\n"),
        record("users/lena", "name: Lena Vogt\n"),
    ];
    Book::new(Arc::new(schema), Arc::new(settings), records, Vec::new())
}

/// Saturday 21 November 2026, two in the afternoon in Berlin.
fn now() -> Now {
    Now::new("2026-11-21T13:00:00Z".parse().unwrap(), chrono_tz::Europe::Berlin)
}

fn ship(book: &Book) -> Arc<TypeDef> {
    book.schema().find("ship").unwrap().clone()
}

/// What `text` typed into `field` becomes, or why it is refused.
fn typed(settings: &str, field: &str, text: &str) -> Result<String, String> {
    let book = book(settings);
    let ty = ship(&book);
    let scope = Scope { book: &book, ty: &ty, fields: crate::model::FieldsRef::NONE };
    let me: Id = "lena".parse().unwrap();
    let entry = Entry { me: Some(&me), now: now() };
    let value = enter(&scope, ty.field(field).unwrap(), text, entry).map_err(|e| e.to_string())?;
    // Whatever is taken is valid, and what is canonical is taken as it is.
    if !value.is_empty() && ty.field(field).unwrap().min.is_none() {
        assert_eq!(check_value(&scope, ty.field(field).unwrap(), &value), [], "{field} {text}");
    }
    let text = value.scalars().join(", ");
    let again = enter(&scope, ty.field(field).unwrap(), &text, entry).map_err(|e| e.to_string())?;
    assert_eq!(again, value, "{field}: {text} is not canonical");
    Ok(text)
}

const BERLIN: &str = "currency: EUR\ntime_zone: Europe/Berlin\n";

#[test]
fn what_people_type() {
    for (field, text, file) in [
        ("name", "  NO ", "NO"),
        ("name", "", ""),
        ("name", "-", ""),
        ("log", "one\ntwo\n\n", "one\ntwo"),
        ("crew", "12", "12"),
        ("crew", "1.5k", "1500"),
        ("length", "12.5k", "12500"),
        ("length", "1,250.00", "1250"),
        ("length", "1.250,00", "1250"),
        ("length", "3 M", "3000000"),
        ("share", "30%", "30%"),
        ("share", "30", "30%"),
        ("price", "12500", "12500.00 EUR"),
        ("price", "1.250,00 EUR", "1250.00 EUR"),
        ("price", "1,250.00 USD", "1250.00 USD"),
        ("price", "€85k", "85000.00 EUR"),
        ("sold", "yes", "true"),
        ("sold", "off", "false"),
        ("built", "tomorrow", "2026-11-22"),
        ("built", "next fri", "2026-11-27"),
        ("built", "in 2 weeks", "2026-12-05"),
        ("built", "2026-W48", "2026-11-23"),
        ("built", "24.12.2026", "2026-12-24"),
        ("sails", "2026-11-21", "2026-11-21"),
        ("sails", "tomorrow 14:00", "2026-11-22T14:00+01:00"),
        ("voyage", "1h30m", "1h30m"),
        ("voyage", "90m", "1h30m"),
        ("voyage", "2d", "2d"),
        ("port", "kiel", "Kiel"),
        ("port", "Hamburg", "hh"),
        ("port", "ros", "hro"),
        ("tags", "a, b,, a", "a, b"),
        ("owner", "acme-gmbh", "acme-gmbh"),
        ("owner", "accounts/acme-gmbh", "acme-gmbh"),
        ("owner", "ACME gmbh", "acme-gmbh"),
        ("about", "Marta Lind", "contacts/marta-lind"),
        ("about", "accounts/acme-gmbh", "accounts/acme-gmbh"),
        ("about", "acme-gmbh", "accounts/acme-gmbh"),
        ("friends", "marta-lind", "marta-lind"),
        ("captain", "me", "lena"),
        ("captain", "Lena Vogt", "lena"),
        ("mail", "a@b.de", "a@b.de"),
        ("mails", "a@b.de, c@d.de", "a@b.de, c@d.de"),
        ("phone", "+34600123456", "+34600123456"),
        ("web", "acme.example", "acme.example"),
    ] {
        assert_eq!(typed(BERLIN, field, text), Ok(file.to_owned()), "{field}: {text}");
    }
}

#[test]
fn what_cannot_be_taken() {
    for (field, text, why) in [
        ("crew", "1.5", "'1.5' is not a whole number"),
        ("port", "kiehl", "unknown port 'kiehl': did you mean 'Kiel'?"),
        ("port", "Rotterdam", "(known: Kiel, hh, hro)"),
        ("owner", "acme-gmb", "there is no account 'acme-gmb': did you mean 'acme-gmbh'?"),
        ("owner", "Twin", "'Twin' could be accounts/twin-a or accounts/twin-b"),
        ("captain", "jonas", "there is no user 'jonas'"),
        ("mail", "a b@c", "'a b@c' is not an e-mail address"),
        ("phone", "call me", "'call me' is not a telephone number"),
        ("web", "javascript://x.y", "is not a web address"),
        ("berth", "Kiel", "set its parts, such as berth.city=Kiel"),
        ("cargo", "coal", "set a value of one"),
        ("voyage", "long", "long"),
        ("sold", "perhaps", "perhaps"),
        ("built", "someday", "someday"),
        ("price", "12.50 XYZW", "XYZW"),
    ] {
        let said = typed(BERLIN, field, text).unwrap_err();
        assert!(said.contains(why), "{field}: {text}: {said}");
    }
}

#[test]
fn what_reads_in_two_ways_is_refused_with_both_unless_the_workspace_decides() {
    for (field, text, one, other) in [
        ("length", "1.250", "1250", "1.250"),
        ("price", "1,250 EUR", "1250", "1.250"),
        ("built", "03/04/2026", "2026-04-03", "2026-03-04"),
    ] {
        let said = typed(BERLIN, field, text).unwrap_err();
        let plain = said.replace([',', ' '], "");
        assert!(plain.contains(one) || said.contains(one), "{field}: {said}");
        assert!(plain.contains(other) || said.contains("1.25") || said.contains(other), "{field}: {said}");
    }
    let german = "style: {decimal: comma, date: dmy}\n";
    assert_eq!(typed(german, "length", "1.250").as_deref(), Ok("1250"));
    assert_eq!(typed(german, "built", "03/04/2026").as_deref(), Ok("2026-04-03"));
    assert_eq!(typed("style: {date: mdy}\n", "built", "03/04/2026").as_deref(), Ok("2026-03-04"));
}

/// What is objected to in a file that says this.
fn objections(text: &str) -> Vec<String> {
    let book = book(BERLIN);
    let (ty, fields) = (ship(&book), test_fields(text));
    let scope = Scope { book: &book, ty: &ty, fields: (&fields).into() };
    let of = |(name, value): &(smol_str::SmolStr, Value)| {
        let misread = check_value(&scope, ty.field(name).unwrap(), value).into_iter();
        misread
            .map(|m| format!("{}{}", m.at.iter().map(|s| format!("{s} ")).collect::<String>(), m.code))
            .collect::<Vec<_>>()
    };
    fields.iter().flat_map(of).collect()
}

#[test]
fn what_files_may_hold() {
    for good in [
        "name: 007",
        "crew: 12",
        "length: 1.50",
        "share: 50%",
        "share: 50",
        "price: 12.5",
        "price: 12.50 USD",
        "sold: yes",
        "built: 2026-11-21",
        "sails: 2026-11-21",
        "sails: 2026-11-21T14:00+01:00",
        "voyage: 1h30m",
        "port: Kiel",
        "tags: [a, b]",
        "tags: a",
        "owner: acme-gmbh",
        "about: contacts/marta-lind",
        "friends: [marta-lind]",
        "captain: lena",
        "mail: a@b.de",
        "phone: \"112\"",
        "web: acme.example",
        "berth: {city: Kiel}",
        "cargo: [{id: a, what: coal, tons: 7}]",
        "crew:",
        "cargo: []",
        "cargo: [{what: gold, seal: s}, {what: x, tons: 101, permit: p}]",
    ] {
        assert_eq!(objections(good), [""; 0], "{good}");
    }
    for (bad, codes) in [
        ("crew: many", &["bad-value"][..]),
        ("crew: 31", &["out-of-range"]),
        ("crew: [1]", &["wrong-shape"]),
        ("length: 1,5", &["bad-value"]),
        ("share: 101%", &["out-of-range"]),
        ("price: -1.00 EUR", &["out-of-range"]),
        ("price: ten", &["bad-value"]),
        ("sold: maybe", &["bad-value"]),
        ("built: 2026-2-3", &["bad-value"]),
        ("built: 2026-11-21T14:00Z", &["bad-value"]),
        ("sails: noon", &["bad-value"]),
        ("voyage: ages", &["bad-value"]),
        ("port: kiel", &["unknown-choice"]),
        ("tags: {a: b}", &["wrong-shape"]),
        ("tags: [a, [b]]", &["1 wrong-shape"]),
        ("owner: nobody", &["dangling-link"]),
        ("owner: Acme GmbH", &["bad-link"]),
        ("about: acme-gmbh", &["bad-link"]),
        ("friends: [marta-lind, tom]", &["1 dangling-link"]),
        ("mails: [a@b.de, c]", &["1 bad-value"]),
        ("phone: none", &["bad-value"]),
        ("web: file:///etc/passwd", &["bad-value"]),
        ("berth: Kiel", &["wrong-shape"]),
        ("berth: {town: Kiel}", &["town unknown-part"]),
        ("cargo: coal", &["wrong-shape"]),
        ("cargo: [coal]", &["0 wrong-shape"]),
        (
            "cargo: [{id: a, tons: x}, {id: a, what: w}]",
            &["0 required", "0 tons bad-value", "1 id duplicate-line"],
        ),
        ("cargo: [{what: gold}, {what: x, tons: 101}]", &["0 required", "1 required"]),
    ] {
        assert_eq!(objections(bad), codes, "{bad}");
    }
}

#[test]
fn what_people_see() {
    let book = book("currency: EUR\ntime_zone: Europe/Berlin\nstyle: {decimal: comma, date: dmy}\n");
    let ty = ship(&book);
    let scope = Scope { book: &book, ty: &ty, fields: crate::model::FieldsRef::NONE };
    for (text, shown) in [
        ("length: \"1250.5\"", "1.250,5 m"),
        ("share: 7.5%", "7,5 %"),
        ("voyage: 90m", "1h30m"),
        ("port: hh", "Hamburg"),
        ("port: elsewhere", "elsewhere"),
        ("tags: [a, b]", "a, b"),
        ("owner: acme-gmbh", "Acme GmbH"),
        ("owner: gone", "gone"),
        ("about: contacts/marta-lind", "Marta Lind"),
        ("captain: lena", "Lena Vogt"),
        ("berth: {country: DE, city: Kiel, street: Kai 1}", "Kai 1, Kiel, DE"),
        ("cargo: [{what: a}, {what: b}]", "2"),
        ("crew: lots", "lots"),
        ("crew:", ""),
    ] {
        let (name, value) = test_fields(text).remove(0);
        let said = show(&scope, ty.field(&name).unwrap(), &value, now()).replace('\u{a0}', " ");
        assert_eq!(said, shown, "{text}");
    }
}

#[test]
fn numbers_are_written_bare_and_words_that_look_like_them_quoted() {
    let book = book(BERLIN);
    let ty = ship(&book);
    for (field, text, line) in [
        ("crew", "12", "crew: 12\n"),
        ("length", "1.10", "length: 1.10\n"),
        ("price", "12.50 EUR", "price: 12.50 EUR\n"),
        ("built", "2026-11-21", "built: 2026-11-21\n"),
        ("sold", "true", "sold: true\n"),
        ("name", "true", "name: \"true\"\n"),
        ("name", "2026-11-21", "name: \"2026-11-21\"\n"),
        ("name", "0x1f", "name: \"0x1f\"\n"),
        ("name", "12:30", "name: \"12:30\"\n"),
        ("phone", "+34600123456", "phone: \"+34600123456\"\n"),
        ("crew", "007", "crew: \"007\"\n"),
        ("port", "NO", "port: \"NO\"\n"),
    ] {
        assert_eq!(new_file(&ty, &[(field.into(), Value::text(text))]), line);
    }
}
