//! A pipeline as a board: a column a stage, with sums that are true beyond what is visible.

use super::deal::{Deal, Planned, closing_day, this_quarter, total};
use super::pipeline::{Pipeline, Pipelines, Stage};
use super::{Total, Whose};
use crate::base::Now;
use crate::model::{Book, Record};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::sync::Arc;

/// A pipeline's deals.
#[derive(Debug, Clone)]
pub struct Board {
    /// The pipeline.
    pub pipeline: Pipeline,
    /// A column for each stage, in order.
    pub columns: Vec<Column>,
    /// Deals that name a stage the pipeline does not have.
    pub strays: Vec<Deal>,
    /// The total of the open deals.
    pub open: Total,
}

/// A stage's deals.
#[derive(Debug, Clone)]
pub struct Column {
    /// The stage.
    pub stage: Arc<Stage>,
    /// Its deals: open ones by close date, then amount; won and lost ones only of this quarter, the latest first.
    pub deals: Vec<Deal>,
    /// Their total, in the pipeline's currency.
    pub total: Total,
}

/// The board of a pipeline, with the deals that are `whose` and that `keep` keeps.
pub fn board(
    book: &Book,
    pipeline: &Pipeline,
    whose: &Whose,
    keep: impl Fn(&Record) -> bool + Sync,
    now: Now,
) -> Board {
    let (pipelines, planned) = (Pipelines::of(book), Planned::of(book));
    let quarter = this_quarter(book, now).days;
    let id = pipeline.reference.id.as_str();
    let shown = |record: &Arc<Record>| {
        let stage = match pipeline.stage(record.text("stage")) {
            _ if record.text("pipeline") != id || !whose.owns(record) || !keep(record) => return false,
            Some(stage) => stage,
            None => return true,
        };
        stage.is_open() || closing_day(record, now).is_some_and(|day| quarter.contains(day))
    };
    let records = book.of_type("opportunity").par_iter().filter(|record| shown(record));
    let deal = |record| Deal::of_many(book, &pipelines, &planned, record, now);
    let deals: Vec<Deal> = records.map(deal).collect();
    let (mut strays, mut columns) =
        (Vec::new(), pipeline.stages.iter().map(|stage| Column::new(stage, pipeline)).collect::<Vec<_>>());
    for deal in deals {
        let column = columns.iter_mut().find(|c| deal.stage.as_ref().is_some_and(|s| s.id == c.stage.id));
        match column {
            Some(column) => column.add(book, deal),
            None => strays.push(deal),
        }
    }
    columns.iter_mut().for_each(|column| column.sort(book));
    let mut open = Total::new(pipeline.currency);
    columns.iter().filter(|column| column.stage.is_open()).for_each(|column| open.join(&column.total));
    Board { pipeline: pipeline.clone(), columns, strays, open }
}

impl Column {
    fn new(stage: &Arc<Stage>, pipeline: &Pipeline) -> Self {
        Self { stage: stage.clone(), deals: Vec::new(), total: Total::new(pipeline.currency) }
    }

    fn add(&mut self, book: &Book, deal: Deal) {
        self.total.add(book.settings().rates(), deal.amount, deal.probability);
        self.deals.push(deal);
    }

    fn sort(&mut self, book: &Book) {
        match self.stage.is_open() {
            true => self.deals.sort_by(|a, b| Deal::by_close_date(book, a, b)),
            false => self.deals.sort_by_key(|deal| (Reverse(deal.closed), deal.record.reference.id.clone())),
        }
    }
}

impl Board {
    /// The total of the strays, in the workspace's currency.
    pub fn strays_total(&self, book: &Book) -> Total {
        total(book, &self.strays)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Id;
    use crate::crm::testing::{book, ids, now, sample};

    const BOOK: &str = "
kontor: {time_zone: Europe/Berlin, rates: {USD: 0.5}}
pipelines/new: {stages: [{id: q, probability: 20%}, {id: p, probability: 50%}, {id: won, kind: won}]}
pipelines/other: {stages: [{id: q}]}
opportunities/a: {pipeline: new, stage: q, amount: 100, close_date: 2026-12-02, owner: lena}
opportunities/b: {pipeline: new, stage: q, amount: 100 USD, close_date: 2026-12-01}
opportunities/c: {pipeline: new, stage: q, amount: 900, close_date: 2026-12-02, probability: 10%}
opportunities/d: {pipeline: new, stage: q, amount: 1 CHF}
opportunities/e: {pipeline: other, stage: q, amount: 7}
opportunities/f: {pipeline: new, stage: won, amount: 5, closed_at: 2026-10-01}
opportunities/g: {pipeline: new, stage: won, amount: 6, closed_at: 2026-09-30}
opportunities/h: {pipeline: new, stage: won, amount: 7, close_date: 2026-11-01, owner: lena}
opportunities/x: {pipeline: new, stage: nonsense}
";

    fn check(whose: Whose, expect: &[&str]) {
        let book = book(BOOK);
        let pipeline = Pipelines::of(&book).get("new").unwrap().clone();
        let board = board(&book, &pipeline, &whose, |_| true, now("2026-11-21 13:00"));
        let shown: Vec<_> = board
            .columns
            .iter()
            .map(|c| {
                let total = &c.total;
                let deals = ids(c.deals.iter().map(|d| &d.record));
                format!(
                    "{}: {deals} | {} {} {} -{}",
                    c.stage.id, total.count, total.sum, total.weighted, total.without_rate
                )
            })
            .chain([
                format!("? {}", ids(board.strays.iter().map(|d| &d.record))),
                format!("= {}", board.open.count),
            ])
            .collect();
        assert_eq!(shown, expect);
    }

    #[test]
    fn everyones() {
        check(
            Whose::Everyone,
            &[
                "q: b c a d | 4 1050.00 EUR 120.00 EUR -1",
                "p:  | 0 0.00 EUR 0.00 EUR -0",
                "won: h f | 2 12.00 EUR 12.00 EUR -0",
                "? x",
                "= 4",
            ],
        );
    }

    #[test]
    fn one_owners() {
        check(
            Whose::User(Id::new("lena").unwrap()),
            &[
                "q: a | 1 100.00 EUR 20.00 EUR -0",
                "p:  | 0 0.00 EUR 0.00 EUR -0",
                "won: h | 1 7.00 EUR 7.00 EUR -0",
                "? ",
                "= 1",
            ],
        );
    }

    #[test]
    fn every_open_deal_of_the_sample_is_on_a_board() {
        let book = sample();
        let pipelines = Pipelines::of(&book);
        let now = now("2026-11-21 13:30");
        let boards = pipelines.all().iter().map(|p| board(&book, p, &Whose::Everyone, |_| true, now));
        let open: usize = boards.map(|b| b.open.count + b.strays.len()).sum();
        assert_eq!(open, pipelines.open_deals(&book).count());
        assert!(open > 20, "{open}");
    }
}
