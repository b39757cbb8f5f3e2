//! How values are shown to people: money grouped, dates short, links by the title of what they point at.

use crate::base::{Money, Now, Ref, Span, show as say};
use crate::model::resolve::{Scope, link_target};
use crate::model::schema::{ADDRESS_PARTS, FieldDef, Kind, Options, Template, Tone};
use crate::model::{Book, Moment, Record, Value};
use rust_decimal::Decimal;
use smol_str::SmolStr;

/// One word of a choice, with the label for the workspace's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceItem {
    /// As stored.
    pub value: SmolStr,
    /// As shown.
    pub label: String,
    /// How it is coloured.
    pub tone: Tone,
    /// Whether a record with it is finished.
    pub closed: bool,
}

/// The words a choice field of this record may hold, in order. Empty for other kinds, and where the linked
/// record that lists them is missing altogether.
pub fn choices(scope: &Scope<'_>, field: &FieldDef) -> Vec<ChoiceItem> {
    match &field.kind {
        Kind::Choice(Options::Fixed(fixed)) => fixed
            .iter()
            .map(|c| ChoiceItem {
                value: c.value.clone(),
                label: c.label.get(scope.book.settings().language()).to_owned(),
                tone: c.tone,
                closed: c.closed,
            })
            .collect(),
        Kind::Choice(Options::From { link, lines }) => match scope.linked(link) {
            Some(owner) => owner.get(lines).items().iter().filter_map(line_choice).collect(),
            None => any_choices(scope, link, lines),
        },
        _ => Vec::new(),
    }
}

/// A record that has not chosen its pipeline yet may be in any stage of any of them.
fn any_choices(scope: &Scope<'_>, link: &str, lines: &str) -> Vec<ChoiceItem> {
    let mut found: Vec<ChoiceItem> = Vec::new();
    let targets = scope.ty.field(link).into_iter().flat_map(|f| scope.book.schema().targets(f));
    for owner in targets.flat_map(|ty| scope.book.of(&ty.folder)) {
        for choice in owner.get(lines).items().iter().filter_map(line_choice) {
            if found.iter().all(|c| c.value != choice.value) {
                found.push(choice);
            }
        }
    }
    found
}

fn line_choice(line: &Value) -> Option<ChoiceItem> {
    let value = line.get("id").as_str();
    let name = line.get("name").as_str();
    let (tone, closed) = match line.get("kind").as_str() {
        "won" => (Tone::Good, true),
        "lost" => (Tone::Bad, true),
        _ => (Tone::Plain, false),
    };
    let label = if name.is_empty() { value } else { name };
    (!value.is_empty()).then(|| ChoiceItem { value: value.into(), label: label.to_owned(), tone, closed })
}

/// The chosen word of a choice field.
pub fn choice_of(scope: &Scope<'_>, field: &FieldDef) -> Option<ChoiceItem> {
    let value = scope.get(&field.name).as_str();
    choices(scope, field).into_iter().find(|c| c.value == value)
}

/// The value of a field as one line for people. What does not read as its kind is shown as spelled.
pub fn show(scope: &Scope<'_>, field: &FieldDef, value: &Value, now: Now) -> String {
    match (&field.kind, value) {
        (_, Value::Empty) => String::new(),
        (Kind::Address, Value::Map(_)) => {
            let parts = ADDRESS_PARTS.iter().map(|p| value.get(p).as_str()).filter(|t| !t.is_empty());
            parts.collect::<Vec<_>>().join(", ")
        }
        (Kind::Lines(_), Value::List(lines)) => lines.len().to_string(),
        (_, Value::Text(text)) => show_text(scope, field, text, now),
        _ => value
            .items()
            .iter()
            .map(|item| show_text(scope, field, item.as_str(), now))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// One scalar of a field for people.
pub fn show_text(scope: &Scope<'_>, field: &FieldDef, text: &str, now: Now) -> String {
    typed(scope, field, text, now).unwrap_or_else(|| text.to_owned())
}

fn typed(scope: &Scope<'_>, field: &FieldDef, text: &str, now: Now) -> Option<String> {
    let book = scope.book;
    let style = book.settings().style();
    let with_unit = |number: String| match &field.unit {
        Some(unit) => format!("{number} {unit}"),
        None => number,
    };
    match &field.kind {
        Kind::Integer | Kind::Decimal => {
            text.trim().parse::<Decimal>().ok().map(|n| with_unit(say::number(n, &style)))
        }
        Kind::Percent => text.trim_end_matches('%').trim().parse().ok().map(|n| say::percent(n, &style)),
        Kind::Money => Money::read(text, book.settings().currency()).ok().map(|m| say::money(&m, &style)),
        Kind::Duration => text.parse::<Span>().ok().map(|s| s.to_string()),
        Kind::Date => Moment::read(text).map(|m| say::date(m.day(), now.today(), &style)),
        Kind::Datetime => Moment::read(text).map(|m| match m {
            Moment::Day(day) => say::date(day, now.today(), &style),
            Moment::At(at) => say::datetime(at.with_timezone(&now.zone), now.today(), &style),
        }),
        Kind::Boolean => match text {
            "true" => Some(crate::tr!("yes").into_owned()),
            "false" => Some(crate::tr!("no").into_owned()),
            _ => None,
        },
        Kind::Choice(_) => choices(scope, field).into_iter().find(|c| c.value == text).map(|c| c.label),
        Kind::Link(_) | Kind::Links(_) | Kind::User => link_target(book.schema(), field, text)
            .and_then(|target| book.get(&target))
            .map(|r| title_of(book, r)),
        _ => None,
    }
}

/// What a record is called; its id where it has no title.
pub fn title_of(book: &Book, record: &Record) -> String {
    let title = Scope::of(book, record).map(|scope| fill(&scope, &scope.ty.title)).unwrap_or_default();
    if title.is_empty() { record.id().to_string() } else { title }
}

/// What a reference is called, dangling ones by their id.
pub fn title_of_ref(book: &Book, reference: &Ref) -> String {
    book.get(reference).map_or_else(|| reference.id.to_string(), |r| title_of(book, r))
}

/// A template filled in with plain text: no dates or money are reformatted, links give titles.
pub fn fill(scope: &Scope<'_>, template: &Template) -> String {
    template.render(|path| {
        let found = scope.resolve(path);
        let link = found.field.filter(|f| f.is_link());
        let choice = found.field.filter(|f| matches!(f.kind, Kind::Choice(_)));
        let texts = found.values.iter().flat_map(|v| v.scalars()).map(|text| match (link, choice) {
            (Some(field), _) => link_target(scope.book.schema(), field, text)
                .map_or_else(|| text.to_owned(), |target| title_of_ref(scope.book, &target)),
            (_, Some(field)) => choices(scope, field)
                .into_iter()
                .find(|c| c.value == text)
                .map_or_else(|| text.to_owned(), |c| c.label),
            _ => text.to_owned(),
        });
        texts.collect::<Vec<_>>().join(", ")
    })
}
