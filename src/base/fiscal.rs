//! Fiscal quarters and calendar months.

use chrono::{Datelike, Months, NaiveDate};
use std::fmt;

/// A stretch of whole days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Days {
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last.
    pub until: NaiveDate,
}

impl Days {
    /// Whether the day is one of them.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && day < self.until
    }
}

/// A quarter of a fiscal year. `Display` is how quotas name it: `2026-Q4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Quarter {
    /// The calendar year in which the fiscal year begins.
    pub year: i32,
    /// 1 to 4.
    pub number: u32,
    /// Its days.
    pub days: Days,
}

impl Quarter {
    /// The quarter `day` is in, of a fiscal year that starts in month `start` (1 to 12).
    pub fn of(day: NaiveDate, start: u32) -> Self {
        let months_in = (day.month0() + 12 - (start.clamp(1, 12) - 1)) % 12;
        let first = day.with_day(1).unwrap_or(day);
        let from = first - Months::new(months_in % 3);
        let year_began = from - Months::new(months_in / 3 * 3);
        Self {
            year: year_began.year(),
            number: months_in / 3 + 1,
            days: Days { from, until: from + Months::new(3) },
        }
    }

    /// The one after it.
    pub fn next(&self) -> Self {
        let (year, number) = if self.number == 4 { (self.year + 1, 1) } else { (self.year, self.number + 1) };
        Self { year, number, days: Days { from: self.days.until, until: self.days.until + Months::new(3) } }
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-Q{}", self.year, self.number)
    }
}

/// The calendar month `day` is in.
pub fn month(day: NaiveDate) -> Days {
    let from = day.with_day(1).unwrap_or(day);
    Days { from, until: from + Months::new(1) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days as Count;
    use proptest::prelude::*;

    fn check(day: &str, start: u32, name: &str, from: &str, until: &str) {
        let quarter = Quarter::of(day.parse().unwrap(), start);
        let days = (quarter.days.from.to_string(), quarter.days.until.to_string());
        assert_eq!((quarter.to_string().as_str(), days.0.as_str(), days.1.as_str()), (name, from, until));
    }

    #[test]
    fn quarters() {
        check("2026-11-21", 1, "2026-Q4", "2026-10-01", "2027-01-01");
        check("2026-01-01", 1, "2026-Q1", "2026-01-01", "2026-04-01");
        check("2026-11-21", 4, "2026-Q3", "2026-10-01", "2027-01-01");
        check("2027-02-28", 4, "2026-Q4", "2027-01-01", "2027-04-01");
        check("2026-11-21", 2, "2026-Q4", "2026-11-01", "2027-02-01");
        check("2027-01-31", 2, "2026-Q4", "2026-11-01", "2027-02-01");
        check("2024-02-29", 12, "2023-Q1", "2023-12-01", "2024-03-01");
    }

    #[test]
    fn months() {
        let november = month("2026-11-21".parse().unwrap());
        assert!(november.contains("2026-11-30".parse().unwrap()));
        assert!(!november.contains("2026-12-01".parse().unwrap()));
    }

    proptest! {
        #[test]
        fn quarters_cover_every_day_once(days in 0u64..40_000, start in 1u32..=12) {
            let day = NaiveDate::default() + Count::new(days);
            let quarter = Quarter::of(day, start);
            prop_assert!(quarter.days.contains(day));
            prop_assert_eq!(Quarter::of(quarter.days.until, start), quarter.next());
        }
    }
}
