//! Pages of records.

use super::stage::{Playhouse, copy};
use kontor::actions::Place;
use kontor::base::text;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const WIDE: (u16, u16) = (120, 40);
const USUAL: (u16, u16) = (80, 24);
const NARROW: (u16, u16) = (40, 12);

const ACME: &str = "accounts/acme-gmbh";
const DEAL: &str = "opportunities/acme-gmbh-line-4-sensors-7f3k";
const CASE: &str = "cases/pump-controller-reboots-k7f3";
const CONTACT: &str = "contacts/marta-lind";
const QUOTE: &str = "quotes/2026-11-03-acme-gmbh-3f9k";

fn page(reference: &str, size: (u16, u16)) -> Playhouse {
    Playhouse::sample(size, Place::Record(reference.parse().unwrap()))
}

/// The sample with one more file in it, on that file's page.
fn with_file(path: &str, content: &str, size: (u16, u16)) -> Playhouse {
    let folder = TempDir::new().unwrap();
    copy(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/sample-repo")), folder.path());
    fs::write(folder.path().join(path), content).unwrap();
    let reference = path.trim_end_matches(".yaml").parse().unwrap();
    Playhouse::over(folder, size, Place::Record(reference))
}

/// The line the cursor's bar stands in, from the bar on.
fn under_cursor(screen: &str) -> String {
    let line = screen.lines().find(|line| line.contains('▌')).unwrap_or_default();
    line.split_once('▌').map(|(_, rest)| rest.trim().to_owned()).unwrap_or_default()
}

#[test]
fn an_account() {
    insta::assert_snapshot!("account_120x40", page(ACME, WIDE).after(""));
    insta::assert_snapshot!("account_80x24", page(ACME, USUAL).after(""));
    insta::assert_snapshot!("account_40x12", page(ACME, NARROW).after(""));
}

#[test]
fn a_deal() {
    insta::assert_snapshot!("deal_120x40", page(DEAL, WIDE).after(""));
    insta::assert_snapshot!("deal_80x24", page(DEAL, USUAL).after(""));
    insta::assert_snapshot!("deal_40x12", page(DEAL, NARROW).after("tab"));
}

#[test]
fn a_case() {
    insta::assert_snapshot!("case_120x40", page(CASE, WIDE).after(""));
    insta::assert_snapshot!("case_80x24", page(CASE, USUAL).after("tab space"));
    insta::assert_snapshot!("case_40x12", page(CASE, NARROW).after("j"));
}

#[test]
fn a_contact() {
    insta::assert_snapshot!("contact_120x40", page(CONTACT, WIDE).after(""));
}

#[test]
fn a_quote_adds_up() {
    insta::assert_snapshot!("quote_120x40", page(QUOTE, WIDE).after(""));
    insta::assert_snapshot!("quote_80x24", page(QUOTE, USUAL).after("tab"));
}

#[test]
fn a_type_of_the_companys_own() {
    let mut play = Playhouse::sample(USUAL, Place::List("calibration".into()));
    insta::assert_snapshot!("calibration_80x24", play.after("enter"));
}

#[test]
fn going_in_and_coming_back() {
    let mut play = page(ACME, WIDE);
    // Facts, timeline, people.
    let people = play.after("tab tab j");
    let name = under_cursor(&people);
    assert!(name.starts_with("Gesa Brodersen"), "{people}");
    let contact = play.after("enter");
    assert!(contact.lines().next().unwrap().contains("Gesa Brodersen"), "{contact}");
    let back = play.after("esc");
    assert_eq!(under_cursor(&back), name, "{back}");
}

#[test]
fn actions_are_about_the_row_under_the_cursor_or_the_page() {
    let edited = |keys: &str| page(ACME, WIDE).after(keys);
    assert!(edited("e").contains("Edit Acme GmbH"));
    assert!(edited("tab tab e").contains("Edit Marta Lind"));
    assert!(edited("tab tab tab e").contains("Edit Renewal 2027"));
    assert!(edited("tab tab tab tab e").contains("Edit Pump controller reboots"));
    assert!(edited("tab tab tab shift-tab shift-tab shift-tab e").contains("Edit Acme GmbH"));
}

#[test]
fn a_fact_that_names_a_record_leads_to_it_and_another_is_edited() {
    let mut play = page(CASE, WIDE);
    let account = play.after("enter");
    assert!(account.lines().next().unwrap().ends_with('●') && account.contains("PEOPLE"), "{account}");
    assert!(page(ACME, WIDE).after("down down enter").contains("Edit Acme GmbH"));
}

#[test]
fn from_one_account_to_the_next() {
    let mut play = Playhouse::sample(WIDE, Place::List("account".into()));
    let next = play.after("enter tab tab J");
    assert!(next.lines().nth(2).unwrap().contains("Acme Verpackungstechnik"), "{next}");
    let first = play.after("K K");
    assert!(
        first.lines().nth(2).unwrap().contains("Acme GmbH") && first.contains("this is the first one"),
        "{first}"
    );
    let list = play.after("esc esc");
    assert!(under_cursor(&list).contains("Acme GmbH"), "{list}");
}

#[test]
fn a_timeline_shows_one_sort_alone() {
    let mut play = page(ACME, WIDE);
    let mail = play.after("/ mail enter");
    assert!(
        mail.contains("TIMELINE  mail ▾") && mail.contains('✉') && !mail.contains("case opened"),
        "{mail}"
    );
    let all = play.after("/ all enter");
    assert!(all.contains("TIMELINE  all ▾") && all.contains("case opened"), "{all}");
}

#[test]
fn a_hand_edit_shows_at_once_and_in_the_timeline_once_it_is_committed() {
    let mut play = page(ACME, WIDE);
    let file = play.folder.path().join("accounts/acme-gmbh.yaml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("rating: hot", "rating: cold")).unwrap();
    play.after("ctrl-l");
    let seen = play.stage.wait_for("Cold").text();
    assert!(!seen.contains("rating Hot → Cold"), "{seen}");
    play.after("ctrl-s");
    play.stage.wait_for("rating Hot → Cold");
}

#[test]
fn the_mouse_selects_opens_and_scrolls() {
    let mut play = page(ACME, WIDE);
    let screen = play.after("");
    let row = screen.lines().position(|line| line.contains("Tom Reuter")).unwrap();
    let column = text::width(screen.lines().nth(row).unwrap().split("Tom Reuter").next().unwrap());
    let clicked = play.after(&format!("click:{column},{row}"));
    assert!(under_cursor(&clicked).starts_with("Tom Reuter"), "{clicked}");
    let opened = play.after(&format!("click:{column},{row}"));
    assert!(opened.lines().nth(2).unwrap().contains("Tom Reuter"), "{opened}");
    let before = play.after("esc");
    let after = play.after("wheel:9@10,30 wheel:9@10,30");
    assert_ne!(before, after);
}

#[test]
fn a_broken_and_hostile_record_is_shown_and_harmless() {
    let content = "name: \"\\e]0;owned\\a\\e[31mRed\\u202Eevil\\u202C GmbH\"\n\
        type: custommer\n\
        owner: nobody-here\n\
        website: [one, {two: three}]\n\
        customer_since: soonish\n\
        shoe_size: \"47\\u0007\"\n\
        gadgets: {a: 1, b: [x, y]}\n\
        description: |\n  first line\n  second \\e[2J line\n\
        billing_address: Hamburg\n";
    for size in [WIDE, USUAL, NARROW] {
        let mut play = with_file("accounts/hostile.yaml", content, size);
        let screen = play.after("");
        assert!(!screen.contains(['\u{1b}', '\u{7}', '\u{202e}', '\u{202c}']), "{screen}");
        assert!(screen.contains("Redevil GmbH") && screen.contains("accounts/hostile.yaml:"), "{screen}");
    }
    let mut play = with_file("accounts/hostile.yaml", content, (200, 60));
    insta::assert_snapshot!("hostile_200x60", play.after(""));
}

#[test]
fn a_list_has_a_preview_beside_or_below_it() {
    let mut play = Playhouse::sample(WIDE, Place::List("account".into()));
    let first = play.after("");
    assert!(first.contains("★ priority"), "{first}");
    insta::assert_snapshot!("preview_120x40", play.after("j j j"));
    let without = play.after("P");
    assert!(!without.contains("TIMELINE"), "{without}");
    insta::assert_snapshot!(
        "preview_80x50",
        Playhouse::sample((80, 50), Place::List("contact".into())).after("")
    );
}
