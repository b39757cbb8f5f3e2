//! Quick find, played from anywhere.

use super::stage::Playhouse;
use kontor::actions::Place;
use std::fs;

const SIZES: [(&str, (u16, u16)); 3] = [("120x40", (120, 40)), ("80x24", (80, 24)), ("40x12", (40, 12))];

#[test]
fn results_come_while_one_types() {
    for (name, size) in SIZES {
        let mut play = Playhouse::sample(size, Place::Home);
        insta::assert_snapshot!(format!("find_{name}"), play.after("ctrl-k \"pump reb\""));
        insta::assert_snapshot!(format!("find_nothing_{name}"), play.after("space \"zebra\""));
    }
}

#[test]
fn before_typing_there_is_what_was_opened_and_changed_last() {
    for (name, size) in SIZES {
        let mut play = Playhouse::sample(size, Place::Home);
        let script = "2 enter esc j enter esc ctrl-k";
        insta::assert_snapshot!(format!("find_offers_{name}"), play.after(script));
    }
}

#[test]
fn enter_opens_and_escape_comes_back_to_what_was_typed() {
    let mut play = Playhouse::sample((120, 40), Place::Home);
    let page = play.after("2 ctrl-k \"marta lind\" enter");
    assert!(page.lines().next().unwrap().contains("Accounts › Find › Marta Lind"), "{page}");
    let find = play.after("esc");
    assert!(find.contains("› marta lind"), "{find}");
    assert!(play.after("esc").lines().next().unwrap().contains("Accounts"), "back where it began");
    assert!(!play.after("").contains("marta lind"));
}

#[test]
fn what_works_in_a_list_works_on_results() {
    let mut play = Playhouse::sample((120, 40), Place::Home);
    play.after("ctrl-k \"marta lind\" tab");
    let copied = play.after("y");
    assert!(copied.contains("copied contacts/marta-lind"), "{copied}");
    let form = play.after("e");
    assert!(form.contains("Edit Marta Lind"), "{form}");
    play.after("esc");
    let marked = play.after("space space");
    assert!(marked.contains("2 marked"), "{marked}");
    let typing = play.after("/ \"o\"");
    assert!(typing.contains("› marta lindo"), "{typing}");
}

#[test]
fn what_is_saved_is_found_at_once() {
    let mut play = Playhouse::sample((120, 40), Place::Home);
    assert!(play.after("ctrl-k \"zebra\"").contains("Nothing has all of these words"));
    fs::write(play.folder.path().join("accounts/zebra-works.yaml"), "name: Zebra Works\n").unwrap();
    play.after("esc ctrl-l");
    let found = play.after("ctrl-k \"zebra\"");
    assert!(found.contains("Zebra Works"), "{found}");
}

#[test]
fn the_typing_line_keeps_its_keys() {
    let mut play = Playhouse::sample((120, 40), Place::Home);
    // Letters that are actions elsewhere are letters here.
    let typed = play.after("ctrl-k \"quux\"");
    assert!(typed.contains("› quux"), "{typed}");
    let again = play.after("ctrl-k");
    assert!(again.contains("› quux"), "{again}");
}

#[test]
fn a_query_narrows_what_is_found() {
    let mut play = Playhouse::sample((120, 40), Place::Home);
    let cases = play.after("ctrl-k \"pump type:case\"");
    assert!(cases.contains("3 found") && cases.contains("Pump controller reboots"), "{cases}");
    assert!(!cases.contains("Opportunity") && !cases.contains("Product "), "{cases}");
    let alone = play.after("ctrl-u type:user");
    assert!(alone.contains("Lena Vogt"), "{alone}");
    let wrong = play.after("ctrl-u type:cas");
    assert!(wrong.contains("there is no record type 'cas': did you mean 'case'?"), "{wrong}");
    // What only looks like a query is looked for as it stands.
    let address = play.after("ctrl-u \"https://nordwind\"");
    assert!(address.contains("https://files.nordwind.example"), "{address}");
}

#[test]
fn an_order_asked_for_is_kept_and_said() {
    let mut play = Playhouse::sample((120, 40), Place::Home);
    let sorted = play.after("ctrl-k \"acme deal sort:-amount\"");
    assert!(sorted.contains("sorted by amount, largest first"), "{sorted}");
    let line = |title: &str| sorted.lines().position(|line| line.contains(title)).unwrap();
    assert!(line("Line 4 sensors") < line("Renewal 2027"), "{sorted}");
    let few = play.after("ctrl-u \"acme limit:3\"");
    assert!(few.contains("3 found · at most 3 records"), "{few}");
}

#[test]
fn a_word_for_a_type_finds_its_records() {
    for (name, size) in SIZES {
        let mut play = Playhouse::sample(size, Place::Home);
        insta::assert_snapshot!(format!("find_type_{name}"), play.after("ctrl-k \"quote acme\""));
    }
}

#[test]
fn a_filter_finds_what_the_search_finds() {
    let mut play = Playhouse::sample((120, 40), Place::List("account".into()));
    // A mistake in the name, and a word that stands in no column.
    let list = play.after("/ bregmann");
    assert!(list.contains("Bergmann AG") && list.contains("2 of "), "{list}");
    fs::write(
        play.folder.path().join("accounts/zebra-works.yaml"),
        "name: Zebra\ndescription: was yodelling\n",
    )
    .unwrap();
    let list = play.after("enter ctrl-l / ctrl-u yodels enter");
    assert!(list.contains("Zebra") && list.contains("1 of "), "{list}");
    let list = play.after("/ ctrl-u yodels space tag:nothing enter");
    assert!(list.contains("Nothing here matches"), "{list}");
}
