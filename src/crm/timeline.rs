//! What happened and what is planned around a record, as one list.
//!
//! An account's timeline holds what concerns its people, deals, cases and everything else that names it. Commits
//! are no business of this layer.

use super::people;
use super::pipeline::{Pipelines, StageKind};
use crate::base::{Now, Ref};
use crate::model::kinds::title_of;
use crate::model::{Book, Moment, Record};
use chrono::{DateTime, Utc};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use std::cmp::Reverse;
use std::sync::Arc;

/// Something that happened or is to happen.
#[derive(Debug, Clone)]
pub struct Item {
    /// When, as the record says it.
    pub when: Moment,
    /// The instant that is, or the day starts.
    pub at: DateTime<Utc>,
    /// What.
    pub what: What,
    /// The field that says when.
    pub field: SmolStr,
    /// The record that tells of it.
    pub record: Arc<Record>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum What {
    /// An activity that is to be done.
    Planned,
    /// An activity that was done.
    Done,
    /// A case was opened.
    Opened,
    /// A case was resolved.
    Resolved,
    /// A quote was sent.
    Sent,
    /// A quote was accepted.
    Accepted,
    /// An order came in.
    Ordered,
    /// A contract was signed.
    Signed,
    /// A deal was won.
    Won,
    /// A deal was lost.
    Lost,
    /// The date in this field of any other record.
    Dated(SmolStr),
}

/// A record's timeline.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    /// What is to come or still to be done, the next first.
    pub ahead: Vec<Item>,
    /// What is past, the newest first.
    pub past: Vec<Item>,
    /// How many older items there are.
    pub older: usize,
}

/// The timeline of a record with at most `limit` past items.
pub fn timeline(book: &Book, target: &Ref, limit: usize, now: Now) -> Timeline {
    let pipelines = Pipelines::of(book);
    let mut items = Vec::new();
    for record in concerning(book, target) {
        tell(book, &pipelines, record, now, &mut items);
    }
    let (mut ahead, mut past): (Vec<_>, Vec<_>) =
        items.into_iter().partition(|item: &Item| item.what == What::Planned || item.at > now.utc);
    ahead.sort_by_cached_key(|item| (item.at, item.record.reference.clone()));
    past.sort_by_cached_key(|item| (Reverse(item.at), item.record.reference.clone()));
    let older = past.len().saturating_sub(limit);
    past.truncate(limit);
    Timeline { ahead, past, older }
}

/// The records with something to tell about the target, itself among them: those that link to it and, for an
/// account, the activities of those that name it as their account.
pub fn concerning<'a>(book: &'a Book, target: &Ref) -> Vec<&'a Arc<Record>> {
    let is_user = book.schema().in_folder(&target.folder).is_some_and(|ty| ty.name == "user");
    let mut seen: FxHashSet<&Ref> = FxHashSet::default();
    let mut found = Vec::new();
    let mut add = |record: &'a Arc<Record>| {
        if seen.insert(&record.reference) {
            found.push(record);
        }
    };
    book.get(target).into_iter().for_each(&mut add);
    for link in book.backlinks(target) {
        // What a colleague owns is no story about them; what they did is.
        if is_user && link.from.folder != "activities" {
            continue;
        }
        book.get(&link.from).into_iter().for_each(&mut add);
        if link.field == "account" {
            for (field, folder) in
                [("about", "activities"), ("contacts", "activities"), ("about", "documents")]
            {
                book.linking(&link.from, folder, field).for_each(&mut add);
            }
        }
    }
    found
}

/// Adds what a record has to tell.
fn tell(book: &Book, pipelines: &Pipelines, record: &Arc<Record>, now: Now, items: &mut Vec<Item>) {
    let Some(ty) = book.schema().in_folder(&record.reference.folder).filter(|ty| !ty.setting) else { return };
    let mut add = |what: What, fields: &[&str]| {
        let told =
            fields.iter().find_map(|field| record.moment(field).map(|when| (when, SmolStr::new(field))));
        if let Some((when, field)) = told {
            items.push(Item { at: when.start(now.zone), when, what, field, record: record.clone() });
        }
    };
    match ty.name.as_str() {
        "activity" => match record.text("status") {
            "planned" => add(What::Planned, &["due"]),
            "cancelled" => {}
            _ => {
                let told = done(record).map(|when| (when, when.start(now.zone)));
                items.extend(told.map(|(when, at)| Item {
                    at,
                    when,
                    what: What::Done,
                    field: "done_at".into(),
                    record: record.clone(),
                }));
            }
        },
        "case" => {
            add(What::Opened, &["opened_at"]);
            add(What::Resolved, &["resolved_at", "closed_at"]);
        }
        "quote" => {
            add(What::Sent, &["sent_at"]);
            add(What::Accepted, &["accepted_at"]);
        }
        "order" if record.text("status") != "cancelled" => add(What::Ordered, &["order_date"]),
        "opportunity" => match pipelines.stage_of(record).map(|stage| stage.kind) {
            Some(StageKind::Won) => add(What::Won, &["closed_at", "close_date"]),
            Some(StageKind::Lost) => add(What::Lost, &["closed_at", "close_date"]),
            _ => {}
        },
        "contract" => {
            add(What::Signed, &["signed_date"]);
            add(What::Dated("end_date".into()), &["end_date"]);
        }
        _ => {
            if let Some(field) = &ty.date {
                add(What::Dated(field.clone()), &[field]);
            }
        }
    }
}

/// When an activity was done; one that does not say so was on the day its id starts with.
pub(super) fn done(record: &Record) -> Option<Moment> {
    let named = || record.id().as_str().get(..10).and_then(Moment::read);
    record.moment("done_at").or_else(|| record.moment("due")).or_else(named)
}

impl Item {
    /// Who did it, in a word, as far as the record says: the customer for what came from them, the colleague whose
    /// activity it is. Who owns a case or a quote today need not be who opened or sent it, so there the record says
    /// nothing; its history may.
    pub fn who(&self, book: &Book) -> String {
        let contacts = self.record.get("contacts").items().first().map(|c| c.as_str()).unwrap_or_default();
        let contact = if contacts.is_empty() { self.record.text("contact") } else { contacts };
        let from_outside = self.record.text("direction") == "inbound" || self.what == What::Accepted;
        let folder = book.schema().find("contact").map(|ty| ty.folder.clone());
        let contact =
            folder.zip(contact.parse().ok()).and_then(|(folder, id)| book.get(&Ref::new(folder, id)));
        match contact.filter(|_| from_outside) {
            Some(contact) if contact.has("first_name") => contact.text("first_name").to_owned(),
            Some(contact) => title_of(book, contact),
            None if matches!(self.what, What::Done | What::Planned) => {
                people::first_name(book, self.record.text("owner"))
            }
            None => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::{book, now, reference, sample};

    const BOOK: &str = "
users/lena: {name: Lena Vogt}
pipelines/new: {stages: [{id: q}, {id: won, kind: won}]}
accounts/acme: {name: Acme, owner: lena}
contacts/marta: {first_name: Marta, account: acme}
opportunities/deal: {name: Deal, account: acme, pipeline: new, stage: won, closed_at: 2026-11-05}
opportunities/open: {name: Open, account: acme, pipeline: new, stage: q, close_date: 2026-11-01}
cases/k: {account: acme, contact: marta, owner: lena, opened_at: 2026-11-10T09:00+01:00}
quotes/q: {account: acme, opportunity: deal, owner: lena, sent_at: 2026-11-03, status: sent}
contracts/c: {account: acme, signed_date: 2026-01-01, end_date: 2026-12-31}
activities/about-deal: {about: opportunities/deal, status: done, done_at: 2026-11-12T10:00+01:00, type: email, direction: inbound, contacts: [marta], owner: lena}
activities/with-marta: {about: accounts/other, contacts: [marta], status: done, due: 2026-11-19, owner: lena}
activities/qbr: {about: accounts/acme, status: planned, due: 2026-11-23, owner: lena}
activities/overdue: {about: contacts/marta, status: planned, due: 2026-11-20, owner: lena}
activities/off: {about: accounts/acme, status: cancelled, due: 2026-11-18}
activities/2026-10-30-note: {about: accounts/acme, status: done}
";

    fn check(target: &str, limit: usize, expect: &str) {
        let book = book(BOOK);
        let timeline = timeline(&book, &reference(target), limit, now("2026-11-21 13:00"));
        let list = |items: &[Item]| {
            let shown = items.iter().map(|i| format!("{:?} {}", i.what, i.record.id()));
            shown.collect::<Vec<_>>().join(", ")
        };
        assert_eq!(
            format!("{} | {} | {}", list(&timeline.ahead), list(&timeline.past), timeline.older),
            expect
        );
    }

    #[test]
    fn of_an_account() {
        let ahead = "Planned overdue, Planned qbr, Dated(\"end_date\") c";
        check(
            "accounts/acme",
            20,
            &format!(
                "{ahead} | Done with-marta, Done about-deal, Opened k, Won deal, Sent q, Done 2026-10-30-note, Signed c | 0"
            ),
        );
        check("accounts/acme", 2, &format!("{ahead} | Done with-marta, Done about-deal | 5"));
    }

    #[test]
    fn of_others() {
        check("contacts/marta", 9, "Planned overdue | Done with-marta, Done about-deal, Opened k | 0");
        check("opportunities/deal", 9, " | Done about-deal, Won deal, Sent q | 0");
        check("users/lena", 9, "Planned overdue, Planned qbr | Done with-marta, Done about-deal | 0");
    }

    #[test]
    fn who_and_with_what_else() {
        let book = book(BOOK);
        let past = timeline(&book, &reference("accounts/acme"), 9, now("2026-11-21 13:00")).past;
        let who: Vec<_> = past.iter().map(|item| item.who(&book)).collect();
        // Who owns a case, a quote or a deal now is not said to have opened, sent or won it.
        assert_eq!(who, ["Lena", "Marta", "", "", "", "", ""]);
    }

    #[test]
    fn the_sample_has_a_story() {
        let timeline = timeline(&sample(), &reference("accounts/acme-gmbh"), 30, now("2026-11-21 13:30"));
        assert!(timeline.past.len() >= 15 && !timeline.ahead.is_empty(), "{}", timeline.past.len());
        let kinds: FxHashSet<_> = timeline.past.iter().map(|item| item.what.clone()).collect();
        assert!(kinds.len() >= 3, "{kinds:?}");
    }
}
