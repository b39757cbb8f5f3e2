//! The pipeline board.

use super::stage::Playhouse;
use kontor::actions::Place;

fn board(size: (u16, u16)) -> Playhouse {
    Playhouse::sample(size, Place::Board(None))
}

#[test]
fn columns_with_true_sums_at_every_size() {
    insta::assert_snapshot!("board_120x40", board((120, 40)).after("l"));
    insta::assert_snapshot!("board_80x24", board((80, 24)).after("l l j"));
    insta::assert_snapshot!("board_40x12", board((40, 12)).after("l"));
}

/// The line of the screen with that text.
fn line<'s>(screen: &'s str, text: &str) -> &'s str {
    screen.lines().find(|line| line.contains(text)).unwrap_or_else(|| panic!("no `{text}` in\n{screen}"))
}

/// The place in its line where a text begins.
fn column(screen: &str, text: &str) -> usize {
    let line = line(screen, text);
    line[..line.find(text).unwrap()].chars().count()
}

fn head(play: &Playhouse) -> String {
    play.git(&["log", "-1", "--format=%s"])
}

#[test]
fn a_card_moves_to_the_next_stage_and_stays_under_the_cursor() {
    let mut play = board((120, 40));
    let before = play.after("l");
    assert!(line(&before, "▌").contains("▌Cooling upgrade"), "{before}");
    assert!(before.contains("7 · 340 k"), "{before}");
    let after = play.after("L");
    assert_eq!(column(&after, "▌Cooling upgrade") + 1, column(&after, "Negotiation"), "{after}");
    assert!(after.contains("6 · 276 k") && after.contains("5 · 244 k"), "{after}");
    assert!(head(&play).contains("stage Proposal → Negotiation"), "{}", head(&play));
    play.after("H");
    assert!(head(&play).contains("stage Negotiation → Proposal"), "{}", head(&play));
    let undone = play.after("u");
    assert!(undone.contains("5 · 244 k"), "{undone}");
    assert_eq!(play.git(&["diff", "HEAD", "--name-only"]), "");
}

#[test]
fn a_deal_is_not_lost_without_a_reason() {
    let mut play = board((120, 40));
    let (before, subject) = (play.after("l"), head(&play));
    let asked = play.after("X");
    assert!(asked.contains("Cooling upgrade → Lost") && asked.contains("Lost reason"), "{asked}");
    let left = play.after("esc");
    assert_eq!(left, before);
    assert_eq!(head(&play), subject);
    assert_eq!(play.git(&["diff", "HEAD", "--name-only"]), "");
    let lost = play.after("X enter price enter ctrl-s");
    assert_eq!(column(&lost, "▌Cooling upgrade") + 1, column(&lost, "Lost"), "{lost}");
    assert!(lost.contains("✗ 21 Nov"), "{lost}");
    assert!(head(&play).contains("Lost"), "{}", head(&play));
}

#[test]
fn the_filter_and_mine_change_the_sums() {
    let mut play = board((120, 40));
    let filtered = play.after("/ bergmann enter");
    assert!(filtered.contains("Sensor refit") && !filtered.contains("Line 4 retrofit"), "{filtered}");
    assert!(!filtered.contains("7 · 340 k"), "{filtered}");
    let all = play.after("esc");
    assert!(all.contains("7 · 340 k"), "{all}");
    let mine = play.after("M");
    assert!(mine.contains("owner: me ▾") && !mine.contains("Line 4 retrofit"), "{mine}");
    let nothing = play.after("/ xyzzy");
    assert!(nothing.contains("Nothing here matches"), "{nothing}");
}

#[test]
fn marked_cards_move_together() {
    let mut play = board((120, 40));
    let marked = play.after("l space space");
    assert!(marked.contains("●Cooling upgrade") && marked.contains("2 marked"), "{marked}");
    let moved = play.after("L");
    assert!(moved.contains("6 · "), "{moved}");
    assert!(head(&play).starts_with("2 opportunities: stage → Negotiation"), "{}", head(&play));
}

#[test]
fn another_pipeline_is_two_keys_away() {
    let mut play = board((120, 40));
    let picked = play.after("p");
    assert!(picked.contains("Renewals"), "{picked}");
    let renewals = play.after("renewals enter");
    assert!(renewals.contains("Pipeline › Renewals") && renewals.contains("Upcoming  60 %"), "{renewals}");
}

#[test]
fn a_board_says_that_it_keeps_its_own_order() {
    let mut play = board((120, 40));
    let said = play.after("/ sort:-amount enter");
    assert!(said.contains("! sort: and limit: are for lists"), "{said}");
    let listed = play.after("O");
    assert!(listed.contains("Amount ↓"), "{listed}");
}

#[test]
fn the_numbers_of_a_column_lead_to_its_deals() {
    let mut play = board((120, 40));
    let listed = play.after("l O");
    assert!(listed.contains("/ pipeline=new-business stage=proposal"), "{listed}");
    assert!(listed.contains("7 of 81") && listed.contains("Cooling upgrade"), "{listed}");
    let back = play.after("esc");
    assert!(line(&back, "▌").contains("▌Cooling upgrade"), "{back}");
    let won = play.after("l l O");
    assert!(won.contains("11 of 81") && won.contains("Spare kit"), "{won}");
    let clicked = play.after("esc click:2,3");
    assert!(clicked.contains("14 of 81"), "{clicked}");
}

#[test]
fn the_board_last_looked_at_comes_up_again() {
    let mut play = board((120, 40));
    play.after("p renewals enter");
    let again = play.after("2 5");
    assert!(again.contains("Pipeline › Renewals"), "{again}");
}
