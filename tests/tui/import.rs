//! Importing a CSV file, from its choice to taking it back.

use super::stage::{Playhouse, git};
use kontor::actions::Place;
use std::fs;

const SIZES: [(&str, (u16, u16)); 3] = [("120x40", (120, 40)), ("80x24", (80, 24)), ("40x12", (40, 12))];

/// The same shapes as in the public "CRM Sales Opportunities": stages no pipeline knows, products spelled otherwise,
/// deals without an account, rows that cannot be taken.
const DEALS: &str = "\
opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value,Shoe size
1C1I7A6R,Lena Vogt,GatewayGW 200,Acme GmbH,Won,2026-01-20,2026-03-01,1054,44
Z063OYW0,Jonas Riis,Gateway GW 200,Acme GmbH,Lost,2026-01-25,2026-03-11,0,45
EC4QE1BX,Lena Vogt,Gateway GW 200,,Engaging,2026-02-25,,,44
MV1LWRNH,Ada Byron,Nonesuch,Nobody & Co,Prospecting,,,,
PE84CX4O,Lena Vogt,Gateway GW 200,,Won,2026-01-20,2026-03-01,2000,44
";

fn desk(size: (u16, u16)) -> Playhouse {
    let play = Playhouse::sample(size, Place::List("account".into()));
    for (name, text) in [
        ("deals.csv", DEALS),
        ("people.csv", "First Name,Last Name,Company,Email\nMia,Ott,Acme GmbH,mia@acme.example\n"),
        ("dates.csv", "name,customer since\nNeu,31/12/2024\nAlt,12/31/2024\n"),
        ("letters.txt", "a\nb\n"),
        ("notes.md", "# Notes\n"),
        ("empty.csv", ""),
    ] {
        fs::write(play.desk.path().join(name), text).unwrap();
    }
    fs::create_dir(play.desk.path().join("older")).unwrap();
    fs::write(play.desk.path().join("older/old.csv"), "name,website\nOld,old.example\n").unwrap();
    play
}

fn commits(play: &Playhouse) -> usize {
    play.git(&["rev-list", "--count", "HEAD"]).trim().parse().unwrap()
}

fn tree(play: &Playhouse) -> String {
    play.git(&["rev-parse", "HEAD^{tree}"])
}

#[track_caller]
fn says(screen: &str, part: &str) {
    assert!(screen.contains(part), "{part:?} in\n{screen}");
}

#[test]
fn a_file_is_chosen_while_one_types() {
    for (name, size) in SIZES {
        let mut play = desk(size);
        insta::assert_snapshot!(format!("import_choose_{name}"), play.after("I"));
    }
    let mut play = desk((80, 24));
    says(&play.after("I \"peo\" tab"), "› people.csv");
    says(&play.after("ctrl-u \"old\" tab"), "› older/");
    says(&play.after("ctrl-u \"older/\""), "old.csv");
    says(&play.after("ctrl-u \"none/\""), "this file can't be read");
    assert!(!play.after("esc").contains("Import"));
    says(&play.after(": \"import older/old.csv\" enter"), "› old.csv");
}

#[test]
fn what_would_come_of_a_file_is_shown_and_nothing_is_written() {
    for (name, size) in SIZES {
        let mut play = desk(size);
        let before = commits(&play);
        insta::assert_snapshot!(format!("import_{name}"), play.after("I \"deals.csv\" enter"));
        insta::assert_snapshot!(format!("import_told_{name}"), play.after("tab G"));
        play.after("esc esc");
        assert_eq!(commits(&play), before);
        assert_eq!(git(play.folder.path(), &["status", "--porcelain"]), "");
    }
}

#[test]
fn one_key_imports_and_another_takes_it_back() {
    let mut play = desk((120, 40));
    let before = tree(&play);
    let count = commits(&play);
    let list = play.after("I \"deals.csv\" enter ctrl-s");
    says(&list, "import deals.csv: 4 new opportunities");
    says(&list, "1 row stays out");
    assert_eq!(commits(&play), count + 1);
    let rejects = fs::read_to_string(play.folder.path().join(".git/kontor/rejects/deals.csv")).unwrap();
    assert_eq!(rejects.lines().count(), 2, "{rejects}");
    assert!(rejects.contains("account is required"), "{rejects}");
    play.after("u");
    assert_eq!(tree(&play), before);
    play.stage.wait_for("Undo import deals.csv");
    assert_eq!(play.git(&["status", "--porcelain"]), "");
}

#[test]
fn every_column_can_fill_something_else() {
    let mut play = desk((120, 40));
    let screen = play.after("I \"people.csv\" enter");
    says(&screen, "→ Emails");
    // Past the eight rules and three columns.
    let picker = play.after("j j j j j j j j j j j enter");
    says(&picker, "What does 'Email' fill?");
    says(&play.after("\"leave it\" enter"), "– left out");
    says(&play.after("k k k k enter \"save\" enter ctrl-u \"people.yaml\" enter"), "saved as");
    let saved = fs::read_to_string(play.desk.path().join("people.yaml")).unwrap();
    assert!(saved.contains("type: contact") && saved.contains("Email: \"\""), "{saved}");
    let guessed = play.after("enter \"tell\" enter");
    says(&guessed, "→ Emails");
    let loaded = play.after("enter \"one that\" enter ctrl-u \"people.yaml\" enter");
    says(&loaded, "people.yaml");
    says(&loaded, "– left out");
    let wrong = play.after("enter \"one that\" enter ctrl-u \"deals.csv\" enter");
    says(&wrong, "deals.csv:");
}

#[test]
fn the_path_of_a_mapping_is_completed() {
    for (name, size) in SIZES {
        let mut play = desk(size);
        for file in ["people.map.yaml", "partners.yaml", "older/old.map.yaml"] {
            fs::write(play.desk.path().join(file), "type: contact\ncolumns: {Email: \"\"}\n").unwrap();
        }
        play.after("I \"people.csv\" enter j j j j j j j enter \"one that\" enter");
        insta::assert_snapshot!(format!("import_mapping_{name}"), play.after("ctrl-u \"p\""));
    }
    let mut play = desk((120, 40));
    fs::write(play.desk.path().join("older/old.map.yaml"), "type: contact\ncolumns: {Email: \"\"}\n")
        .unwrap();
    let inside =
        play.after("I \"people.csv\" enter j j j j j j j enter \"one that\" enter ctrl-u \"ol\" tab");
    says(&inside, "› older/");
    says(&inside, "old.map.yaml");
    // Chosen with the arrows, or completed; what is typed is taken as it is.
    says(&play.after("down enter"), "– left out");
}

#[test]
fn what_rows_leave_empty_is_filled() {
    let mut play = desk((120, 40));
    let asked = play.after("I \"people.csv\" enter j j j j enter \"role\"");
    says(&asked, "Fill what, where a row leaves it empty?");
    says(&play.after("enter"), "where a row has none");
    let filled = play.after("\"decision\" enter enter \"job title\" enter \"Head of Pumps\" enter");
    says(&filled, "Role: Decision maker · Job title:");
    let told = play.after("enter \"job title\"");
    says(&told, "Head of Pumps");
    // Without a text it is as it was.
    let empty = play.after("enter ctrl-u enter");
    assert!(!empty.contains("Head of Pumps"), "{empty}");
    play.after("enter \"job title\" enter \"Head of Pumps\" enter ctrl-s");
    let made = play.git(&["show", "--format=", "HEAD"]);
    assert!(made.contains("+title: Head of Pumps"), "{made}");
}

#[test]
fn what_the_file_leaves_open_is_decided_first() {
    let mut play = desk((120, 40));
    let before = commits(&play);
    let screen = play.after("I \"dates.csv\" enter ctrl-s");
    says(&screen, "say which");
    says(&screen, "decide first what is marked with !");
    assert_eq!(commits(&play), before);
    says(&play.after("G k k enter \"day/\" enter"), "day/month/year");
    play.after("ctrl-s");
    assert_eq!(commits(&play), before + 1);
    assert!(
        fs::read_to_string(play.folder.path().join("accounts/neu.yaml"))
            .unwrap()
            .contains("customer_since: 2024-12-31")
    );
}

#[test]
fn a_file_that_changed_meanwhile_is_not_imported_unseen() {
    let mut play = desk((120, 40));
    let before = commits(&play);
    play.after("I \"people.csv\" enter");
    fs::write(play.desk.path().join("people.csv"), "Last Name,Email\nUhl,u@x.example\nAbe,a@x.example\n")
        .unwrap();
    says(&play.after("ctrl-s"), "has changed since it was read");
    assert_eq!(commits(&play), before);
    says(&play.after("ctrl-l"), "2 new contacts");
    play.after("ctrl-s");
    assert_eq!(commits(&play), before + 1);
}

#[test]
fn records_that_change_meanwhile_are_taken_into_account() {
    let mut play = desk((120, 40));
    says(&play.after("I \"older/old.csv\" enter"), "1 new account");
    fs::write(play.folder.path().join("accounts/old.yaml"), "name: Old\nwebsite: old.example\n").unwrap();
    play.stage.wait_for("1 the same already");
    says(&play.after("ctrl-s"), "there is nothing to import");
}

#[test]
fn what_is_no_table_says_so() {
    let mut play = desk((80, 24));
    says(
        &play.after("I \"empty.csv\" enter"),
        "empty.csv: the file is empty: its first line has to name the columns",
    );
    says(&play.after("esc ctrl-u \"nowhere.csv\" enter"), "nowhere.csv: this file can't be read");
    fs::write(
        play.desk.path().join("binary.csv"),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\x08\x06\xff\xd8\x01\x02",
    )
    .unwrap();
    says(&play.after("esc ctrl-u \"binary.csv\" enter"), "binary.csv: the file is no text");
    // What the rows are is asked where the headers do not say it.
    fs::write(play.desk.path().join("odd.csv"), "x,y\n1,2\n").unwrap();
    says(&play.after("esc ctrl-u \"odd.csv\" enter"), "The headers do not say what the rows are");
    says(&play.after("enter \"accounts\" enter tab"), "name is required");
}

#[test]
fn a_mapping_takes_the_place_of_no_other_file() {
    let mut play = desk((120, 40));
    let save = |play: &mut Playhouse, name: &str| {
        play.after(&format!("enter \"save\" enter ctrl-u \"{name}\" enter"))
    };
    play.after("I \"people.csv\" enter j j j j j j j");
    for name in ["people.csv", "notes.md"] {
        let before = fs::read_to_string(play.desk.path().join(name)).unwrap();
        says(&save(&mut play, name), "is left alone");
        assert_eq!(fs::read_to_string(play.desk.path().join(name)).unwrap(), before);
    }
    for _ in 0..2 {
        says(&save(&mut play, "people.yaml"), "saved as");
    }
}

#[test]
fn a_quote_that_never_closes_is_decided_first() {
    let mut play = desk((120, 40));
    fs::write(play.desk.path().join("open.csv"), "name,description\nAlpha,\"oops\nBeta,b\n").unwrap();
    says(&play.after("I \"open.csv\" enter ctrl-s"), "decide first what is marked with !");
    says(&play.after("G k k k enter \"take\" enter"), "take it");
    says(&play.after("ctrl-s"), "1 new account");
}

#[test]
fn a_saved_mapping_makes_the_same_import_again() {
    let mut play = desk((120, 40));
    fs::write(play.desk.path().join("odd.csv"), "name^customer since\nNeu^03/04/2024\n").unwrap();
    fs::write(
        play.desk.path().join("odd.yaml"),
        "type: account\ndelimiter: ^\ndates: dmy\nkeep_unmapped: true\ncolumns: {name: name}\n",
    )
    .unwrap();
    play.after("I \"odd.csv\" enter enter \"accounts\" enter");
    let screen = play.after("j j j j j j j enter \"one that\" enter ctrl-u \"odd.yaml\" enter");
    says(&screen, "day/month/year");
    says(&screen, "2 of 2 come in");
    says(&screen, "1 new account");
}

#[test]
fn changes_are_shown_before_and_after() {
    let mut play = desk((120, 40));
    fs::write(play.desk.path().join("sites.csv"), "name,website\nAcme GmbH,acme.example\nNeu,neu.example\n")
        .unwrap();
    let screen = play.after("I \"sites.csv\" enter");
    says(&screen, "CHANGED");
    says(&play.after("tab"), "line 2: Acme GmbH · website: https://acme.example → acme.example");
    assert!(!screen.contains("Nothing needs a word"), "{screen}");
}
