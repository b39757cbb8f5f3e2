//! The scene of the sample's present moment holds whenever the demo is made.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use rayon::prelude::*;

use super::save::groundwork;
use super::{sample, story};
use crate::base::Now;
use crate::crm::Whose;
use crate::crm::due::agenda;
use crate::crm::sla::{Case, Goal, Pick, State, cases};
use crate::model::validate::findings;
use crate::model::{Book, Scope, Severity};
use crate::workspace::load;

/// Working days and nights, a weekend, a year's end, and both days on which clocks are changed.
const MOMENTS: &[&str] = &[
    "2026-11-21 13:30",
    "2026-11-24 12:00",
    "2026-11-26 00:00",
    "2026-11-22 03:00",
    "2026-12-31 23:50",
    "2027-01-01 00:05",
    "2027-03-28 01:59",
    "2027-03-28 09:00",
    "2027-10-31 02:30",
    "2027-10-31 20:00",
    "2028-02-29 17:45",
    "2026-06-03 08:10",
];

fn berlin(text: &str) -> DateTime<Utc> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    Tz::Europe__Berlin.from_local_datetime(&local).earliest().unwrap().to_utc()
}

/// The sample's records as they are at each of the moments.
static SHOWN: LazyLock<Vec<(Book, Now, &str)>> = LazyLock::new(|| {
    let shown = MOMENTS.par_iter().map(|at| {
        let files = sample::at(berlin(at));
        let (schema, settings) = groundwork(&files);
        let records = files.iter().filter_map(|(path, bytes)| load::record(&schema, path, bytes).ok());
        let book = Book::new(schema.clone(), settings, records.collect(), Vec::new());
        let now = Now::new(berlin(at), book.settings().zone());
        (book, now, *at)
    });
    shown.collect()
});

fn at_each(check: impl Fn(&Book, Now, &str)) {
    SHOWN.iter().for_each(|(book, now, at)| check(book, *now, at));
}

fn numbered<'a>(cases: &'a [Case], number: &str) -> &'a Case {
    cases.iter().find(|case| case.record.text("number") == number).unwrap()
}

#[test]
fn nothing_is_wrong_with_it() {
    at_each(|book, _, at| {
        for record in book.records() {
            let scope = Scope::of(book, record).unwrap();
            let found = findings(&scope, &record.reference);
            let wrong: Vec<_> = found.iter().filter(|f| f.severity != Severity::Hint).collect();
            assert!(wrong.is_empty(), "{} at {at}: {wrong:#?}", record.reference);
        }
    });
}

#[test]
fn the_clocks_stand_as_they_stood() {
    at_each(|book, now, at| {
        let cases = cases(book, &Pick::default(), now);
        for (number, goal, minutes) in [
            ("K7F3Q", Goal::Resolution, 12),
            ("M2X9P", Goal::Resolution, 160),
            ("X9B5J", Goal::Response, 200),
            ("R8T1W", Goal::Resolution, 245),
        ] {
            let clock = numbered(&cases, number).clock().unwrap();
            let left = TimeDelta::minutes(minutes);
            let paused = clock.state == State::Paused;
            assert_eq!((clock.goal, clock.left, clock.running), (goal, left, !paused), "{number} at {at}");
        }
        assert_eq!(numbered(&cases, "K7F3Q").clock().unwrap().state, State::Soon, "{at}");
        assert_eq!(numbered(&cases, "Q4D8N").clock().unwrap().state, State::Breached, "{at}");
        let late =
            cases.iter().filter(|case| case.clock().is_some_and(|c| c.state == State::Breached)).count();
        assert!((1..=5).contains(&late), "{late} are over time at {at}");
    });
}

#[test]
fn there_is_something_to_do() {
    at_each(|book, now, at| {
        let lena = Whose::User("lena".parse().unwrap());
        let agenda = agenda(book, &lena, now);
        assert_eq!(agenda.overdue.len(), 3, "{at}");
        let soon = agenda
            .shown()
            .filter(|due| due.over > now.utc && due.when.start(now.zone) < now.utc + TimeDelta::hours(17));
        let soon: Vec<_> = soon.map(|due| due.record.text("subject").to_owned()).collect();
        assert_eq!(soon[..2], ["Weekly demo", "Contract questions"], "{at}");
    });
}

#[test]
fn nothing_has_happened_that_is_still_to_come() {
    at_each(|book, now, at| {
        let done = book.of_type("activity").iter().filter(|a| a.text("status") == "done");
        for activity in done {
            let when = activity.moment("done_at").or(activity.moment("due")).unwrap().start(now.zone);
            assert!(when <= now.utc, "{} at {at}: {when}", activity.reference);
        }
        for case in book.of_type("case") {
            for field in ["opened_at", "first_response_at", "waiting_since", "resolved_at", "closed_at"] {
                let when = case.moment(field).map(|moment| moment.start(now.zone));
                assert!(when.is_none_or(|when| when <= now.utc), "{} {field} at {at}", case.reference);
            }
        }
    });
}

#[test]
fn the_history_ends_with_it() {
    for at in ["2026-11-22 03:00", "2026-12-31 23:50", "2027-03-28 09:00"] {
        let now = berlin(at);
        let saves = story::story(&sample::at(now), now);
        assert!(saves.is_sorted_by_key(|save| save.at), "{at}");
        let last: Vec<_> = saves.iter().rev().take(8).map(|save| save.at).collect();
        assert!(last[0] <= now && last[0] > now - TimeDelta::hours(2), "{at}: {last:?}");
        // They are spread over the last hours and not heaped up at the end.
        assert!(last[7] < last[0] - TimeDelta::hours(1), "{at}: {last:?}");
    }
}
