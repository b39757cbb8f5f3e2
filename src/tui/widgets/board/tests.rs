use super::*;
use crate::tui::widgets::testing::{click, mouse, shown};

/// Cards by number in columns.
struct Deals {
    columns: Vec<Vec<usize>>,
    asked: Shared<usize>,
}

const STAGES: [(&str, &str, &str); 5] = [
    ("Qualification", "20 %", "14|210 k|42 k"),
    ("Proposal", "50 %", "7|340 k|170 k"),
    ("Negotiation", "80 %", "4|180 k|144 k"),
    ("Won", "this quarter", "11|512 k"),
    ("Lost", "this quarter", "9|301 k"),
];
const CARDS: [(&str, &str, &str, &str, &str, &str); 4] = [
    ("Line 4 sensors", "Acme GmbH", "85,000 €", "LV", "! 41 d", "→ demo 30 Nov"),
    ("Packaging line", "Olsen & Sønner", "32,500 €", "JV", "22 d", ""),
    ("Test bench", "Kuroda 黒田製作所", "51,000 €", "LV", "3 d", "→ 2 Dec"),
    ("Renewal 2027", "Van Dijk BV", "12,400 €", "SB", "9 d", "→ 12 Dec"),
];

fn deals() -> Deals {
    let columns = vec![(0..3).collect(), (3..11).collect(), vec![11], vec![], (20..22).collect()];
    Deals { columns, asked: Shared::new(0) }
}

impl Deck for Deals {
    fn columns(&self) -> usize {
        self.columns.len()
    }
    fn head(&self, column: usize) -> Head {
        let (title, note, facts) = STAGES[column];
        let facts = facts.split('|').map(str::to_owned).collect();
        Head { title: title.into(), note: note.into(), facts }
    }
    fn len(&self, column: usize) -> usize {
        self.columns[column].len()
    }
    fn key(&self, column: usize, index: usize) -> SmolStr {
        SmolStr::new(self.columns[column][index].to_string())
    }
    fn card(&self, column: usize, index: usize) -> Card {
        self.asked.set(self.asked.get() + 1);
        let (title, name, value, owner, age, next) = CARDS[self.columns[column][index] % 4];
        let age = if age.starts_with('!') { Cell::of(age, Role::Bad) } else { age.into() };
        Card {
            title: title.into(),
            name: name.into(),
            value: value.into(),
            foot: vec![owner.into(), age],
            next: next.into(),
            when: Cell::default(),
            tone: None,
        }
    }
}

fn picture(board: &Board, deck: &Deals, width: u16, height: u16) -> String {
    shown(width, height, |area, buf, theme| board.draw(area, buf, theme, deck))
}

fn board(deck: &Deals) -> Board {
    let mut board = Board::new();
    board.sync(deck);
    picture(&board, deck, 120, 22);
    board
}

#[test]
fn a_wide_board() {
    let deck = deals();
    let mut board = board(&deck);
    board.go_across(1, &deck);
    board.go(Motion::Down(1), &deck);
    insta::assert_snapshot!(picture(&board, &deck, 120, 22));
}

#[test]
fn columns_scroll_into_sight_at_80() {
    let deck = deals();
    let mut board = board(&deck);
    (0..3).for_each(|_| board.go_across(1, &deck));
    insta::assert_snapshot!(picture(&board, &deck, 80, 12));
}

#[test]
fn one_column_at_40() {
    let deck = deals();
    let mut board = board(&deck);
    board.go_across(1, &deck);
    assert_eq!(board.position(&deck), "Proposal 2/5");
    insta::assert_snapshot!(picture(&board, &deck, 40, 10));
}

#[test]
fn the_cursor_follows_its_card_into_another_column() {
    let mut deck = deals();
    let mut board = board(&deck);
    board.go_across(1, &deck);
    board.go(Motion::Down(1), &deck);
    assert_eq!((board.column(), board.cursor_key().unwrap().as_str()), (1, "4"));
    deck.columns[1].remove(1);
    deck.columns[2].push(4);
    board.sync(&deck);
    assert_eq!((board.column(), board.cursor_key().unwrap().as_str()), (2, "4"));
}

#[test]
fn moves_stay_on_the_board() {
    let deck = deals();
    let mut board = board(&deck);
    board.go_across(-1, &deck);
    assert_eq!(board.column(), 0);
    board.go_across(1, &deck);
    board.go(Motion::End, &deck);
    (0..4).for_each(|_| board.go_across(1, &deck));
    assert_eq!(board.column(), 4);
    board.go_across(-1, &deck);
    assert_eq!((board.column(), board.cursor_key()), (3, None));
}

#[test]
fn only_cards_in_view_are_asked_for() {
    let mut deck = deals();
    deck.columns[0] = (0..100_000).collect();
    let mut board = board(&deck);
    board.go(Motion::End, &deck);
    deck.asked.set(0);
    let text = picture(&board, &deck, 120, 22);
    assert!(text.contains("↑ 99996"), "{text}");
    assert!(deck.asked.get() <= 20, "{}", deck.asked.get());
}

#[test]
fn the_mouse_selects_and_opens_cards() {
    let deck = deals();
    let mut board = board(&deck);
    assert_eq!(board.mouse(click(30, 9), &deck), BoardResponse::Moved);
    assert_eq!(board.cursor_key().unwrap(), "4");
    assert_eq!(board.mouse(click(30, 9), &deck), BoardResponse::Open("4".into()));
    assert_eq!(board.mouse(mouse(MouseEventKind::ScrollDown, 30, 9), &deck), BoardResponse::Moved);
    assert_eq!(board.cursor_key().unwrap(), "5");
    assert_eq!(board.mouse(click(80, 9), &deck), BoardResponse::Redraw);
}
