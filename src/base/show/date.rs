//! Dates and times for people: `Mon`, `12 Dec`, `30 Jan 2027`, `14:00`, `yesterday 17:20`.

use crate::base::clock::Now;
use crate::base::style::{DateOrder, Style};
use chrono::{DateTime, Datelike, NaiveDate, TimeZone, Timelike, Utc, Weekday};
use std::borrow::Cow;

/// A day in as few characters as tell it: `12 Dec`, with its year unless that is this one: `30 Jan 2027`.
pub fn date(day: NaiveDate, today: NaiveDate, style: &Style) -> String {
    if day.year() == today.year() { day_and_month(day, style) } else { full_date(day, style) }
}

/// A day with its year: `21 Nov 2026`, `Nov 21, 2026`, `2026-11-21`.
pub fn full_date(day: NaiveDate, style: &Style) -> String {
    let (d, m, y) = (day.day(), month(day.month()), day.year());
    match style.date_order {
        DateOrder::Dmy => tr!("{day} {month} {year}", day = d, month = m, year = y).into_owned(),
        DateOrder::Mdy => tr!("{month} {day}, {year}", month = m, day = d, year = y).into_owned(),
        DateOrder::Ymd => day.format("%Y-%m-%d").to_string(),
    }
}

fn day_and_month(day: NaiveDate, style: &Style) -> String {
    let (d, m) = (day.day(), month(day.month()));
    match style.date_order {
        DateOrder::Mdy => tr!("{month} {day}", month = m, day = d).into_owned(),
        DateOrder::Dmy | DateOrder::Ymd => tr!("{day} {month}", day = d, month = m).into_owned(),
    }
}

/// A day near today by its name: `today`, `Thu` up to six days away on either side, else as [`date`].
pub fn day(day: NaiveDate, today: NaiveDate, style: &Style) -> String {
    match (day - today).num_days() {
        0 => tr!("today").into_owned(),
        -6..=6 => weekday(day.weekday()).into_owned(),
        _ => date(day, today, style),
    }
}

/// The time of day in five characters, `09:00`: with its leading zero nobody takes it for a countdown.
pub fn time(at: &impl Timelike) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// Day and time where both matter: `12 Dec 14:00`.
pub fn datetime<Z: TimeZone>(at: DateTime<Z>, today: NaiveDate, style: &Style) -> String {
    let local = at.naive_local();
    format!("{} {}", date(local.date(), today, style), time(&local))
}

/// Day with its year, and time: `21 Nov 2026 14:00`.
pub fn full_datetime<Z: TimeZone>(at: DateTime<Z>, style: &Style) -> String {
    let local = at.naive_local();
    format!("{} {}", full_date(local.date(), style), time(&local))
}

/// A moment as it is spoken of: `14:00` today, `yesterday 17:20`, `tomorrow 09:00`, `Mon 14:00`, else the day alone.
pub fn moment(at: DateTime<Utc>, now: Now, style: &Style) -> String {
    let local = at.with_timezone(&now.zone).naive_local();
    let clock = time(&local);
    match (local.date() - now.today()).num_days() {
        0 => clock,
        -1 => tr!("yesterday {time}", time = clock).into_owned(),
        1 => tr!("tomorrow {time}", time = clock).into_owned(),
        -6..=6 => format!("{} {clock}", weekday(local.weekday())),
        _ => date(local.date(), now.today(), style),
    }
}

/// A day as a heading: `Saturday 21 November`.
pub fn heading(day: NaiveDate, style: &Style) -> String {
    let (name, d, m) = (long_weekday(day.weekday()), day.day(), long_month(day.month()));
    match style.date_order {
        DateOrder::Mdy => tr!("{weekday}, {month} {day}", weekday = name, month = m, day = d).into_owned(),
        DateOrder::Dmy | DateOrder::Ymd => {
            tr!("{weekday} {day} {month}", weekday = name, day = d, month = m).into_owned()
        }
    }
}

/// A month and its year: `Mar 2021`.
pub fn month_year(day: NaiveDate) -> String {
    tr!("{month} {year}", month = month(day.month()), year = day.year()).into_owned()
}

/// A weekday's short name.
pub fn weekday(day: Weekday) -> Cow<'static, str> {
    match day {
        Weekday::Mon => tr!("Mon"),
        Weekday::Tue => tr!("Tue"),
        Weekday::Wed => tr!("Wed"),
        Weekday::Thu => tr!("Thu"),
        Weekday::Fri => tr!("Fri"),
        Weekday::Sat => tr!("Sat"),
        Weekday::Sun => tr!("Sun"),
    }
}

fn long_weekday(day: Weekday) -> Cow<'static, str> {
    match day {
        Weekday::Mon => tr!("Monday"),
        Weekday::Tue => tr!("Tuesday"),
        Weekday::Wed => tr!("Wednesday"),
        Weekday::Thu => tr!("Thursday"),
        Weekday::Fri => tr!("Friday"),
        Weekday::Sat => tr!("Saturday"),
        Weekday::Sun => tr!("Sunday"),
    }
}

/// A month's short name, 1 to 12.
pub fn month(number: u32) -> Cow<'static, str> {
    match number {
        1 => tr!("Jan"),
        2 => tr!("Feb"),
        3 => tr!("Mar"),
        4 => tr!("Apr"),
        5 => tr!("May"),
        6 => tr!("Jun"),
        7 => tr!("Jul"),
        8 => tr!("Aug"),
        9 => tr!("Sep"),
        10 => tr!("Oct"),
        11 => tr!("Nov"),
        _ => tr!("Dec"),
    }
}

fn long_month(number: u32) -> Cow<'static, str> {
    match number {
        1 => tr!("January"),
        2 => tr!("February"),
        3 => tr!("March"),
        4 => tr!("April"),
        // The short and the long name are one word in English; other languages need two keys.
        5 => match crate::base::tr::chosen("May (long)") {
            Some(wording) => Cow::Borrowed(wording),
            None => Cow::Borrowed("May"),
        },
        6 => tr!("June"),
        7 => tr!("July"),
        8 => tr!("August"),
        9 => tr!("September"),
        10 => tr!("October"),
        11 => tr!("November"),
        _ => tr!("December"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::input::{self, tests as styles};
    use chrono::Days;
    use proptest::prelude::*;

    fn at(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn days() {
        let today = at("2026-11-21");
        let check =
            |text: &str, expect: &str| assert_eq!(day(at(text), today, &Style::english()), expect, "{text}");
        check("2026-11-21", "today");
        check("2026-11-23", "Mon");
        check("2026-11-27", "Fri");
        check("2026-11-28", "28 Nov");
        check("2026-11-15", "Sun");
        check("2026-11-14", "14 Nov");
        check("2026-12-12", "12 Dec");
        check("2027-01-30", "30 Jan 2027");
        assert_eq!(date(at("2026-11-23"), today, &Style::english()), "23 Nov");
        assert_eq!(date(at("2026-11-23"), today, &Style::american()), "Nov 23");
        assert_eq!(full_date(at("2026-11-23"), &Style::american()), "Nov 23, 2026");
        let iso = Style { date_order: DateOrder::Ymd, ..Style::english() };
        assert_eq!(full_date(at("2026-11-23"), &iso), "2026-11-23");
        assert_eq!(heading(today, &Style::english()), "Saturday 21 November");
        assert_eq!(heading(at("2027-05-01"), &Style::american()), "Saturday, May 1");
        assert_eq!(month_year(at("2021-03-04")), "Mar 2021");
    }

    #[test]
    fn moments() {
        let now = styles::undecided().now;
        let check = |text: &str, expect: &str| {
            let at = DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc);
            assert_eq!(moment(at, now, &Style::english()), expect, "{text}");
        };
        check("2026-11-21T14:00:00+01:00", "14:00");
        check("2026-11-20T16:20:00Z", "yesterday 17:20");
        check("2026-11-22T09:00:00+01:00", "tomorrow 09:00");
        check("2026-11-23T14:00:00+01:00", "Mon 14:00");
        check("2026-11-10T14:00:00+01:00", "10 Nov");
        check("2025-11-10T14:00:00+01:00", "10 Nov 2025");
        let at = DateTime::parse_from_rfc3339("2026-12-12T14:00:00+01:00").unwrap();
        assert_eq!(datetime(at, now.today(), &Style::english()), "12 Dec 14:00");
        assert_eq!(full_datetime(at, &Style::american()), "Dec 12, 2026 14:00");
    }

    proptest! {
        #[test]
        fn a_date_with_its_year_can_be_typed(days in 0u64..400_000) {
            let day = at("1800-01-01") + Days::new(days);
            for order in [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd] {
                let shown = full_date(day, &Style { date_order: order, ..Style::english() });
                prop_assert_eq!(input::date(&shown, &styles::undecided()), Ok(day));
            }
        }
    }
}
