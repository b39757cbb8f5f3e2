//! Stretches of days that people name: `2026-W48`, `2026-12`, `2026-Q4`, `2026`, `this month`, `next quarter`.

use crate::base::Now;
use crate::base::fiscal::{Days, Quarter, month};
use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

/// Reads the name of a stretch of days; `None` for anything else, days among it. Quarters and `this year` are
/// those of the fiscal year that starts in month `fiscal_start`.
pub fn period(text: &str, now: Now, fiscal_start: u32) -> Option<Days> {
    let text = text.trim().to_lowercase();
    if let Some((which, unit)) = text.split_once([' ', '_']) {
        let steps = match which {
            "this" => 0,
            "next" => 1,
            "last" | "previous" => -1,
            _ => return None,
        };
        return relative(unit.trim(), steps, now.today(), fiscal_start);
    }
    let (year, rest) = match text.split_once('-') {
        Some((year, rest)) => (year, rest),
        None => (text.as_str(), ""),
    };
    let year: i32 = year.parse().ok().filter(|_| year.len() == 4)?;
    let number = |digits: &str| digits.parse::<u32>().ok().filter(|_| (1..=2).contains(&digits.len()));
    match rest.chars().next() {
        None => Some(Days {
            from: NaiveDate::from_ymd_opt(year, 1, 1)?,
            until: NaiveDate::from_ymd_opt(year + 1, 1, 1)?,
        }),
        Some('w') => Some(week(NaiveDate::from_isoywd_opt(year, number(&rest[1..])?, Weekday::Mon)?)),
        Some('q') => {
            let first = NaiveDate::from_ymd_opt(year, fiscal_start, 1)?;
            let quarters = std::iter::successors(Some(Quarter::of(first, fiscal_start)), |q| Some(q.next()));
            quarters.take(4).find(|q| number(&rest[1..]) == Some(q.number)).map(|q| q.days)
        }
        Some(_) if rest.len() == 2 => Some(month(NaiveDate::from_ymd_opt(year, number(rest)?, 1)?)),
        Some(_) => None,
    }
}

fn week(day: NaiveDate) -> Days {
    let from = day - TimeDelta::days(i64::from(day.weekday().num_days_from_monday()));
    Days { from, until: from + TimeDelta::days(7) }
}

/// The stretch of that unit today is in, or one before or after it.
fn relative(unit: &str, steps: i32, today: NaiveDate, fiscal_start: u32) -> Option<Days> {
    let around = |day: NaiveDate| match unit {
        "week" => Some(week(day)),
        "month" => Some(month(day)),
        "quarter" => Some(Quarter::of(day, fiscal_start).days),
        "year" => {
            let quarter = Quarter::of(day, fiscal_start);
            let first = quarter.days.from - chrono::Months::new((quarter.number - 1) * 3);
            Some(Days { from: first, until: first + chrono::Months::new(12) })
        }
        _ => None,
    };
    let this = around(today)?;
    match steps {
        1 => around(this.until),
        -1 => around(this.from.pred_opt()?),
        _ => Some(this),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeZone, Utc};

    fn check(text: &str, expect: &str) {
        let now = Now::new(Utc.with_ymd_and_hms(2026, 11, 21, 12, 0, 0).unwrap(), chrono_tz::UTC);
        let shown = period(text, now, 4).map(|days| format!("{} {}", days.from, days.until));
        assert_eq!(shown.as_deref().unwrap_or("-"), expect, "{text}");
    }

    #[test]
    fn names() {
        check("2026-W48", "2026-11-23 2026-11-30");
        check("2026-w01", "2025-12-29 2026-01-05");
        check("2026-12", "2026-12-01 2027-01-01");
        check("2026-Q4", "2027-01-01 2027-04-01");
        check("2026", "2026-01-01 2027-01-01");
        check("this week", "2026-11-16 2026-11-23");
        check("next month", "2026-12-01 2027-01-01");
        check("last quarter", "2026-07-01 2026-10-01");
        check("this year", "2026-04-01 2027-04-01");
        check("last_year", "2025-04-01 2026-04-01");
        for other in ["2026-11-21", "2026-13", "2026-W54", "2026-Q5", "tomorrow", "next fri", "", "20266"] {
            check(other, "-");
        }
    }
}
