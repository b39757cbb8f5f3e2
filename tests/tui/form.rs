//! Forms: what is typed, picked and made on the way.

use super::stage::Playhouse;
use kontor::actions::Place;

const WIDE: (u16, u16) = (120, 40);
const USUAL: (u16, u16) = (80, 24);
const NARROW: (u16, u16) = (40, 12);

const DEAL: &str = "opportunities/acme-gmbh-line-4-sensors-7f3k";
const QUOTE: &str = "quotes/2026-11-03-acme-gmbh-3f9k";

fn page(reference: &str, size: (u16, u16)) -> Playhouse {
    Playhouse::sample(size, Place::Record(reference.parse().unwrap()))
}

fn list(type_name: &str, size: (u16, u16)) -> Playhouse {
    Playhouse::sample(size, Place::List(type_name.into()))
}

/// The subjects of the newest commits, newest first.
fn subjects(play: &Playhouse, count: usize) -> Vec<String> {
    play.git(&["log", &format!("-{count}"), "--format=%s"]).lines().map(str::to_owned).collect()
}

fn first_line_with<'t>(screen: &'t str, text: &str) -> &'t str {
    screen.lines().find(|line| line.contains(text)).unwrap_or_default()
}

#[test]
fn a_form_at_three_sizes() {
    insta::assert_snapshot!("form_120x40", page(DEAL, WIDE).after("e tab tab tab enter down"));
    insta::assert_snapshot!("form_80x24", page(DEAL, USUAL).after("e tab tab tab right tab"));
    insta::assert_snapshot!("form_40x12", page(DEAL, NARROW).after("e tab tab tab right"));
}

#[test]
fn an_account_is_made_on_the_way_to_a_deal() {
    let mut play = list("opportunity", WIDE);
    let offered = play.after("n \"Line 1 retrofit\" tab \"Zeta Werke\" up");
    assert!(offered.contains("+ New account “Zeta Werke”"), "{offered}");
    insta::assert_snapshot!("link_offers_to_make_120x40", offered);
    let form = play.after("enter");
    assert!(form.contains("New opportunity › New account"), "{form}");
    assert!(first_line_with(&form, " ▌ ").contains("Name"), "{form}");
    insta::assert_snapshot!("made_on_the_way_120x40", form);
    let back = play.after("tab right ctrl-s");
    assert!(back.contains("New opportunity") && !back.contains("New account"), "{back}");
    assert!(first_line_with(&back, "    Name ").contains("Line 1 retrofit"), "{back}");
    assert!(first_line_with(&back, "  Account ").contains("Zeta Werke"), "{back}");
    assert_eq!(subjects(&play, 1), ["accounts/zeta-werke: new account Zeta Werke"]);
    let saved = play.after("ctrl-s");
    assert!(!saved.contains("New opportunity"), "{saved}");
    let deal = play.git(&["show", "HEAD"]);
    assert!(deal.contains("+account: zeta-werke") && deal.contains("+name: Line 1 retrofit"), "{deal}");
}

#[test]
fn escape_goes_back_to_the_form_as_it_was() {
    let mut play = list("opportunity", WIDE);
    let before = play.after("n Pilot tab \"Zeta Werke\" up");
    let after = play.after("enter esc");
    assert_eq!(after, before);
    let again = play.after("enter X esc");
    assert!(again.contains("Lose the change to 1 field?"), "{again}");
    assert_eq!(play.after("d"), before);
    assert_eq!(subjects(&play, 1), ["The sample"]);
}

#[test]
fn what_a_link_needs_is_made_to_any_depth() {
    // A deal needs a contact, the contact an account; the link is one of a list, and then one alone.
    let mut play = list("opportunity", WIDE);
    play.after("n Pilot tab");
    let contact = play.after("tab tab tab tab tab tab tab tab tab tab tab tab tab tab tab");
    assert!(first_line_with(&contact, " ▌ ").contains("Primary contact"), "{contact}");
    let contact = play.after("\"Nora van Feld\" up enter");
    assert!(contact.contains("New opportunity › New contact"), "{contact}");
    assert!(first_line_with(&contact, "Last name").contains("van Feld"), "{contact}");
    let account = play.after("tab tab tab \"Zeta Werke\" up enter");
    assert!(account.contains("New opportunity › New contact › New account"), "{account}");
    let contact = play.after("ctrl-s");
    assert!(first_line_with(&contact, "  Account ").contains("Zeta Werke"), "{contact}");
    let deal = play.after("ctrl-s");
    assert!(first_line_with(&deal, "Primary contact").contains("Nora van Feld"), "{deal}");
    assert!(first_line_with(&deal, "    Name ").contains("Pilot"), "{deal}");
    let others = play.after("\"Olaf Feld\" up enter ctrl-s");
    assert!(first_line_with(&others, "Other contacts").contains("Olaf Feld"), "{others}");
    assert_eq!(
        subjects(&play, 3),
        [
            "contacts/olaf-feld: new contact Olaf Feld",
            "contacts/nora-van-feld: new contact Nora van Feld",
            "accounts/zeta-werke: new account Zeta Werke",
        ]
    );
}

#[test]
fn a_product_is_made_on_the_way_to_a_quotes_line() {
    let mut play = page(QUOTE, WIDE);
    let quote = play.after("e pagedown");
    assert!(first_line_with(&quote, " ▌ ").contains("Price book"), "{quote}");
    let line = play.after("tab tab a \"Cable 5 m\" up enter");
    assert!(line.contains("New product"), "{line}");
    let back = play.after("ctrl-s");
    assert!(back.contains("Lines, new line"), "{back}");
    assert!(first_line_with(&back, "Product ").contains("Cable 5 m"), "{back}");
    insta::assert_snapshot!("line_120x40", play.after("tab 4"));
    let done = play.after("tab tab 12.5 ctrl-s ctrl-s");
    assert!(!done.contains("Edit Line 4"), "{done}");
    let quote = play.git(&["show", "HEAD"]);
    assert!(quote.contains("+    product: cable-5-m"), "{quote}");
}

#[test]
fn a_link_to_several_types_asks_which() {
    let mut play = list("activity", USUAL);
    play.after("n tab \"Call back\"");
    let about = play.after("pagedown Zeta up");
    assert!(about.contains("+ New record “Zeta” …"), "{about}");
    let which = play.after("enter");
    assert!(which.contains("What is “Zeta”?") && which.contains("Opportunity"), "{which}");
    assert!(!which.contains("Pipeline"), "{which}");
    assert_eq!(play.after("esc"), about);
    let lead = play.after("enter lead enter");
    assert!(lead.contains("New activity › New lead"), "{lead}");
    let back = play.after("ctrl-s");
    assert!(first_line_with(&back, "About").contains("Zeta"), "{back}");
    assert!(first_line_with(&back, "Subject").contains("Call back"), "{back}");
}

#[test]
fn a_second_press_saves_nothing_twice() {
    let mut play = list("account", WIDE);
    play.after("n \"Zeta Werke\"");
    // Both arrive before the writer can have answered.
    let stage = &mut play.stage;
    for key in ["ctrl-s", "ctrl-s"] {
        stage
            .mailbox()
            .send(kontor::tui::app::Msg::Input(kontor::tui::runtime::Input::Key(key.parse().unwrap())));
    }
    play.after("");
    play.stage.wait_for("added account Zeta Werke");
    assert_eq!(subjects(&play, 2), ["accounts/zeta-werke: new account Zeta Werke", "The sample"]);
}

#[test]
fn what_was_not_changed_is_not_saved() {
    let mut play = page(DEAL, WIDE);
    let page = play.after("");
    let closed = play.after("e ctrl-s");
    assert!(closed.contains("nothing changed") && !closed.contains("Edit Line 4"), "{closed}");
    assert_eq!(subjects(&play, 1), ["The sample"]);
    let page_again = play.after("wait:60");
    assert_eq!(page_again, page);
    // Going through all fields, and typing and taking back, changes nothing either.
    let tabs = "tab ".repeat(60);
    let through = play.after(&format!("e {tabs} shift-tab"));
    assert!(through.contains("Edit Line 4") && !through.contains("changed"), "{through}");
    assert_eq!(play.after("esc"), page);
    assert_eq!(play.after("e x backspace esc"), page);
}

#[test]
fn a_record_that_is_wrong_already_can_be_closed_and_mended_in_part() {
    let mut play = page("accounts/acme-gmbh", WIDE);
    let file = play.folder.path().join("accounts/acme-gmbh.yaml");
    let text = std::fs::read_to_string(&file).unwrap().replace("owner: lena", "owner: nobody");
    std::fs::write(&file, text).unwrap();
    play.after("ctrl-l");
    play.stage.wait_for("nobody");
    let form = play.after("e");
    assert!(form.contains("there is no user 'nobody'"), "{form}");
    assert!(play.after("ctrl-s").contains("nothing changed"));
    let saved = play.after("e X ctrl-s");
    assert!(!saved.contains("Edit Acme"), "{saved}");
    assert!(subjects(&play, 1)[0].starts_with("accounts/acme-gmbh: name"), "{:?}", subjects(&play, 1));
}

#[test]
fn what_a_new_record_starts_with_can_be_emptied() {
    let mut play = list("account", WIDE);
    play.after("n \"Zeta Werke\" tab backspace tab backspace ctrl-s");
    let made = play.git(&["show", "HEAD"]);
    assert!(
        made.contains("+name: Zeta Werke") && !made.contains("owner") && !made.contains("type: "),
        "{made}"
    );
}

#[test]
fn a_hand_edit_made_meanwhile_is_told_before_it_is_overwritten() {
    const TOM: &str = "contacts/tom-reuter";
    let mut play = page(TOM, WIDE);
    let file = play.folder.path().join("contacts/tom-reuter.yaml");
    let by_hand = |from: &str, to: &str| {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains(from), "{text}");
        std::fs::write(&file, text.replace(from, to)).unwrap();
    };
    let form = play.after("e tab tab tab tab space lead");
    assert!(first_line_with(&form, " ▌ ").contains("Job title"), "{form}");
    by_hand("title: Purchasing", "title: BY HAND");
    by_hand("first_name: Tom", "first_name: Thomas");
    let told = play.after("ctrl-s");
    assert!(told.contains("meanwhile Purchasing → BY HAND"), "{told}");
    assert_eq!(subjects(&play, 1), ["The sample"]);
    let saved = play.after("ctrl-s");
    assert!(!saved.contains("Edit Tom Reuter"), "{saved}");
    // The hand edit is in the history, and what the form did not change is as the hand edit left it.
    assert_ne!(play.git(&["log", "-SBY HAND", "--format=%s"]), "");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("first_name: Thomas") && text.contains("title: Purchasing lead"), "{text}");
}

#[test]
fn tab_takes_what_is_under_the_cursor() {
    let mut play = Playhouse::sample(WIDE, Place::Record("accounts/acme-gmbh".parse().unwrap()));
    let taken = play.after("a \"Prices\" tab visit tab tab tab tab marta tab");
    assert!(first_line_with(&taken, "  Type ").contains("Visit"), "{taken}");
    assert!(first_line_with(&taken, "  Contacts ").contains("Marta Lind"), "{taken}");
    assert!(first_line_with(&taken, " ▌ ").contains("About"), "{taken}");
    let made = play.after("shift-tab \"Heidi Klum\" tab");
    assert!(made.contains("› New contact"), "{made}");
    assert!(first_line_with(&made, "  Account ").contains("Acme GmbH"), "{made}");
    let both = play.after("ctrl-s tab");
    assert!(first_line_with(&both, "  Contacts ").contains("Marta Lind, Heidi Klum"), "{both}");
}

#[test]
fn what_matches_nothing_is_said_and_stays() {
    let mut play = Playhouse::sample(WIDE, Place::Home);
    let after = play.after("a \"Prices\" tab \"Ask about it\" tab");
    assert!(after.contains("Nothing is called “Ask about it”"), "{after}");
    assert_eq!(play.after("ctrl-s"), after);
    let other = play.after("ctrl-u visit ctrl-s");
    assert!(other.contains("logged visit: Prices"), "{other}");
}

#[test]
fn several_records_are_not_headed_as_new() {
    let mut play = list("account", WIDE);
    let form = play.after("space space B industry enter");
    assert!(form.contains("Industry") && !form.contains("new in"), "{form}");
}

#[test]
fn a_line_takes_its_price_from_the_product() {
    let mut play = page(QUOTE, WIDE);
    let line = play.after("e pagedown tab tab a \"gateway gw 200\" tab");
    assert!(first_line_with(&line, "Unit price ").contains("760 €"), "{line}");
    assert!(first_line_with(&line, "  Unit ").contains("pcs"), "{line}");
    let lines = play.after("tab backspace 2 ctrl-s");
    assert!(first_line_with(&lines, "Gateway GW 200").contains("1,520 €"), "{lines}");
    assert!(first_line_with(&lines, "+ add a line").contains("total "), "{lines}");
    insta::assert_snapshot!("quote_lines_120x40", lines);
}
