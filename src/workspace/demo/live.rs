//! Times near the sample's now keep near to now, at whatever time of day the demo is made.
//!
//! What is told by the day (closings, tasks, holidays, all that is older or farther ahead) keeps its time of day and
//! only moves by whole days. The scene of the present moment is another matter: a clock with twelve minutes left shall
//! have twelve minutes left at midnight, too. So:
//!
//! - What happened within the last [`RECENT`] keeps its distance to now. The cases opened then are under a policy that
//!   counts round the clock, so what they have left does not depend on the hour or the day of the week.
//! - What is still to come on the sample's day stays at its time of day where that is still to come today. Later in the
//!   day it is put off by as much as it is later, to the next quarter of an hour, if need be into the night.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::offset::offset_in;

/// How far back the scene reaches: to the morning of the day before, when the oldest of its cases came in.
const RECENT: TimeDelta = TimeDelta::hours(30);

/// Appointments begin at a quarter of an hour.
const QUARTER: i64 = 15;

/// The present moment of a sample, and the one it is to be shown at.
#[derive(Clone, Copy, Debug)]
pub struct Live {
    then: DateTime<Tz>,
    now: DateTime<Tz>,
}

impl Live {
    /// What is so long before or after `then` is to be so long before or after `now`, both on the same clock.
    pub fn new(then: DateTime<Tz>, now: DateTime<Tz>) -> Self {
        Self { then, now }
    }

    /// Where the moment moves to, if it belongs to the scene.
    pub fn moved(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let local = at.with_timezone(&self.then.timezone()).naive_local();
        if at <= self.then {
            let recent = at >= self.then - RECENT;
            return recent.then(|| at + (self.now.to_utc() - self.then.to_utc()));
        }
        let later = self.now.time() - self.then.time();
        if local.date() != self.then.date_naive() || later <= TimeDelta::zero() {
            return None;
        }
        let quarters = (later.num_minutes() + QUARTER - 1) / QUARTER;
        let put_off = self.now.date_naive().and_time(local.time()) + TimeDelta::minutes(quarters * QUARTER);
        Some(DateTime::from_naive_utc_and_offset(put_off - offset_in(self.now.timezone(), put_off), Utc))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{NaiveDateTime, TimeZone};

    fn berlin(text: &str) -> DateTime<Tz> {
        let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        Tz::Europe__Berlin.from_local_datetime(&local).earliest().unwrap()
    }

    /// Where a moment is when the sample of 21 November, half past one, is shown at `now`; `-` where it is no part of
    /// the scene.
    fn check(now: &str, cases: &[(&str, &str)]) {
        let live = Live::new(berlin("2026-11-21 13:30"), berlin(now));
        for (at, expect) in cases {
            let moved = live.moved(berlin(at).to_utc());
            let local =
                |at: DateTime<Utc>| at.with_timezone(&Tz::Europe__Berlin).format("%m-%d %H:%M").to_string();
            assert_eq!(moved.map_or("-".to_owned(), local), *expect, "{at} shown at {now}");
        }
    }

    #[test]
    fn what_just_happened_keeps_its_distance() {
        check(
            "2026-11-21 13:30",
            &[("2026-11-21 05:42", "11-21 05:42"), ("2026-11-20 09:10", "11-20 09:10")],
        );
        check(
            "2026-11-22 03:00",
            &[("2026-11-21 05:42", "11-21 19:12"), ("2026-11-21 13:30", "11-22 03:00")],
        );
        check(
            "2026-12-31 23:50",
            &[("2026-11-21 05:42", "12-31 16:02"), ("2026-11-20 22:15", "12-31 08:35")],
        );
    }

    #[test]
    fn by_instants_where_clocks_are_changed() {
        // Seven hours and 48 minutes before, though clocks went from two to three meanwhile…
        check("2027-03-28 08:00", &[("2026-11-21 05:42", "03-27 23:12")]);
        // … and back from three to two.
        check("2027-10-31 08:00", &[("2026-11-21 05:42", "10-31 01:12")]);
    }

    #[test]
    fn what_is_to_come_today_stays_or_is_put_off() {
        for early in ["2026-11-23 00:00", "2026-11-23 09:00", "2026-11-23 13:30"] {
            check(early, &[("2026-11-21 14:00", "-"), ("2026-11-21 16:30", "-")]);
        }
        check(
            "2026-11-23 13:31",
            &[("2026-11-21 14:00", "11-23 14:15"), ("2026-11-21 16:30", "11-23 16:45")],
        );
        check(
            "2026-11-23 19:00",
            &[("2026-11-21 14:00", "11-23 19:30"), ("2026-11-21 16:30", "11-23 22:00")],
        );
        check(
            "2026-12-31 23:50",
            &[("2026-11-21 14:00", "01-01 00:30"), ("2026-11-21 16:30", "01-01 03:00")],
        );
    }

    #[test]
    fn the_rest_is_no_part_of_the_scene() {
        let rest = ["2026-11-20 07:29", "2026-11-22 00:00", "2026-11-23 14:00", "2026-10-01 12:00"];
        check("2026-11-23 19:00", &rest.map(|at| (at, "-")));
    }
}
