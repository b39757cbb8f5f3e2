//! How well an account is doing, as a number from 0 to 100 with its reasons.
//!
//! It starts at 100 and loses points:
//! - 15 for each open case whose promise is broken, at most 30;
//! - 5 for each open case of high or urgent priority besides, at most 10;
//! - 10 when the last activity was done more than 30 days ago, 20 after 90 days, 30 after 180 or when there was none;
//! - 10 for each open deal that rots, at most 20;
//! - 15 when a contract ends within 60 days and no open deal renews it; 40 when notice was given.
//!
//! Its trend is the score now less the score 30 days ago, by the same rule over the same records as their dates say they
//! were then: without the cases, answers, activities and contracts that came later, with what was closed later still
//! open. What has no date counts as it is now, so a deal that has changed its stage since counts as not rotting then.

use super::attention::ending;
use super::pipeline::Pipelines;
use super::sla::Case;
use super::{Deal, timeline};
use crate::base::Now;
use crate::model::{Book, Moment, Record};
use std::sync::Arc;

/// An account's health.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// 0 to 100.
    pub score: u8,
    /// What it lost points for, the most first.
    pub reasons: Vec<(u8, Reason)>,
}

/// Why points were lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// So many open cases with a broken promise.
    BrokenPromises(usize),
    /// So many other open cases of high or urgent priority.
    SeriousCases(usize),
    /// Nothing was done for so many days; `None` if nothing ever was.
    Silence(Option<i64>),
    /// So many open deals rot.
    RottingDeals(usize),
    /// A contract ends soon and nobody renews it.
    ContractEnding,
    /// Notice was given.
    NoticeGiven,
}

/// The health of an account with these open cases, open deals, contracts and activities.
pub fn health(
    book: &Book,
    cases: &[Case],
    deals: &[Deal],
    contracts: &[Arc<Record>],
    activities: &[&Arc<Record>],
    now: Now,
) -> Health {
    let broken = cases.iter().filter(|case| case.clocks.is_breached()).count();
    let serious = |case: &&Case| matches!(case.record.text("priority"), "high" | "urgent");
    let serious = cases.iter().filter(serious).filter(|case| !case.clocks.is_breached()).count();
    let rotting = deals.iter().filter(|deal| deal.is_rotting()).count();
    let done = activities.iter().filter(|a| a.text("status") == "done");
    let days = done.filter_map(|a| timeline::done(a)).map(|at: Moment| at.day_in(now.zone));
    let last = days.filter(|day| *day <= now.today()).max();
    let silence = last.map(|day| (now.today() - day).num_days());
    let pipelines = Pipelines::of(book);
    let unrenewed = |c: &Arc<Record>| ending(book, &pipelines, c, now).is_some_and(|e| !e.renewing);
    let running = || contracts.iter().filter(|c| matches!(c.text("status"), "active" | "notice_given"));
    let points = |count: usize, each: usize, most: usize| (count * each).min(most) as u8;
    let losses = [
        (points(broken, 15, 30), Reason::BrokenPromises(broken)),
        (points(serious, 5, 10), Reason::SeriousCases(serious)),
        (
            match silence {
                Some(..=30) => 0,
                Some(..=90) => 10,
                Some(..=180) => 20,
                _ => 30,
            },
            Reason::Silence(silence),
        ),
        (points(rotting, 10, 20), Reason::RottingDeals(rotting)),
        (if running().any(unrenewed) { 15 } else { 0 }, Reason::ContractEnding),
        (if running().any(|c| c.text("status") == "notice_given") { 40 } else { 0 }, Reason::NoticeGiven),
    ];
    let mut reasons: Vec<_> = losses.into_iter().filter(|(points, _)| *points > 0).collect();
    reasons.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let lost = reasons.iter().map(|(points, _)| u16::from(*points)).sum::<u16>();
    Health { score: 100u16.saturating_sub(lost) as u8, reasons }
}
