//! A commit, told: when, who, what, and the values that changed.

use super::tell;
use crate::base::show::{day, time};
use crate::base::{CommitId, Now, Ref};
use crate::crm::people::first_name;
use crate::model::Book;
use crate::model::diff::FieldChange;
use crate::tr_n;
use crate::tui::theme::Role;
use crate::workspace::history::{Event, EventKind, RecordEvent};
use smol_str::SmolStr;

/// A commit as it is shown.
pub struct Item {
    /// What identifies it.
    pub key: SmolStr,
    /// The commit.
    pub commit: CommitId,
    /// Its first line.
    pub subject: String,
    /// The day, as it is spoken of.
    pub day: String,
    /// The time of day.
    pub time: String,
    /// Who, by the first name.
    pub who: String,
    /// Who, by the whole name.
    pub author: String,
    /// A sign for what it did.
    pub sign: &'static str,
    /// How the sign is spoken.
    pub role: Role,
    /// What it did, in a sentence; empty where the values say it all.
    pub what: String,
    /// What it did to each record.
    pub parts: Vec<Part>,
    /// The record it is about, if that is one and still there.
    pub reference: Option<Ref>,
    /// Whether the values are shown before it is opened.
    pub telling: bool,
}

/// What a commit did to one record.
pub struct Part {
    /// What the record is called; empty where there is but one.
    pub title: String,
    /// The values that a person changed.
    pub own: Vec<Value>,
    /// All others: those that Kontor notes along.
    pub stamped: Vec<Value>,
}

/// One value before and after.
pub struct Value {
    /// What it is called.
    pub label: String,
    /// Before; empty where there was none.
    pub old: String,
    /// After; empty where there is none.
    pub new: String,
}

impl Item {
    /// Tells a commit. In a history of one record `alone`, its name need not be repeated.
    pub fn new(book: &Book, event: &Event, alone: bool, now: Now) -> Item {
        let local = event.time.with_timezone(&now.zone);
        let author = event.author.name.clone();
        let (sign, role) = sign(event);
        let changed = event.records.iter().all(|record| record.kind == EventKind::Changed);
        let telling = alone && changed && event.records.len() == 1;
        let what = match telling && event.reverts.is_none() {
            true => String::new(),
            false => tell::told(book, event, now),
        };
        Item {
            key: event.commit.to_string().into(),
            commit: event.commit,
            subject: event.subject.clone(),
            day: day(local.date_naive(), now.today(), &book.settings().style()),
            time: time(&local),
            who: match &event.user {
                Some(id) => first_name(book, id.as_str()),
                None => author.split_whitespace().next().unwrap_or_default().to_owned(),
            },
            author,
            sign,
            role,
            what,
            parts: parts(book, event, now),
            reference: match event.records.as_slice() {
                [one] => book.get(&one.reference).map(|record| record.reference.clone()),
                _ => None,
            },
            telling,
        }
    }

    /// Whether every one of these words (lower case) is found in it: in who did it, in its first line and its sentence, or
    /// in the names and values of what changed.
    pub fn has(&self, words: &[String]) -> bool {
        if words.is_empty() {
            return true;
        }
        let values = self.parts.iter().flat_map(|part| part.own.iter().chain(&part.stamped));
        let values = values.flat_map(|value| [&value.label, &value.old, &value.new]);
        let titles = self.parts.iter().map(|part| &part.title);
        let texts =
            [&self.author, &self.who, &self.subject, &self.what].into_iter().chain(titles).chain(values);
        let texts: Vec<String> = texts.map(|text| text.to_lowercase()).collect();
        words.iter().all(|word| texts.iter().any(|text| text.contains(word.as_str())))
    }

    /// How much there is to see when it is opened; empty where everything is in sight.
    pub fn more(&self) -> String {
        let own: usize = self.parts.iter().map(|part| part.own.len()).sum();
        let stamped: usize = self.parts.iter().map(|part| part.stamped.len()).sum();
        match (self.telling, own + stamped, stamped) {
            (true, _, 0) | (_, 0, _) => String::new(),
            (true, _, n) => tr_n!("{n} more", "{n} more", n).into_owned(),
            (false, n, _) => tr_n!("{n} value", "{n} values", n).into_owned(),
        }
    }
}

fn sign(event: &Event) -> (&'static str, Role) {
    let first = event.records.first().map(|record| &record.kind);
    match (event.reverts.is_some(), first) {
        (true, _) if event.action.as_deref() == Some("redo") => ("↷", Role::Warn),
        (true, _) => ("↶", Role::Warn),
        (_, Some(EventKind::Created)) => ("+", Role::DiffAdd),
        (_, Some(EventKind::Deleted)) => ("-", Role::DiffRemove),
        (_, Some(EventKind::Unreadable)) => ("!", Role::Warn),
        _ => ("~", Role::DiffChange),
    }
}

fn parts(book: &Book, event: &Event, now: Now) -> Vec<Part> {
    let several = event.records.len() > 1;
    let part = |record: &RecordEvent| {
        let value = |change: &FieldChange| Value {
            label: tell::label(book, &record.reference, change),
            old: tell::shown(book, &record.reference, change, &change.old, now),
            new: tell::shown(book, &record.reference, change, &change.new, now),
        };
        let own = tell::by_people(book, record);
        let stamped = record.fields.iter().filter(|change| !own.iter().any(|o| std::ptr::eq(*o, *change)));
        Part {
            title: if several { tell::title(book, record) } else { String::new() },
            stamped: stamped.map(value).collect(),
            own: own.into_iter().map(value).collect(),
        }
    };
    event.records.iter().map(part).collect()
}
