//! Dates with the month in letters: `21 Nov`, `Nov 21 2026`, `21. November 2026`, `21-Nov-26`, `Sat 21 Nov`.

use super::calendar::{coming, digits, full_year};
use super::words::{month, weekday};
use chrono::{Datelike, Month, NaiveDate, Weekday};

/// Reads such a date; the outer `None` if it is none, the inner if the calendar lacks the day, also where a weekday
/// is named that it is not.
pub fn day_month(plain: &str, today: NaiveDate) -> Option<Option<NaiveDate>> {
    let mut month_named: Option<Month> = None;
    let mut weekday_named: Option<Weekday> = None;
    let mut numbers: Vec<&str> = Vec::new();
    for (index, word) in words(plain).enumerate() {
        if let Some(found) = month(word) {
            if month_named.replace(found).is_some() {
                return None;
            }
        } else if let Some(found) = weekday(word).filter(|_| index == 0) {
            weekday_named = Some(found);
        } else if word.starts_with(|c: char| c.is_ascii_digit()) {
            numbers.push(word);
        } else if !matches!(word, "of" | "the" | "den" | "der" | "am" | "on" | "st" | "nd" | "rd" | "th") {
            return None;
        }
    }
    let month = month_named?.number_from_month();
    let date = match numbers.as_slice() {
        [day] => coming(month, digits(day, 2)?, today),
        [year, day] if year.len() == 4 => NaiveDate::from_ymd_opt(full_year(year)?, month, digits(day, 2)?),
        [day, year] => NaiveDate::from_ymd_opt(full_year(year)?, month, digits(day, 2)?),
        _ => return None,
    };
    Some(date.filter(|date| weekday_named.is_none_or(|named| date.weekday() == named)))
}

/// Runs of digits and runs of letters.
fn words(plain: &str) -> impl Iterator<Item = &str> {
    let mut rest = plain;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches([' ', ',', '.', '-', '/', '\'']);
        let first = rest.chars().next()?;
        let alike = |c: char| c.is_ascii_digit() == first.is_ascii_digit() && c.is_alphanumeric();
        let end = rest.find(|c: char| !alike(c)).unwrap_or(rest.len()).max(first.len_utf8());
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use crate::base::input::date;
    use crate::base::input::tests::{told, undecided};

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(told(date(text, &undecided())), expect, "{text:?}");
    }

    #[test]
    fn months_in_letters() {
        check("21 Nov", "2026-11-21");
        check("Nov 21", "2026-11-21");
        check("Nov 21 2026", "2026-11-21");
        check("Nov 21, 2026", "2026-11-21");
        check("21 November 2027", "2027-11-21");
        check("21. März 2027", "2027-03-21");
        check("21-Nov-26", "2026-11-21");
        check("21nov2026", "2026-11-21");
        check("2026 nov 21", "2026-11-21");
        check("1st of June 2027", "2027-06-01");
        check("the 2nd of dec", "2026-12-02");
        check("Mon 23 Nov", "2026-11-23");
        check("Montag, den 23. November", "2026-11-23");
        check("30 Jan", "2027-01-30");
        check("1 Oct", "2026-10-01");
    }

    #[test]
    fn refused() {
        check("Mon 24 Nov", "! the calendar has no 'Mon 24 Nov': check the day, the month and the year");
        check("31 Feb 2027", "! the calendar has no '31 Feb 2027': check the day, the month and the year");
        for text in [
            "Nov",
            "Nov 2026",
            "Nov Dec 3",
            "21 Nov or so",
            "21 22 Nov 2026",
            "121 Nov",
            "21 Nov 202",
            "Nov 21 fri",
        ] {
            assert!(told(date(text, &undecided())).contains("does not read as a date"), "{text:?}");
        }
    }
}
