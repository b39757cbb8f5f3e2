//! Many changes put together: what was done to each record in all, whoever did it in however many steps.

use super::history::{Event, EventKind, RecordEvent};
use crate::base::Ref;
use rustc_hash::FxHashMap;

/// What was done to one record in all; or one commit of many records, as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// The newest of the commits, with what all of them did to the record.
    pub event: Event,
    /// How many others had a hand in it besides the author of the newest.
    pub others: usize,
}

/// A commit of more records than this, such as an import, is told as one.
const FEW: usize = 3;

/// Puts commits (newest first) together by record. What was taken back in the end is left out.
pub fn digest(events: &[Event]) -> Vec<Digest> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut at: FxHashMap<&Ref, usize> = FxHashMap::default();
    for event in events {
        if event.records.len() > FEW || event.action.as_deref() == Some("rename") {
            drafts.push(Draft::new(event.clone()));
            continue;
        }
        for record in &event.records {
            match at.get(&record.reference) {
                Some(&known) => drafts[known].before(event, record),
                None => {
                    at.insert(&record.reference, drafts.len());
                    let records = vec![record.clone()];
                    let reverts = None;
                    drafts.push(Draft::new(Event { records, reverts, ..event.clone() }));
                }
            }
        }
    }
    drafts.into_iter().filter_map(Draft::finish).collect()
}

struct Draft {
    event: Event,
    authors: Vec<String>,
    steps: usize,
}

impl Draft {
    fn new(event: Event) -> Self {
        Self { authors: vec![event.author.email.to_lowercase()], event, steps: 1 }
    }

    /// Puts an earlier change of the record under the later ones.
    fn before(&mut self, event: &Event, earlier: &RecordEvent) {
        let author = event.author.email.to_lowercase();
        if !self.authors.contains(&author) {
            self.authors.push(author);
        }
        self.steps += 1;
        let Some(record) = self.event.records.first_mut() else { return };
        for change in &earlier.fields {
            match record.fields.iter_mut().find(|later| later.path == change.path) {
                Some(later) => later.old = change.old.clone(),
                None => record.fields.push(change.clone()),
            }
        }
        record.fields.retain(|change| change.old != change.new);
        record.kind = match (&earlier.kind, &record.kind) {
            (EventKind::Created, EventKind::Changed) => EventKind::Created,
            // Removed and made again: what differs in between.
            (EventKind::Deleted, EventKind::Created) => EventKind::Changed,
            (EventKind::Unreadable, EventKind::Changed) => EventKind::Unreadable,
            (_, later) => later.clone(),
        };
    }

    fn finish(self) -> Option<Digest> {
        let undone = match self.event.records.as_slice() {
            [record] if self.steps > 1 => match record.kind {
                EventKind::Changed => record.fields.is_empty(),
                // Made and removed again: of what was there in between nothing is left.
                EventKind::Deleted => record.fields.is_empty(),
                _ => false,
            },
            _ => false,
        };
        (!undone).then(|| Digest { event: self.event, others: self.authors.len() - 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::Identity;
    use crate::model::FieldPath;
    use crate::model::Value;
    use crate::model::diff::FieldChange;
    use chrono::DateTime;

    /// `Jonas deals/a stage: p > n, amount: 1 > 2`, the newest first; `+` before the record makes it, `-` removes it.
    fn events(text: &str) -> Vec<Event> {
        let one = |(at, line): (usize, &str)| {
            let mut words = line.trim().splitn(3, ' ');
            let (who, record, changes) =
                (words.next().unwrap(), words.next().unwrap(), words.next().unwrap_or(""));
            let kind = match &record[..1] {
                "+" => EventKind::Created,
                "-" => EventKind::Deleted,
                _ => EventKind::Changed,
            };
            let change = |text: &str| {
                let (field, values) = text.split_once(": ").unwrap();
                let (old, new) = values.split_once(" > ").unwrap();
                let value = |text: &str| if text == "∅" { Value::Empty } else { Value::text(text) };
                FieldChange { path: FieldPath::field(field), old: value(old), new: value(new) }
            };
            let fields = changes.split(", ").filter(|part| !part.is_empty()).map(change).collect();
            let reference = record.trim_start_matches(['+', '-']).parse().unwrap();
            Event {
                commit: format!("{at:040x}").parse().unwrap(),
                time: DateTime::from_timestamp(1_795_000_000 - at as i64, 0).unwrap().fixed_offset(),
                author: Identity::new(who, format!("{who}@x.example")),
                user: None,
                subject: line.trim().to_owned(),
                action: None,
                reverts: None,
                records: vec![RecordEvent { reference, kind, fields }],
            }
        };
        text.trim().lines().enumerate().map(one).collect()
    }

    fn check(text: &str, expect: &[&str]) {
        let told = digest(&events(text)).into_iter().map(|digest| {
            let record = &digest.event.records[0];
            let changes: Vec<_> = record
                .fields
                .iter()
                .map(|c| format!("{} {}>{}", c.path, c.old.as_str(), c.new.as_str()))
                .collect();
            let (who, others) = (&digest.event.author.name, digest.others);
            format!("{who}+{others} {:?} {} {}", record.kind, record.reference, changes.join(" "))
        });
        assert_eq!(told.collect::<Vec<_>>(), expect, "{text}");
    }

    #[test]
    fn by_record_from_first_to_last() {
        check(
            "Jonas deals/a stage: p > n
             Sanne accounts/x city: A > B
             Jonas deals/a amount: 1 > 2, stage: q > p
             Sanne deals/a amount: 0 > 1",
            &["Jonas+1 Changed deals/a stage q>n amount 0>2", "Sanne+0 Changed accounts/x city A>B"],
        );
    }

    #[test]
    fn what_is_made_and_changed_was_made() {
        check(
            "Jonas deals/a stage: p > n\nJonas +deals/a stage: ∅ > p",
            &["Jonas+0 Created deals/a stage >n"],
        );
        check(
            "Jonas -deals/a stage: p > ∅\nSanne deals/a stage: q > p",
            &["Jonas+1 Deleted deals/a stage q>"],
        );
    }

    #[test]
    fn what_was_taken_back_is_left_out() {
        check("Jonas deals/a stage: n > p\nJonas deals/a stage: p > n", &[]);
        check("Jonas -deals/a stage: p > ∅\nJonas +deals/a stage: ∅ > p", &[]);
        // One step that changed no value, such as a comment, is told all the same.
        check("Jonas deals/a", &["Jonas+0 Changed deals/a "]);
    }

    #[test]
    fn a_commit_of_many_records_is_one() {
        let mut import = events("Jonas +deals/a name: ∅ > A").remove(0);
        import.records = ["a", "b", "c", "d"]
            .iter()
            .map(|id| {
                let reference = format!("deals/{id}").parse().unwrap();
                RecordEvent { reference, kind: EventKind::Created, fields: Vec::new() }
            })
            .collect();
        let told = digest(std::slice::from_ref(&import));
        assert_eq!(told, [Digest { event: import, others: 0 }]);
    }
}
