//! The board's columns and heads, out of the pipeline's deals.

use super::card;
use super::contents::Contents;
use crate::base::show::{compact, count, percent};
use crate::base::{Folder, Id, Money, Now, Ref};
use crate::crm::board::{Board, board};
use crate::crm::pipeline::{Pipeline, Pipelines};
use crate::crm::{Deal, Total, Whose};
use crate::model::{Book, TypeDef};
use crate::query::quoted;
use crate::tui::screens::filter::Sieve;
use crate::tui::widgets::board::{Card, Deck, Head};
use crate::{tr, tr_n};
use rayon::prelude::*;
use smol_str::SmolStr;
use std::sync::Arc;

/// A pipeline's deals in columns, ready to be drawn.
pub struct Deals {
    book: Arc<Book>,
    now: Now,
    board: Board,
    /// Deals in a stage nobody knows: they stand in a column of their own before the others.
    strays: Option<Total>,
    folder: Folder,
    /// One column at a time: cards have two lines.
    narrow: bool,
}

/// The pipeline of that id, else the default one.
pub fn pipeline(book: &Book, id: Option<&Id>) -> Option<Pipeline> {
    let pipelines = Pipelines::of(book);
    match id {
        Some(id) => pipelines.get(id.as_str()).cloned(),
        None => pipelines.default().cloned(),
    }
}

/// The pipeline a filter names, else the default one if it has deals that pass, else the first that has, else the default
/// one all the same.
pub fn fitting(book: &Book, ty: &Arc<TypeDef>, sieve: &Sieve) -> Option<Pipeline> {
    let pipelines = Pipelines::of(book);
    let is = |pipeline: &&Pipeline, said: &str| {
        [pipeline.reference.id.as_str(), &pipeline.name].iter().any(|name| name.eq_ignore_ascii_case(said))
    };
    let named = sieve.value_of(ty, "pipeline", book);
    if let Some(named) = named.and_then(|said| pipelines.all().iter().find(|pipeline| is(pipeline, said))) {
        return Some(named.clone());
    }
    let deals = book.of_type("opportunity");
    let has = |pipeline: &&Pipeline| {
        let id = pipeline.reference.id.as_str();
        deals.par_iter().any(|deal| deal.text("pipeline") == id && sieve.keeps(book, deal))
    };
    let first = pipelines.default().filter(has).or_else(|| pipelines.all().iter().find(has));
    first.or(pipelines.default()).cloned()
}

impl Deals {
    /// The deals of a pipeline that pass.
    pub fn in_columns(
        book: &Arc<Book>,
        folder: &Folder,
        pipeline: &Pipeline,
        whose: &Whose,
        sieve: &Sieve,
        now: Now,
    ) -> Self {
        let board = board(book, pipeline, whose, |deal| sieve.keeps(book, deal), now);
        let strays = (!board.strays.is_empty()).then(|| board.strays_total(book));
        Self { book: book.clone(), now, board, strays, folder: folder.clone(), narrow: false }
    }

    fn deals(&self, column: usize) -> &[Deal] {
        match (&self.strays, column) {
            (Some(_), 0) => &self.board.strays,
            (strays, column) => {
                let column = column - usize::from(strays.is_some());
                self.board.columns.get(column).map_or(&[], |column| &column.deals)
            }
        }
    }

    /// A sum in a few characters; its currency only where it is not the workspace's.
    fn amount(&self, sum: &Money) -> String {
        let settings = self.book.settings();
        let short = compact(sum.amount, &settings.style());
        match sum.currency == settings.currency() {
            true => short,
            false => format!("{short} {}", sum.currency.symbol()),
        }
    }

    fn facts(&self, total: &Total, weighted: bool) -> Vec<String> {
        let mut facts = vec![count(total.count, &self.book.settings().style())];
        if total.count > total.without_amount {
            facts.push(self.amount(&total.sum));
            let sum = self.amount(&total.weighted);
            facts.extend(weighted.then(|| match self.narrow {
                true => tr!("weighted {sum}", sum = sum).into_owned(),
                false => sum,
            }));
        }
        facts.extend(left_out(total));
        facts
    }
}

/// What a sum does not hold because nobody said what its currency is worth.
fn left_out(total: &Total) -> Option<String> {
    (total.without_rate > 0).then(|| tr!("! {n} without a rate", n = total.without_rate).into_owned())
}

impl Contents for Deals {
    fn name(&self) -> String {
        self.board.pipeline.name.to_string()
    }

    fn summary(&self) -> String {
        let open = &self.board.open;
        let mut parts =
            vec![tr_n!("{n} deal", "{n} deals", open.count; &self.book.settings().style()).into_owned()];
        if !open.sum.amount.is_zero() {
            parts.push(self.amount(&open.sum));
            parts.push(tr!("weighted {sum}", sum = self.amount(&open.weighted)).into_owned());
        }
        parts.extend(left_out(open));
        parts.join(" · ")
    }

    fn query(&self, column: usize) -> String {
        let pipeline = &self.board.pipeline;
        let stage = column
            .checked_sub(usize::from(self.strays.is_some()))
            .and_then(|column| self.board.columns.get(column))
            .map(|column| &column.stage);
        match stage {
            None => {
                let all = format!("pipeline={}", pipeline.reference.id);
                pipeline.stages.iter().fold(all, |q, stage| format!("{q} stage!={}", quoted(&stage.id)))
            }
            Some(stage) if stage.is_open() => pipeline.query(stage),
            Some(stage) => format!("{} closed=\"this quarter\"", pipeline.query(stage)),
        }
    }

    fn whole(&self) -> String {
        format!("pipeline:{}", self.board.pipeline.reference.id)
    }

    fn folder(&self) -> &Folder {
        &self.folder
    }

    fn references(&self) -> Box<dyn Iterator<Item = &Ref> + '_> {
        let deals = (0..self.columns()).flat_map(|column| self.deals(column));
        Box::new(deals.map(|deal| &deal.record.reference))
    }

    fn is_narrow(&self) -> bool {
        self.narrow
    }

    fn set_narrow(&mut self, narrow: bool) {
        self.narrow = narrow;
    }
}

impl Deck for Deals {
    fn columns(&self) -> usize {
        self.board.columns.len() + usize::from(self.strays.is_some())
    }

    fn head(&self, column: usize) -> Head {
        let strays = self.strays.as_ref().filter(|_| column == 0);
        if let Some(total) = strays {
            return Head {
                title: tr!("! No such stage").into_owned(),
                note: String::new(),
                facts: self.facts(total, false),
            };
        }
        let Some(column) = self.board.columns.get(column - usize::from(self.strays.is_some())) else {
            return Head::default();
        };
        let stage = &column.stage;
        Head {
            title: stage.name.to_string(),
            note: match stage.is_open() {
                true => percent(stage.probability, &self.book.settings().style()),
                false => tr!("this quarter").into_owned(),
            },
            facts: self.facts(&column.total, stage.is_open()),
        }
    }

    fn len(&self, column: usize) -> usize {
        self.deals(column).len()
    }

    fn key(&self, column: usize, index: usize) -> SmolStr {
        self.deals(column).get(index).map(|deal| deal.record.id().as_str().into()).unwrap_or_default()
    }

    fn card(&self, column: usize, index: usize) -> Card {
        match self.deals(column).get(index) {
            Some(deal) if self.narrow => card::narrow(&self.book, deal, self.now),
            Some(deal) => card::wide(&self.book, deal, self.now),
            None => Card::default(),
        }
    }

    fn find(&self, key: &str, near: usize) -> Option<(usize, usize)> {
        let place = |column: usize| {
            let at = self.deals(column).iter().position(|deal| deal.record.id().as_str() == key)?;
            Some((column, at))
        };
        let near = near.min(self.columns().saturating_sub(1));
        std::iter::once(near).chain(0..self.columns()).find_map(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::Known;
    use crate::crm::testing::{book, ids, now, sample};
    use crate::model::kinds::Entry;
    use crate::query::{Ground, Query};
    use std::collections::BTreeSet;

    /// Every column's query finds the deals that the column counts and adds up. Gives how many there are on each
    /// board, and how many of its columns hold any.
    fn check(book: Book) -> Vec<(usize, usize)> {
        let (book, now) = (Arc::new(book), now("2026-11-21 13:30"));
        let ground = Ground::new(&book, Entry { me: None, now }).with_facts(Known::of(&book, now));
        let pipelines = Pipelines::of(&book);
        let counts = pipelines.all().iter().map(|pipeline| {
            let folder = &book.schema().find("opportunity").unwrap().folder;
            let (everyone, all) = (Whose::Everyone, Sieve::default());
            let deals = Deals::in_columns(&book, folder, pipeline, &everyone, &all, now);
            let counts = (0..deals.columns()).map(|column| {
                let text = deals.query(column);
                let found =
                    Query::read(&text, book.schema().find("opportunity"), &ground).unwrap().run(&book);
                let listed: BTreeSet<_> = ids(&found).split(' ').map(str::to_owned).collect();
                let shown: BTreeSet<_> = ids(deals.deals(column).iter().map(|d| &d.record))
                    .split(' ')
                    .map(str::to_owned)
                    .collect();
                assert_eq!(listed, shown, "{text}");
                let mut total = Total::new(pipeline.currency);
                for record in &found {
                    let deal = Deal::of(&book, &pipelines, record, now);
                    total.add(book.settings().rates(), deal.amount, deal.probability);
                }
                let facts = deals.facts(&total, deals.head(column).facts.len() > 2);
                assert_eq!(deals.head(column).facts, facts, "{text}");
                found.len()
            });
            let counts: Vec<_> = counts.collect();
            (counts.iter().sum(), counts.iter().filter(|count| **count > 0).count())
        });
        counts.collect()
    }

    #[test]
    fn every_number_of_the_sample_leads_to_its_deals() {
        let boards = check(sample());
        assert_eq!(boards.len(), 2);
        assert!(boards.iter().all(|(deals, columns)| *deals > 5 && *columns > 3), "{boards:?}");
    }

    #[test]
    fn also_where_a_deal_does_not_say_when_it_was_closed() {
        let boards = check(book(
            "
pipelines/new: {stages: [{id: talks, name: Offer}, {id: offer, name: Talks it over}, {id: won, kind: won}]}
opportunities/a: {pipeline: new, stage: talks, amount: 1}
opportunities/b: {pipeline: new, stage: offer, amount: 2}
opportunities/expected: {pipeline: new, stage: won, amount: 4, close_date: 2026-11-01}
opportunities/since: {pipeline: new, stage: won, amount: 8, stage_since: 2026-10-01}
opportunities/earlier: {pipeline: new, stage: won, amount: 16, closed_at: 2026-09-30, close_date: 2026-11-01}
opportunities/undated: {pipeline: new, stage: won, amount: 32}
opportunities/stray: {pipeline: new, stage: gone, amount: 64}
opportunities/unstaged: {pipeline: new, amount: 128}
",
        ));
        assert_eq!(boards, [(6, 4)]);
    }
}
