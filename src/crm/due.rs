//! Activities that are due: overdue, today, soon.

use super::{Whose, look};
use crate::base::Now;
use crate::model::{Book, Moment, Record};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::sync::Arc;

/// A planned activity and when it is due.
#[derive(Debug, Clone)]
pub struct Due {
    /// Its record.
    pub record: Arc<Record>,
    /// When it is due.
    pub when: Moment,
    /// When it counts as overdue: after its day, or after its time and duration.
    pub over: DateTime<Utc>,
    /// The day it is due, here.
    pub day: NaiveDate,
}

/// Planned activities by when they are due.
#[derive(Debug, Clone, Default)]
pub struct Agenda {
    /// What should have been done, the longest overdue first.
    pub overdue: Vec<Due>,
    /// The rest of today: all-day ones by priority, then by time.
    pub today: Vec<Due>,
    /// The coming seven days.
    pub upcoming: Vec<Due>,
    /// How many are due later.
    pub later: usize,
    /// Planned ones without a date that can be read.
    pub undated: Vec<Arc<Record>>,
}

/// How far ahead "upcoming" looks.
const AHEAD: TimeDelta = TimeDelta::days(7);

impl Due {
    /// When the activity is due; `None` without a date.
    pub fn of(record: &Arc<Record>, now: Now) -> Option<Self> {
        let when = record.moment("due")?;
        let lasts = match when {
            Moment::At(_) => record.span("duration").unwrap_or_default().to_delta(),
            Moment::Day(_) => TimeDelta::zero(),
        };
        let end = when.end(now.zone);
        Some(Self {
            record: record.clone(),
            when,
            over: end.checked_add_signed(lasts).unwrap_or(end),
            day: when.day_in(now.zone),
        })
    }

    /// How long it has been overdue; `None` while it is not.
    pub fn overdue_by(&self, now: Now) -> Option<TimeDelta> {
        (self.over <= now.utc).then(|| now.utc - self.over)
    }

    /// Days from today: negative in the past.
    pub fn days_ahead(&self, now: Now) -> i64 {
        (self.day - now.today()).num_days()
    }

    /// Overdue and timed ones by time; all-day ones of a day come first, urgent before others.
    fn order(&self, now: Now) -> impl Ord + use<> {
        let all_day = matches!(self.when, Moment::Day(_));
        let priority = match self.record.text("priority") {
            "high" => 0,
            "low" => 2,
            _ => 1,
        };
        let rank = if all_day { priority } else { 3 };
        (self.day, rank, self.when.start(now.zone), self.record.reference.id.clone())
    }
}

/// The planned activities that are `whose`.
pub fn agenda(book: &Book, whose: &Whose, now: Now) -> Agenda {
    let mut agenda = Agenda::default();
    let today = now.today();
    for record in look::open(book, "activity").into_iter().filter(|record| whose.owns(record)) {
        let Some(due) = Due::of(record, now) else {
            agenda.undated.push(record.clone());
            continue;
        };
        match due.day {
            _ if due.over <= now.utc => agenda.overdue.push(due),
            day if day <= today => agenda.today.push(due),
            day if day <= today + AHEAD => agenda.upcoming.push(due),
            _ => agenda.later += 1,
        }
    }
    for list in [&mut agenda.overdue, &mut agenda.today, &mut agenda.upcoming] {
        list.sort_by_cached_key(|due| due.order(now));
    }
    agenda
}

impl Agenda {
    /// All that is shown, in order: overdue, today, upcoming.
    pub fn shown(&self) -> impl Iterator<Item = &Due> {
        self.overdue.iter().chain(&self.today).chain(&self.upcoming)
    }

    /// How many there are to do, ever.
    pub fn len(&self) -> usize {
        self.shown().count() + self.later + self.undated.len()
    }

    /// Whether nothing is planned at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The next instant at which something moves to another list: an activity's time is over, or a new day.
    pub fn next_change(&self, now: Now) -> DateTime<Utc> {
        let midnight = Moment::Day(now.today()).end(now.zone);
        self.today.iter().map(|due| due.over).filter(|over| *over > now.utc).fold(midnight, DateTime::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Id;
    use crate::crm::testing::{book, ids, now, sample, utc};

    const BOOK: &str = "
activities/a: {status: planned, due: 2026-11-19, owner: lena}
activities/b: {status: planned, due: 2026-11-20, owner: jonas, attendees: [lena]}
activities/c: {status: planned, due: 2026-11-21T14:00+01:00}
activities/d: {status: planned, due: 2026-11-21T13:00+01:00, duration: 45m}
activities/e: {status: planned, due: 2026-11-21T13:00+01:00, duration: 15m}
activities/f: {status: planned, due: 2026-11-21}
activities/g: {status: planned, due: 2026-11-21, priority: high}
activities/h: {status: planned, due: 2026-11-28}
activities/i: {status: planned, due: 2026-11-29}
activities/j: {status: planned}
activities/k: {status: done, due: 2026-11-21}
activities/l: {status: planned, due: 2026-11-21T23:30Z}
";

    fn check(whose: Whose, at: &str, expect: &str) {
        let agenda = agenda(&book(BOOK), &whose, now(at));
        let list = |dues: &[Due]| ids(dues.iter().map(|d| &d.record));
        let all = [list(&agenda.overdue), list(&agenda.today), list(&agenda.upcoming)].join(" | ");
        assert_eq!(format!("{all} | {} {}", agenda.later, ids(&agenda.undated)), expect);
    }

    #[test]
    fn lists() {
        check(Whose::Everyone, "2026-11-21 13:30", "a b e | g f d c | l h | 1 j");
        check(Whose::Everyone, "2026-11-22 00:00", "a b g f d e c | l | h i | 0 j");
        check(Whose::User(Id::new("lena").unwrap()), "2026-11-21 13:30", "a b |  |  | 0 ");
    }

    #[test]
    fn changes_when_something_is_over_and_at_midnight() {
        let book = book(BOOK);
        let next = |at: &str| agenda(&book, &Whose::Everyone, now(at)).next_change(now(at));
        assert_eq!(next("2026-11-21 13:30"), utc("2026-11-21 13:45"));
        assert_eq!(next("2026-11-21 13:45"), utc("2026-11-21 14:00"));
        assert_eq!(next("2026-11-21 14:00"), utc("2026-11-22 00:00"));
    }

    #[test]
    fn how_long_overdue() {
        let agenda = agenda(&book(BOOK), &Whose::Everyone, now("2026-11-21 13:30"));
        assert_eq!(agenda.overdue[0].overdue_by(now("2026-11-21 13:30")).unwrap().num_hours(), 37);
        assert_eq!(agenda.overdue[0].days_ahead(now("2026-11-21 13:30")), -2);
        assert_eq!(agenda.today[0].overdue_by(now("2026-11-21 13:30")), None);
    }

    #[test]
    fn the_sample_has_a_busy_day() {
        let agenda = agenda(&sample(), &Whose::Everyone, now("2026-11-21 13:30"));
        assert!(
            agenda.overdue.len() >= 2 && agenda.today.len() >= 2 && agenda.upcoming.len() >= 3,
            "{}",
            agenda.len()
        );
    }
}
