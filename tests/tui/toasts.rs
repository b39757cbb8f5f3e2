//! What is said at the edge of the screen: in people's words, until it was seen or is no longer so, over nothing that
//! asks.

use super::stage::Playhouse;
use kontor::actions::Place;
use std::fs;

const ACME: &str = "accounts/acme-gmbh";

fn page(size: (u16, u16)) -> Playhouse {
    Playhouse::sample(size, Place::Record(ACME.parse().unwrap()))
}

/// Writes an industry into the file by hand and asks for it to be committed.
fn industry(play: &mut Playhouse, word: &str) -> String {
    let file = play.folder.path().join(format!("{ACME}.yaml"));
    let text = fs::read_to_string(&file).unwrap();
    let line = text.lines().find(|line| line.starts_with("industry:")).unwrap();
    fs::write(&file, text.replace(line, &format!("industry: {word}"))).unwrap();
    play.after("ctrl-l ctrl-s")
}

#[test]
fn an_error_stays_until_it_is_no_longer_so() {
    let mut play = page((120, 40));
    assert!(industry(&mut play, "manufacturin").contains("not committed"));
    assert!(play.after("wait:600").contains("not committed"));
    let mended = industry(&mut play, "energy");
    assert!(!mended.contains("not committed"), "{mended}");
    assert!(mended.contains("Acme GmbH: industry Manufacturing → Energy"), "{mended}");
}

#[test]
fn it_goes_by_itself_once_the_file_is_mended() {
    let mut play = page((120, 40));
    assert!(industry(&mut play, "manufacturin").contains("not committed"));
    play.git(&["checkout", "-q", "."]);
    assert!(!play.after("ctrl-l").contains("not committed"));
}

#[test]
fn escape_puts_it_away_and_nothing_else() {
    let mut play = page((120, 40));
    let first = |screen: &str| screen.lines().next().unwrap_or_default().to_owned();
    industry(&mut play, "manufacturin");
    let seen = play.after("esc");
    assert!(!seen.contains("not committed"), "{seen}");
    assert!(first(&seen).starts_with(" Accounts › Acme GmbH"), "{seen}");
    let left = play.after("esc");
    assert!(!first(&left).contains("Acme GmbH"), "{left}");
}

#[test]
fn somebody_who_goes_on_has_seen_it() {
    let mut play = page((120, 40));
    industry(&mut play, "manufacturin");
    assert!(play.after("j wait:9").contains("not committed"));
    assert!(!play.after("wait:2").contains("not committed"));
}

#[test]
fn a_popup_is_not_covered() {
    let mut play = page((80, 24));
    industry(&mut play, "manufacturin");
    let form = play.after("e X");
    let at: Vec<usize> =
        form.lines().enumerate().filter(|(_, l)| l.contains("not committed")).map(|(y, _)| y).collect();
    assert_eq!(at, [22], "{form}");
    let asked = play.after("esc esc");
    assert!(asked.contains("Lose the change to 1 field?") && !asked.contains("not committed"), "{asked}");
}

#[test]
fn what_was_done_is_told_by_title() {
    let mut play = Playhouse::sample((120, 40), Place::Home);
    let done = play.after("j x");
    assert!(done.contains("✓ Send revised quote") && done.contains("Planned → Done"), "{done}");
    assert!(!done.contains("activities/"), "{done}");
    let undone = play.after("u");
    assert!(undone.contains("taken back: Send revised quote"), "{undone}");
}

#[test]
fn on_a_small_screen_it_takes_the_line_of_the_rule() {
    let mut play = Playhouse::sample((40, 12), Place::Home);
    let done = play.after("j x");
    let lines: Vec<&str> = done.lines().collect();
    assert!(lines[10].contains("✓ Send revised quote"), "{done}");
    assert_eq!(lines.iter().filter(|line| line.contains('✓')).count(), 1, "{done}");
}
