//! The home screen, played.

use super::stage::Playhouse;
use kontor::actions::Place;
use std::time::Duration;

fn home(width: u16, height: u16) -> Playhouse {
    Playhouse::sample((width, height), Place::Home)
}

#[test]
fn it_looks_good_at_every_size() {
    insta::assert_snapshot!("home_120x40", home(120, 40).after(""));
    insta::assert_snapshot!("home_80x24", home(80, 24).after(""));
    insta::assert_snapshot!("home_40x12", home(40, 12).after(""));
}

#[test]
fn the_focus_goes_from_pane_to_pane() {
    let mut play = home(80, 24);
    assert!(play.after("").contains("TODAY") && !play.after("").contains("STUCK"));
    assert!(play.after("tab tab").contains("STUCK"));
    let board = play.after("enter");
    assert!(board.contains("New business"), "{board}");
    assert!(play.after("esc shift-tab shift-tab").contains("TODAY"));
    assert!(play.after("click:40,2").contains("STUCK"));
}

#[test]
fn a_filter_holds_in_every_pane() {
    let mut play = home(120, 40);
    let filtered = play.after("/ acme enter");
    assert!(filtered.contains("Ask Marta about the pilot") && filtered.contains("Pump controller reboots"));
    assert!(!filtered.contains("Send revised quote"), "{filtered}");
    assert!(play.after("esc").contains("Send revised quote"));
}

#[test]
fn others_tasks_are_a_key_away() {
    let mut play = home(120, 40);
    assert!(!play.after("").contains("everyone"));
    assert!(play.after("M").contains("everyone"));
    assert!(!play.after("M").contains("everyone"));
}

#[test]
fn clocks_tick() {
    let mut play = home(120, 40);
    assert!(play.after("").contains("▲   0:12"));
    assert!(play.after("wait:60").contains("▲   0:11"));
    assert!(play.after("wait:720").contains("!  -0:01"));
}

#[test]
fn a_task_that_is_done_leaves_the_list_with_a_commit() {
    let mut play = home(120, 40);
    let after = play.after("j x");
    let today = after.lines().take_while(|line| !line.contains("CASES")).collect::<Vec<_>>().join("\n");
    assert!(today.contains("2 overdue") && !today.contains("▌! 1 d    task     Send revised"), "{after}");
    let commit = play.git(&["log", "-1", "--format=%s%n%b"]);
    assert!(commit.contains("status") && commit.contains("Kontor-Record: activities/"), "{commit}");
    // git's index follows a moment after the commit.
    let clean = || play.git(&["status", "--porcelain"]).is_empty();
    for _ in 0..200 {
        if clean() {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("{}", play.git(&["status", "--porcelain"]));
}
