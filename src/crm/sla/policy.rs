//! SLA policies, and which one holds for a case.

use super::hours::Hours;
use crate::base::{Ref, Span};
use crate::crm::look;
use crate::model::{Book, Record, Value};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::sync::Arc;

/// What is promised to customers about their cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its record.
    pub reference: Ref,
    /// Its name.
    pub name: SmolStr,
    /// The promise for each priority.
    pub targets: Vec<Target>,
    /// The statuses in which the clocks stand still.
    pub pauses_on: Vec<SmolStr>,
    /// A clock with less left is urgent.
    pub warn_before: Option<Span>,
    /// When the clocks run.
    pub hours: Hours,
}

/// The promise for cases of one priority, in working time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The priority.
    pub priority: SmolStr,
    /// To the first answer.
    pub response: Option<Span>,
    /// To the solution.
    pub resolution: Option<Span>,
}

impl Policy {
    /// Reads a policy's record.
    pub fn read(book: &Book, record: &Record) -> Self {
        let zone = record.text("time_zone").parse().unwrap_or(book.settings().zone());
        let target = |line: &Value| Target {
            priority: line.get("priority").as_str().into(),
            response: line.get("response").as_str().parse().ok(),
            resolution: line.get("resolution").as_str().parse().ok(),
        };
        Self {
            reference: record.reference.clone(),
            name: record.text("name").into(),
            targets: record.get("targets").items().iter().map(target).collect(),
            pauses_on: record.get("pauses_on").items().iter().map(|s| s.as_str().into()).collect(),
            warn_before: record.span("warn_before"),
            hours: Hours::read(zone, record.get("business_hours"), record.get("holidays")),
        }
    }

    /// The promise for a priority; a case without one counts as normal.
    pub fn target(&self, priority: &str) -> Option<&Target> {
        let priority = if priority.is_empty() { "normal" } else { priority };
        self.targets.iter().find(|target| target.priority == priority)
    }

    /// Whether the clocks stand still in a status.
    pub fn pauses_on(&self, status: &str) -> bool {
        self.pauses_on.iter().any(|s| s == status)
    }
}

/// All policies of a book, read once for many cases.
#[derive(Debug, Clone, Default)]
pub struct Policies {
    by_id: FxHashMap<SmolStr, Arc<Policy>>,
    default: Option<Arc<Policy>>,
}

impl Policies {
    /// The book's policies.
    pub fn of(book: &Book) -> Self {
        let mut policies = Self::default();
        for record in book.of_type("sla_policy") {
            let policy = Arc::new(Policy::read(book, record));
            if record.flag("default") && policies.default.is_none() {
                policies.default = Some(policy.clone());
            }
            policies.by_id.insert(record.id().as_str().into(), policy);
        }
        policies
    }

    /// The policy of that id.
    pub fn get(&self, id: &str) -> Option<&Arc<Policy>> {
        self.by_id.get(id)
    }

    /// The policy that holds for a case: its own, else its contract's, its account's, its queue's, the default.
    pub fn of_case(&self, book: &Book, case: &Record) -> Option<&Arc<Policy>> {
        let through = |field: &str| {
            let record = look::linked(book, case, field, field)?;
            self.get(record.text("sla_policy"))
        };
        self.get(case.text("sla_policy"))
            .or_else(|| through("contract"))
            .or_else(|| through("account"))
            .or_else(|| through("queue"))
            .or(self.default.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::{book, reference};

    #[test]
    fn the_nearest_agreement_holds() {
        let book = book(
            "
sla_policies/own: {name: Own}
sla_policies/contract: {name: Contract}
sla_policies/account: {name: Account}
sla_policies/queue: {name: Queue}
sla_policies/fallback: {name: Fallback, default: true}
contracts/c: {sla_policy: contract}
contracts/none: {name: No policy}
accounts/a: {sla_policy: account}
accounts/b: {sla_policy: gone}
queues/q: {sla_policy: queue}
cases/a: {sla_policy: own, contract: c, account: a, queue: q}
cases/b: {contract: c, account: a, queue: q}
cases/c: {contract: none, account: a, queue: q}
cases/d: {account: b, queue: q}
cases/e: {queue: gone}
",
        );
        let policies = Policies::of(&book);
        let names = ["a", "b", "c", "d", "e"].map(|id| {
            let case = book.get(&reference(&format!("cases/{id}"))).unwrap();
            policies.of_case(&book, case).unwrap().name.to_string()
        });
        assert_eq!(names, ["Own", "Contract", "Account", "Queue", "Fallback"]);
    }
}
