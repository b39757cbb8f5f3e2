//! Views: opened by key, by name, out of all of them; changed, saved, and broken.

use super::stage::{Playhouse, copy_sample};
use kontor::actions::Place;
use std::fs;
use tempfile::TempDir;

const WIDE: (u16, u16) = (120, 40);
const USUAL: (u16, u16) = (80, 24);
const NARROW: (u16, u16) = (40, 12);

fn accounts(size: (u16, u16)) -> Playhouse {
    Playhouse::sample(size, Place::List("account".into()))
}

/// The first line of the screen.
fn top(screen: &str) -> &str {
    screen.lines().next().unwrap_or_default()
}

fn file(play: &Playhouse, path: &str) -> String {
    fs::read_to_string(play.folder.path().join(path)).unwrap()
}

#[test]
fn the_keys_of_views_at_the_foot() {
    insta::assert_snapshot!("view_keys_120x40", accounts(WIDE).after("v"));
    insta::assert_snapshot!("view_keys_80x24", accounts(USUAL).after("v"));
    insta::assert_snapshot!("view_keys_40x12", accounts(NARROW).after("v"));
}

#[test]
fn all_views_with_what_is_in_them() {
    insta::assert_snapshot!("views_120x40", accounts(WIDE).after("v v"));
    insta::assert_snapshot!("views_80x24", accounts(USUAL).after("v v"));
    insta::assert_snapshot!("views_40x12", accounts(NARROW).after("v v"));
    let mut play = accounts(WIDE);
    let found = play.after("v v rott enter");
    assert!(top(&found).contains("Opportunities › Rotting"), "{found}");
    // Of a view of the workspace there is a record.
    let record = play.after("v v \"class a\" ctrl-e");
    assert!(top(&record).contains("› Class A") && record.contains("segment_class:A"), "{record}");
}

#[test]
fn a_list_under_headings() {
    for (name, size) in [("120x40", WIDE), ("80x24", USUAL), ("40x12", NARROW)] {
        let mut play = accounts(size);
        insta::assert_snapshot!(format!("view_grouped_{name}"), play.after("v o tab j"));
    }
    let mut play = accounts(WIDE);
    let last = play.after("v o tab tab tab tab shift-tab");
    assert!(last.lines().any(|line| line.starts_with('▌')), "{last}");
}

#[test]
fn what_is_under_a_heading_folds() {
    for (name, size) in [("120x40", WIDE), ("80x24", USUAL), ("40x12", NARROW)] {
        let mut play = accounts(size);
        insta::assert_snapshot!(format!("view_folded_{name}"), play.after("v o tab j space -"));
    }
    let mut play = accounts(WIDE);
    let cursor = |screen: &str| {
        let line = screen.lines().find(|line| line.starts_with('▌'));
        line.unwrap_or_else(|| panic!("{screen}")).chars().take(40).collect::<String>()
    };
    let folded = |screen: &str| screen.lines().filter(|line| line.chars().nth(1) == Some('▸')).count();
    // All of them, with the cursor on the heading of its row; `enter` opens that one alone, where the cursor was.
    let before = cursor(&play.after("v o tab j"));
    let all = play.after("=");
    assert_eq!(folded(&all), 4, "{all}");
    assert!(cursor(&all).starts_with("▌▸ Upcoming"), "{all}");
    assert_eq!(cursor(&play.after("enter")), before);
    // What acts on a record finds none there; marks are of all that is under it.
    let none = play.after("tab e");
    assert!(none.contains("there is no record under the cursor"), "{none}");
    let marked = play.after("space");
    assert!(marked.contains("10 marked") && marked.contains("473,050 €  ● 10"), "{marked}");
    // From page to page only what is in sight, and a filter leaves what is folded as it is.
    let page = play.after("_ g g j enter K");
    assert!(top(&page).contains("› Wartung 2027"), "{page}");
    let filtered = play.after("esc / space amount>=50k enter");
    assert_eq!(folded(&filtered), 3, "{filtered}");
    // Other headings are all open, and without any there is nothing to fold.
    let other = play.after("b owner enter");
    assert!(folded(&other) == 0 && other.contains(" ▾ Lena Vogt"), "{other}");
    let flat = play.after("b \"no head\" enter -");
    assert!(flat.contains("there are no headings to fold: b makes some"), "{flat}");
}

#[test]
fn views_go_by_their_names_too() {
    let mut play = accounts(WIDE);
    let view = play.after(": \"my open deals\" enter");
    assert!(
        top(&view).contains("Opportunities › My open deals") && view.contains("/ owner:me is:open"),
        "{view}"
    );
    let fuzzy = play.after(": closbymo enter");
    assert!(top(&fuzzy).contains("› Closing by month") && fuzzy.contains("Dec 2026"), "{fuzzy}");
    let palette = play.after("ctrl-p \"view unassigned\" enter");
    assert!(top(&palette).contains("Leads › Unassigned leads"), "{palette}");
}

#[test]
fn a_change_is_told_and_taken_back() {
    let mut play = accounts(WIDE);
    assert!(!top(&play.after("v o")).contains('*'));
    let sorted = play.after("s amount enter");
    assert!(top(&sorted).contains("Open deals by stage*   * changed: + saves"), "{sorted}");
    assert!(!top(&play.after("v o")).contains('*'));
    assert!(top(&play.after("/ space amount>50k enter")).contains('*'));
    // Escape goes back to the view's query, not to an empty filter.
    let back = play.after("esc");
    assert!(!top(&back).contains('*') && back.contains("/ is:open"), "{back}");
    assert!(top(&play.after("b \"no head\" enter")).contains('*'));
    assert!(top(&play.after("M")).contains('*'));
}

#[test]
fn a_list_is_saved_as_a_view_and_saved_over() {
    let mut play = accounts(WIDE);
    let asked = play.after("/ type:customer enter s city enter b owner enter M +");
    insta::assert_snapshot!("view_save_120x40", asked);
    let saved = play.after("\"My towns\" tab tab w ctrl-s");
    assert!(top(&saved).contains("Accounts › My towns") && !top(&saved).contains('*'), "{saved}");
    let text = file(&play, "views/my-towns.yaml");
    assert_eq!(
        text,
        "name: My towns\nowner: lena\nkey: w\ntype: account\nquery: type:customer owner:me\n\
         sort: billing_address.city\ngroup: owner\n"
    );
    assert_eq!(play.git(&["log", "-1", "--format=%s"]), "views/my-towns: new view My towns\n");

    // Reached by its key from elsewhere, changed, and saved over with one key and one word.
    let opened = play.after("2 v w s name enter");
    assert!(top(&opened).contains("My towns*"), "{opened}");
    let over = play.after("+ ctrl-s");
    assert!(top(&over).contains("My towns ") && !top(&over).contains('*'), "{over}");
    assert!(file(&play, "views/my-towns.yaml").contains("\nsort: name\n"));
    assert_eq!(play.git(&["log", "-1", "--format=%s"]), "views/my-towns: sort billing_address.city → name\n");
    // Undone like any other change, and the list follows.
    let undone = play.after("u");
    assert!(file(&play, "views/my-towns.yaml").contains("\nsort: billing_address.city\n"), "{undone}");
    assert!(!top(&undone).contains('*'), "{undone}");

    // A name and a key that are taken are refused in the form.
    let refused = play.after("2 + \"Class A\" ctrl-s");
    assert!(refused.contains("Class A is there already"), "{refused}");
    let refused = play.after("ctrl-u Other tab tab w ctrl-s");
    assert!(refused.contains("w opens My towns already"), "{refused}");
}

#[test]
fn a_board_is_a_view() {
    insta::assert_snapshot!("view_board_120x40", accounts(WIDE).after("v e"));
    insta::assert_snapshot!("view_board_40x12", accounts(NARROW).after("v e"));
    let mut play = accounts(WIDE);
    let saved = play.after("5 / acme enter + \"Acme board\" tab backspace tab z ctrl-s");
    assert!(top(&saved).contains("Pipeline › Acme board   New business"), "{saved}");
    assert!(
        file(&play, "views/acme-board.yaml").contains("query: pipeline:new-business acme\nlayout: board\n")
    );
    // Whatever board was looked at last, the view shows its own.
    let again = play.after("v e 1 v z");
    assert!(top(&again).contains("Pipeline › Acme board   New business"), "{again}");
    // Another pipeline is a change of the view like any other: told, taken back, and saved if wanted.
    let switched = play.after("p renewals enter");
    assert!(top(&switched).contains("Pipeline › Acme board*   * changed: + saves   Renewals"), "{switched}");
    assert!(switched.contains("/ pipeline:renewals acme"), "{switched}");
    let back = play.after("esc");
    assert!(top(&back).contains("Pipeline › Acme board   New business"), "{back}");
    assert!(back.contains("v views"), "{back}");
}

#[test]
fn what_a_record_is_called_is_a_column() {
    let text = "name: People\ntype: contact\nquery: last_name:Thiessen,Reuter\ncolumns: [name, account]\nsort: -name\n";
    for (name, size) in [("120x40", WIDE), ("40x12", NARROW)] {
        let folder = TempDir::new().unwrap();
        copy_sample(folder.path());
        fs::write(folder.path().join("views/people.yaml"), text).unwrap();
        let mut play = Playhouse::over(folder, size, Place::Home);
        insta::assert_snapshot!(format!("view_of_names_{name}"), play.after(": people enter"));
        // In any list of the type it is offered, to be sorted by and to be shown.
        let offered = |keys: &str, play: &mut Playhouse| {
            let shown = play.after(keys);
            let names = shown.split('│').filter(|cell| cell.split_whitespace().any(|word| word == "Name"));
            assert!(names.count() == 1, "{shown}");
        };
        offered("3 s name", &mut play);
        offered("esc C name", &mut play);
    }
}

#[test]
fn a_view_has_as_many_as_its_list() {
    let folder = TempDir::new().unwrap();
    copy_sample(folder.path());
    // With a mistake in it, which the search forgives: as written, no account has the word.
    fs::write(
        folder.path().join("views/breweries.yaml"),
        "name: Breweries\ntype: account\nquery: brouwerei\n",
    )
    .unwrap();
    let mut play = Playhouse::over(folder, WIDE, Place::Home);
    let list = play.after(": breweries enter");
    let found = top(&list).split_whitespace().nth(3).unwrap_or_default();
    assert!(top(&list).contains("Breweries   ") && found.parse::<usize>().is_ok_and(|n| n > 0), "{list}");
    let counted = play.after("v v brewer");
    let line = counted.lines().find(|line| line.contains("Accounts · shared")).unwrap_or(&counted);
    assert!(line.split_whitespace().any(|word| word == found), "{found}:\n{counted}");
}

#[test]
fn a_broken_view_breaks_no_list() {
    let folder = TempDir::new().unwrap();
    copy_sample(folder.path());
    let text =
        "name: Broken\ntype: deal\nquery: is:open stge:x\ncolumns: [name, nonsense]\ngroup: lines\nkey: x\n";
    fs::write(folder.path().join("views/broken.yaml"), text).unwrap();
    let mut play = Playhouse::over(folder, WIDE, Place::Home);
    let list = play.after("v x");
    assert!(
        top(&list).contains("› Broken") && list.contains("! an opportunity has no field 'stge'"),
        "{list}"
    );
    assert!(list.contains("Line 4 sensors"), "{list}");
    let all = play.after("v v broken");
    assert!(all.contains("! see problems"), "{all}");
    let problems = play.after("esc !");
    let list =
        ["views/broken.yaml", "3:16  an opportunity has no field 'stge'", "4:17  there is", "5:8  records"];
    for said in list {
        assert!(problems.contains(said), "{said}: {problems}");
    }
}

#[test]
fn a_personal_view_is_its_owners_and_a_hand_edit_is_followed() {
    let folder = TempDir::new().unwrap();
    copy_sample(folder.path());
    fs::write(folder.path().join("views/theirs.yaml"), "name: Petras own\ntype: lead\nowner: petra\n")
        .unwrap();
    let mut play = Playhouse::over(folder, WIDE, Place::Home);
    assert!(!play.after("v v petras").contains("Petras own"));
    let mine = play.after("esc v l");
    assert!(top(&mine).contains("Leads › Leads to call"), "{mine}");
}

#[test]
fn any_type_with_a_choice_has_a_board() {
    let folder = TempDir::new().unwrap();
    copy_sample(folder.path());
    let text = "name: Case board\ntype: case\nquery: is:open\nlayout: board\nkey: x\n";
    fs::write(folder.path().join("views/case-board.yaml"), text).unwrap();
    let mut play = Playhouse::over(folder, WIDE, Place::Home);
    let board = play.after("v x");
    insta::assert_snapshot!("view_case_board_120x40", board);
    let moved = play.after("/ \"wrong invoice\" enter L");
    let subject = play.git(&["log", "-1", "--format=%s"]);
    assert!(subject.starts_with("cases/") && subject.contains(": status "), "{subject}{moved}");
    let listed = play.after("esc O");
    assert!(top(&listed).contains("Cases"), "{listed}");
}

#[test]
fn a_filter_is_saved_as_it_was_typed_once_it_makes_sense() {
    let mut play = accounts(WIDE);
    let said = play.after("/ industry:manufactring enter +");
    assert!(said.contains("mend the filter first: unknown industry"), "{said}");
    let saved = play.after("/ ctrl-u \"country:DE or country:NL\" enter + ctrl-u North ctrl-s");
    assert!(top(&saved).contains("› North") && !saved.contains("changed"), "{saved}");
    assert!(file(&play, "views/north.yaml").contains("query: country:DE or country:NL\n"));
}
