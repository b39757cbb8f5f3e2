//! What holds for every widget: it draws at any size, within its area, and lets no unsafe text through.

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use smol_str::SmolStr;

use super::board::{Board, Card, Deck, Head};
use super::calendar::Calendar;
use super::confirm::Confirm;
use super::form::{Editor, FieldSpec, FieldStatus, Form, FormModel, FormValue, Options, Values};
use super::grid::{Cell, Column, Grid, Group, Rows, Slot};
use super::help::Help;
use super::input::Input;
use super::motion::Motion;
use super::multi::Multi;
use super::picker::{Item, Look, Picker};
use super::section::{self, Tabs};
use super::testing::keys;
use super::timeline::{Entries, Entry, Timeline};
use super::toast::{Kind, Toasts};
use crate::tui::theme::{Role, Theme};

/// A screen wipe, a title change, bidi overrides, a NUL, wide and combining characters.
const EVIL: &str = "a\u{1b}[2Jb\u{1b}]0;x\u{7}c\u{202e}d\0e\u{9b}31m 黒田e\u{301}👩‍🔬\u{2066}\t\u{200b}end";

/// The owner of everything, who says only evil things.
struct Evil(Vec<Group>);

impl Rows for Evil {
    fn len(&self) -> usize {
        30
    }
    fn key(&self, index: usize) -> SmolStr {
        SmolStr::new(index.to_string())
    }
    fn cell(&self, _: usize, _: &str) -> Cell {
        EVIL.into()
    }
    fn groups(&self) -> &[Group] {
        &self.0
    }
}

impl Deck for Evil {
    fn columns(&self) -> usize {
        4
    }
    fn head(&self, _: usize) -> Head {
        Head { title: EVIL.into(), note: EVIL.into(), facts: vec![EVIL.into(); 3] }
    }
    fn len(&self, column: usize) -> usize {
        column * 9
    }
    fn key(&self, column: usize, index: usize) -> SmolStr {
        SmolStr::new(format!("{column}-{index}"))
    }
    fn card(&self, _: usize, _: usize) -> Card {
        let cell = || Cell::from(EVIL);
        Card {
            title: cell(),
            name: cell(),
            value: cell(),
            foot: vec![cell(), cell()],
            next: cell(),
            when: cell(),
            tone: None,
        }
    }
}

impl Entries for Evil {
    fn len(&self) -> usize {
        30
    }
    fn key(&self, index: usize) -> SmolStr {
        SmolStr::new(index.to_string())
    }
    fn entry(&self, _: usize) -> Entry {
        let evil = || EVIL.to_owned();
        Entry {
            when: evil(),
            sign: evil(),
            role: Role::Info,
            who: evil(),
            what: evil(),
            about: evil(),
            more: evil(),
        }
    }
}

impl FormModel for Evil {
    fn check(&self, _: &str, value: &FormValue, _: &Values) -> FieldStatus {
        if value.is_empty() { FieldStatus::warn(EVIL) } else { FieldStatus::error(EVIL) }
    }
    fn options(&self, _: &str, _: &str, _: &Values) -> Options {
        Options { items: items(), partial: false }
    }
    fn label(&self, _: &str, key: &str) -> String {
        key.to_owned()
    }
    fn read_date(&self, _: &str) -> Result<NaiveDate, String> {
        Err(EVIL.to_owned())
    }
    fn today(&self) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
    }
}

fn items() -> Vec<Item> {
    let item = |key: &str| Item::new(key, EVIL).detail(EVIL).hint(EVIL).group(EVIL);
    vec![item("1"), item("2").barred(EVIL), item("3")]
}

type Drawing<'a> = Box<dyn Fn(Rect, &mut Buffer, &Theme) + 'a>;

fn form(evil: &Evil, focus: &str, script: &str) -> Form {
    let editors = [
        ("text", Editor::Text),
        ("long", Editor::Multiline),
        ("choice", Editor::Choice),
        ("date", Editor::Date),
        ("toggle", Editor::Toggle),
        ("tags", Editor::Tags),
        ("address", Editor::Parts(vec![("street".into(), EVIL.into()), ("city".into(), EVIL.into())])),
        ("lines", Editor::Lines(vec![FieldSpec::new("what", EVIL, Editor::Text)])),
    ];
    let fields =
        editors.map(|(name, editor)| FieldSpec::new(name, EVIL, editor).group(EVIL).help(EVIL)).to_vec();
    let mut values: Values = [("text", EVIL), ("long", EVIL), ("choice", EVIL)].into_iter().collect();
    values.set("tags", FormValue::List(vec![EVIL.into(); 3]));
    values.set("address", FormValue::default().with_part("street", EVIL.into()));
    values.set("lines", FormValue::Lines(vec![[("what", EVIL)].into_iter().collect()]));
    let mut form = Form::new(EVIL, fields, values, evil).subtitle(EVIL);
    form.focus_on(focus);
    for key in keys(script) {
        form.handle(key, evil);
    }
    form
}

fn each(evil: &Evil, mut check: impl FnMut(&str, Drawing<'_>)) {
    let mut grid = Grid::new(vec![
        Column::new("a", EVIL).slot(Slot::Title),
        Column::new("b", EVIL).decimal('.').slot(Slot::Value),
        Column::new("c", EVIL).right().slot(Slot::Detail),
    ]);
    grid.highlight = vec!["b".into()];
    grid.sync(evil);
    check("grid", Box::new(|area, buf, theme| grid.draw(area, buf, theme, evil)));

    let mut board = Board::new();
    board.sync(evil);
    board.go_across(1, evil);
    board.go(Motion::Down(2), evil);
    check("board", Box::new(|area, buf, theme| board.draw(area, buf, theme, evil)));

    let mut timeline = Timeline::new();
    timeline.focused = true;
    timeline.sync(evil);
    timeline.go(Motion::Down(2), evil);
    timeline.toggle();
    check("timeline", Box::new(|area, buf, theme| timeline.draw(area, buf, theme, evil)));

    for (focus, script) in [
        ("text", ""),
        ("long", ""),
        ("choice", "<enter>"),
        ("choice", "b"),
        ("date", "<enter>/x"),
        ("toggle", " <esc>"),
        ("tags", "<enter>"),
        ("address", ""),
        ("lines", "<enter>"),
    ] {
        let form = form(evil, focus, script);
        check(focus, Box::new(move |area, buf, theme| form.draw(area, buf, theme, evil)));
    }

    let picker = Picker::new(items()).creating("New {}").with_query("b");
    check("picker", Box::new(|area, buf, theme| picker.draw_popup(area, buf, theme, EVIL)));
    check("list", Box::new(|area, buf, theme| picker.draw(area, buf, theme, Look::List)));
    let multi = Multi::new(items(), vec![("x".into(), EVIL.into())]);
    check("multi", Box::new(|area, buf, theme| multi.draw(area, buf, theme)));
    let calendar = Calendar::new(evil.today(), None).with_time(chrono::NaiveTime::MIN);
    check("calendar", Box::new(|area, buf, theme| calendar.draw_popup(area, buf, theme, EVIL)));
    let help = Help::new(items());
    check("help", Box::new(|area, buf, theme| help.draw(area, buf, theme, EVIL)));
    let confirm = Confirm::new(EVIL, [EVIL, EVIL]).way('y', EVIL);
    check("confirm", Box::new(|area, buf, theme| confirm.draw(area, buf, theme)));
    let mut toasts = Toasts::default();
    toasts.push(Kind::Error, EVIL, std::time::Duration::ZERO);
    check("toasts", Box::new(|area, buf, theme| toasts.draw(area, buf, theme)));
    let input = Input::with(EVIL);
    check("input", Box::new(|area, buf, theme| input.draw(area, buf, theme, true)));
    let tabs = Tabs::new([EVIL, EVIL, EVIL]);
    check("tabs", Box::new(|area, buf, theme| tabs.draw(area, buf, theme)));
    check(
        "heading",
        Box::new(|area, buf, theme| {
            section::heading(area, buf, theme, EVIL, EVIL, true);
        }),
    );
}

fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn every_widget_draws_safely_at_every_size_and_within_its_area() {
    let group = |start| Group { key: EVIL.into(), start, title: EVIL.into(), detail: EVIL.into() };
    let evil = Evil(vec![group(0), group(4)]);
    let theme = Theme::named(Theme::DEFAULT).unwrap();
    let mut drawn = 0;
    each(&evil, |name, draw| {
        for width in (0..24).chain([40, 57, 80, 121]) {
            for height in (0..8).chain([12, 24, 41]) {
                let screen = Rect::new(0, 0, width + 6, height + 4);
                let area = Rect::new(3, 2, width, height);
                let mut buf = Buffer::empty(screen);
                draw(area, &mut buf, theme);
                drawn += 1;
                for at in screen.positions() {
                    let symbol = buf[at].symbol();
                    assert!(!symbol.chars().any(is_unsafe), "{name} {width}x{height}: {symbol:?}");
                    let outside = !area.contains(at);
                    assert!(!outside || symbol == " ", "{name} {width}x{height} draws {symbol:?} at {at}");
                }
            }
        }
    });
    assert_eq!(drawn, 22 * 28 * 11);
}
