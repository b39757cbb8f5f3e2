//! What happened to a record and to what belongs to it, newest first.

use crate::base::{Now, Ref, show};
use crate::crm::people;
use crate::model::diff::FieldChange;
use crate::model::kinds::{show as show_value, title_of, title_of_ref};
use crate::model::{Book, Record, Scope, Value};
use crate::tr;
use crate::tui::app::World;
use crate::tui::theme::Role;
use crate::tui::widgets::timeline::{Entries, Entry};
use crate::workspace::history::{Event, EventKind, RecordEvent};
use chrono::{DateTime, Utc};
use smol_str::{SmolStr, format_smolstr};
use std::collections::BTreeSet;
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
    Activity(Arc<Record>),
    Milestone(Arc<Record>, Milestone),
    /// A commit and a record in it, by index.
    Change(usize, usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Milestone {
    Opened,
    Solved,
    Offered,
    Ordered,
    Signed,
    Closed,
}

/// The dates that tell a story, by type: the field, and what it means.
const MILESTONES: [(&str, &str, Milestone); 6] = [
    ("case", "opened_at", Milestone::Opened),
    ("case", "resolved_at", Milestone::Solved),
    ("quote", "quote_date", Milestone::Offered),
    ("order", "order_date", Milestone::Ordered),
    ("contract", "signed_date", Milestone::Signed),
    ("opportunity", "closed_at", Milestone::Closed),
];

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
            Source::Activity(record) | Source::Milestone(record, _) => &record.reference,
            Source::Change(event, record) => &self.changes[*event].records[*record].reference,
        };
        (*reference != self.subject).then(|| reference.clone())
    }

    fn gather(&mut self) {
        let book = self.book.clone();
        let related = related(&book, &self.subject);
        let mut seen = BTreeSet::new();
        let subject = self.subject.clone();
        for about in related.iter().map(|r| &r.reference).chain([&subject]) {
            for link in book.backlinks(about).iter().filter(|l| l.from.folder.as_str() == "activities") {
                // Who owns an activity did it; that is not their own story.
                let told = matches!(link.field.as_str(), "about" | "contacts");
                if told
                    && seen.insert(&link.from)
                    && let Some(record) = book.get(&link.from)
                {
                    self.activity(record);
                }
            }
        }
        let own = book.get(&self.subject).cloned();
        for record in related.into_iter().chain(own) {
            self.milestones(&record);
        }
        let events = self.changes.clone();
        for (event, entry) in events.iter().enumerate() {
            for (index, record) in entry.records.iter().enumerate() {
                if !self.tells(record) {
                    continue;
                }
                let source = Source::Change(event, index);
                self.items.push(Item { at: entry.time.to_utc(), sort: Sort::Changes, source });
            }
        }
    }

    /// Of other records only what changed in them belongs here; that they were made shows by their own entry.
    fn tells(&self, record: &RecordEvent) -> bool {
        record.reference == self.subject || record.kind == EventKind::Changed
    }

    fn activity(&mut self, record: &Arc<Record>) {
        let sort = match record.text("type") {
            "email" => Sort::Mail,
            "note" => Sort::Notes,
            _ => Sort::Contacts,
        };
        // What is planned has not happened; a note has as soon as it is written.
        if record.text("status") == "planned" && sort != Sort::Notes || record.text("status") == "cancelled" {
            return;
        }
        let when = record.moment("due").or_else(|| record.moment("done_at"));
        if let Some(at) = when {
            self.items.push(Item {
                at: at.start(self.now.zone),
                sort,
                source: Source::Activity(record.clone()),
            });
        }
    }

    fn milestones(&mut self, record: &Arc<Record>) {
        let Some(ty) = self.book.schema().in_folder(&record.reference.folder) else { return };
        for (_, field, milestone) in MILESTONES.iter().filter(|(name, ..)| ty.name == *name) {
            if let Some(at) =
                record.moment(field).map(|m| m.start(self.now.zone)).filter(|at| *at <= self.now.utc)
            {
                let source = Source::Milestone(record.clone(), *milestone);
                self.items.push(Item { at, sort: Sort::Milestones, source });
            }
        }
    }

    fn in_words(&self, item: &Item) -> Entry {
        let style = self.book.settings().style();
        let local = item.at.with_timezone(&self.now.zone);
        let when = match local.date_naive() == self.now.today() {
            true => show::time(&local),
            false => show::day(local.date_naive(), self.now.today(), &style),
        };
        let entry = match &item.source {
            Source::Activity(record) => self.activity_entry(record),
            Source::Milestone(record, milestone) => self.milestone_entry(record, *milestone),
            Source::Change(event, record) => {
                let event = &self.changes[*event];
                self.change_entry(event, &event.records[*record])
            }
        };
        // What is about something of the same name, such as a deal's quote, need not say it again.
        let about = if entry.about == self.title { String::new() } else { entry.about };
        Entry { when, about, ..entry }
    }

    fn activity_entry(&self, record: &Record) -> Entry {
        let (sign, role) = activity_sign(record.text("type"));
        let body = record.text("body").trim();
        let about = record.text("about").parse::<Ref>().ok().filter(|about| *about != self.subject);
        Entry {
            when: String::new(),
            sign: sign.to_owned(),
            role,
            who: self.who(record),
            what: record.text("subject").to_owned(),
            about: about.map(|about| title_of_ref(&self.book, &about)).unwrap_or_default(),
            more: body.to_owned(),
        }
    }

    /// The colleague; of a mail that came in, its sender.
    fn who(&self, record: &Record) -> String {
        let person = record.get("contacts").items().first().map(|id| id.as_str());
        if record.text("direction") == "inbound" && record.text("type") == "email" {
            let sender = person.and_then(|id| format!("contacts/{id}").parse::<Ref>().ok());
            if let Some(sender) = sender.and_then(|r| self.book.get(&r)) {
                return sender.text("first_name").to_owned();
            }
        }
        people::first_name(&self.book, record.text("owner"))
    }

    fn milestone_entry(&self, record: &Record, milestone: Milestone) -> Entry {
        let (sign, what) = match milestone {
            Milestone::Opened => ("⚑", tr!("case opened")),
            Milestone::Solved => ("✓", tr!("case solved")),
            Milestone::Offered => ("€", tr!("quote")),
            Milestone::Ordered => ("€", tr!("order")),
            Milestone::Signed => ("§", tr!("signed")),
            Milestone::Closed => match crate::crm::state::of(&self.book, record) {
                Some(state) if state.tone == crate::model::schema::Tone::Bad => ("✗", tr!("lost")),
                _ => ("✓", tr!("won")),
            },
        };
        let role = match sign {
            "✓" => Role::Good,
            "✗" => Role::Bad,
            "⚑" => Role::Warn,
            _ => Role::Money,
        };
        let own = record.reference == self.subject;
        let amount = match milestone {
            Milestone::Closed => record.money("amount", self.book.settings().currency()),
            Milestone::Offered | Milestone::Ordered => {
                crate::crm::quote::totals(&self.book, record).map(|t| t.total)
            }
            _ => None,
        };
        let style = self.book.settings().style();
        let amount = amount.map(|amount| format!(" · {}", show::money(&amount, &style))).unwrap_or_default();
        let number = Some(record.text("number")).filter(|n| !n.is_empty()).map(|n| format!(" {n}"));
        let title = if own { String::new() } else { title_of(&self.book, record) };
        Entry {
            when: String::new(),
            sign: sign.to_owned(),
            role,
            who: people::first_name(&self.book, record.text("owner")),
            what: format!("{what}{}{amount}", number.unwrap_or_default()),
            about: title,
            more: String::new(),
        }
    }

    fn change_entry(&self, event: &Event, change: &RecordEvent) -> Entry {
        let who = match &event.user {
            Some(user) => people::first_name(&self.book, user.as_str()),
            None => event.author.name.split_whitespace().next().unwrap_or_default().to_owned(),
        };
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
            (true, _) => format!("{path} → {}", shown(&change.new)),
            (_, true) => format!("{path} {} → –", shown(&change.old)),
            _ => format!("{path} {} → {}", shown(&change.old), shown(&change.new)),
        }
    }

    fn shown_value(&self, reference: &Ref, change: &FieldChange, value: &Value) -> String {
        let record = self.book.get(reference);
        let scope = record.and_then(|record| Scope::of(&self.book, record));
        let field = scope.and_then(|scope| scope.ty.field(&change.path.field));
        let whole = change.path.to_string() == change.path.field.as_str();
        let text = match (scope, field) {
            (Some(scope), Some(field)) if whole => show_value(&scope, field, value, self.now),
            _ => value.scalars().join(", "),
        };
        crate::base::text::cut(&text, 60).into_owned()
    }
}

/// The records whose dates belong to a record's story: those that point at it and are not activities.
fn related(book: &Book, subject: &Ref) -> Vec<Arc<Record>> {
    let schema = book.schema();
    let tells = |r: &Ref| {
        let ty = schema.in_folder(&r.folder);
        ty.is_some_and(|ty| MILESTONES.iter().any(|(name, ..)| ty.name == *name))
    };
    // A colleague owns too much for that to be their story.
    if schema.in_folder(&subject.folder).is_some_and(|ty| ty.setting) {
        return Vec::new();
    }
    let from: BTreeSet<&Ref> = book.backlinks(subject).iter().map(|l| &l.from).filter(|r| tells(r)).collect();
    from.into_iter().filter_map(|r| book.get(r)).cloned().collect()
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
            Source::Activity(record) => format_smolstr!("{}", record.reference),
            Source::Milestone(record, milestone) => format_smolstr!("{} {milestone:?}", record.reference),
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
