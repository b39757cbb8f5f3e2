//! Histories, played on a deal that has just been moved.

use super::stage::Playhouse;
use kontor::actions::Place;

const DEAL: &str = "opportunities/acme-gmbh-line-4-sensors-7f3k";

/// The deal's history after its stage was moved on.
fn history(size: (u16, u16)) -> Playhouse {
    let deal = DEAL.parse().unwrap();
    let mut play = Playhouse::sample(size, Place::Record(deal));
    play.after("m Nego enter h");
    play
}

#[test]
fn a_records_history_shows_each_value_before_and_after() {
    for (name, size) in
        [("history_120x40", (120, 40)), ("history_80x24", (80, 24)), ("history_40x12", (40, 12))]
    {
        let text = history(size).after("");
        assert!(text.contains("- Proposal") && text.contains("+ Negotiation"), "{text}");
        // The ids of commits differ with the versions of their tools.
        let steady = text.lines().map(without_id).collect::<Vec<_>>().join("\n");
        insta::assert_snapshot!(name, steady);
    }
}

fn without_id(line: &str) -> String {
    let is_id = |word: &str| word.len() == 8 && word.chars().all(|c| c.is_ascii_hexdigit());
    match line.trim_end().rsplit_once(' ') {
        Some((rest, id)) if is_id(id) => format!("{rest} ········"),
        _ => line.to_owned(),
    }
}

#[test]
fn a_change_opens_in_place() {
    let mut play = history((120, 40));
    assert!(!play.after("").contains("Stage since"));
    assert!(play.after("enter").contains("Stage since"));
    assert!(!play.after("enter").contains("Stage since"));
}

#[test]
fn a_change_is_taken_back_after_a_question() {
    let mut play = history((120, 40));
    assert!(play.after("R").contains("Take back"));
    assert!(!play.git(&["log", "-1", "--format=%s"]).contains("Undo"));
    let after = play.after("y");
    assert!(play.git(&["log", "-1", "--format=%s"]).contains("Undo"));
    assert!(after.contains("took back"), "{after}");
}

#[test]
fn what_happened_is_filtered_by_words() {
    for (name, size) in [
        ("history_filter_120x40", (120, 40)),
        ("history_filter_80x24", (80, 24)),
        ("history_filter_40x12", (40, 12)),
    ] {
        let mut play = Playhouse::sample(size, Place::Record(DEAL.parse().unwrap()));
        play.after("m Nego enter");
        let found = play.after("g r / \"lena STAGE nego\"");
        let steady = found.lines().map(without_id).collect::<Vec<_>>().join("\n");
        insta::assert_snapshot!(name, steady);
    }
    let mut play = history((120, 40));
    // By a field and a value that the sentence does not say.
    let found = play.after("/ \"stage negot\" enter");
    assert!(found.contains("1 of 2 changes") && found.contains("- Proposal"), "{found}");
    let none = play.after("/ space nonsense");
    assert!(none.contains("0 of 2 changes") && none.contains("Nothing here matches: esc"), "{none}");
    // Nothing under the cursor, nothing to take back; and back where the cursor was.
    let unable = play.after("enter R");
    assert!(unable.contains("there is no change under the cursor"), "{unable}");
    let all = play.after("esc");
    assert!(all.contains("2 changes") && all.contains("- Proposal"), "{all}");
    // Only then it leaves.
    assert!(!play.after("esc").contains("History of"));
}

#[test]
fn recent_changes_lead_to_their_records() {
    let mut play = history((120, 40));
    let recent = play.after("g r");
    assert!(recent.contains("moved Line 4 sensors to Negotiation"), "{recent}");
    assert!(play.after("enter").contains("+ Negotiation"));
    assert!(play.after("enter").contains("Line 4 sensors"));
}
