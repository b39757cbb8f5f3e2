//! Facts about a record: what each says, and where it leads.

use crate::base::{Ref, show};
use crate::model::kinds::{choice_of, show as show_value, title_of_ref};
use crate::model::resolve::link_targets;
use crate::model::{Book, FieldDef, Kind, Moment, Record, Scope, Value};
use crate::tr;
use crate::tui::screens::list;
use crate::tui::theme::Role;
use crate::tui::widgets::grid::Cell;
use smol_str::SmolStr;

/// How much room a fact takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The heading of the facts after it.
    Heading,
    /// A label and a value; two to a row where there is room.
    Pair,
    /// A text to read, over the whole width.
    Long,
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// What it says.
    pub value: Cell,
    /// What stands behind it in a colour of its own: which way it goes.
    pub tail: Option<Cell>,
    /// The records it names.
    pub to: Vec<Ref>,
    /// How much room it takes.
    pub shape: Shape,
    /// The field it shows; empty for what is worked out.
    pub field: SmolStr,
}

impl Fact {
    /// A label and a value.
    pub fn new(label: impl Into<String>, value: impl Into<Cell>) -> Fact {
        Fact {
            label: label.into(),
            value: value.into(),
            tail: None,
            to: Vec::new(),
            shape: Shape::Pair,
            field: SmolStr::default(),
        }
    }

    /// A heading.
    pub fn heading(title: &str) -> Fact {
        Fact { shape: Shape::Heading, ..Fact::new(title, "") }
    }

    /// The same, leading to a record.
    pub fn to(mut self, reference: Ref) -> Fact {
        self.to.push(reference);
        self
    }

    /// The same, said to show that field.
    pub fn showing(mut self, field: impl Into<SmolStr>) -> Fact {
        self.field = field.into();
        self
    }

    /// The same with something behind its value.
    pub fn then(mut self, tail: Option<Cell>) -> Fact {
        self.tail = tail;
        self
    }

    /// The same as a text over the whole width.
    pub fn long(mut self) -> Fact {
        self.shape = Shape::Long;
        self
    }
}

/// Makes facts out of a record's fields.
pub struct Facts<'a> {
    /// The record and its type.
    pub scope: Scope<'a>,
    /// The moment dates are told from.
    pub now: crate::base::Now,
}

impl<'a> Facts<'a> {
    /// The facts of a record; `None` where its folder has no type.
    pub fn of(book: &'a Book, record: &'a Record, now: crate::base::Now) -> Option<Facts<'a>> {
        Some(Facts { scope: Scope::of(book, record)?, now })
    }

    fn language(&self) -> &'a str {
        self.scope.book.settings().language()
    }

    /// A field as a fact, also when it is empty. `None` for one the type has not.
    pub fn field(&self, name: &str) -> Option<Fact> {
        self.scope.ty.field(name).map(|field| self.fact(field))
    }

    /// As [`Facts::field`], under another label.
    pub fn named(&self, label: &str, name: &str) -> Option<Fact> {
        self.field(name).map(|fact| Fact { label: label.to_owned(), ..fact })
    }

    /// The fields that hold something, each group under its heading, and what the schema does not know at the end.
    pub fn all(&self) -> Vec<Fact> {
        self.beyond(&[])
    }

    /// As [`Facts::all`], without the fields that are shown elsewhere.
    pub fn beyond(&self, shown: &[SmolStr]) -> Vec<Fact> {
        let ty = self.scope.ty;
        let mut facts = Vec::new();
        let groups = ty.groups.iter().map(|g| (Some(g.name.as_str()), g.label.get(self.language())));
        for (group, title) in groups.chain([(None, "")]) {
            let known = |f: &FieldDef| ty.groups.iter().any(|g| Some(&g.name) == f.group.as_ref());
            let here = |f: &&FieldDef| match group {
                Some(name) => f.group.as_deref() == Some(name),
                None => !known(f),
            };
            let filled: Vec<_> =
                ty.fields.iter().filter(here).filter(|f| self.shows(f) && !shown.contains(&f.name)).collect();
            // The first group is what the record is; its heading would only repeat the type.
            if !filled.is_empty() && !facts.is_empty() && !title.is_empty() {
                facts.push(Fact::heading(title));
            }
            facts.extend(filled.into_iter().map(|f| self.fact(f)));
        }
        let unknown: Vec<_> = self.unknown().collect();
        if !unknown.is_empty() {
            facts.push(Fact::heading(&tr!("Not in the schema · kept as it is")));
            facts.extend(unknown);
        }
        facts
    }

    /// Fields of the file that the schema does not know.
    fn unknown(&self) -> impl Iterator<Item = Fact> {
        let unknown = self.scope.fields.iter().filter(|(name, _)| self.scope.ty.field(name).is_none());
        unknown.map(|(name, value)| Fact::new(name.as_str(), Cell::of(spelled(value), Role::Muted)))
    }

    /// Lines have a table of their own.
    fn shows(&self, field: &FieldDef) -> bool {
        !matches!(field.kind, Kind::Lines(_)) && !self.scope.get(&field.name).is_empty()
    }

    fn fact(&self, field: &FieldDef) -> Fact {
        let value = self.scope.get(&field.name);
        let label = field.label.get(self.language());
        if field.kind == Kind::Longtext {
            return Fact::new(label, value.as_str()).showing(field.name.clone()).long();
        }
        let to = match field.is_link() {
            true => link_targets(self.scope.book.schema(), field, value),
            false => Vec::new(),
        };
        Fact { to, ..Fact::new(label, self.cell(field, value)) }.showing(field.name.clone())
    }

    fn cell(&self, field: &FieldDef, value: &Value) -> Cell {
        let scope = &self.scope;
        let text = match (&field.kind, value) {
            // A value of the wrong shape is shown as it is spelled.
            (Kind::Address, Value::Map(_)) => show_value(scope, field, value, self.now),
            (_, Value::Map(_)) => spelled(value),
            _ => show_value(scope, field, value, self.now),
        };
        match &field.kind {
            Kind::Choice(_) => match choice_of(scope, field) {
                Some(choice) => match list::spoken(choice.tone) {
                    Some(role) => Cell::of(text, role),
                    None => text.into(),
                },
                None => Cell::of(text, Role::Warn),
            },
            Kind::Money => Cell::of(text, Role::Money),
            Kind::Link(_) | Kind::Links(_) | Kind::Url | Kind::Email => Cell::of(text, Role::Link),
            Kind::Boolean if value.as_str() == "true" => tr!("yes").into_owned().into(),
            Kind::Boolean if value.as_str() == "false" => Cell::of(tr!("no").into_owned(), Role::Muted),
            _ => text.into(),
        }
    }

    /// A day with how far away it is: `12 Dec · in 21 d`; red once it is past and `late` says that matters.
    pub fn day(&self, label: &str, name: &str, late: bool) -> Fact {
        let style = self.scope.book.settings().style();
        let value = self.scope.get(name);
        let Some(day) = Moment::read(value.as_str()).map(|m| m.day_in(self.now.zone)) else {
            return Fact::new(label, value.as_str()).showing(name);
        };
        let today = self.now.today();
        let away = (day - today).num_days();
        // Near days need no year.
        let text = show::date(day, if away.abs() <= 180 { day } else { today }, &style);
        let fact = match away {
            0 => Fact::new(label, Cell::of(format!("{text} · {}", tr!("today")), Role::Warn)),
            1.. => Fact::new(label, format!("{text} · {}", tr!("in {n} d", n = away))),
            _ if late => {
                Fact::new(label, Cell::of(format!("! {text} · {}", tr!("{n} d ago", n = -away)), Role::Bad))
            }
            _ => Fact::new(label, format!("{text} · {}", tr!("{n} d ago", n = -away))),
        };
        fact.showing(name)
    }

    /// A link with the title of what it points at, under a label of its own.
    pub fn link(&self, label: &str, name: &str) -> Option<Fact> {
        let field = self.scope.ty.field(name)?;
        let to = link_targets(self.scope.book.schema(), field, self.scope.get(name));
        let titles: Vec<_> = to.iter().map(|r| title_of_ref(self.scope.book, r)).collect();
        Some(Fact { to, ..Fact::new(label, Cell::of(titles.join(", "), Role::Link)) }.showing(name))
    }
}

/// A value without a schema, on one line: `a: 1, b: [x, y]`.
fn spelled(value: &Value) -> String {
    let join = |parts: Vec<String>| parts.join(", ");
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => text.to_string(),
        Value::List(items) => format!("[{}]", join(items.iter().map(spelled).collect())),
        Value::Map(entries) => join(entries.iter().map(|(k, v)| format!("{k}: {}", spelled(v))).collect()),
    }
}
