use super::*;
use crate::tui::widgets::testing::{click, key, keys, shown};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn read(text: &str) -> Result<Typed, String> {
    match text {
        "in 2 weeks" => Ok((date("2026-12-05"), None)),
        "mon 10:00" => Ok((date("2026-11-23"), NaiveTime::from_hms_opt(10, 0, 0))),
        other => other.parse().map(|day| (day, None)).map_err(|_| format!("`{other}` is no date")),
    }
}

fn calendar() -> Calendar {
    Calendar::new(date("2026-11-21"), Some(date("2027-01-30")))
}

fn press(calendar: &mut Calendar, script: &str) -> Dated {
    keys(script).into_iter().map(|key| calendar.handle(key, &read)).last().unwrap()
}

#[test]
fn keys_move_by_days_weeks_and_months() {
    for (script, day) in [
        ("h", "2027-01-29"),
        ("l", "2027-01-31"),
        ("jj", "2027-02-13"),
        ("<up>", "2027-01-23"),
        (">", "2027-02-28"),
        ("<pgup>", "2026-12-30"),
        (".", "2026-11-21"),
        ("<home>", "2027-01-25"),
        ("<end>", "2027-01-31"),
    ] {
        let mut calendar = calendar();
        press(&mut calendar, script);
        assert_eq!(calendar.day(), date(day), "{script}");
    }
}

#[test]
fn typed_dates_are_read_as_they_grow() {
    let mut calendar = calendar();
    press(&mut calendar, "/in 2 week");
    assert_eq!(calendar.day(), date("2027-01-30"));
    assert_eq!(press(&mut calendar, "<enter>"), Dated::Moved);
    press(&mut calendar, "s");
    assert_eq!(calendar.day(), date("2026-12-05"));
    assert_eq!(press(&mut calendar, "<enter>"), Dated::Choose(date("2026-12-05"), None));
}

#[test]
fn a_digit_begins_a_typed_date_and_escape_goes_back_to_the_days() {
    let mut calendar = calendar();
    press(&mut calendar, "2026-12-24");
    assert_eq!(calendar.day(), date("2026-12-24"));
    assert_eq!(press(&mut calendar, "<esc>"), Dated::Moved);
    assert_eq!(press(&mut calendar, "<bs>"), Dated::Clear);
    assert_eq!(press(&mut calendar, "<esc>"), Dated::Cancel);
}

#[test]
fn a_time_must_be_one() {
    let mut calendar = calendar().with_time(NaiveTime::from_hms_opt(9, 0, 0).unwrap());
    press(&mut calendar, "<tab><c-u>1430");
    let half_past_two = NaiveTime::from_hms_opt(14, 30, 0);
    assert_eq!(press(&mut calendar, "<enter>"), Dated::Choose(date("2027-01-30"), half_past_two));
    assert_eq!(press(&mut calendar, "<c-u>25:00<enter>"), Dated::Moved);
    assert_eq!(read_time("17.20"), NaiveTime::from_hms_opt(17, 20, 0));
    assert_eq!(read_time("8"), NaiveTime::from_hms_opt(8, 0, 0));
    assert_eq!(read_time(""), None);
}

#[test]
fn a_month_with_week_numbers() {
    let calendar = calendar();
    insta::assert_snapshot!(shown(40, 14, |area, buf, theme| calendar.draw_popup(
        area,
        buf,
        theme,
        "Close date"
    )));
}

#[test]
fn what_was_typed_is_shown_with_its_meaning() {
    let mut calendar = calendar().with_time(NaiveTime::from_hms_opt(14, 0, 0).unwrap());
    press(&mut calendar, "in 2 weeks");
    insta::assert_snapshot!(shown(34, 11, |area, buf, theme| calendar.draw(area, buf, theme)));
}

#[test]
fn a_click_takes_a_day_and_a_second_chooses_it() {
    let mut calendar = calendar();
    shown(34, 11, |area, buf, theme| calendar.draw(area, buf, theme));
    // Monday of the third week on the page, 11 January.
    assert_eq!(calendar.mouse(click(5, 4)), Dated::Moved);
    assert_eq!(calendar.day(), date("2027-01-11"));
    assert_eq!(calendar.mouse(click(5, 4)), Dated::Choose(date("2027-01-11"), None));
    assert_eq!(calendar.handle(key("?"), &read), Dated::Ignored);
}

#[test]
fn the_day_is_in_sight_where_there_is_no_room_for_all_weeks() {
    let mut calendar = calendar();
    let text = shown(34, 6, |area, buf, theme| calendar.draw(area, buf, theme));
    assert!(text.contains("▸30") && text.contains("January 2027") && !text.contains("53"), "{text}");
    let line = text.lines().position(|line| line.contains("▸30")).unwrap();
    assert_eq!(calendar.mouse(click(5, u16::try_from(line).unwrap())), Dated::Moved);
    assert_eq!(calendar.day(), date("2027-01-25"));
}
