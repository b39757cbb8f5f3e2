//! Numbers of days and years, and which year is meant where none is said.

use chrono::{Datelike, Days, NaiveDate};

/// A number of at most so many digits and nothing else.
pub fn digits(text: &str, most: usize) -> Option<u32> {
    let fits = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

/// The year written in four digits, or meant by two.
pub fn full_year(text: &str) -> Option<i32> {
    let year = digits(text, 4)?.cast_signed();
    match text.len() {
        4 => Some(year),
        2 if year <= 68 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

/// The day of that name that a person means who gives no year: see [`date`](super::date).
pub fn coming(month: u32, day: u32, today: NaiveDate) -> Option<NaiveDate> {
    let earliest = earliest(today)?;
    // 29 February may take eight years to come again.
    let years = earliest.year()..=today.year() + 8;
    years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day)).find(|date| *date >= earliest)
}

/// The earliest day that is meant where the year is left away.
pub fn earliest(today: NaiveDate) -> Option<NaiveDate> {
    today.checked_sub_days(Days::new(90))
}
