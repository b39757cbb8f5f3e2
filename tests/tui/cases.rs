//! The queue of cases, and lists of things to do.

use super::stage::Playhouse;
use kontor::actions::Place;

fn list(name: &str, size: (u16, u16)) -> Playhouse {
    Playhouse::sample(size, Place::List(name.into()))
}

/// The lines of the screen between the headings and the foot.
fn body(screen: &str) -> Vec<&str> {
    screen.lines().skip(3).collect()
}

#[test]
fn cases_by_their_clocks_at_every_size() {
    insta::assert_snapshot!("cases_120x40", list("case", (120, 40)).after("j"));
    insta::assert_snapshot!("cases_80x24", list("case", (80, 24)).after("j"));
    insta::assert_snapshot!("cases_40x12", list("case", (40, 12)).after("j"));
}

#[test]
fn activities_as_people_say_when_they_are_due() {
    insta::assert_snapshot!("activities_120x40", list("activity", (120, 40)).after("j j"));
    insta::assert_snapshot!("activities_40x12", list("activity", (40, 12)).after("j"));
}

#[test]
fn the_most_urgent_case_is_the_first_and_its_clock_ticks() {
    let mut play = list("case", (120, 40));
    let screen = play.after("");
    let clocks: Vec<_> = body(&screen).into_iter().take(3).map(|line| line.trim_start_matches('▌')).collect();
    for (line, clock) in clocks.iter().zip(["! -11:15  Q4D8N", "▲ 0:12  K7F3Q", "2:40  M2X9P"]) {
        assert!(line.trim_start().starts_with(clock), "{clock}: {screen}");
    }
    let later = play.after("wait:60");
    assert!(later.contains("! -11:16  Q4D8N") && later.contains("▲ 0:11  K7F3Q"), "{later}");
    let over = play.after("wait:660");
    assert!(over.contains("! 0:00  K7F3Q"), "{over}");
    assert!(play.after("M").contains("owner: me ▾"));
}

#[test]
fn what_is_finished_is_hidden_until_it_is_asked_for() {
    for (name, open, all) in [("case", "19 of 61", "61, 19 open"), ("lead", " of 60", "60, ")] {
        let mut play = list(name, (120, 40));
        let screen = play.after("");
        assert!(screen.contains("show: open ▾") && screen.contains(open), "{screen}");
        let shown = play.after("z");
        assert!(shown.contains("show: all ▾") && shown.contains(all), "{shown}");
        let first = |screen: &str| body(screen)[0].chars().take(40).collect::<String>();
        assert_eq!(first(&shown), first(&screen), "what is open still comes first");
        assert!(play.after("z").contains(open));
    }
    let mut play = list("case", (120, 40));
    let asked = play.after("/ status=closed enter");
    assert!(asked.contains("✓") && !asked.contains("Nothing"), "who asks for closed ones sees them: {asked}");
    let mut play = list("account", (120, 40));
    assert!(play.after("z").contains("accounts are never finished"));
}

#[test]
fn a_filter_need_not_be_finished_to_be_of_use() {
    let mut play = list("opportunity", (120, 40));
    let all = play.after("");
    let rows = |screen: &str| screen.lines().filter(|line| line.contains("Acme GmbH")).count();
    let half = play.after("/ amount>");
    assert_eq!(rows(&half), rows(&all), "{half}");
    let whole = play.after("50k");
    assert!(!whole.contains("Sewer level") && whole.contains("Renewal 2027"), "{whole}");
    let wrong = play.after("space stage=prop");
    assert!(wrong.contains("│   proposal"), "{wrong}");
    let proposals = play.after("tab enter");
    assert!(proposals.contains("/ amount>50k stage=proposal"), "{proposals}");
    assert!(proposals.contains("Line 4 sensors") && !proposals.contains("Renewal 2027"), "{proposals}");
    let said = play.after("/ ctrl-u nonsense=1 enter");
    assert!(said.contains("! an opportunity has no field 'nonsense'"), "{said}");
    assert!(said.contains("Line 4 sensors"), "the last result stays: {said}");
}

#[test]
fn what_a_filter_may_become_is_shown_below_it() {
    for (name, size) in [("120x40", (120, 40)), ("80x24", (80, 24)), ("40x12", (40, 12))] {
        let mut play = list("opportunity", size);
        insta::assert_snapshot!(format!("offers_names_{name}"), play.after("/ close"));
        insta::assert_snapshot!(
            format!("offers_values_{name}"),
            play.after("ctrl-u account.ind tab : tab tab")
        );
    }
    let mut play = list("opportunity", (120, 40));
    // A word that may be only a word covers nothing; tab takes what is said beside it.
    let short = play.after("/ st");
    assert!(short.contains("tab: stage · stage_since · ") && !short.contains('╭'), "{short}");
    let first = play.after("a tab");
    assert!(first.contains("/ stage ") && first.contains("│ ▌ stage  "), "{first}");
    assert!(play.after("tab").contains("│ ▌ stage_since"));
    assert!(play.after("tab").contains("│ ▌ stage  "), "and round again");
    assert!(play.after("shift-tab").contains("/ stage_since "));
    // Typing goes on from what was taken; a single one leads to what may follow it.
    let values = play.after("shift-tab :");
    assert!(values.contains("qualification") && !values.contains("stage_since"), "{values}");
    let only = play.after("ctrl-u prob tab");
    assert!(only.contains("/ probability ") && only.contains("probability>="), "{only}");
    assert!(!play.after("space").contains('╭'), "nothing has been begun");
    assert!(play.after("tab").contains("/ probability"), "and tab shuts the line");
    // In the middle of the line what follows stays.
    let inside = play.after("/ ctrl-u \"sta amount>10\" ctrl-a alt-f g tab");
    assert!(inside.contains("/ stage amount>10"), "{inside}");
    assert!(play.after(":").contains("/ stage: amount>10") && play.after("left").contains("amount>10"));
}

#[test]
fn a_filter_may_ask_for_an_order_and_a_number() {
    let mut play = list("opportunity", (120, 40));
    let usual = play.after("");
    let largest = play.after("/ sort:-amount space limit:3");
    assert!(largest.contains("  sorted by amount, largest first · at most 3 records"), "{largest}");
    assert!(largest.contains("Amount ↓") && largest.contains("3 of 81"), "{largest}");
    let chosen = play.after("enter S");
    assert!(
        chosen.contains("Amount ↑") && chosen.contains("3 of 81"),
        "what is chosen later holds: {chosen}"
    );
    let again = play.after("/ ctrl-u sort:name enter");
    assert!(!again.contains("Amount ↑"), "{again}");
    let given_back = play.after("esc");
    assert!(given_back.contains("Amount ↑") && given_back.contains(" 81"), "{given_back}");
    let mut play = list("opportunity", (120, 40));
    let back = play.after("/ sort:-amount enter esc");
    assert_eq!(body(&back), body(&usual), "without the filter it is sorted as before");
}

#[test]
fn the_filter_says_how_it_was_understood() {
    let mut play = list("opportunity", (120, 40));
    insta::assert_snapshot!("filter_empty_120x40", play.after("/"));
    let said = play.after("stage:proposal space amount>=10k space pump");
    assert!(said.contains("stage is Proposal · amount is at least"), "{said}");
    assert!(said.contains("anywhere: \"pump\""), "{said}");
    assert!(!play.after("enter").contains("amount is at least"));
    let mut play = list("opportunity", (40, 12));
    assert!(!play.after("/ amount>=10k").contains("amount is at least"), "no room for it");
}

#[test]
fn any_column_can_be_shown_and_sorted_by() {
    let mut play = list("case", (120, 40));
    let asked = play.after("P C");
    assert!(asked.contains("Columns"), "{asked}");
    assert_eq!(play.after("esc"), list("case", (120, 40)).after("P"));
    let shown = play.after("C backspace backspace origin enter tab");
    assert!(body(&shown)[0].len() > 3 && shown.contains("Origin") && !shown.contains("Opened at"), "{shown}");
    let sorted = play.after("s opened enter");
    assert!(!sorted.contains("Clock ↑") && body(&sorted)[0].contains("B8K1R"), "{sorted}");
    assert_eq!(play.git(&["diff", "HEAD", "--name-only"]), "");
    let again = play.after("3 6 P");
    assert!(again.contains("Origin"), "the columns are another list's again:\n{again}");
}
