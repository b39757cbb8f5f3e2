use super::*;
use crate::tui::theme::Role;
use crate::tui::widgets::testing::{click, mouse, shown};

/// Deals by number, with a count of how many cells were asked for.
struct Deals {
    order: Vec<usize>,
    groups: Vec<Group>,
    /// What matched in the amount of the first.
    hits: Vec<std::ops::Range<usize>>,
    asked: Shared<usize>,
}

const NAMES: [(&str, &str, &str, &str); 6] = [
    ("Line 4 sensors", "Acme GmbH", "85,000 €", "41 d"),
    ("Cooling upgrade", "Van Dijk BV", "64,000.50 €", "9 d"),
    ("Test bench", "Kuroda 黒田製作所", "51,000 €", "30 d"),
    ("Spare kit\u{1b}[31m for the long line in Lübeck", "Olsen & Sønner", "1,240 €", "2 d"),
    ("Renewal 2027", "Acme GmbH", "–", "3 d"),
    ("Packaging line", "Bergmann AG", "32,500 €", "22 d"),
];

fn deals(count: usize) -> Deals {
    Deals { order: (0..count).collect(), groups: Vec::new(), hits: Vec::new(), asked: Shared::new(0) }
}

impl Rows for Deals {
    fn len(&self) -> usize {
        self.order.len()
    }
    fn key(&self, index: usize) -> SmolStr {
        SmolStr::new(format!("deal-{}", self.order[index]))
    }
    fn cell(&self, index: usize, column: &str) -> Cell {
        self.asked.set(self.asked.get() + 1);
        let (name, account, amount, age) = NAMES[self.order[index] % NAMES.len()];
        match column {
            "name" => name.into(),
            "account" => account.into(),
            "amount" => amount.into(),
            _ if age == "41 d" => Cell::of("! 41 d", Role::Bad),
            _ => age.into(),
        }
    }
    fn groups(&self) -> &[Group] {
        &self.groups
    }
    fn marks(&self, index: usize, column: &str) -> &[std::ops::Range<usize>] {
        if index == 0 && column == "amount" { &self.hits } else { &[] }
    }
}

fn grid() -> Grid {
    let mut grid = Grid::new(vec![
        Column::new("name", "Deal").width(14, 40).weight(2).priority(0).slot(Slot::Title),
        Column::new("account", "Account").width(10, 30).priority(3).slot(Slot::Subtitle),
        Column::new("amount", "Amount").width(12, 14).priority(1).decimal('.').slot(Slot::Value),
        Column::new("age", "Age").width(6, 6).priority(2).right().slot(Slot::Detail),
    ]);
    grid.empty = ("No deals yet".into(), "n makes the first".into());
    grid
}

fn picture(grid: &Grid, rows: &Deals, width: u16, height: u16) -> String {
    shown(width, height, |area, buf, theme| grid.draw(area, buf, theme, rows))
}

#[test]
fn a_table_on_a_wide_screen() {
    let rows = deals(12);
    let mut grid = grid();
    grid.sort = Some(("amount".into(), Order::Descending));
    grid.sync(&rows);
    grid.go(Motion::Down(1), &rows);
    grid.toggle_mark(&rows);
    grid.go(Motion::Down(1), &rows);
    grid.toggle_mark(&rows);
    insta::assert_snapshot!(picture(&grid, &rows, 90, 9));
}

#[test]
fn columns_drop_out_on_a_narrow_screen() {
    let rows = deals(12);
    let mut grid = grid();
    grid.card_below = 0;
    grid.sync(&rows);
    insta::assert_snapshot!(picture(&grid, &rows, 45, 6));
}

#[test]
fn cards_at_40_columns() {
    let rows = deals(9);
    let mut grid = grid();
    grid.sync(&rows);
    insta::assert_snapshot!(picture(&grid, &rows, 40, 8));
}

fn group(start: usize, title: &str, detail: &str) -> Group {
    Group { key: title.into(), start, title: title.into(), detail: detail.into() }
}

#[test]
fn groups_have_headings() {
    let mut rows = deals(6);
    let group = |start, title: &str, detail: &str| Group {
        key: title.into(),
        start,
        title: title.into(),
        detail: detail.into(),
    };
    rows.groups = vec![group(0, "Proposal", "2 · 149 k"), group(2, "Negotiation", "4 · 84 k")];
    let mut grid = grid();
    grid.sync(&rows);
    grid.go(Motion::End, &rows);
    insta::assert_snapshot!(picture(&grid, &rows, 70, 12));
}

#[test]
fn an_empty_list_says_what_to_do() {
    let rows = deals(0);
    let mut grid = grid();
    grid.sync(&rows);
    assert_eq!((grid.cursor(&rows), grid.cursor_key()), (None, None));
    insta::assert_snapshot!(picture(&grid, &rows, 60, 5));
}

#[test]
fn only_visible_cells_are_asked_for() {
    let rows = deals(100_000);
    let mut grid = grid();
    grid.sync(&rows);
    for motion in [Motion::PageDown, Motion::End, Motion::HalfUp, Motion::Home] {
        grid.go(motion, &rows);
        rows.asked.set(0);
        picture(&grid, &rows, 120, 40);
        // 39 rows of 4 cells, and the decimal column measured once more.
        assert_eq!(rows.asked.get(), 39 * 5);
    }
}

#[test]
fn the_cursor_keeps_its_row_and_its_line_when_rows_change() {
    let mut rows = deals(50);
    let mut grid = grid();
    grid.sync(&rows);
    picture(&grid, &rows, 90, 12);
    for motion in [Motion::PageDown, Motion::PageDown, Motion::Up(1)] {
        grid.go(motion, &rows);
    }
    let line = |picture: &str| picture.lines().position(|line| line.starts_with('▌'));
    let before = line(&picture(&grid, &rows, 90, 12));
    let key = grid.cursor_key().cloned();

    rows.order.splice(0..0, [90, 91, 92]);
    grid.sync(&rows);
    assert_eq!(grid.cursor_key().cloned(), key);
    assert_eq!(line(&picture(&grid, &rows, 90, 12)), before);

    let gone = grid.cursor(&rows).unwrap();
    rows.order.remove(gone);
    grid.sync(&rows);
    assert_eq!(grid.cursor(&rows), Some(gone));
    assert_ne!(grid.cursor_key().cloned(), key);
    assert_eq!(line(&picture(&grid, &rows, 90, 12)), before);
}

#[test]
fn marks_are_kept_by_key() {
    let mut rows = deals(6);
    let mut grid = grid();
    grid.sync(&rows);
    grid.toggle_mark(&rows);
    grid.go(Motion::Down(1), &rows);
    grid.toggle_mark(&rows);
    let marked = |grid: &Grid| {
        let mut keys: Vec<_> = grid.marks().iter().cloned().collect();
        keys.sort();
        keys.join(" ")
    };
    assert_eq!(marked(&grid), "deal-0 deal-2");
    rows.order.reverse();
    grid.sync(&rows);
    assert_eq!(marked(&grid), "deal-0 deal-2");
    rows.order.retain(|deal| *deal != 2);
    grid.drop_lost_marks(&rows);
    assert_eq!(marked(&grid), "deal-0");
    grid.toggle_all(&rows);
    assert_eq!(grid.marks().len(), 5);
    grid.toggle_all(&rows);
    assert!(grid.marks().is_empty());
}

#[test]
fn the_mouse_selects_opens_sorts_and_scrolls() {
    let rows = deals(50);
    let mut grid = grid();
    grid.sync(&rows);
    picture(&grid, &rows, 90, 12);
    assert_eq!(grid.mouse(click(10, 4), &rows), GridResponse::Moved);
    assert_eq!(grid.cursor_key().unwrap(), "deal-3");
    assert_eq!(grid.mouse(click(10, 4), &rows), GridResponse::Open("deal-3".into()));
    assert_eq!(grid.mouse(click(3, 0), &rows), GridResponse::Sort("name".into()));
    assert_eq!(grid.mouse(click(100, 5), &rows), GridResponse::Ignored);
    assert_eq!(grid.mouse(mouse(MouseEventKind::ScrollDown, 10, 5), &rows), GridResponse::Redraw);
    let text = picture(&grid, &rows, 90, 12);
    assert!(text.lines().nth(1).unwrap().contains("Spare kit"), "{text}");
    for _ in 0..30 {
        grid.mouse(mouse(MouseEventKind::ScrollDown, 10, 5), &rows);
    }
    let scrolled = picture(&grid, &rows, 90, 12);
    assert!(scrolled.contains('▌') && scrolled.lines().count() == 12, "{scrolled}");
}

#[test]
fn a_filter_lights_up_what_it_matched() {
    let rows = deals(3);
    let mut grid = grid();
    grid.highlight = vec!["kuro".into()];
    grid.sync(&rows);
    shown(90, 8, |area, buf, theme| {
        grid.draw(area, buf, theme, &rows);
        let x = (0..90).find(|x| buf[(*x, 3)].symbol() == "K").unwrap();
        let hit = theme.style(Role::Match).fg;
        assert_eq!(buf[(x, 3)].style().fg, hit);
        assert_ne!(buf[(x + 5, 3)].style().fg, hit);
    });
}

#[test]
fn a_value_that_matched_as_a_whole_is_lit_on_cards_too() {
    let mut rows = deals(2);
    rows.hits = std::iter::once(0.."85,000 €".len()).collect();
    let mut grid = grid();
    grid.card_below = u16::MAX;
    grid.sync(&rows);
    shown(60, 8, |area, buf, theme| {
        grid.draw(area, buf, theme, &rows);
        let euro = |y| (0..60).find(|x| buf[(*x, y)].symbol() == "€").map(|x| buf[(x, y)].style().fg);
        let hits: Vec<_> = (0..8).filter_map(euro).map(|fg| fg == theme.style(Role::Match).fg).collect();
        assert_eq!(hits, [true, false]);
    });
}

#[test]
fn columns_scroll_sideways() {
    let rows = deals(3);
    let mut grid = grid();
    grid.card_below = 0;
    grid.sync(&rows);
    assert!(!picture(&grid, &rows, 34, 6).contains("Age"));
    assert!(grid.scroll_columns(1) && grid.scroll_columns(1));
    let text = picture(&grid, &rows, 34, 6);
    assert!(text.contains("Age") && text.contains("Deal") && !text.contains("Amount"), "{text}");
    assert!(!grid.scroll_columns(1) && grid.scroll_columns(-1));
}

/// Twelve deals under three headings, four under each.
fn folding() -> (Grid, Deals) {
    let mut rows = deals(12);
    rows.groups = vec![group(0, "Proposal", "4"), group(4, "Negotiation", "4"), group(8, "Won", "4")];
    let mut grid = grid().folding();
    grid.sync(&rows);
    (grid, rows)
}

/// The line of the cursor.
fn under_cursor(grid: &Grid, rows: &Deals) -> String {
    let shown = picture(grid, rows, 70, 12);
    let line =
        shown.lines().find_map(|line| line.strip_prefix('▌')).unwrap_or_else(|| panic!("lost:\n{shown}"));
    line.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_folded_group_is_its_heading() {
    let (mut grid, rows) = folding();
    grid.go(Motion::Down(5), &rows);
    grid.toggle_mark(&rows);
    assert!(grid.toggle_fold(&rows));
    assert_eq!((grid.cursor(&rows), grid.cursor_key(), grid.heading(&rows)), (None, None, Some(1)));
    insta::assert_snapshot!(picture(&grid, &rows, 70, 14));

    // One step over it, and back.
    grid.go(Motion::Down(1), &rows);
    assert_eq!(grid.cursor(&rows), Some(8));
    grid.go(Motion::Up(2), &rows);
    assert_eq!(grid.cursor(&rows), Some(3));
    grid.go(Motion::Down(1), &rows);
    assert_eq!(under_cursor(&grid, &rows), "▸ Negotiation");

    // Whatever was marked under it still is.
    assert!(grid.marks().contains("deal-5") && grid.marks().len() == 1);
    grid.toggle_mark(&rows);
    assert_eq!((grid.marks().len(), grid.cursor(&rows)), (4, Some(8)));
    grid.go(Motion::Up(1), &rows);
    grid.toggle_mark(&rows);
    assert!(grid.marks().is_empty());
}

#[test]
fn unfolding_leads_back_to_where_the_cursor_was() {
    let (mut grid, rows) = folding();
    grid.go(Motion::Down(6), &rows);
    let before = grid.cursor_key().cloned();
    for fold in [Grid::toggle_fold, Grid::toggle_folds] {
        fold(&mut grid, &rows);
        assert_eq!(under_cursor(&grid, &rows), "▸ Negotiation");
        fold(&mut grid, &rows);
        assert_eq!(grid.cursor_key().cloned(), before);
    }
    // From another heading to its first row.
    grid.toggle_folds(&rows);
    assert_eq!(picture(&grid, &rows, 70, 12).matches('▸').count(), 3);
    grid.go(Motion::End, &rows);
    grid.toggle_fold(&rows);
    assert_eq!(grid.cursor(&rows), Some(8));
    // With one open, all fold.
    grid.toggle_folds(&rows);
    assert_eq!(under_cursor(&grid, &rows), "▸ Won");
}

#[test]
fn folded_headings_are_kept_by_key() {
    let (mut grid, mut rows) = folding();
    grid.go(Motion::Down(9), &rows);
    grid.toggle_fold(&rows);
    // A group comes before the others, and the rows under the heading go elsewhere.
    rows.groups = vec![group(0, "Early", "2"), group(2, "Won", "6"), group(8, "Proposal", "4")];
    grid.sync(&rows);
    assert_eq!((under_cursor(&grid, &rows).as_str(), grid.heading(&rows)), ("▸ Won", Some(1)));
    // Where a heading is gone, the cursor stays about there.
    rows.groups = vec![group(0, "Early", "6"), group(6, "Proposal", "6")];
    grid.sync(&rows);
    assert_eq!(grid.cursor(&rows), Some(2));
    // A record that is looked for is brought to sight.
    grid.toggle_folds(&rows);
    assert!(grid.select("deal-7", &rows));
    assert_eq!((grid.cursor(&rows), grid.opened(&rows)(0)), (Some(7), false));
}

#[test]
fn a_click_folds_and_the_wheel_goes_over() {
    let (mut grid, rows) = folding();
    picture(&grid, &rows, 70, 10);
    assert_eq!(grid.mouse(click(10, 1), &rows), GridResponse::Moved);
    assert_eq!(under_cursor(&grid, &rows), "▸ Proposal");
    assert_eq!(grid.mouse(click(10, 1), &rows), GridResponse::Moved);
    assert_eq!(under_cursor(&grid, &rows), "Line 4");
    grid.toggle_folds(&rows);
    for _ in 0..9 {
        grid.mouse(mouse(MouseEventKind::ScrollDown, 10, 5), &rows);
    }
    assert_eq!(under_cursor(&grid, &rows), "▸ Proposal");
}

#[test]
fn the_heading_stays_while_its_rows_are_scrolled() {
    let (mut grid, rows) = folding();
    picture(&grid, &rows, 70, 10);
    grid.go(Motion::Down(10), &rows);
    picture(&grid, &rows, 70, 10);
    grid.go(Motion::Up(4), &rows);
    let shown = picture(&grid, &rows, 70, 10);
    let lines: Vec<_> = shown.lines().collect();
    assert!(lines[1].starts_with(" ▾ Negotiation") && lines[2].starts_with('▌'), "{shown}");
    // A click on it folds the group.
    assert_eq!(grid.mouse(click(10, 1), &rows), GridResponse::Moved);
    assert_eq!(under_cursor(&grid, &rows), "▸ Negotiation");
}
