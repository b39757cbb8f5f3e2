//! What this fiscal quarter will bring, beside what it is to bring.

use super::deal::{Deal, Planned, closing_day, this_quarter};
use super::pipeline::{Pipeline, Pipelines, Stage, StageKind};
use super::{Total, Whose, look};
use crate::base::fiscal::Quarter;
use crate::base::{Money, Now};
use crate::model::{Book, Record, Value};
use rust_decimal::Decimal;
use std::sync::Arc;

/// A quarter's forecast.
#[derive(Debug, Clone)]
pub struct Forecast {
    /// The quarter.
    pub quarter: Quarter,
    /// The open deals that close in it, by stage in the order of the pipelines; every open stage is there.
    pub stages: Vec<(Arc<Stage>, Total)>,
    /// All of these deals.
    pub open: Total,
    /// What was won in it.
    pub won: Total,
    /// What is to be won in it; `None` where nobody has a quota.
    pub quota: Option<Money>,
}

impl Forecast {
    /// What is won, and what is open by its chances.
    pub fn expected(&self) -> Money {
        self.won.sum.checked_add(&self.open.weighted).unwrap_or(self.won.sum)
    }

    /// The expected part of the quota, in percent.
    pub fn attainment(&self) -> Option<Decimal> {
        let quota = self.quota.filter(|quota| quota.amount > Decimal::ZERO)?;
        self.expected().amount.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(quota.amount)
    }
}

/// The forecast of this fiscal quarter for a pipeline, or for all of them, in the workspace's currency.
pub fn forecast(book: &Book, pipeline: Option<&Pipeline>, whose: &Whose, now: Now) -> Forecast {
    let (pipelines, planned) = (Pipelines::of(book), Planned::of(book));
    let quarter = this_quarter(book, now);
    let currency = book.settings().currency();
    let wanted = |p: &&Pipeline| pipeline.is_none_or(|one| one.reference == p.reference);
    let mut stages: Vec<(&Pipeline, Arc<Stage>, Total)> = Vec::new();
    for p in pipelines.all().iter().filter(wanted) {
        stages.extend(p.of_kind(StageKind::Open).map(|stage| (p, stage.clone(), Total::new(currency))));
    }
    let rates = book.settings().rates();
    let (mut open, mut won) = (Total::new(currency), Total::new(currency));
    let open_deals = pipelines.open_deals(book).filter(|deal| whose.owns(deal));
    for record in open_deals.filter(|deal| deal.date("close_date").is_some_and(|d| quarter.days.contains(d)))
    {
        let row = stages.iter_mut().find(|(p, stage, _)| {
            stage.id == record.text("stage") && p.reference.id.as_str() == record.text("pipeline")
        });
        let Some((_, _, total)) = row else { continue };
        let deal = Deal::of_many(book, &pipelines, &planned, record, now);
        total.add(rates, deal.amount, deal.probability);
        open.add(rates, deal.amount, deal.probability);
    }
    for record in won_deals(book, &pipelines) {
        let here = pipeline.is_none_or(|p| p.reference.id.as_str() == record.text("pipeline"));
        let now_won = closing_day(record, now).is_some_and(|day| quarter.days.contains(day));
        if here && now_won && whose.owns(record) {
            won.add(rates, record.money("amount", currency), Decimal::ONE_HUNDRED);
        }
    }
    let quota = quota(book, pipeline, whose, &quarter);
    Forecast {
        stages: stages.into_iter().map(|(_, stage, total)| (stage, total)).collect(),
        quarter,
        open,
        won,
        quota,
    }
}

/// The records of all deals that are won.
fn won_deals<'a>(book: &'a Book, pipelines: &Pipelines) -> Vec<&'a Arc<Record>> {
    let stages =
        pipelines.all().iter().flat_map(|p| p.of_kind(StageKind::Won)).map(|stage| stage.id.as_str());
    let mut stages: Vec<_> = stages.collect();
    stages.sort_unstable();
    stages.dedup();
    let mut deals = look::holding(book, "opportunity", "stage", &stages);
    deals.retain(|deal| pipelines.stage_of(deal).is_some_and(|stage| stage.kind == StageKind::Won));
    deals
}

/// The quotas of these colleagues for the quarter: those for this pipeline and those for all pipelines.
fn quota(book: &Book, pipeline: Option<&Pipeline>, whose: &Whose, quarter: &Quarter) -> Option<Money> {
    let base = book.settings().currency();
    let theirs = |user: &&Arc<Record>| match whose {
        Whose::Everyone => user.text("status") != "left",
        Whose::User(id) => user.id() == id,
        Whose::Team(members, _) => members.contains(user.id()),
        Whose::Nobody => false,
    };
    let name = quarter.to_string();
    let counts = |line: &&Value| {
        let only = line.get("pipeline").as_str();
        line.get("quarter").as_str() == name
            && (only.is_empty() || pipeline.is_none_or(|p| p.reference.id.as_str() == only))
    };
    let mut total = Total::new(base);
    for user in book.of_type("user").iter().filter(theirs) {
        for line in user.get("quota").items().iter().filter(counts) {
            let amount = Money::read(line.get("amount").as_str(), base).ok();
            total.add(book.settings().rates(), amount, Decimal::ONE_HUNDRED);
        }
    }
    (total.count > total.without_amount + total.without_rate).then_some(total.sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Id;
    use crate::crm::testing::{book, now, sample};

    const BOOK: &str = "
users/lena: {name: Lena, quota: [{quarter: 2026-Q4, amount: 1000}, {quarter: 2027-Q1, amount: 9}]}
users/sanne: {name: Sanne, quota: [{quarter: 2026-Q4, amount: 500, pipeline: renewals}]}
users/gone: {name: Gone, status: left, quota: [{quarter: 2026-Q4, amount: 7}]}
pipelines/new: {default: true, stages: [{id: q, probability: 20%}, {id: p, probability: 50%}, {id: won, kind: won}]}
pipelines/renewals: {stages: [{id: q, probability: 90%}, {id: renewed, kind: won}]}
opportunities/a: {pipeline: new, stage: q, amount: 100, close_date: 2026-12-31, owner: lena}
opportunities/b: {pipeline: new, stage: q, amount: 100, close_date: 2027-01-01}
opportunities/c: {pipeline: renewals, stage: q, amount: 100, close_date: 2026-12-01}
opportunities/d: {pipeline: new, stage: won, amount: 480, closed_at: 2026-10-01, owner: lena}
opportunities/e: {pipeline: new, stage: won, amount: 50, closed_at: 2026-09-30, owner: lena}
opportunities/f: {pipeline: renewals, stage: renewed, amount: 30, closed_at: 2026-10-01}
";

    fn check(pipeline: Option<&str>, whose: Whose, expect: &str) {
        let book = book(BOOK);
        let pipelines = Pipelines::of(&book);
        let pipeline = pipeline.map(|id| pipelines.get(id).unwrap());
        let forecast = forecast(&book, pipeline, &whose, now("2026-11-21 13:00"));
        let stages: Vec<_> = forecast.stages.iter().map(|(s, t)| format!("{}:{}", s.id, t.count)).collect();
        let shown = format!(
            "{} {} | won {} expected {} of {} = {}",
            forecast.quarter,
            stages.join(" "),
            forecast.won.sum.amount,
            forecast.expected().amount.normalize(),
            forecast.quota.map(|q| q.amount.to_string()).unwrap_or_default(),
            forecast.attainment().map(|p| p.normalize().to_string()).unwrap_or_default(),
        );
        assert_eq!(shown, expect);
    }

    #[test]
    fn this_quarter() {
        check(Some("new"), Whose::Everyone, "2026-Q4 q:1 p:0 | won 480 expected 500 of 1000 = 50");
        check(
            None,
            Whose::Everyone,
            "2026-Q4 q:1 p:0 q:1 | won 510 expected 620 of 1500 = 41.333333333333333333333333333",
        );
        check(
            None,
            Whose::User(Id::new("lena").unwrap()),
            "2026-Q4 q:1 p:0 q:0 | won 480 expected 500 of 1000 = 50",
        );
        check(
            Some("new"),
            Whose::User(Id::new("sanne").unwrap()),
            "2026-Q4 q:0 p:0 | won 0 expected 0 of  = ",
        );
    }

    #[test]
    fn the_sample_has_a_forecast() {
        let book = sample();
        let pipelines = Pipelines::of(&book);
        let forecast = forecast(&book, pipelines.default(), &Whose::Everyone, now("2026-11-21 13:30"));
        assert_eq!(forecast.quota.map(|q| q.to_string()).as_deref(), Some("980000.00 EUR"));
        assert!(forecast.open.count > 5 && forecast.open.without_rate == 0, "{forecast:?}");
        assert!(
            forecast.attainment().is_some_and(|p| p > Decimal::TEN && p < Decimal::from(200)),
            "{forecast:?}"
        );
    }
}
