//! What happened to a record and to what belongs to it, newest first.

use crate::base::text::{contrast, cut};
use crate::base::{Now, Ref, show};
use crate::crm::timeline::{self, Item as Told, What};
use crate::crm::{people, quote};
use crate::model::diff::FieldChange;
use crate::model::kinds::{show as show_value, title_of, title_of_ref};
use crate::model::{Book, Moment, Record, Scope, Value};
use crate::tr;
use crate::tui::parts::World;
use crate::tui::theme::Role;
use crate::tui::widgets::timeline::{Entries, Entry};
use crate::workspace::history::{Event, EventKind, RecordEvent};
use chrono::{DateTime, Utc};
use smol_str::{SmolStr, format_smolstr};
use std::sync::Arc;

/// What one may want to see alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Calls, meetings, visits, tasks done.
    Contacts,
    /// E-mails.
    Mail,
    /// Notes.
    Notes,
    /// Cases, quotes, orders, contracts, deals won and lost.
    Milestones,
    /// Changes of fields.
    Changes,
}

impl Sort {
    /// All of them, by the words the filter uses.
    pub const ALL: [(Sort, &'static str); 5] = [
        (Sort::Contacts, "calls, meetings and tasks"),
        (Sort::Mail, "mail"),
        (Sort::Notes, "notes"),
        (Sort::Milestones, "cases, deals and quotes"),
        (Sort::Changes, "changes"),
    ];

    /// Its words.
    pub fn words(self) -> &'static str {
        Self::ALL.iter().find(|(sort, _)| *sort == self).map_or("", |(_, words)| words)
    }

    /// What the heading of a timeline says of its filter.
    pub fn detail(only: Option<Sort>) -> String {
        match only {
            Some(sort) => format!("{} ▾", sort.words()),
            None => tr!("all ▾").into_owned(),
        }
    }
}

/// A timeline's entries. They are put into words when they are drawn.
pub struct Story {
    book: Arc<Book>,
    now: Now,
    /// Whose story it is.
    subject: Ref,
    title: String,
    items: Vec<Item>,
    changes: Arc<Vec<Event>>,
    shown: Vec<usize>,
}

struct Item {
    at: DateTime<Utc>,
    sort: Sort,
    source: Source,
}

enum Source {
    /// Told by a record.
    Record(Told),
    /// A commit and a record in it, by index.
    Change(usize, usize),
}

/// Most entries that records tell of.
const TOLD: usize = 1000;

/// A changed value is cut to so many columns.
const VALUE: usize = 60;

/// Whose changes belong to a record's story: its own, and those of its open and closed deals.
pub fn watched(book: &Book, subject: &Record) -> Vec<Arc<Record>> {
    let mut watched: Vec<_> = book.get(&subject.reference).cloned().into_iter().collect();
    let folder = |name: &str| book.schema().find(name).map(|ty| ty.folder.as_str());
    if folder("account") == Some(subject.reference.folder.as_str()) {
        watched.extend(book.linking(&subject.reference, "opportunities", "account").cloned());
    }
    watched
}

impl Story {
    /// The story of a record. `changes` are the commits that touched it or what is [`watched`] with it.
    pub fn of(world: &World, subject: &Record, changes: Arc<Vec<Event>>, only: Option<Sort>) -> Self {
        let mut story = Self {
            book: world.book.clone(),
            now: world.now,
            subject: subject.reference.clone(),
            title: title_of(&world.book, subject),
            items: Vec::new(),
            changes,
            shown: Vec::new(),
        };
        story.gather();
        story.items.sort_by_key(|item| std::cmp::Reverse(item.at));
        story.filter(only);
        story
    }

    /// Shows one sort of entries, or all.
    pub fn filter(&mut self, only: Option<Sort>) {
        let wanted = |item: &Item| only.is_none_or(|sort| item.sort == sort);
        self.shown = (0..self.items.len()).filter(|at| wanted(&self.items[*at])).collect();
    }

    /// The record an entry leads to; `None` for a change of the page's own.
    pub fn target(&self, key: &str) -> Option<Ref> {
        let at = (0..self.len()).find(|at| self.key(*at) == key)?;
        let reference = match &self.items[self.shown[at]].source {
            Source::Record(told) => &told.record.reference,
            Source::Change(event, record) => &self.changes[*event].records[*record].reference,
        };
        (*reference != self.subject).then(|| reference.clone())
    }

    fn gather(&mut self) {
        let told = timeline::timeline(&self.book, &self.subject, TOLD, self.now);
        for told in told.past {
            let sort = match (&told.what, told.record.text("type")) {
                (What::Done, "email") => Sort::Mail,
                (What::Done, "note") => Sort::Notes,
                (What::Done, _) => Sort::Contacts,
                _ => Sort::Milestones,
            };
            self.items.push(Item { at: told.at, sort, source: Source::Record(told) });
        }
        let events = self.changes.clone();
        for (event, entry) in events.iter().enumerate() {
            for (index, record) in entry.records.iter().enumerate() {
                if self.tells(record) {
                    let source = Source::Change(event, index);
                    self.items.push(Item { at: entry.time.to_utc(), sort: Sort::Changes, source });
                }
            }
        }
    }

    /// Of other records only what changed in them belongs here; that they were made shows by their own entry.
    fn tells(&self, record: &RecordEvent) -> bool {
        record.reference == self.subject || record.kind == EventKind::Changed
    }

    fn in_words(&self, item: &Item) -> Entry {
        let style = self.book.settings().style();
        let local = item.at.with_timezone(&self.now.zone);
        let timed = !matches!(&item.source, Source::Record(Told { when: Moment::Day(_), .. }));
        let when = match timed && local.date_naive() == self.now.today() {
            true => show::time(&local),
            false => show::day(local.date_naive(), self.now.today(), &style),
        };
        let entry = match &item.source {
            Source::Record(told) if told.what == What::Done => self.activity_entry(told),
            Source::Record(told) => self.milestone_entry(told),
            Source::Change(event, record) => {
                let event = &self.changes[*event];
                self.change_entry(event, &event.records[*record])
            }
        };
        // What is about something of the same name, such as a deal's quote, need not say it again.
        let about = if entry.about == self.title { String::new() } else { entry.about };
        Entry { when, about, ..entry }
    }

    fn activity_entry(&self, told: &Told) -> Entry {
        let record = &told.record;
        let (sign, role) = activity_sign(record.text("type"));
        let about = record.text("about").parse::<Ref>().ok().filter(|about| *about != self.subject);
        Entry {
            when: String::new(),
            sign: sign.to_owned(),
            role,
            who: told.who(&self.book),
            what: record.text("subject").to_owned(),
            about: about.map(|about| title_of_ref(&self.book, &about)).unwrap_or_default(),
            more: record.text("body").trim().to_owned(),
        }
    }

    fn milestone_entry(&self, told: &Told) -> Entry {
        let record = &told.record;
        let (sign, role, what) = match &told.what {
            What::Opened => ("⚑", Role::Warn, tr!("case opened")),
            What::Resolved => ("✓", Role::Good, tr!("case solved")),
            What::Sent => ("€", Role::Money, tr!("quote sent")),
            What::Accepted => ("€", Role::Good, tr!("quote accepted")),
            What::Ordered => ("€", Role::Money, tr!("order")),
            What::Signed => ("§", Role::Info, tr!("signed")),
            What::Won => ("✓", Role::Good, tr!("won")),
            What::Lost => ("✗", Role::Bad, tr!("lost")),
            What::Dated(field) => ("·", Role::Muted, self.dated(record, field).into()),
            What::Planned | What::Done => ("·", Role::Muted, "".into()),
        };
        let style = self.book.settings().style();
        let amount = match told.what {
            What::Won | What::Lost => record.money("amount", self.book.settings().currency()),
            What::Sent | What::Accepted | What::Ordered => {
                quote::totals(&self.book, record).and_then(|totals| totals.sums).map(|sums| sums.total)
            }
            _ => None,
        };
        let number = Some(record.text("number")).filter(|n| !n.is_empty()).map(|n| format!(" {n}"));
        let amount = amount.map(|amount| format!(" · {}", show::money(&amount, &style)));
        let own = record.reference == self.subject;
        Entry {
            when: String::new(),
            sign: sign.to_owned(),
            role,
            who: self.doer(told),
            what: format!("{what}{}{}", number.unwrap_or_default(), amount.unwrap_or_default()),
            about: if own { String::new() } else { title_of(&self.book, record) },
            more: String::new(),
        }
    }

    /// What a date of a record of any other type says: `document`, `calibration: next due`.
    fn dated(&self, record: &Record, field: &str) -> String {
        let Some(ty) = self.book.schema().in_folder(&record.reference.folder) else {
            return field.to_owned();
        };
        let language = self.book.settings().language();
        let kind = ty.label.get(language).to_lowercase();
        let label = ty.field(field).map_or(field, |f| f.label.get(language)).to_lowercase();
        if label.starts_with(&kind) { kind } else { format!("{kind}: {label}") }
    }

    /// Who brought a milestone about: as the record says, else the author of the commit that set its date, if that
    /// was about that time. A commit of another day noted it afterwards, or brought it over from elsewhere.
    fn doer(&self, told: &Told) -> String {
        let said = told.who(&self.book);
        if !said.is_empty() || matches!(told.what, What::Accepted | What::Dated(_)) {
            return said;
        }
        let value = told.record.get(&told.field);
        let sets = |event: &&Event| {
            let own = event.records.iter().filter(|r| r.reference == told.record.reference);
            own.flat_map(|record| &record.fields).any(|c| c.path.field == told.field && c.new == *value)
        };
        let day = |at: DateTime<Utc>| at.with_timezone(&self.now.zone).date_naive();
        let same_day = |event: &&Event| day(event.time.to_utc()) == day(told.at);
        self.changes.iter().filter(same_day).find(sets).map_or_else(String::new, |event| self.author(event))
    }

    /// The first name of who made a commit.
    fn author(&self, event: &Event) -> String {
        match &event.user {
            Some(user) => people::first_name(&self.book, user.as_str()),
            None => event.author.name.split_whitespace().next().unwrap_or_default().to_owned(),
        }
    }

    fn change_entry(&self, event: &Event, change: &RecordEvent) -> Entry {
        let who = self.author(event);
        let told = self.told(change);
        let what = match &change.kind {
            EventKind::Created => tr!("created").into_owned(),
            EventKind::Deleted => tr!("deleted").into_owned(),
            EventKind::Renamed { from } => tr!("renamed from {id}", id = from.id).into_owned(),
            EventKind::Unreadable => tr!("changed by hand").into_owned(),
            EventKind::Changed => match told.as_slice() {
                [] => event.subject.clone(),
                [one] => one.clone(),
                [first, rest @ ..] => format!("{first}, {}", tr!("{n} more", n = rest.len())),
            },
        };
        let several = change.kind == EventKind::Changed && told.len() > 1;
        let own = change.reference == self.subject;
        Entry {
            when: String::new(),
            sign: "✎".to_owned(),
            role: Role::Accent,
            who,
            what,
            about: if own { String::new() } else { title_of_ref(&self.book, &change.reference) },
            more: if several { told.join("\n") } else { String::new() },
        }
    }

    /// The changes a person made, the state first: `stage Proposal → Negotiation`.
    fn told(&self, change: &RecordEvent) -> Vec<String> {
        let Some(ty) = self.book.schema().in_folder(&change.reference.folder) else { return Vec::new() };
        let state = ty.state_field().map(|f| f.name.clone());
        let by_hand = |c: &&FieldChange| ty.field(&c.path.field).is_none_or(|f| f.stamp.is_none());
        let mut fields: Vec<_> = change.fields.iter().filter(by_hand).collect();
        fields.sort_by_key(|c| Some(&c.path.field) != state.as_ref());
        fields.into_iter().map(|c| self.one_change(&change.reference, c)).collect()
    }

    fn one_change(&self, reference: &Ref, change: &FieldChange) -> String {
        let path = change.path.to_string().replace(['_', '.'], " ");
        let shown = |value: &Value| self.shown_value(reference, change, value);
        match (change.old.is_empty(), change.new.is_empty()) {
            (true, _) => format!("{path} → {}", cut(&shown(&change.new), VALUE)),
            (_, true) => format!("{path} {} → –", cut(&shown(&change.old), VALUE)),
            _ => {
                let (old, new) = contrast(&shown(&change.old), &shown(&change.new), VALUE);
                format!("{path} {old} → {new}")
            }
        }
    }

    fn shown_value(&self, reference: &Ref, change: &FieldChange, value: &Value) -> String {
        let record = self.book.get(reference);
        let scope = record.and_then(|record| Scope::of(&self.book, record));
        let field = scope.and_then(|scope| scope.ty.field(&change.path.field));
        let whole = change.path.to_string() == change.path.field.as_str();
        match (scope, field) {
            (Some(scope), Some(field)) if whole => show_value(&scope, field, value, self.now),
            _ => value.scalars().join(", "),
        }
    }
}

/// The sign of a type of activity.
pub fn activity_sign(kind: &str) -> (&'static str, Role) {
    match kind {
        "call" => ("☎", Role::Info),
        "email" => ("✉", Role::Info),
        "meeting" => ("◷", Role::Info),
        "visit" => ("⌂", Role::Info),
        "note" => ("❝", Role::Warn),
        _ => ("✓", Role::Good),
    }
}

impl Entries for Story {
    fn len(&self) -> usize {
        self.shown.len()
    }

    fn key(&self, index: usize) -> SmolStr {
        let Some(item) = self.shown.get(index).and_then(|at| self.items.get(*at)) else {
            return SmolStr::default();
        };
        match &item.source {
            Source::Record(told) => format_smolstr!("{} {:?}", told.record.reference, told.what),
            Source::Change(event, record) => {
                let event = &self.changes[*event];
                format_smolstr!("{} {}", event.commit, event.records[*record].reference)
            }
        }
    }

    fn entry(&self, index: usize) -> Entry {
        match self.shown.get(index).and_then(|at| self.items.get(*at)) {
            Some(item) => self.in_words(item),
            None => Entry {
                when: String::new(),
                sign: String::new(),
                role: Role::Text,
                who: String::new(),
                what: String::new(),
                about: String::new(),
                more: String::new(),
            },
        }
    }
}
