//! The two clocks of a case: to the first answer, and to the solution.

use super::policy::{Policies, Policy};
use crate::base::{Now, Span};
use crate::model::{Book, Moment, Record};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;

/// What a clock runs towards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Goal {
    /// The first answer by a person.
    Response,
    /// The solution.
    Resolution,
}

/// How a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// The time is over and the goal not reached.
    Breached,
    /// Little time is left: less than the policy's `warn_before`, else a quarter of the target or an hour.
    Soon,
    /// There is time.
    Ok,
    /// It stands still while others are waited for.
    Paused,
    /// The goal was reached late.
    Missed,
    /// The goal was reached in time.
    Met,
}

/// One clock of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// What it runs towards.
    pub goal: Goal,
    /// When its time is over, were the case to go on as it is.
    pub due: DateTime<Utc>,
    /// The working time left, negative once it is over; as of the moment the goal was reached, if it was.
    pub left: TimeDelta,
    /// How it stands.
    pub state: State,
    /// Whether it is running at this moment: not reached, not paused, within working hours.
    pub running: bool,
    /// When `state` becomes worse by itself.
    pub turns: Option<DateTime<Utc>>,
}

/// The clocks of a case.
#[derive(Debug, Clone, Default)]
pub struct Clocks {
    /// The policy that holds.
    pub policy: Option<Arc<Policy>>,
    /// To the first answer.
    pub response: Option<Clock>,
    /// To the solution.
    pub resolution: Option<Clock>,
}

impl Clocks {
    /// The clocks of a case's record.
    pub fn of(book: &Book, policies: &Policies, case: &Record, now: Now) -> Self {
        let policy = policies.of_case(book, case);
        let wait = Wait::of(policy, case, now);
        let target = policy.and_then(|policy| policy.target(case.text("priority")));
        let ended = |field: &str| case.moment(field).map(|at| at.start(now.zone));
        let resolved = ended("resolved_at").or_else(|| ended("closed_at"));
        let closed = matches!(case.text("status"), "resolved" | "closed");
        let resolved = resolved.filter(|_| closed || !case.has("status"));
        // A case that was solved without an answer before was answered by its solution.
        let answered = ended("first_response_at").or(resolved);
        let make = |goal, promised: &str, span: Option<Span>, reached: Option<DateTime<Utc>>| {
            // A closed case that does not say when it was solved has no clocks that could tell anything.
            if closed && reached.is_none() {
                return None;
            }
            let due = Promise::of(policy, case, promised, span, now)?;
            Some(due.clock(goal, reached, &wait, now))
        };
        Self {
            response: make(Goal::Response, "response_by", target.and_then(|t| t.response), answered),
            resolution: make(Goal::Resolution, "resolution_by", target.and_then(|t| t.resolution), resolved),
            policy: policy.cloned(),
        }
    }

    /// The one that matters now: of those whose goal is not reached, the one that is over first.
    pub fn current(&self) -> Option<&Clock> {
        let open = self.both().filter(|clock| !matches!(clock.state, State::Met | State::Missed));
        open.min_by_key(|clock| (clock.due, clock.goal))
    }

    /// Both, as far as there are.
    pub fn both(&self) -> impl Iterator<Item = &Clock> {
        self.response.iter().chain(&self.resolution)
    }

    /// Whether a promise is broken: a clock is over, or was when its goal was reached.
    pub fn is_breached(&self) -> bool {
        self.both().any(|clock| matches!(clock.state, State::Breached | State::Missed))
    }
}

/// How long the clocks of a case have stood still.
struct Wait {
    /// In earlier waits, working time.
    before: TimeDelta,
    /// Since when they stand still now.
    since: Option<DateTime<Utc>>,
}

impl Wait {
    fn of(policy: Option<&Arc<Policy>>, case: &Record, now: Now) -> Self {
        let paused = policy.is_some_and(|policy| policy.pauses_on(case.text("status")));
        let since = || case.moment("waiting_since").map_or(now.utc, |at| at.start(now.zone).min(now.utc));
        Self { before: case.span("paused_for").unwrap_or_default().to_delta(), since: paused.then(since) }
    }
}

/// What the customer was told.
enum Promise<'a> {
    /// An instant, written into the case by hand; waits do not move it.
    By(DateTime<Utc>, Option<&'a Policy>),
    /// So much working time from an instant.
    Within(DateTime<Utc>, TimeDelta, &'a Policy),
}

impl<'a> Promise<'a> {
    fn of(
        policy: Option<&'a Arc<Policy>>,
        case: &Record,
        promised: &str,
        span: Option<Span>,
        now: Now,
    ) -> Option<Self> {
        if let Some(by) = case.moment(promised) {
            return Some(Self::By(by.end(now.zone), policy.map(|p| &**p)));
        }
        let opened = case.moment("opened_at").map(|at: Moment| at.start(now.zone))?;
        Some(Self::Within(opened, span?.to_delta(), policy?))
    }

    fn clock(self, goal: Goal, reached: Option<DateTime<Utc>>, wait: &Wait, now: Now) -> Clock {
        // A clock is read at the moment its goal was reached, else when it was stopped, else now.
        let since = wait.since.filter(|_| reached.is_none());
        let (due, left, target, policy, paused) = match self {
            Self::By(due, policy) => {
                let at = reached.unwrap_or(now.utc);
                let left = policy.map_or(due - at, |policy| policy.hours.between(at, due));
                (due, left, TimeDelta::zero(), policy, false)
            }
            Self::Within(opened, target, policy) => {
                let hours = &policy.hours;
                let at = reached.or(since).unwrap_or(now.utc);
                // Waits after the first answer cannot have delayed it.
                let before =
                    if goal == Goal::Response && reached.is_some() { TimeDelta::zero() } else { wait.before };
                let left = target + before - hours.between(opened, at);
                // What was over before the wait stays over.
                let wait = since.filter(|_| left > TimeDelta::zero());
                let whole = target + before + wait.map_or(TimeDelta::zero(), |s| hours.between(s, now.utc));
                let due = hours.after(opened, whole).unwrap_or(DateTime::<Utc>::MAX_UTC);
                (due, left, target, Some(policy), since.is_some())
            }
        };
        let late = match reached {
            Some(at) => due < at,
            None => left < TimeDelta::zero() || (!paused && due <= now.utc),
        };
        let warn = policy.and_then(|policy| policy.warn_before).map(Span::to_delta);
        let warn = warn.unwrap_or_else(|| (target / 4).max(TimeDelta::hours(1)));
        let state = match (reached.is_some(), late) {
            (true, true) => State::Missed,
            (true, false) => State::Met,
            (false, true) => State::Breached,
            (false, false) if paused => State::Paused,
            (false, false) if left <= warn => State::Soon,
            (false, false) => State::Ok,
        };
        let running = reached.is_none() && !paused && policy.is_none_or(|p| p.hours.is_running(now.utc));
        let turns = match state {
            State::Ok => match policy {
                Some(policy) => policy.hours.after(now.utc, left - warn),
                None => Some(due - warn),
            },
            State::Soon => Some(due),
            _ => None,
        };
        Clock { goal, due, left, state, running, turns }
    }
}

/// What `paused_for` of a case is to be once it leaves its wait: the working time of this one and all before.
/// `None` where its clocks do not stand still.
pub fn paused_after_wait(book: &Book, case: &Record, now: Now) -> Option<Span> {
    let policies = Policies::of(book);
    let policy = policies.of_case(book, case)?;
    let wait = Wait::of(Some(policy), case, now);
    let whole = wait.before + policy.hours.between(wait.since?, now.utc);
    Span::from_minutes(u64::try_from(whole.num_minutes()).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::show::countdown;
    use crate::crm::testing::{book, now, reference};

    const POLICIES: &str = "
sla_policies/office:
  default: true
  pauses_on: [waiting_customer]
  warn_before: 2h
  business_hours:
  - {day: mon, from: '08:00', to: '17:00'}
  - {day: tue, from: '08:00', to: '17:00'}
  - {day: fri, from: '08:00', to: '15:00'}
  targets: [{priority: high, response: 4h, resolution: 16h}, {priority: normal, response: 8h}]
sla_policies/always:
  pauses_on: [waiting_customer]
  targets: [{priority: high, response: 2h, resolution: 8h}]
";

    /// `response | resolution`, each as state, countdown, due day and hour, `>` while running.
    fn check(case: &str, at: &str, expect: &str) {
        let book = book(&format!("{POLICIES}cases/c: {{{case}}}\n"));
        let record = book.get(&reference("cases/c")).unwrap();
        let clocks = Clocks::of(&book, &Policies::of(&book), record, now(at));
        let tell = |clock: &Option<Clock>| match clock {
            Some(clock) => {
                let due = clock.due.with_timezone(&now(at).zone).format("%d %H:%M");
                format!(
                    "{:?} {} {due}{}",
                    clock.state,
                    countdown(clock.left),
                    if clock.running { " >" } else { "" }
                )
            }
            None => "-".into(),
        };
        assert_eq!(
            format!("{} | {}", tell(&clocks.response), tell(&clocks.resolution)),
            expect,
            "{case} at {at}"
        );
    }

    #[test]
    fn around_the_clock() {
        let case = "sla_policy: always, priority: high, status: open, opened_at: 2026-11-21T05:42+01:00";
        check(case, "2026-11-21 06:00", "Ok 1:42 21 07:42 > | Ok 7:42 21 13:42 >");
        check(case, "2026-11-21 06:42", "Soon 1:00 21 07:42 > | Ok 7:00 21 13:42 >");
        check(case, "2026-11-21 08:42", "Breached -1:00 21 07:42 > | Ok 5:00 21 13:42 >");
        check(case, "2026-11-21 11:42", "Breached -4:00 21 07:42 > | Soon 2:00 21 13:42 >");
        let answered = format!("{case}, first_response_at: 2026-11-21T05:58+01:00");
        check(&answered, "2026-11-21 13:30", "Met 1:44 21 07:42 | Soon 0:12 21 13:42 >");
        check(&answered, "2026-11-21 13:42", "Met 1:44 21 07:42 | Breached 0:00 21 13:42 >");
        check(
            &format!("{case}, first_response_at: 2026-11-21T09:42+01:00"),
            "2026-11-21 10:00",
            "Missed -2:00 21 07:42 | Ok 3:42 21 13:42 >",
        );
    }

    #[test]
    fn in_working_hours() {
        let case = "priority: high, status: new, opened_at: 2026-11-20T14:00+01:00";
        check(case, "2026-11-20 14:30", "Ok 3:30 23 11:00 > | Ok 15:30 24 14:00 >");
        check(case, "2026-11-21 12:00", "Ok 3:00 23 11:00 | Ok 15:00 24 14:00");
        check(case, "2026-11-23 09:00", "Soon 2:00 23 11:00 > | Ok 14:00 24 14:00 >");
        check("status: new, opened_at: 2026-11-23T08:00+01:00", "2026-11-23 09:00", "Ok 7:00 23 16:00 > | -");
        check("status: new, priority: low, opened_at: 2026-11-23T08:00+01:00", "2026-11-23 09:00", "- | -");
        check("status: new", "2026-11-23 09:00", "- | -");
    }

    #[test]
    fn waiting_stops_the_clocks() {
        let case = "priority: high, opened_at: 2026-11-23T08:00+01:00, first_response_at: 2026-11-23T09:00+01:00, status: waiting_customer, waiting_since: 2026-11-23T10:00+01:00";
        check(case, "2026-11-23 10:00", "Met 3:00 23 12:00 | Paused 14:00 24 15:00");
        check(case, "2026-11-23 16:00", "Met 3:00 23 12:00 | Paused 14:00 27 12:00");
        check(
            "priority: high, opened_at: 2026-11-23T08:00+01:00, first_response_at: 2026-11-23T09:00+01:00, status: open, paused_for: 6h",
            "2026-11-23 16:00",
            "Met 3:00 23 12:00 | Ok 14:00 27 12:00 >",
        );
        // The policy does not pause on this one.
        check(
            "priority: high, opened_at: 2026-11-23T08:00+01:00, first_response_at: 2026-11-23T09:00+01:00, status: on_hold, waiting_since: 2026-11-23T10:00+01:00",
            "2026-11-23 16:00",
            "Met 3:00 23 12:00 | Ok 8:00 24 15:00 >",
        );
        // What was over before the wait stays over.
        check(
            "priority: high, opened_at: 2026-11-16T08:00+01:00, status: waiting_customer, waiting_since: 2026-11-23T10:00+01:00",
            "2026-11-23 16:00",
            "Breached -23:00 16 12:00 | Breached -11:00 17 15:00",
        );
    }

    #[test]
    fn solved_cases() {
        let case = "priority: high, opened_at: 2026-11-23T08:00+01:00, status: resolved";
        check(
            &format!("{case}, resolved_at: 2026-11-23T10:00+01:00"),
            "2026-12-01 10:00",
            "Met 2:00 23 12:00 | Met 14:00 24 15:00",
        );
        check(
            &format!("{case}, resolved_at: 2026-11-24T16:00+01:00"),
            "2026-12-01 10:00",
            "Missed -13:00 23 12:00 | Missed -1:00 24 15:00",
        );
        check(case, "2026-12-01 10:00", "- | -");
        // Reopened: the old solution does not count.
        check(
            "priority: high, opened_at: 2026-11-23T08:00+01:00, status: open, first_response_at: 2026-11-23T08:00+01:00, resolved_at: 2026-11-23T10:00+01:00",
            "2026-11-23 11:00",
            "Met 4:00 23 12:00 | Ok 13:00 24 15:00 >",
        );
    }

    #[test]
    fn a_promise_by_hand_is_kept_whatever_the_policy_says() {
        let case = "priority: high, opened_at: 2026-11-23T08:00+01:00, first_response_at: 2026-11-23T08:00+01:00, status: waiting_customer, resolution_by: 2026-11-23";
        check(case, "2026-11-23 14:00", "Met 4:00 23 12:00 | Ok 3:00 24 00:00 >");
        check(case, "2026-11-23 15:30", "Met 4:00 23 12:00 | Soon 1:30 24 00:00 >");
        check(case, "2026-11-24 09:00", "Met 4:00 23 12:00 | Breached -1:00 24 00:00 >");
    }

    #[test]
    fn the_earlier_open_clock_matters() {
        let book =
            book(&format!("{POLICIES}cases/c: {{priority: high, opened_at: 2026-11-23T08:00+01:00}}\n"));
        let record = book.get(&reference("cases/c")).unwrap();
        let clocks = Clocks::of(&book, &Policies::of(&book), record, now("2026-11-23 09:00"));
        assert_eq!(clocks.current().unwrap().goal, Goal::Response);
        assert!(!clocks.is_breached());
        assert_eq!(clocks.current().unwrap().turns, Some(crate::crm::testing::utc("2026-11-23 10:00")));
    }

    #[test]
    fn waits_add_up() {
        let book = book(&format!(
            "{POLICIES}cases/c: {{status: waiting_customer, paused_for: 1h, waiting_since: 2026-11-23T16:00+01:00}}\ncases/d: {{status: open}}\n"
        ));
        let after = |id: &str| {
            let case = book.get(&reference(id)).unwrap();
            paused_after_wait(&book, case, now("2026-11-24 09:00")).map(|span| span.to_string())
        };
        assert_eq!((after("cases/c").as_deref(), after("cases/d")), (Some("3h"), None));
    }
}
