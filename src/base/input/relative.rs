//! Dates seen from today, in English and German.
//!
//! | typed | meaning |
//! |---|---|
//! | `today`, `tomorrow`, `yesterday`, `heute`, `morgen`, `übermorgen`… | |
//! | `fri` | the coming Friday, never today |
//! | `this fri` | Friday of this week, Monday to Sunday, even if it is over |
//! | `next fri`, `last fri` | Friday of next week; the Friday just past, never today |
//! | `next week`, `next month`, `next quarter`, `next year` | its first day; `last…` too |
//! | `in 2 weeks`, `+2w`, `3d`, `-1w`, `2 months ago`, `vor 2 Wochen` | months end on the last day where the day is missing |
//! | `eom`, `eoq`, `eoy`, `end of month`… | the last day of this month, quarter, year |

use super::words::{Unit, count, unit, weekday};
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// Reads a relative date; the outer `None` if it is none, the inner if it leaves the calendar.
pub fn relative(plain: &str, today: NaiveDate) -> Option<Option<NaiveDate>> {
    let days = |n: i64| Some(shift(today, Unit::Day, n));
    match plain {
        "today" | "tod" | "heute" => days(0),
        "tomorrow" | "tom" | "tmr" | "tmrw" | "morgen" => days(1),
        "yesterday" | "gestern" => days(-1),
        "day after tomorrow" | "overmorrow" | "übermorgen" | "uebermorgen" => days(2),
        "day before yesterday" | "vorgestern" => days(-2),
        "eom" | "end of month" | "end of the month" | "monatsende" => Some(end_of(today, Unit::Month)),
        "eoq" | "end of quarter" | "end of the quarter" | "quartalsende" => {
            Some(end_of(today, Unit::Quarter))
        }
        "eoy" | "end of year" | "end of the year" | "jahresende" => Some(end_of(today, Unit::Year)),
        _ => named(plain, today).or_else(|| offset(plain, today)),
    }
}

/// A weekday or a unit, alone or with a word that says which.
fn named(plain: &str, today: NaiveDate) -> Option<Option<NaiveDate>> {
    let plain = plain.strip_prefix("on ").or_else(|| plain.strip_prefix("am ")).unwrap_or(plain);
    let (which, name) = plain.split_once(' ').unwrap_or(("", plain));
    let name = name.strip_suffix('.').unwrap_or(name);
    let from_today = match which {
        "" => return weekday(name).map(|day| after(today, day)),
        "this" | "diesen" | "diese" | "dieses" => 0,
        "next" | "nächsten" | "nächste" | "nächster" | "nächstes" | "naechsten" | "naechste" => 1,
        "last" | "letzten" | "letzte" | "letzter" | "letztes" => -1,
        _ => return None,
    };
    if let Some(day) = weekday(name) {
        return Some(match from_today {
            -1 => before(today, day),
            weeks => in_week(today, weeks, day),
        });
    }
    // "m" and "d" are for counts; "next m" is no language.
    let unit = unit(name).filter(|unit| *unit != Unit::Day && name.len() > 1 && from_today != 0)?;
    Some(shift(start_of(today, unit)?, unit, from_today))
}

/// A count and a unit: `in 2 weeks`, `+2w`, `-3d`, `2 weeks ago`.
fn offset(plain: &str, today: NaiveDate) -> Option<Option<NaiveDate>> {
    let (sign, rest) = if let Some(rest) = plain.strip_prefix("in ").or_else(|| plain.strip_prefix('+')) {
        (1, rest)
    } else if let Some(rest) = plain.strip_prefix("vor ").or_else(|| plain.strip_prefix('-')) {
        (-1, rest)
    } else if let Some(rest) = plain.strip_suffix(" ago") {
        (-1, rest)
    } else {
        (1, plain)
    };
    let rest = rest.trim();
    let split = rest.find(|c: char| !c.is_ascii_digit()).filter(|at| *at > 0).or_else(|| rest.find(' '))?;
    let (number, name) = rest.split_at(split);
    let unit = unit(name.trim())?;
    Some(shift(today, unit, sign * i64::from(count(number)?)))
}

/// So many units later, or earlier.
fn shift(date: NaiveDate, unit: Unit, count: i64) -> Option<NaiveDate> {
    let (days, months) = match unit {
        Unit::Day => (1, 0),
        Unit::Week => (7, 0),
        Unit::Month => (0, 1),
        Unit::Quarter => (0, 3),
        Unit::Year => (0, 12),
    };
    let (days, months) = (
        Days::new(days * count.unsigned_abs()),
        Months::new(u32::try_from(count.unsigned_abs()).ok()? * months),
    );
    if count >= 0 {
        date.checked_add_days(days)?.checked_add_months(months)
    } else {
        date.checked_sub_days(days)?.checked_sub_months(months)
    }
}

/// The first day of the unit a date is in.
fn start_of(date: NaiveDate, unit: Unit) -> Option<NaiveDate> {
    match unit {
        Unit::Day => Some(date),
        Unit::Week => date.checked_sub_days(Days::new(u64::from(date.weekday().num_days_from_monday()))),
        Unit::Month => date.with_day(1),
        Unit::Quarter => NaiveDate::from_ymd_opt(date.year(), date.month0() / 3 * 3 + 1, 1),
        Unit::Year => NaiveDate::from_ymd_opt(date.year(), 1, 1),
    }
}

fn end_of(date: NaiveDate, unit: Unit) -> Option<NaiveDate> {
    shift(start_of(date, unit)?, unit, 1)?.pred_opt()
}

fn after(today: NaiveDate, day: Weekday) -> Option<NaiveDate> {
    today.iter_days().skip(1).take(7).find(|date| date.weekday() == day)
}

fn before(today: NaiveDate, day: Weekday) -> Option<NaiveDate> {
    in_week(today, 0, day).filter(|date| *date < today).or_else(|| in_week(today, -1, day))
}

fn in_week(today: NaiveDate, weeks: i64, day: Weekday) -> Option<NaiveDate> {
    let monday = shift(start_of(today, Unit::Week)?, Unit::Week, weeks)?;
    monday.checked_add_days(Days::new(u64::from(day.num_days_from_monday())))
}

#[cfg(test)]
mod tests {
    use crate::base::input::tests::{told, undecided};
    use crate::base::input::{InputStyle, date};
    use chrono::TimeDelta;

    /// Seen from Saturday 21 November 2026.
    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(told(date(text, &undecided())), expect, "{text:?}");
    }

    #[test]
    fn days() {
        check("today", "2026-11-21");
        check("Tomorrow", "2026-11-22");
        check("yesterday", "2026-11-20");
        check("heute", "2026-11-21");
        check("ÜBERMORGEN", "2026-11-23");
    }

    #[test]
    fn weekdays() {
        check("fri", "2026-11-27");
        check("Friday", "2026-11-27");
        check("on mon", "2026-11-23");
        check("mo", "2026-11-23");
        check("Di.", "2026-11-24");
        check("sat", "2026-11-28");
        check("this sat", "2026-11-21");
        check("this fri", "2026-11-20");
        check("next fri", "2026-11-27");
        check("next sat", "2026-11-28");
        check("last fri", "2026-11-20");
        check("last sat", "2026-11-14");
        check("last sun", "2026-11-15");
        check("nächsten Mittwoch", "2026-11-25");
    }

    #[test]
    fn next_friday_is_next_weeks() {
        let monday = |text| {
            let mut style: InputStyle = undecided();
            style.now.utc += TimeDelta::days(2);
            told(date(text, &style))
        };
        assert_eq!(monday("fri"), "2026-11-27");
        assert_eq!(monday("this fri"), "2026-11-27");
        assert_eq!(monday("next fri"), "2026-12-04");
        assert_eq!(monday("mon"), "2026-11-30");
        assert_eq!(monday("next week"), "2026-11-30");
    }

    #[test]
    fn units() {
        check("next week", "2026-11-23");
        check("next month", "2026-12-01");
        check("next quarter", "2027-01-01");
        check("next year", "2027-01-01");
        check("last month", "2026-10-01");
        check("nächste Woche", "2026-11-23");
        check("eom", "2026-11-30");
        check("eoq", "2026-12-31");
        check("eoy", "2026-12-31");
        check("end of month", "2026-11-30");
    }

    #[test]
    fn counts() {
        check("in 2 weeks", "2026-12-05");
        check("+2w", "2026-12-05");
        check("+2 w", "2026-12-05");
        check("3d", "2026-11-24");
        check("+3d", "2026-11-24");
        check("-1w", "2026-11-14");
        check("in a week", "2026-11-28");
        check("in 3 months", "2027-02-21");
        check("2 weeks ago", "2026-11-07");
        check("a month ago", "2026-10-21");
        check("in 2 Wochen", "2026-12-05");
        check("vor 3 Tagen", "2026-11-18");
        check("in einem Jahr", "2027-11-21");
        check("0d", "2026-11-21");
        check("99999y", "! the calendar has no '99999y': check the day, the month and the year");
    }

    #[test]
    fn months_end_where_the_day_is_missing() {
        let mut style = undecided();
        style.now.utc += TimeDelta::days(71);
        assert_eq!(told(date("today", &style)), "2027-01-31");
        assert_eq!(told(date("in 1 month", &style)), "2027-02-28");
    }

    #[test]
    fn refused() {
        for text in [
            "next",
            "this week",
            "next day",
            "in weeks",
            "2",
            "+",
            "-",
            "in two",
            "frid",
            "next next fri",
            "w",
            "999999d",
            "in 1h",
            "ago",
        ] {
            assert!(told(date(text, &undecided())).contains("does not read as a date"), "{text:?}");
        }
    }
}
