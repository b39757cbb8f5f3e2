//! Working time: the hours of the week in which a clock runs, holidays excepted, in a time zone.
//!
//! Working time is real time: an hour of it takes an hour, also in the night the clocks change.

use crate::model::{Moment, Value};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use std::collections::BTreeSet;

/// When a clock runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    zone: Tz,
    /// For each weekday from Monday the stretches of minutes since midnight, in order and apart.
    week: [Vec<(u32, u32)>; 7],
    holidays: BTreeSet<NaiveDate>,
}

const MIDNIGHT: u32 = 24 * 60;

/// Nobody promises anything further away: arithmetic gives up after so many days without working time enough.
const HORIZON_DAYS: u64 = 20 * 366;

impl Hours {
    /// Around the clock.
    pub fn always(zone: Tz) -> Self {
        Self { zone, week: std::array::from_fn(|_| vec![(0, MIDNIGHT)]), holidays: BTreeSet::new() }
    }

    /// Reads the lines of a policy: `{day: mon, from: "08:00", to: "17:00"}` and `{date: 2026-12-25}`. Hours that
    /// end before they start go on after midnight. Without a single readable line of hours the clock always runs.
    pub fn read(zone: Tz, lines: &Value, holidays: &Value) -> Self {
        let mut week: [Vec<(u32, u32)>; 7] = Default::default();
        for line in lines.items() {
            let day = DAYS.iter().position(|day| *day == line.get("day").as_str());
            let minutes = |name: &str| minutes(line.get(name).as_str());
            let Some((day, (from, to))) = day.zip(minutes("from").zip(minutes("to"))) else { continue };
            match from < to {
                true => week[day].push((from, to)),
                false => {
                    week[day].push((from, MIDNIGHT));
                    week[(day + 1) % 7].push((0, to));
                }
            }
        }
        week.iter_mut().for_each(unite);
        if week.iter().all(Vec::is_empty) {
            week = Self::always(zone).week;
        }
        let holidays = holidays.items().iter().filter_map(|line| Moment::read(line.get("date").as_str()));
        Self { zone, week, holidays: holidays.map(Moment::day).collect() }
    }

    /// Whether the clock never stands still.
    pub fn is_always(&self) -> bool {
        self.holidays.is_empty() && self.week.iter().all(|day| *day == [(0, MIDNIGHT)])
    }

    /// The instant at which `work` of working time will have passed since `start`; `None` beyond any horizon.
    pub fn after(&self, start: DateTime<Utc>, work: TimeDelta) -> Option<DateTime<Utc>> {
        if self.is_always() {
            return start.checked_add_signed(work);
        }
        let mut left = work.max(TimeDelta::zero());
        for (from, to) in self.stretches(start) {
            let from = from.max(start);
            if from + left <= to {
                return Some(from + left);
            }
            left -= to - from;
        }
        None
    }

    /// The working time between two instants; negative when `to` is before `from`.
    pub fn between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> TimeDelta {
        if to < from {
            return -self.between(to, from);
        }
        if self.is_always() {
            return to - from;
        }
        let stretches = self.stretches(from).take_while(|(begins, _)| *begins < to);
        stretches.map(|(begins, ends)| ends.min(to) - begins.max(from)).sum()
    }

    /// Whether the clock runs at that instant.
    pub fn is_running(&self, at: DateTime<Utc>) -> bool {
        self.stretches(at).next().is_some_and(|(from, _)| from <= at)
    }

    /// The next instant at which the clock starts or stops; `None` where it runs for more than a week without a
    /// break.
    pub fn next_switch(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.is_always() {
            return None;
        }
        let mut stretches = self.stretches(at);
        let (from, mut to) = stretches.next()?;
        if from > at {
            return Some(from);
        }
        // Midnight inside a night shift is no switch.
        for (next, ends) in stretches {
            if next > to {
                return Some(to);
            }
            if ends > at + TimeDelta::days(8) {
                return None;
            }
            to = ends;
        }
        Some(to)
    }

    /// The stretches of working time that end after `at`, in order.
    fn stretches(&self, at: DateTime<Utc>) -> impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)> + '_ {
        // The zone's day before, because a stretch of it may end exactly where the clocks change.
        let first = at.with_timezone(&self.zone).date_naive() - Days::new(1);
        let days = (0..HORIZON_DAYS).map_while(move |n| first.checked_add_days(Days::new(n)));
        let working = days.filter(|day| !self.holidays.contains(day));
        let spans = working.flat_map(move |day| {
            let spans = &self.week[day.weekday().num_days_from_monday() as usize];
            spans.iter().map(move |(from, to)| (self.instant(day, *from), self.instant(day, *to)))
        });
        spans.filter(move |(from, to)| to > &at && from < to)
    }

    /// A minute of a local day as an instant. Of two such minutes, in the night clocks go back, the earlier; one
    /// that is skipped, in the night they go forward, is the instant they do.
    fn instant(&self, day: NaiveDate, minute: u32) -> DateTime<Utc> {
        let midnight = NaiveDateTime::new(day, NaiveTime::MIN);
        let local = midnight + TimeDelta::minutes(i64::from(minute));
        if let Some(at) = self.zone.from_local_datetime(&local).earliest() {
            return at.with_timezone(&Utc);
        }
        let minutes_on = (1..=24 * 60).map(|n| local + TimeDelta::minutes(n));
        let after_gap = minutes_on.filter_map(|t| self.zone.from_local_datetime(&t).earliest()).next();
        after_gap.map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
    }
}

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Minutes since midnight of `08:30`, `8:30` or `24:00`.
fn minutes(text: &str) -> Option<u32> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let all = hours * 60 + minutes;
    (minutes < 60 && hours <= 24 && all <= MIDNIGHT).then_some(all)
}

/// Puts stretches in order and joins those that touch.
fn unite(stretches: &mut Vec<(u32, u32)>) {
    stretches.sort_unstable();
    let mut united: Vec<(u32, u32)> = Vec::with_capacity(stretches.len());
    for &(from, to) in stretches.iter().filter(|(from, to)| from < to) {
        match united.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => united.push((from, to)),
        }
    }
    *stretches = united;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::utc;
    use crate::model::test_fields;
    use proptest::prelude::*;

    const OFFICE: &str = "
business_hours:
- {day: mon, from: '08:00', to: '12:00'}
- {day: mon, from: '13:00', to: '17:00'}
- {day: tue, from: '08:00', to: '17:00'}
- {day: wed, from: '08:00', to: '17:00'}
- {day: thu, from: '08:00', to: '17:00'}
- {day: fri, from: '08:00', to: '15:00'}
- {day: fryday, from: '08:00', to: '15:00'}
- {day: fri, from: noon, to: '15:00'}
holidays:
- {date: 2026-12-25}
- {date: soon}
";
    const NIGHTS: &str = "
business_hours:
- {day: sat, from: '22:00', to: '6:00'}
- {day: sun, from: '22:00', to: '06:00'}
";
    const ALWAYS_BUT_CHRISTMAS: &str = "holidays: [{date: 2026-12-25}]";

    fn hours(text: &str) -> Hours {
        let fields = test_fields(text);
        let get =
            |name: &str| fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default();
        Hours::read(Tz::Europe__Berlin, &get("business_hours"), &get("holidays"))
    }

    fn check(calendar: &str, start: &str, work: i64, end: &str) {
        let (hours, work) = (hours(calendar), TimeDelta::minutes(work));
        assert_eq!(hours.after(utc(start), work), Some(utc(end)), "{start} + {work}");
        assert_eq!(hours.between(utc(start), utc(end)), work, "{start} – {end}");
        assert_eq!(hours.between(utc(end), utc(start)), -work, "{end} – {start}");
    }

    #[test]
    fn office_hours() {
        check(OFFICE, "2026-11-23 09:00", 60, "2026-11-23 10:00");
        check(OFFICE, "2026-11-23 11:30", 60, "2026-11-23 13:30");
        check(OFFICE, "2026-11-20 14:00", 120, "2026-11-23 09:00");
        check(OFFICE, "2026-11-21 10:00", 30, "2026-11-23 08:30");
        check(OFFICE, "2026-11-23 08:00", 0, "2026-11-23 08:00");
        check(OFFICE, "2026-12-24 16:00", 120, "2026-12-28 09:00");
        check(OFFICE, "2026-11-23 08:00", 40 * 60, "2026-11-27 13:00");
    }

    #[test]
    fn nights_and_clock_changes() {
        // On 25 October 2026 three o'clock becomes two; on 28 March 2027 two becomes three.
        check("{}", "2026-10-24 12:00", 24 * 60, "2026-10-25 11:00");
        check(NIGHTS, "2026-10-24 22:00", 9 * 60, "2026-10-25 06:00");
        check(NIGHTS, "2027-03-27 22:00", 7 * 60, "2027-03-28 06:00");
        check(NIGHTS, "2026-11-21 23:00", 8 * 60, "2026-11-22 23:00");
        check(ALWAYS_BUT_CHRISTMAS, "2026-12-24 12:00", 24 * 60, "2026-12-26 12:00");
    }

    #[test]
    fn an_hour_that_is_skipped_is_not_worked() {
        let hours = hours(
            "business_hours: [{day: sun, from: '02:15', to: '02:45'}, {day: mon, from: '08:00', to: '09:00'}]",
        );
        assert_eq!(
            hours.after(utc("2027-03-28 00:00"), TimeDelta::minutes(30)),
            Some(utc("2027-03-29 08:30"))
        );
    }

    #[test]
    fn starts_and_stops() {
        let check = |calendar: &str, at: &str, running: bool, next: Option<&str>| {
            let hours = hours(calendar);
            assert_eq!(
                (hours.is_running(utc(at)), hours.next_switch(utc(at))),
                (running, next.map(utc)),
                "{at}"
            );
        };
        check(OFFICE, "2026-11-23 07:00", false, Some("2026-11-23 08:00"));
        check(OFFICE, "2026-11-23 08:00", true, Some("2026-11-23 12:00"));
        check(OFFICE, "2026-11-23 12:00", false, Some("2026-11-23 13:00"));
        check(NIGHTS, "2026-11-21 23:00", true, Some("2026-11-22 06:00"));
        check(ALWAYS_BUT_CHRISTMAS, "2026-12-24 12:00", true, Some("2026-12-25 00:00"));
        check("{}", "2026-11-21 23:00", true, None);
    }

    #[test]
    fn nobody_waits_for_ever() {
        let hours = hours("business_hours: [{day: mon, from: '08:00', to: '08:01'}]");
        assert_eq!(hours.after(utc("2026-11-23 08:00"), TimeDelta::days(365)), None);
    }

    proptest! {
        #[test]
        fn working_time_is_monotone_and_additive(
            calendar in prop::sample::select(vec![OFFICE, NIGHTS, ALWAYS_BUT_CHRISTMAS, "{}"]),
            start in 0i64..800_000, one in 0i64..20_000, two in 0i64..20_000,
        ) {
            let hours = hours(calendar);
            let start = utc("2026-01-01 00:00") + TimeDelta::minutes(start);
            let (one, two) = (TimeDelta::minutes(one), TimeDelta::minutes(two));
            // after: additive, monotone, undone by between.
            let then = hours.after(start, one).unwrap();
            prop_assert_eq!(hours.after(then, two), hours.after(start, one + two));
            prop_assert!(then >= start + one);
            prop_assert_eq!(hours.between(start, then), one);
            // between: additive, monotone, never more than real time.
            let (middle, end) = (start + one, start + one + two);
            let whole = hours.between(start, end);
            prop_assert_eq!(hours.between(start, middle) + hours.between(middle, end), whole);
            prop_assert!(TimeDelta::zero() <= whole && whole <= end - start);
            // The next switch is where running changes, and not before.
            if let Some(switch) = hours.next_switch(start) {
                prop_assert!(switch > start);
                prop_assert_ne!(hours.is_running(switch), hours.is_running(start));
                let whole = if hours.is_running(start) { switch - start } else { TimeDelta::zero() };
                prop_assert_eq!(hours.between(start, switch), whole);
            }
        }
    }
}
