//! One deal with what its stage, its dates and its planned activities say about it.

use super::pipeline::{Pipelines, Stage, StageKind};
use super::{Total, look};
use crate::base::fiscal::Quarter;
use crate::base::{Money, Now, Ref};
use crate::model::{Book, Moment, Record};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::cmp::Ordering;
use std::sync::Arc;

/// A deal.
#[derive(Debug, Clone)]
pub struct Deal {
    /// Its record.
    pub record: Arc<Record>,
    /// Its stage; `None` where the pipeline or the stage it names is unknown.
    pub stage: Option<Arc<Stage>>,
    /// What it is worth.
    pub amount: Option<Money>,
    /// Its own probability in percent, else its stage's.
    pub probability: Decimal,
    /// When the decision is expected.
    pub close_date: Option<NaiveDate>,
    /// The day it was won or lost.
    pub closed: Option<NaiveDate>,
    /// The days it has been in its stage.
    pub days_in_stage: Option<i64>,
    /// What happens next.
    pub next: Option<NextStep>,
}

/// What moves a deal on: its `next_step`, else the first planned activity about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStep {
    /// What.
    pub text: SmolStr,
    /// When.
    pub day: Option<NaiveDate>,
}

/// Why an open deal wants attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Warning {
    /// It has been in its stage for longer than the pipeline allows.
    Rotting,
    /// The day the decision was expected is past.
    CloseDatePassed,
    /// Nothing is planned.
    NoNextStep,
}

impl Deal {
    /// Reads a deal's record.
    pub fn of(book: &Book, pipelines: &Pipelines, record: &Arc<Record>, now: Now) -> Self {
        let planned = || {
            let activities = book.linking(&record.reference, "activities", "about");
            activities.filter(|activity| activity.text("status") == PLANNED).min_by_key(|a| day_due(a))
        };
        Self::read(book, pipelines, record, planned, now)
    }

    /// Reads one deal's record of many.
    pub fn of_many(
        book: &Book,
        pipelines: &Pipelines,
        planned: &Planned<'_>,
        record: &Arc<Record>,
        now: Now,
    ) -> Self {
        Self::read(book, pipelines, record, || planned.0.get(&record.reference).copied(), now)
    }

    fn read<'b>(
        book: &Book,
        pipelines: &Pipelines,
        record: &Arc<Record>,
        planned: impl FnOnce() -> Option<&'b Arc<Record>>,
        now: Now,
    ) -> Self {
        let stage = pipelines.stage_of(record).cloned();
        let open = stage.as_ref().is_none_or(|stage| stage.is_open());
        let today = now.today();
        let stage_probability = || stage.as_ref().map_or(Decimal::ZERO, |stage| stage.probability);
        Self {
            amount: record.money("amount", book.settings().currency()),
            probability: match record.percent("probability").filter(|_| open) {
                Some(percent) => percent,
                None => stage_probability(),
            },
            close_date: record.date("close_date"),
            closed: if open { None } else { closing_day(record, now) },
            days_in_stage: record.date("stage_since").map(|since| (today - since).num_days().max(0)),
            next: if open { next_step(record, planned, now) } else { None },
            stage,
            record: record.clone(),
        }
    }

    /// Whether it can still be won. A deal in an unknown stage is not written off.
    pub fn is_open(&self) -> bool {
        self.stage.as_ref().is_none_or(|stage| stage.is_open())
    }

    /// Whether it is won.
    pub fn is_won(&self) -> bool {
        self.stage.as_ref().is_some_and(|stage| stage.kind == StageKind::Won)
    }

    /// Whether it is lost.
    pub fn is_lost(&self) -> bool {
        self.stage.as_ref().is_some_and(|stage| stage.kind == StageKind::Lost)
    }

    /// Whether it has been in its stage for longer than the pipeline allows.
    pub fn is_rotting(&self) -> bool {
        let limit = self.stage.as_ref().filter(|stage| stage.is_open()).and_then(|stage| stage.rot_after);
        limit.zip(self.days_in_stage).is_some_and(|(limit, days)| days > i64::from(limit.days()))
    }

    /// Why it wants attention, the worst reason first; empty for a closed deal.
    pub fn warnings(&self, now: Now) -> Vec<Warning> {
        if !self.is_open() {
            return Vec::new();
        }
        let passed = self.close_date.is_some_and(|day| day < now.today());
        let all = [
            (self.is_rotting(), Warning::Rotting),
            (passed, Warning::CloseDatePassed),
            (self.next.is_none(), Warning::NoNextStep),
        ];
        all.into_iter().filter(|(true_of_it, _)| *true_of_it).map(|(_, warning)| warning).collect()
    }

    /// The order of a column of open deals: the next decision first, then the larger amount.
    pub fn by_close_date(book: &Book, a: &Self, b: &Self) -> Ordering {
        let day = |deal: &Self| deal.close_date.unwrap_or(NaiveDate::MAX);
        day(a).cmp(&day(b)).then_with(|| Self::by_amount(book, a, b))
    }

    /// The larger amount first.
    pub fn by_amount(book: &Book, a: &Self, b: &Self) -> Ordering {
        let rates = book.settings().rates();
        let worth = |deal: &Self| deal.amount.map_or(Decimal::MIN, |m| rates.to_base(&m).unwrap_or(m.amount));
        worth(b).cmp(&worth(a)).then_with(|| a.record.reference.cmp(&b.record.reference))
    }
}

/// The fiscal quarter it is.
pub fn this_quarter(book: &Book, now: Now) -> Quarter {
    Quarter::of(now.today(), book.settings().fiscal_year_start())
}

/// The total of these deals in the workspace's currency.
pub fn total<'a>(book: &Book, deals: impl IntoIterator<Item = &'a Deal>) -> Total {
    let mut total = Total::new(book.settings().currency());
    for deal in deals {
        total.add(book.settings().rates(), deal.amount, deal.probability);
    }
    total
}

/// The day a closed deal was closed: as stamped, else the expected day, else when it came into its stage.
pub(super) fn closing_day(record: &Record, now: Now) -> Option<NaiveDate> {
    let stamped = record.moment("closed_at").map(|at| at.day_in(now.zone));
    stamped.or_else(|| record.date("close_date")).or_else(|| record.date("stage_since"))
}

fn next_step<'b>(
    deal: &Record,
    planned: impl FnOnce() -> Option<&'b Arc<Record>>,
    now: Now,
) -> Option<NextStep> {
    if deal.has("next_step") {
        return Some(NextStep { text: deal.text("next_step").into(), day: deal.date("next_step_date") });
    }
    let first = planned()?;
    Some(NextStep {
        text: first.text("subject").into(),
        day: first.moment("due").map(|due| due.day_in(now.zone)),
    })
}

/// The status of an activity that is still to be done.
const PLANNED: &str = "planned";

fn day_due(activity: &Record) -> NaiveDate {
    activity.moment("due").map_or(NaiveDate::MAX, Moment::day)
}

/// The first planned activity about each record, looked up once for many deals. There are far fewer planned activities
/// than activities about deals.
pub struct Planned<'b>(FxHashMap<Ref, &'b Arc<Record>>);

impl<'b> Planned<'b> {
    /// All that is planned.
    pub fn of(book: &'b Book) -> Self {
        let mut first: FxHashMap<Ref, &Arc<Record>> = FxHashMap::default();
        for activity in look::holding(book, "activity", "status", &[PLANNED]) {
            let Ok(about) = activity.text("about").parse() else { continue };
            let known = first.entry(about).or_insert(activity);
            if day_due(activity) < day_due(known) {
                *known = activity;
            }
        }
        Self(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::{book, now, reference};

    const BOOK: &str = "
pipelines/new: {name: New, stages: [{id: q, probability: 20%, rot_after: 21d}, {id: won, kind: won}, {id: lost, kind: lost}]}
opportunities/plain: {pipeline: new, stage: q, stage_since: 2026-11-01, amount: 1000, next_step: call, next_step_date: 2026-11-30, close_date: 2026-12-31}
opportunities/rotten: {pipeline: new, stage: q, stage_since: 2026-10-01, probability: 35%, close_date: 2026-11-20}
opportunities/edge: {pipeline: new, stage: q, stage_since: 2026-10-31}
opportunities/planned: {pipeline: new, stage: q}
opportunities/won: {pipeline: new, stage: won, probability: 20%, closed_at: 2026-09-30T23:30Z, close_date: 2026-12-01}
opportunities/stray: {pipeline: gone, stage: q, close_date: 2027-01-01}
activities/late: {about: opportunities/planned, subject: Later, status: planned, due: 2026-12-24}
activities/soon: {about: opportunities/planned, subject: Sooner, status: planned, due: 2026-11-24T23:30Z}
activities/gone: {about: opportunities/rotten, subject: Gone, status: done, due: 2026-11-24}
";

    fn deal(id: &str) -> Deal {
        let book = book(BOOK);
        let record = book.get(&reference(&format!("opportunities/{id}"))).unwrap().clone();
        let (pipelines, now) = (Pipelines::of(&book), now("2026-11-21 13:00"));
        let deal = Deal::of(&book, &pipelines, &record, now);
        let among = Deal::of_many(&book, &pipelines, &Planned::of(&book), &record, now);
        assert_eq!(among.next, deal.next, "{id}");
        deal
    }

    fn check(id: &str, probability: u32, days: Option<i64>, warnings: &[Warning], next: &str) {
        let deal = deal(id);
        let step = deal
            .next
            .clone()
            .map(|n| format!("{} {}", n.text, n.day.map(|d| d.to_string()).unwrap_or_default()));
        assert_eq!(deal.probability, Decimal::from(probability), "{id}");
        assert_eq!(deal.days_in_stage, days, "{id}");
        assert_eq!(deal.warnings(now("2026-11-21 13:00")), warnings, "{id}");
        assert_eq!(step.unwrap_or_default(), next, "{id}");
    }

    #[test]
    fn what_a_deal_says() {
        use Warning::*;
        check("plain", 20, Some(20), &[], "call 2026-11-30");
        check("rotten", 35, Some(51), &[Rotting, CloseDatePassed, NoNextStep], "");
        check("edge", 20, Some(21), &[NoNextStep], "");
        check("planned", 20, None, &[], "Sooner 2026-11-25");
        check("won", 100, None, &[], "");
        check("stray", 0, None, &[NoNextStep], "");
    }

    #[test]
    fn when_it_was_closed() {
        // Half past eleven at night in Greenwich is the next day, and quarter, in Berlin.
        assert_eq!(deal("won").closed, "2026-10-01".parse().ok());
        assert!(deal("stray").is_open() && deal("stray").closed.is_none());
    }
}
