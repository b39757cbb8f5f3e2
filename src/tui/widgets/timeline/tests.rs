use super::*;
use crate::tui::widgets::testing::{click, shown};

struct Events(Vec<Entry>);

impl Entries for Events {
    fn len(&self) -> usize {
        self.0.len()
    }
    fn key(&self, index: usize) -> SmolStr {
        SmolStr::new(&self.0[index].what)
    }
    fn entry(&self, index: usize) -> Entry {
        self.0[index].clone()
    }
}

fn entry(when: &str, sign: &str, who: &str, what: &str) -> Entry {
    Entry {
        when: when.into(),
        sign: sign.into(),
        role: Role::Info,
        who: who.into(),
        what: what.into(),
        about: String::new(),
        more: String::new(),
    }
}

fn events() -> Events {
    let mut moved = entry("today", "✎", "Jonas", "stage Proposal → Negotiation");
    moved.about = "Renewal 2027".into();
    let mut mail = entry("12 Nov", "✉", "Marta", "Re: Pilot, week 3");
    mail.more =
        "The pilot runs well.\nWe would like a second line, and 黒田製作所 wants to see it in January."
            .into();
    Events(vec![
        moved,
        entry(
            "today",
            "☎",
            "Lena",
            "Marta: pilot runs well, wants a second line; Tom from purchasing needs the quote before the rules change, and the demo should be on site this time",
        ),
        mail,
        entry("10 Nov", "⚑", "K7F3Q", "Pump controller reboots"),
        entry("3 Nov", "€", "Lena", "Q-26-3F9K sent"),
    ])
}

fn picture(timeline: &Timeline, events: &Events, width: u16, height: u16) -> String {
    shown(width, height, |area, buf, theme| timeline.draw(area, buf, theme, events))
}

fn timeline(events: &Events) -> Timeline {
    let mut timeline = Timeline { focused: true, ..Timeline::new() };
    timeline.sync(events);
    timeline
}

#[test]
fn entries_wrap_and_open_in_place() {
    let events = events();
    let mut timeline = timeline(&events);
    timeline.go(Motion::Down(2), &events);
    timeline.toggle();
    insta::assert_snapshot!("opened", picture(&timeline, &events, 72, 10));
    timeline.toggle();
    insta::assert_snapshot!("closed", picture(&timeline, &events, 72, 10));
    insta::assert_snapshot!("narrow", picture(&timeline, &events, 40, 10));
}

#[test]
fn the_cursor_stays_in_sight_and_on_its_entry() {
    let mut events = events();
    let mut timeline = timeline(&events);
    timeline.go(Motion::End, &events);
    assert!(picture(&timeline, &events, 72, 3).contains("▌ 3 Nov"));
    events.0.insert(0, entry("now", "✎", "Sanne", "something new"));
    timeline.sync(&events);
    assert_eq!(timeline.cursor_key().unwrap(), "Q-26-3F9K sent");
    timeline.go(Motion::Home, &events);
    assert!(picture(&timeline, &events, 72, 3).contains("▌ now"));
}

#[test]
fn clicks_select_and_open() {
    let events = events();
    let mut timeline = timeline(&events);
    picture(&timeline, &events, 72, 10);
    assert!(timeline.mouse(click(20, 3), &events));
    assert_eq!(timeline.cursor_key().unwrap(), "Re: Pilot, week 3");
    assert!(timeline.mouse(click(20, 3), &events) && !timeline.mouse(click(20, 9), &events));
    assert!(picture(&timeline, &events, 72, 10).contains("The pilot runs well."));
}

#[test]
fn nothing_yet() {
    let events = Events(Vec::new());
    let mut timeline = timeline(&events);
    timeline.empty = "Nothing has happened yet".into();
    timeline.go(Motion::End, &events);
    assert_eq!(timeline.cursor_key(), None);
    assert_eq!(picture(&timeline, &events, 40, 2), "  Nothing has happened yet");
}
