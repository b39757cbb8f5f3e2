//! What wants attention before anybody asks: deals that rot, slip or have nothing planned, deals about to close,
//! contracts about to end.

use super::deal::{Planned, Warning};
use super::pipeline::Pipelines;
use super::{Deal, Whose};
use crate::base::Now;
use crate::model::{Book, Record};
use chrono::{NaiveDate, TimeDelta};
use std::cmp::Reverse;

/// Open deals that want attention.
#[derive(Debug, Clone, Default)]
pub struct Attention {
    /// Those with a warning, each with its warnings; the longest in their stage first.
    pub deals: Vec<(Deal, Vec<Warning>)>,
    /// Those expected to close within two weeks, the next one first.
    pub closing_soon: Vec<Deal>,
}

/// How far ahead a decision is "soon".
const SOON: TimeDelta = TimeDelta::days(14);

/// How far ahead the end of a contract matters.
const ENDING: TimeDelta = TimeDelta::days(60);

impl Attention {
    /// How many deals have this warning.
    pub fn count(&self, warning: Warning) -> usize {
        self.deals.iter().filter(|(_, warnings)| warnings.contains(&warning)).count()
    }
}

/// The open deals that are `whose` and want attention.
pub fn attention(book: &Book, whose: &Whose, now: Now) -> Attention {
    let (pipelines, planned) = (Pipelines::of(book), Planned::of(book));
    let today = now.today();
    let mut attention = Attention::default();
    for record in pipelines.open_deals(book).filter(|deal| whose.owns(deal)) {
        let deal = Deal::of_many(book, &pipelines, &planned, record, now);
        if deal.close_date.is_some_and(|day| today <= day && day <= today + SOON) {
            attention.closing_soon.push(deal.clone());
        }
        let warnings = deal.warnings(now);
        if !warnings.is_empty() {
            attention.deals.push((deal, warnings));
        }
    }
    attention.closing_soon.sort_by(|a, b| Deal::by_close_date(book, a, b));
    attention
        .deals
        .sort_by_cached_key(|(deal, _)| (Reverse(deal.days_in_stage), deal.record.reference.id.clone()));
    attention
}

/// The end of a running contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// The day to act by: the last day to give notice, else its end.
    pub by: NaiveDate,
    /// Whether an open deal renews it.
    pub renewing: bool,
}

/// Whether the contract ends soon: a day ahead of us, within sixty days.
pub(super) fn ending(book: &Book, pipelines: &Pipelines, contract: &Record, now: Now) -> Option<Ending> {
    let today = now.today();
    let ahead = |field: &str| contract.date(field).filter(|day| today <= *day && *day <= today + ENDING);
    let by = ahead("notice_by").or_else(|| ahead("end_date"))?;
    let mut deals = book.linking(&contract.reference, "opportunities", "contract");
    let renewing = deals.any(|deal| {
        let later = deal.moment("closed_at").is_some_and(|at| at.start(now.zone) > now.utc);
        later || pipelines.stage_of(deal).is_some_and(|stage| stage.is_open())
    });
    Some(Ending { by, renewing })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::{book, ids, now, reference, sample};

    const BOOK: &str = "
pipelines/new: {stages: [{id: q, rot_after: 21d}, {id: won, kind: won}]}
opportunities/fine: {pipeline: new, stage: q, stage_since: 2026-11-20, next_step: call, close_date: 2026-12-05}
opportunities/rotten: {pipeline: new, stage: q, stage_since: 2026-10-01, next_step: call, close_date: 2026-12-06}
opportunities/idle: {pipeline: new, stage: q, stage_since: 2026-11-01}
opportunities/late: {pipeline: new, stage: q, close_date: 2026-11-20, next_step: call, contract: soon}
opportunities/won: {pipeline: new, stage: won, stage_since: 2026-10-01, contract: later}
contracts/soon: {status: active, end_date: 2026-12-31}
contracts/notice: {status: active, notice_by: 2026-11-30, end_date: 2027-02-28}
contracts/missed: {status: active, notice_by: 2026-10-30, end_date: 2026-12-31}
contracts/far: {status: active, end_date: 2027-12-31}
";

    #[test]
    fn deals() {
        let found = attention(&book(BOOK), &Whose::Everyone, now("2026-11-21 13:00"));
        assert_eq!(ids(found.deals.iter().map(|(d, _)| &d.record)), "rotten idle late");
        assert_eq!(ids(found.closing_soon.iter().map(|d| &d.record)), "fine");
        let counts =
            [Warning::Rotting, Warning::NoNextStep, Warning::CloseDatePassed].map(|w| found.count(w));
        assert_eq!(counts, [1, 1, 1]);
    }

    #[test]
    fn contracts() {
        let (book, now) = (book(BOOK), now("2026-11-21 13:00"));
        let check = |id: &str, expect: Option<(&str, bool)>| {
            let contract = book.get(&reference(&format!("contracts/{id}"))).unwrap();
            let found = ending(&book, &Pipelines::of(&book), contract, now);
            let expect = expect.map(|(by, renewing)| Ending { by: by.parse().unwrap(), renewing });
            assert_eq!(found, expect, "{id}");
        };
        check("soon", Some(("2026-12-31", true)));
        check("notice", Some(("2026-11-30", false)));
        check("missed", Some(("2026-12-31", false)));
        check("far", None);
    }

    #[test]
    fn the_sample_has_rotting_deals() {
        let found = attention(&sample(), &Whose::Everyone, now("2026-11-21 13:30"));
        assert!(found.count(Warning::Rotting) > 0 && found.count(Warning::NoNextStep) > 0);
    }
}
