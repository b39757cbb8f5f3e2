//! What a CRM knows about records, for the query language: `is:open`, `is:rotting`, `breach<4h`, `last_activity<-60d`.

use super::deal::closing_day;
use super::pipeline::Pipelines;
use super::sla::{Clocks, Policies, State};
use super::{Deal, due::Due, state, timeline};
use crate::base::Now;
use crate::model::schema::Label;
use crate::model::{Book, FieldDef, Kind, Moment, Record, TypeDef, Value};
use crate::query::Facts;
use crate::tr;
use std::sync::Arc;

/// The facts about the records of a book at a moment.
#[derive(Debug)]
pub struct Known {
    now: Now,
    pipelines: Pipelines,
    policies: Policies,
}

/// Not finished: no closed word, no stage that won or lost.
const OPEN: &str = "open";
/// The day a deal was won or lost.
const CLOSED: &str = "closed";
/// The amount of a deal times its probability.
const WEIGHTED: &str = "weighted";
/// Longer in its stage than the pipeline allows.
const ROTTING: &str = "rotting";
/// A planned activity whose time is over.
const OVERDUE: &str = "overdue";
/// When the clock of a case that runs is over.
const BREACH: &str = "breach";
/// Whether a clock of a case is over, or was when its goal was reached.
const BREACHED: &str = "breached";
/// The day of the last activity that was done with or for a record.
const LAST_ACTIVITY: &str = "last_activity";
/// When the next planned activity is due.
const NEXT_ACTIVITY: &str = "next_activity";

impl Known {
    /// What is known of this book now.
    pub fn of(book: &Book, now: Now) -> Arc<dyn Facts> {
        Arc::new(Self { now, pipelines: Pipelines::of(book), policies: Policies::of(book) })
    }

    /// When something happened or is to happen with or for a record, as its activities say.
    fn activities(&self, book: &Book, record: &Record, planned: bool) -> impl Iterator<Item = Moment> {
        let about = timeline::concerning(book, &record.reference).into_iter();
        let activities = about.filter(|other| other.reference.folder == "activities");
        let wanted = activities.filter(move |activity| match activity.text("status") {
            "planned" => planned,
            "cancelled" => false,
            _ => !planned,
        });
        wanted.filter_map(
            move |activity| if planned { activity.moment("due") } else { timeline::done(activity) },
        )
    }

    fn flag(&self, book: &Book, record: &Record, fact: &str) -> bool {
        // Deals and activities are shared by what is made of them.
        let whole = || book.get(&record.reference);
        match fact {
            OPEN => !state::is_closed(book, record),
            ROTTING => {
                whole().is_some_and(|deal| Deal::of(book, &self.pipelines, deal, self.now).is_rotting())
            }
            BREACHED => Clocks::of(book, &self.policies, record, self.now).is_breached(),
            _ => {
                let due =
                    whole().filter(|r| r.text("status") == "planned").and_then(|r| Due::of(r, self.now));
                due.is_some_and(|due| due.over <= self.now.utc)
            }
        }
    }
}

/// What a fact is, for whoever is offered it.
fn help(fact: &str) -> Label {
    let said = match fact {
        OPEN => tr!("Neither closed nor won nor lost"),
        CLOSED => tr!("The day it was won or lost"),
        WEIGHTED => tr!("The amount times the probability"),
        ROTTING => tr!("Longer in its stage than the pipeline allows"),
        OVERDUE => tr!("Planned, and its time is over"),
        BREACH => tr!("When its clock is over"),
        BREACHED => tr!("A promise was broken"),
        LAST_ACTIVITY => tr!("When something was last done"),
        _ => tr!("When something is next planned"),
    };
    Label::Plain(said.into())
}

impl Facts for Known {
    fn about(&self, ty: &TypeDef) -> Vec<FieldDef> {
        let facts: &[(&str, Kind)] = match ty.name.as_str() {
            "opportunity" => &[
                (CLOSED, Kind::Date),
                (WEIGHTED, Kind::Money),
                (ROTTING, Kind::Boolean),
                (LAST_ACTIVITY, Kind::Date),
                (NEXT_ACTIVITY, Kind::Datetime),
            ],
            "case" => &[(BREACH, Kind::Datetime), (BREACHED, Kind::Boolean), (LAST_ACTIVITY, Kind::Date)],
            "activity" => &[(OVERDUE, Kind::Boolean)],
            "account" | "contact" | "lead" => &[(LAST_ACTIVITY, Kind::Date), (NEXT_ACTIVITY, Kind::Datetime)],
            _ => &[],
        };
        let open = ty.state_field().map(|_| (OPEN, Kind::Boolean));
        let about = |(name, kind)| FieldDef { help: Some(help(name)), ..FieldDef::new(name, kind) };
        open.into_iter().chain(facts.iter().cloned()).map(about).collect()
    }

    fn value(&self, book: &Book, record: &Record, fact: &str) -> Value {
        let zone = self.now.zone;
        let text = |moment: Option<Moment>| Value::text(moment.map(|m| m.to_string()).unwrap_or_default());
        match fact {
            OPEN | ROTTING | OVERDUE | BREACHED => Value::text(self.flag(book, record, fact).to_string()),
            CLOSED => {
                let over = self.pipelines.stage_of(record).is_some_and(|stage| !stage.is_open());
                text(closing_day(record, self.now).filter(|_| over).map(Moment::Day))
            }
            WEIGHTED => {
                let deal = book.get(&record.reference);
                let deal = deal.map(|deal| Deal::of(book, &self.pipelines, deal, self.now));
                let weighted = deal.and_then(|deal| deal.amount?.percent(deal.probability));
                Value::text(weighted.map(|money| money.to_string()).unwrap_or_default())
            }
            BREACH => {
                let clocks = Clocks::of(book, &self.policies, record, self.now);
                let running = clocks.current().filter(|clock| clock.state != State::Paused);
                text(running.map(|clock| Moment::At(clock.due.fixed_offset())))
            }
            LAST_ACTIVITY => {
                text(self.activities(book, record, false).map(|at| at.day_in(zone)).max().map(Moment::Day))
            }
            NEXT_ACTIVITY => text(self.activities(book, record, true).min_by_key(|at| at.start(zone))),
            _ => Value::Empty,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::{book, ids, now};
    use crate::model::kinds::Entry;
    use crate::query::{Ground, Query};

    const BOOK: &str = "
pipelines/p: {name: P, stages: [{id: q, rot_after: 14d}, {id: won, kind: won}]}
accounts/acme: {name: Acme}
accounts/bolt: {name: Bolt}
accounts/calm: {name: Calm}
contacts/marta: {last_name: Lind, account: acme}
opportunities/a: {name: A, pipeline: p, stage: q, stage_since: 2026-11-01, account: acme, amount: 100, probability: 50%}
opportunities/b: {name: B, pipeline: p, stage: q, stage_since: 2026-11-20, amount: 80, probability: 80%}
opportunities/c: {name: C, pipeline: p, stage: won, stage_since: 2026-01-01}
opportunities/d: {name: D, pipeline: p, stage: won, close_date: 2026-11-02, stage_since: 2026-01-01}
cases/x: {subject: X, status: new, resolution_by: 2026-11-21T15:00+01:00}
cases/y: {subject: Y, status: new, resolution_by: 2026-11-21T12:00+01:00}
cases/z: {subject: Z, status: closed}
activities/2026-11-10-call: {subject: Call, status: done, about: contacts/marta}
activities/2026-08-10-call: {subject: Call, status: done, about: accounts/bolt}
activities/plan: {subject: Plan, status: planned, due: 2026-11-20, about: accounts/bolt}
activities/later: {subject: Later, status: planned, due: 2026-11-30, about: accounts/bolt}
activities/off: {subject: Off, status: cancelled, due: 2026-11-01, about: accounts/calm}
";

    fn check(ty: &str, query: &str, expect: &str) {
        let book = book(BOOK);
        let now = now("2026-11-21 13:30");
        let ground = Ground::new(&book, Entry { me: None, now }).with_facts(Known::of(&book, now));
        let found = Query::read(query, book.schema().find(ty), &ground).unwrap().run(&book);
        assert_eq!(ids(&found), expect, "{query}");
    }

    #[test]
    fn open_or_finished() {
        check("deal", "is:open", "a b");
        check("deal", "-is:open", "c d");
        check("case", "open:no", "z");
        check("", "is:open type:case,deal", "a b x y");
    }

    #[test]
    fn the_day_a_deal_was_won_or_lost() {
        check("deal", "closed:2026-01-01", "c");
        check("deal", "closed:\"this quarter\"", "d");
        check("deal", "missing:closed", "a b");
    }

    #[test]
    fn what_wants_attention() {
        check("deal", "is:rotting", "a");
        check("case", "breach<4h", "x y");
        check("case", "breach<1h", "y");
        check("case", "is:breached", "y");
        check("activity", "is:overdue", "plan");
    }

    #[test]
    fn what_is_known_is_sorted_by() {
        check("deal", "weighted>=60", "b");
        check("deal", "is:open sort:-weighted", "b a");
        check("deal", "sort:amount", "b a c d");
        check("account", "sort:last_activity", "bolt acme calm");
        check("account", "sort:-last_activity", "acme bolt calm");
        check("case", "is:open sort:breach", "y x");
        check("deal", "sort:updated", "b a c d");
        check("deal", "sort:-updated", "c d a b");
        check("", "type:deal,case is:open sort:-weighted", "b a x y");
    }

    #[test]
    fn when_something_was_last_done() {
        check("account", "last_activity<-60d", "bolt");
        check("account", "last_activity<-60d or missing:last_activity", "bolt calm");
        check("account", "last_activity:2026-11-10", "acme");
        check("account", "next_activity<today", "bolt");
        check("deal", "last_activity>-1y", "");
    }
}
