//! Cases in the order in which to take them.

use super::clock::{Clock, Clocks, State};
use super::policy::Policies;
use crate::base::{Id, Now};
use crate::crm::{Whose, look};
use crate::model::{Book, Record};
use chrono::{DateTime, TimeDelta, Utc};
use rayon::prelude::*;
use std::sync::Arc;

/// An open case with its clocks.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its record.
    pub record: Arc<Record>,
    /// Its clocks.
    pub clocks: Clocks,
}

/// Which open cases to look at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pick {
    /// Of whom.
    pub whose: Whose,
    /// In which queue; `None` for any.
    pub queue: Option<Id>,
}

impl Case {
    /// A case's record with its clocks.
    pub fn of(book: &Book, policies: &Policies, record: &Arc<Record>, now: Now) -> Self {
        Self { clocks: Clocks::of(book, policies, record, now), record: record.clone() }
    }

    /// The clock that matters now.
    pub fn clock(&self) -> Option<&Clock> {
        self.clocks.current()
    }

    /// Lower comes first: clocks that run by when they are over, then those that are stopped, then cases without
    /// a clock; among equals the higher priority, then the older case.
    fn urgency(&self, now: Now) -> impl Ord + use<> {
        let clock = self.clock();
        let group = match clock.map(|clock| clock.state) {
            Some(State::Paused) => 1,
            Some(_) => 0,
            None => 2,
        };
        let priority = match self.record.text("priority") {
            "urgent" => 0,
            "high" => 1,
            "low" => 3,
            _ => 2,
        };
        let when = match (group, clock) {
            (0, Some(clock)) => Some(clock.due),
            _ => None,
        };
        let left = clock.filter(|_| group == 1).map(|clock| clock.left);
        let opened = self.record.moment("opened_at").map(|at| at.start(now.zone));
        (group, when, left, priority, opened, self.record.reference.id.clone())
    }
}

/// The open cases that `pick` picks, the most urgent first.
pub fn cases(book: &Book, pick: &Pick, now: Now) -> Vec<Case> {
    let queue = |record: &Record| pick.queue.as_ref().is_none_or(|id| record.text("queue") == id.as_str());
    let open = look::open(book, "case").into_iter().filter(|case| pick.whose.owns(case) && queue(case));
    in_order(book, &open.cloned().collect::<Vec<_>>(), now)
}

/// These cases with their clocks, the most urgent first.
pub fn in_order(book: &Book, cases: &[Arc<Record>], now: Now) -> Vec<Case> {
    let policies = Policies::of(book);
    let with_clocks = |record| Case::of(book, &policies, record, now);
    let mut cases: Vec<Case> = cases.par_iter().map(with_clocks).collect();
    most_urgent_first(&mut cases, now);
    cases
}

/// Puts cases in the order in which to take them.
pub fn most_urgent_first(cases: &mut [Case], now: Now) {
    cases.sort_by_cached_key(|case| case.urgency(now));
}

/// The next instant at which one of these clocks reads differently: its minute passes, it starts or stops with the
/// working hours, or its state turns.
pub fn next_change<'a>(cases: impl IntoIterator<Item = &'a Case>, now: Now) -> Option<DateTime<Utc>> {
    let of_clock = |clocks: &Clocks, clock: &Clock| {
        let minute = || {
            // A countdown is rounded up before its end and down after it.
            let seconds = clock.left.num_seconds().rem_euclid(60);
            now.utc + TimeDelta::seconds(if seconds == 0 { 60 } else { seconds })
        };
        let hours = clocks.policy.as_ref().filter(|_| clock.state != State::Paused);
        let switch = hours.and_then(|policy| policy.hours.next_switch(now.utc));
        [clock.running.then(minute), switch, clock.turns].into_iter().flatten().min()
    };
    let changes = cases.into_iter().filter_map(|case| of_clock(&case.clocks, case.clock()?));
    changes.filter(|at| *at > now.utc).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::{book, ids, now, sample, utc};

    const BOOK: &str = "
sla_policies/always:
  default: true
  pauses_on: [waiting_customer]
  targets: [{priority: urgent, resolution: 1h}, {priority: high, resolution: 8h}, {priority: normal, resolution: 24h}]
cases/late: {priority: normal, status: open, opened_at: 2026-11-19T08:00+01:00, owner: lena}
cases/urgent: {priority: urgent, status: new, opened_at: 2026-11-21T13:00+01:00, queue: support}
cases/high: {priority: high, status: open, opened_at: 2026-11-21T12:00+01:00}
cases/waiting: {priority: urgent, status: waiting_customer, opened_at: 2026-11-21T12:00+01:00, waiting_since: 2026-11-21T12:10+01:00}
cases/waiting-less: {priority: urgent, status: waiting_customer, opened_at: 2026-11-21T12:00+01:00, waiting_since: 2026-11-21T12:40+01:00}
cases/low-old: {priority: low, status: open, opened_at: 2026-01-01}
cases/low-new: {priority: low, status: open, opened_at: 2026-11-01}
cases/done: {priority: urgent, status: resolved, opened_at: 2026-11-21T12:00+01:00}
";

    fn check(pick: Pick, expect: &str) {
        let found = cases(&book(BOOK), &pick, now("2026-11-21 13:30"));
        assert_eq!(ids(found.iter().map(|c| &c.record)), expect);
    }

    #[test]
    fn the_most_urgent_first() {
        check(Pick::default(), "late urgent high waiting-less waiting low-old low-new");
        check(Pick { queue: Id::new("support").ok(), ..Pick::default() }, "urgent");
        check(Pick { whose: Whose::User(Id::new("lena").unwrap()), queue: None }, "late");
    }

    #[test]
    fn the_screen_sleeps_until_a_minute_passes() {
        let book = book(BOOK);
        let at = Now { utc: utc("2026-11-21 13:30") + TimeDelta::seconds(20), ..now("2026-11-21 13:30") };
        let found = cases(&book, &Pick::default(), at);
        assert_eq!(next_change(&found, at), Some(utc("2026-11-21 13:31")));
        let waiting: Vec<_> =
            found.into_iter().filter(|c| c.clock().is_none_or(|c| c.state == State::Paused)).collect();
        assert_eq!(next_change(&waiting, at), None);
    }

    #[test]
    fn the_samples_morning() {
        let found = cases(&sample(), &Pick::default(), now("2026-11-21 13:30"));
        let shown = found.iter().filter_map(|case| {
            let clock = case.clock()?;
            let left = crate::base::show::countdown(clock.left);
            Some(format!("{} {left} {:?}", case.record.text("number"), clock.state))
        });
        let first: Vec<_> = shown.take(3).collect();
        assert_eq!(first, ["Q4D8N -11:15 Breached", "K7F3Q 0:12 Soon", "M2X9P 2:40 Ok"]);
    }
}
