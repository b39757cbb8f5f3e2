//! Pipelines and their stages, read from their records.

use super::look;
use crate::base::{Currency, Ref, Span};
use crate::model::{Book, Record, Value};
use crate::query::quoted;
use rust_decimal::Decimal;
use smol_str::SmolStr;
use std::sync::Arc;

/// A pipeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pipeline {
    /// Its record.
    pub reference: Ref,
    /// Its name.
    pub name: SmolStr,
    /// Whether new deals start in it.
    pub default: bool,
    /// Whether it takes new deals.
    pub active: bool,
    /// What its sums are shown in.
    pub currency: Currency,
    /// Its stages, in the order deals pass them.
    pub stages: Vec<Arc<Stage>>,
    position: Decimal,
}

/// A stage of a pipeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// What deals hold in `stage`.
    pub id: SmolStr,
    /// What people call it.
    pub name: SmolStr,
    /// Whether a deal in it is still open.
    pub kind: StageKind,
    /// The chance, in percent, of winning a deal that has come this far.
    pub probability: Decimal,
    /// Where its deals count in a forecast: `pipeline`, `best_case`, `commit`…
    pub forecast_category: SmolStr,
    /// A deal that stays longer rots.
    pub rot_after: Option<Span>,
    /// What must be true before a deal moves on.
    pub exit_criteria: SmolStr,
}

/// What being in a stage means for a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StageKind {
    /// It may still be won.
    Open,
    /// It is won.
    Won,
    /// It is lost.
    Lost,
}

impl Pipeline {
    /// Reads a pipeline's record.
    pub fn read(book: &Book, record: &Record) -> Self {
        let name = record.text("name");
        Self {
            reference: record.reference.clone(),
            name: if name.is_empty() { record.id().as_str() } else { name }.into(),
            default: record.flag("default"),
            active: !record.has("active") || record.flag("active"),
            currency: record.text("currency").parse().unwrap_or(book.settings().currency()),
            stages: record.get("stages").items().iter().filter_map(Stage::read).map(Arc::new).collect(),
            position: record.number("position").unwrap_or(Decimal::MAX),
        }
    }

    /// The stage of that id.
    pub fn stage(&self, id: &str) -> Option<&Arc<Stage>> {
        self.stages.iter().find(|stage| stage.id == id)
    }

    /// The stage after it.
    pub fn next(&self, id: &str) -> Option<&Arc<Stage>> {
        self.stages.get(self.stages.iter().position(|stage| stage.id == id)? + 1)
    }

    /// The stage before it.
    pub fn previous(&self, id: &str) -> Option<&Arc<Stage>> {
        self.stages.get(self.stages.iter().position(|stage| stage.id == id)?.checked_sub(1)?)
    }

    /// The query that finds its deals in a stage.
    pub fn query(&self, stage: &Stage) -> String {
        let called = |other: &Arc<Stage>| other.id != stage.id && other.name.eq_ignore_ascii_case(&stage.id);
        // The word may be what people call another of its stages: then only the name says which one is meant.
        let term = match self.stages.iter().any(called) {
            true => format!("stage.name={}", quoted(&stage.name)),
            false => format!("stage={}", quoted(&stage.id)),
        };
        format!("pipeline={} {term}", self.reference.id)
    }

    /// The stages of a kind, in order.
    pub fn of_kind(&self, kind: StageKind) -> impl Iterator<Item = &Arc<Stage>> {
        self.stages.iter().filter(move |stage| stage.kind == kind)
    }
}

impl Stage {
    fn read(line: &Value) -> Option<Self> {
        let text = |name: &str| SmolStr::new(line.get(name).as_str());
        let kind = match line.get("kind").as_str() {
            "won" => StageKind::Won,
            "lost" => StageKind::Lost,
            _ => StageKind::Open,
        };
        let implied = if kind == StageKind::Won { Decimal::ONE_HUNDRED } else { Decimal::ZERO };
        let id = text("id");
        Some(Self {
            name: if line.get("name").is_empty() { id.clone() } else { text("name") },
            kind,
            probability: percent(line.get("probability").as_str()).unwrap_or(implied),
            forecast_category: text("forecast_category"),
            rot_after: line.get("rot_after").as_str().parse().ok(),
            exit_criteria: text("exit_criteria"),
            id,
        })
        .filter(|stage| !stage.id.is_empty())
    }

    /// Whether a deal in it may still be won.
    pub fn is_open(&self) -> bool {
        self.kind == StageKind::Open
    }
}

fn percent(text: &str) -> Option<Decimal> {
    text.trim_end_matches('%').trim().parse().ok()
}

/// All pipelines of a book, read once for many deals.
#[derive(Debug, Clone)]
pub struct Pipelines(Vec<Pipeline>);

impl Pipelines {
    /// The book's pipelines: active ones first, by position and name.
    pub fn of(book: &Book) -> Self {
        let mut all: Vec<_> = book.of_type("pipeline").iter().map(|r| Pipeline::read(book, r)).collect();
        all.sort_by(|a, b| (!a.active, a.position, &a.name).cmp(&(!b.active, b.position, &b.name)));
        Self(all)
    }

    /// Them, in order.
    pub fn all(&self) -> &[Pipeline] {
        &self.0
    }

    /// The pipeline of that id.
    pub fn get(&self, id: &str) -> Option<&Pipeline> {
        self.0.iter().find(|p| p.reference.id.as_str() == id)
    }

    /// The one new deals start in: the one marked so, else the first.
    pub fn default(&self) -> Option<&Pipeline> {
        self.0.iter().find(|p| p.default).or_else(|| self.0.first())
    }

    /// The pipeline a deal is in.
    pub fn of_deal(&self, deal: &Record) -> Option<&Pipeline> {
        self.get(deal.text("pipeline"))
    }

    /// The stage a deal is in; `None` where pipeline or stage is unknown.
    pub fn stage_of(&self, deal: &Record) -> Option<&Arc<Stage>> {
        self.of_deal(deal)?.stage(deal.text("stage"))
    }

    /// The records of all open deals; in no particular order. Deals in a stage nobody knows are not among them.
    pub fn open_deals<'a>(&'a self, book: &'a Book) -> impl Iterator<Item = &'a Arc<Record>> + 'a {
        let stages = self.0.iter().flat_map(|p| p.of_kind(StageKind::Open)).map(|stage| stage.id.as_str());
        let mut stages: Vec<_> = stages.collect();
        stages.sort_unstable();
        stages.dedup();
        let deals = look::holding(book, "opportunity", "stage", &stages);
        deals.into_iter().filter(|deal| self.stage_of(deal).is_some_and(|stage| stage.is_open()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::{book, ids, reference};

    const BOOK: &str = "
pipelines/new:
  name: New business
  default: true
  position: 2
  stages:
  - {id: q, name: Qualification, probability: 20%, rot_after: 21d}
  - {id: p, name: Proposal, probability: 50%}
  - {id: won, kind: won}
  - {id: lost, kind: lost}
pipelines/renewals: {name: Renewals, position: 1, currency: CHF, stages: [{id: q}, {id: p, kind: lost}]}
pipelines/old: {position: 0, active: false, stages: [{name: no id}]}
opportunities/a: {pipeline: new, stage: q}
opportunities/b: {pipeline: new, stage: won}
opportunities/c: {pipeline: renewals, stage: q}
opportunities/d: {pipeline: renewals, stage: p}
opportunities/e: {pipeline: new, stage: nonsense}
";

    #[test]
    fn reads_them_in_order() {
        let book = book(BOOK);
        let pipelines = Pipelines::of(&book);
        let names: Vec<_> = pipelines.all().iter().map(|p| p.name.as_str()).collect();
        assert_eq!(names, ["Renewals", "New business", "old"]);
        let new = pipelines.default().unwrap();
        assert_eq!((new.name.as_str(), new.currency, new.stages.len()), ("New business", Currency::EUR, 4));
        assert_eq!(pipelines.get("renewals").unwrap().currency, Currency::CHF);
        let won = new.stage("won").unwrap();
        assert_eq!(
            (won.kind, won.probability, won.name.as_str()),
            (StageKind::Won, Decimal::ONE_HUNDRED, "won")
        );
    }

    #[test]
    fn stages_have_neighbours() {
        let book = book(BOOK);
        let new = Pipelines::of(&book).get("new").unwrap().clone();
        let id = |stage: Option<&Arc<Stage>>| stage.map(|s| s.id.to_string()).unwrap_or_default();
        assert_eq!(
            [id(new.next("q")), id(new.previous("p")), id(new.next("lost")), id(new.previous("q"))],
            ["p", "q", "", ""]
        );
        assert_eq!(id(new.next("nonsense")), "");
    }

    #[test]
    fn a_stage_means_what_its_own_pipeline_says() {
        let book = book(BOOK);
        let pipelines = Pipelines::of(&book);
        let mut open: Vec<_> = pipelines.open_deals(&book).collect();
        open.sort_by(|a, b| a.reference.cmp(&b.reference));
        assert_eq!(ids(open), "a c");
        assert!(pipelines.stage_of(book.get(&reference("opportunities/e")).unwrap()).is_none());
    }
}
