//! Records as they were some time ago, as far as their own dates tell.
//!
//! Nobody reads git's history for this, so it is no more than an estimate: what has no date (a priority, an amount, that
//! notice was given) is taken to have been as it is now, and what happened after the moment in question has not
//! happened yet.

use crate::base::Now;
use crate::model::{Record, Value};
use std::sync::Arc;

/// A case as it was: without what happened to it since, and open unless it was solved by then. `None` where it had
/// not come in, or does not say when it did.
pub fn case(case: &Record, then: Now) -> Option<Arc<Record>> {
    if !happened(case, "opened_at", then) {
        return None;
    }
    let closed = matches!(case.text("status"), "resolved" | "closed");
    let solved = ["resolved_at", "closed_at"].iter().any(|field| happened(case, field, then));
    let dated = case.has("resolved_at") || case.has("closed_at");
    let waited = case.has("waiting_since") && !happened(case, "waiting_since", then);
    let mut was = case.clone();
    let later = ["first_response_at", "waiting_since", "resolved_at", "closed_at"];
    let mut fields = was.fields.to_vec();
    fields.retain(|(name, _)| !later.contains(&name.as_str()) || happened(case, name, then));
    was.fields = fields.into();
    if (closed && dated && !solved) || (!closed && waited) {
        set(&mut was, "status", "open");
    }
    Some(Arc::new(was))
}

/// A contract as it was: running until its end. `None` where it had not begun.
pub fn contract(contract: &Arc<Record>, then: Now) -> Option<Arc<Record>> {
    let begun = contract.date("start_date").or_else(|| contract.date("signed_date"));
    if begun.is_some_and(|day| day > then.today()) {
        return None;
    }
    let end = contract.date("terminated_date").or_else(|| contract.date("end_date"));
    let over = matches!(contract.text("status"), "expired" | "terminated");
    if !over || end.is_none_or(|day| day <= then.today()) {
        return Some(contract.clone());
    }
    let mut was = Record::clone(contract);
    set(&mut was, "status", "active");
    Some(Arc::new(was))
}

/// Whether the moment in the field is not after `then`.
fn happened(record: &Record, field: &str, then: Now) -> bool {
    record.moment(field).is_some_and(|at| at.start(then.zone) <= then.utc)
}

fn set(record: &mut Record, field: &str, value: &str) {
    let held = |(name, held)| if name == field { (name, Value::text(value)) } else { (name, held) };
    record.fields = record.fields.to_vec().into_iter().map(held).collect();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::{book, now, reference};

    /// The status and the stamps a case or contract had at noon on 1 November.
    fn check(fields: &str, expect: Option<&str>) {
        let folder =
            if fields.contains("opened_at") || fields.contains("subject") { "cases" } else { "contracts" };
        let book = book(&format!("{folder}/x: {{{fields}}}\n"));
        let record = book.get(&reference(&format!("{folder}/x"))).unwrap();
        let then = now("2026-11-01 12:00");
        let was = if folder == "cases" { case(record, then) } else { contract(record, then) };
        let told = was.map(|was| {
            let stamps = was.fields.iter().filter(|(name, _)| *name != "status" && *name != "opened_at");
            let names: Vec<_> = stamps.map(|(name, _)| name.as_str()).collect();
            format!("{} {}", was.text("status"), names.join(" "))
        });
        assert_eq!(told.as_deref().map(str::trim), expect, "{fields}");
    }

    #[test]
    fn cases() {
        check("subject: x, status: open", None);
        check("status: open, opened_at: 2026-11-02", None);
        check("status: open, opened_at: 2026-10-02, first_response_at: 2026-11-03", Some("open"));
        check(
            "status: closed, opened_at: 2026-10-02, resolved_at: 2026-11-02, closed_at: 2026-11-05",
            Some("open"),
        );
        check(
            "status: closed, opened_at: 2026-10-02, resolved_at: 2026-10-30, closed_at: 2026-11-05",
            Some("closed resolved_at"),
        );
        check("status: closed, opened_at: 2026-10-02", Some("closed"));
        check("status: waiting_customer, opened_at: 2026-10-02, waiting_since: 2026-11-02", Some("open"));
        check(
            "status: waiting_customer, opened_at: 2026-10-02, waiting_since: 2026-10-20",
            Some("waiting_customer waiting_since"),
        );
    }

    #[test]
    fn contracts() {
        check("status: active, start_date: 2026-11-02", None);
        check("status: active", Some("active"));
        check("status: expired, end_date: 2026-11-10", Some("active end_date"));
        check("status: expired, end_date: 2026-10-10", Some("expired end_date"));
        check(
            "status: terminated, terminated_date: 2026-11-10, end_date: 2026-10-10",
            Some("active terminated_date end_date"),
        );
        check("status: notice_given, end_date: 2026-12-31", Some("notice_given end_date"));
    }
}
