//! Dates as people type them; this file reads those that are all numbers and asks its neighbours for the rest.
//!
//! | typed | meaning |
//! |---|---|
//! | `2026-11-21`, `20261121`, `2026/11/21` | ISO 8601, and year first in general |
//! | `2026-W48`, `2026-W48-3` | ISO week: its Monday, its Wednesday |
//! | `W48`, `KW 48` | Monday of that week, in the year a date without one is in |
//! | `21.11.2026`, `21.11.26`, `21.11.` | points: always day, month, year |
//! | `21/11/2026`, `11/21/2026`, `21/11` | the one order that fits; else the style's; else refused |
//! | `21 Nov`, `Nov 21 2026`, `1st of June` | see [`day_month`](super::day_month) |
//! | `tomorrow`, `fri`, `next fri`, `in 2 weeks`, `eom` | see [`relative`](super::relative) |
//!
//! Two-digit years are 1969 to 2068, as POSIX has it. A date without a year is its next occurrence, except that one
//! no more than 90 days back is taken for the one just past: in November `1 Oct` is last month's.

use super::calendar::{coming, digits, earliest, full_year};
use super::day_month::day_month;
use super::error::{InputError, Reading, What};
use super::prepare::prepare;
use super::relative::relative;
use crate::base::show;
use crate::base::style::{DateOrder, InputStyle, Style};
use chrono::{Datelike, NaiveDate, Weekday};

/// Reads a date.
pub fn date(text: &str, style: &InputStyle) -> Result<NaiveDate, InputError> {
    let plain = prepare(text, What::Date)?;
    let today = style.today();
    let found = match week(&plain)
        .or_else(|| week_alone(&plain, today))
        .or_else(|| compact(&plain))
        .or_else(|| relative(&plain, today))
    {
        Some(found) => Some(found),
        None => match numeric(&plain) {
            Some(numbers) => return numbers.decide(text, style),
            None => day_month(&plain, today),
        },
    };
    match found {
        Some(Some(date)) if in_range(date) => Ok(date),
        Some(_) => Err(InputError::NoSuchDay { text: super::error::quote(text) }),
        None => Err(InputError::unreadable(text, What::Date)),
    }
}

/// Years a customer's record can sensibly hold; anything else is a slip of the finger.
fn in_range(date: NaiveDate) -> bool {
    (1800..=2999).contains(&date.year())
}

/// `2026-W48` and `2026-W48-3`, with or without the dashes. The inner `None`: there is no such week.
fn week(plain: &str) -> Option<Option<NaiveDate>> {
    let (year, rest) = plain.split_once('w')?;
    let year = digits(year.strip_suffix('-').unwrap_or(year), 4)?;
    let (number, day) = match rest.split_once('-') {
        Some((number, day)) => (number, digits(day, 1)?),
        None if rest.len() == 3 => (rest.get(..2)?, digits(rest.get(2..)?, 1)?),
        None => (rest, 1),
    };
    let number = digits(number, 2).filter(|_| number.len() == 2)?;
    let day = day.checked_sub(1).and_then(|day| Weekday::try_from(u8::try_from(day).ok()?).ok());
    Some(day.and_then(|day| NaiveDate::from_isoywd_opt(year.cast_signed(), number, day)))
}

/// `W48`, or `KW 48` as Germans write.
fn week_alone(plain: &str, today: NaiveDate) -> Option<Option<NaiveDate>> {
    let number = digits(plain.strip_prefix("kw").or_else(|| plain.strip_prefix('w'))?.trim_start(), 2)?;
    let earliest = earliest(today)?;
    let years = earliest.year()..=today.year() + 8;
    let monday = |year| NaiveDate::from_isoywd_opt(year, number, Weekday::Mon);
    Some(years.filter_map(monday).find(|monday| *monday >= earliest))
}

/// `20261121`, ISO 8601's basic form.
fn compact(plain: &str) -> Option<Option<NaiveDate>> {
    let number = digits(plain, 8).filter(|_| plain.len() == 8)?;
    Some(NaiveDate::from_ymd_opt((number / 10_000).cast_signed(), number / 100 % 100, number % 100))
}

/// Two or three numbers with the same sign between them.
struct Numeric<'a> {
    parts: Vec<&'a str>,
    sign: char,
}

fn numeric(plain: &str) -> Option<Numeric<'_>> {
    let sign = plain.chars().find(|c| matches!(c, '.' | '/' | '-'))?;
    // `21.11.` ends with its sign.
    let plain = if sign == '.' { plain.strip_suffix('.').unwrap_or(plain) } else { plain };
    let parts: Vec<&str> = plain.split(sign).map(str::trim).collect();
    let fits = matches!(parts.len(), 2 | 3) && parts.iter().all(|part| digits(part, 4).is_some());
    let years = parts.iter().filter(|part| part.len() > 2).count();
    (fits && years <= 1).then_some(Numeric { parts, sign })
}

impl Numeric<'_> {
    /// The date, if there is one reading or the style names one.
    fn decide(&self, text: &str, style: &InputStyle) -> Result<NaiveDate, InputError> {
        let orders = self.orders();
        if orders.is_empty() {
            return Err(InputError::unreadable(text, What::Date));
        }
        let today = style.today();
        let mut found: Vec<(DateOrder, NaiveDate)> = Vec::new();
        for order in orders {
            if let Some(date) = self.read(*order, today).filter(|date| in_range(*date)) {
                found.push((*order, date));
            }
        }
        let Some((_, first)) = found.first().copied() else {
            return Err(InputError::NoSuchDay { text: super::error::quote(text) });
        };
        let by_style = found.iter().find(|(order, _)| *order == style.date_order && *order != DateOrder::Ymd);
        if let Some((_, date)) = by_style {
            return Ok(*date);
        }
        if found.iter().all(|(_, date)| *date == first) {
            return Ok(first);
        }
        let shown = found
            .iter()
            .map(|(_, date)| Reading::new(show::full_date(*date, &Style::english()), date.to_string()));
        Err(InputError::ambiguous(text, shown))
    }

    /// The orders these numbers may stand in.
    fn orders(&self) -> &'static [DateOrder] {
        use DateOrder::{Dmy, Mdy, Ymd};
        let long = self.parts.iter().position(|part| part.len() > 2);
        match (self.parts.len(), long, self.sign) {
            (3, Some(0), _) if self.parts[0].len() == 4 => &[Ymd],
            (3, Some(2), '.') if self.parts[2].len() == 4 => &[Dmy],
            (3, Some(2), _) if self.parts[2].len() == 4 => &[Dmy, Mdy],
            (2 | 3, None, '.') => &[Dmy],
            (3, None, _) => &[Dmy, Mdy, Ymd],
            (2, None, '/') => &[Dmy, Mdy],
            _ => &[],
        }
    }

    fn read(&self, order: DateOrder, today: NaiveDate) -> Option<NaiveDate> {
        let (day, month, year) = match (order, self.parts.as_slice()) {
            (DateOrder::Dmy, [day, month, rest @ ..]) => (day, month, rest.first()),
            (DateOrder::Mdy, [month, day, rest @ ..]) => (day, month, rest.first()),
            (DateOrder::Ymd, [year, month, day]) => (day, month, Some(year)),
            _ => return None,
        };
        let (day, month) = (digits(day, 2)?, digits(month, 2)?);
        match year {
            Some(year) => NaiveDate::from_ymd_opt(full_year(year)?, month, day),
            None => coming(month, day, today),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::input::tests::{comma, point, told, undecided};
    use chrono::Days;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(told(date(text, &undecided())), expect, "{text:?}");
    }

    #[test]
    fn iso() {
        check("2026-11-21", "2026-11-21");
        check("20261121", "2026-11-21");
        check("2026/11/21", "2026-11-21");
        check("2026-1-2", "2026-01-02");
        check("2026-W48", "2026-11-23");
        check("2026-w48-3", "2026-11-25");
        check("2026W483", "2026-11-25");
        check("W48", "2026-11-23");
        check("KW 40", "2026-09-28");
        check("kw5", "2027-02-01");
        check("w54", "! the calendar has no 'w54': check the day, the month and the year");
        check("2026-W53-7", "2027-01-03");
    }

    #[test]
    fn points_are_day_first() {
        check("21.11.2026", "2026-11-21");
        check("3.4.2026", "2026-04-03");
        check("3. 4. 2026", "2026-04-03");
        check("21.11.26", "2026-11-21");
        check("3.5.72", "1972-05-03");
        check("12.12.", "2026-12-12");
        check("12.12", "2026-12-12");
    }

    #[test]
    fn slashes_by_what_fits_then_by_style() {
        check("11/21/2026", "2026-11-21");
        check("21/11/2026", "2026-11-21");
        check("5/5/2026", "2026-05-05");
        check("3/4/2026", "! '3/4/2026' could be 3 Apr 2026 or 4 Mar 2026: write 2026-04-03 or 2026-03-04");
        assert_eq!(told(date("3/4/2026", &comma())), "2026-04-03");
        assert_eq!(told(date("3/4/2026", &point())), "2026-03-04");
        assert_eq!(told(date("11/21/2026", &comma())), "2026-11-21");
        assert_eq!(told(date("12/1", &comma())), "2027-01-12");
        assert_eq!(told(date("12/1", &point())), "2026-12-01");
        check("21-11-2026", "2026-11-21");
        check("26-11-21", "! '26-11-21' could be 26 Nov 2021 or 21 Nov 2026: write 2021-11-26 or 2026-11-21");
    }

    #[test]
    fn the_year_left_away() {
        check("21.11.", "2026-11-21");
        check("1.10.", "2026-10-01");
        check("24.8.", "2026-08-24");
        check("20.8.", "2027-08-20");
        check("31.1.", "2027-01-31");
        check("29.2.", "2028-02-29");
    }

    #[test]
    fn refused() {
        check("31.2.2026", "! the calendar has no '31.2.2026': check the day, the month and the year");
        check("2026-02-30", "! the calendar has no '2026-02-30': check the day, the month and the year");
        check("2026-W54", "! the calendar has no '2026-W54': check the day, the month and the year");
        check("2026-W48-8", "! the calendar has no '2026-W48-8': check the day, the month and the year");
        check("13/13/2026", "! the calendar has no '13/13/2026': check the day, the month and the year");
        check("0001-01-01", "! the calendar has no '0001-01-01': check the day, the month and the year");
        check("", "! type a date, such as 2026-11-21, tomorrow, fri, in 2 weeks or eom");
        for text in [
            "soon",
            "2026",
            "2026-11",
            "11-21",
            "1/2/3/4",
            "21.11.20266",
            "2026-11-21-",
            "-1-2-3",
            "1.250,00",
            "99999999999999",
        ] {
            let message = told(date(text, &undecided()));
            assert!(message.contains("does not read as a date"), "{text:?}: {message}");
        }
    }

    proptest! {
        #[test]
        fn canonical_text_reads_back(days in 0u64..400_000) {
            let day = NaiveDate::from_ymd_opt(1800, 1, 1).unwrap() + Days::new(days);
            for style in [undecided(), comma(), point()] {
                prop_assert_eq!(date(&day.to_string(), &style), Ok(day));
                prop_assert_eq!(date(&day.format("%G-W%V-%u").to_string(), &style), Ok(day));
                prop_assert_eq!(date(&day.format("%d.%m.%Y").to_string(), &style), Ok(day));
            }
        }

        #[test]
        fn never_panics(text in "[0-9a-zü./+ -]{0,16}") {
            let _ = date(&text, &undecided());
        }
    }
}
