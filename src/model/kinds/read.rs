//! Checks a stored value against its field: does it read as the kind the schema says?

use super::canonical::{is_email, is_phone, is_url};
use super::show::choices;
use crate::base::{Id, Money, Span};
use crate::model::Condition;
use crate::model::near::nearest;
use crate::model::order::Key;
use crate::model::resolve::{Scope, link_target};
use crate::model::schema::{ADDRESS_PARTS, FieldDef, Kind, TypeDef};
use crate::model::{Moment, Value};
use rust_decimal::Decimal;
use smol_str::SmolStr;

type Fields = Vec<(SmolStr, Value)>;

/// Why a value does not read as its field's kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// Steps below the field to the culprit: list positions and keys.
    pub at: Vec<SmolStr>,
    /// A stable word for programs.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What was probably meant.
    pub suggestion: Option<String>,
}

impl Misread {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { at: Vec::new(), code, message: message.into(), suggestion: None }
    }

    fn below(mut self, step: impl Into<SmolStr>) -> Self {
        self.at.insert(0, step.into());
        self
    }
}

/// Everything in `value` that does not read as `field`. An empty value always reads.
pub fn check_value(scope: &Scope<'_>, field: &FieldDef, value: &Value) -> Vec<Misread> {
    if value.is_empty() {
        return Vec::new();
    }
    match &field.kind {
        Kind::Lines(fields) => check_lines(scope, fields, value),
        Kind::Address => check_address(field, value),
        _ if field.is_list() => check_list(scope, field, value),
        _ => match value {
            Value::Text(text) => check_scalar(scope, field, text).into_iter().collect(),
            _ => vec![Misread::new(
                "wrong-shape",
                format!("{} holds one {}, not a list or a map", field.name, field.kind.name()),
            )],
        },
    }
}

fn check_list(scope: &Scope<'_>, field: &FieldDef, value: &Value) -> Vec<Misread> {
    if matches!(value, Value::Map(_)) {
        return vec![Misread::new("wrong-shape", format!("{} holds a list, not a map", field.name))];
    }
    let items = value.items().iter().enumerate();
    items
        .filter_map(|(i, item)| match item {
            Value::Empty => None,
            Value::Text(text) => check_scalar(scope, field, text).map(|m| m.below(i.to_string())),
            _ => Some(
                Misread::new("wrong-shape", format!("an element of {} is one line of text", field.name))
                    .below(i.to_string()),
            ),
        })
        .collect()
}

fn check_lines(scope: &Scope<'_>, fields: &[FieldDef], value: &Value) -> Vec<Misread> {
    let Value::List(lines) = value else {
        return vec![Misread::new("wrong-shape", "this field holds a list of lines, each a map of its own")];
    };
    // The conditions of a line look at the line first and at the record around it.
    let conditional = fields.iter().any(|f| f.when.is_some() || f.required_when.is_some());
    let line_ty =
        conditional.then(|| TypeDef { fields: [fields, &scope.ty.fields].concat(), ..scope.ty.clone() });
    let mut found = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let at = i.to_string();
        let Value::Map(entries) = line else {
            found.push(Misread::new("wrong-shape", "a line is a map such as {id: k7f3, …}").below(at));
            continue;
        };
        let id = line.get("id").as_str();
        if !id.is_empty() && seen.contains(&id) {
            found.push(
                Misread::new("duplicate-line", format!("two lines have the id '{id}'"))
                    .below("id")
                    .below(at.clone()),
            );
        }
        seen.push(id);
        let both: Fields = match &line_ty {
            Some(_) => entries.iter().cloned().chain(scope.fields.to_vec()).collect(),
            None => Vec::new(),
        };
        let line_scope = line_ty.as_ref().map(|ty| Scope { ty, fields: (&both).into(), ..*scope });
        let holds = |condition: &Condition| line_scope.as_ref().is_some_and(|s| condition.holds(s));
        for field in fields {
            let inner = line.get(&field.name);
            let needed = field.required || field.required_when.as_ref().is_some_and(holds);
            if needed && inner.is_empty() && field.when.as_ref().is_none_or(holds) {
                found.push(
                    Misread::new("required", format!("{} is missing in this line", field.name))
                        .below(at.clone()),
                );
            }
            let misreads = check_value(scope, field, inner).into_iter();
            found.extend(misreads.map(|m| m.below(field.name.clone()).below(at.clone())));
        }
    }
    found
}

fn check_address(field: &FieldDef, value: &Value) -> Vec<Misread> {
    let Value::Map(entries) = value else {
        let parts = ADDRESS_PARTS.join(", ");
        return vec![Misread::new("wrong-shape", format!("{} is an address: a map of {parts}", field.name))];
    };
    entries
        .iter()
        .filter(|(name, _)| !ADDRESS_PARTS.contains(&name.as_str()))
        .map(|(name, _)| {
            let mut misread = Misread::new("unknown-part", format!("'{name}' is not a part of an address"))
                .below(name.clone());
            misread.suggestion = nearest(name, ADDRESS_PARTS).map(str::to_owned);
            misread
        })
        .collect()
}

fn check_scalar(scope: &Scope<'_>, field: &FieldDef, text: &str) -> Option<Misread> {
    let wrong = |what: &str| Some(Misread::new("bad-value", format!("'{text}' is not {what}")));
    let misread = match &field.kind {
        Kind::Text | Kind::Longtext | Kind::Tags => None,
        Kind::Integer if text.trim().parse::<i64>().is_err() => wrong("a whole number"),
        Kind::Decimal if text.trim().parse::<Decimal>().is_err() => {
            wrong("a number: write it with a decimal point, such as 12.5")
        }
        Kind::Percent if text.trim_end_matches('%').trim().parse::<Decimal>().is_err() => {
            wrong("a percentage such as 30%")
        }
        Kind::Money => match Money::read(text, scope.book.settings().currency()) {
            Ok(_) => None,
            Err(e) => Some(Misread::new("bad-value", e.to_string())),
        },
        Kind::Boolean if !matches!(text, "true" | "false" | "yes" | "no") => wrong("true or false"),
        Kind::Date => match Moment::read(text) {
            Some(Moment::Day(_)) => None,
            _ => wrong("a date such as 2026-11-21"),
        },
        Kind::Datetime if Moment::read(text).is_none() => {
            wrong("a date or a time such as 2026-11-21T14:00+01:00")
        }
        Kind::Duration if text.parse::<Span>().is_err() => wrong("a length of time such as 1h30m or 30d"),
        Kind::Choice(_) => check_choice(scope, field, text),
        Kind::Link(_) | Kind::Links(_) | Kind::User => check_link(scope, field, text),
        Kind::Email if !is_email(text) => wrong("an e-mail address"),
        Kind::Phone if !is_phone(text) => wrong("a telephone number"),
        Kind::Url if !is_url(text) => wrong("a web address"),
        _ => None,
    };
    misread.or_else(|| check_range(scope, field, text))
}

fn check_range(scope: &Scope<'_>, field: &FieldDef, text: &str) -> Option<Misread> {
    let key = |text: &str| Key::of(scope.book, Some(field), text);
    let unit = field.unit.as_ref().map(|u| format!(" {u}")).unwrap_or_default();
    let value = key(text);
    if let Some(min) = field.min.as_ref().filter(|min| key(min).comparable(&value) && value < key(min)) {
        return Some(Misread::new(
            "out-of-range",
            format!("{text}{unit} is less than the least allowed, {min}{unit}"),
        ));
    }
    let max = field.max.as_ref().filter(|max| key(max).comparable(&value) && value > key(max))?;
    Some(Misread::new("out-of-range", format!("{text}{unit} is more than the most allowed, {max}{unit}")))
}

fn check_choice(scope: &Scope<'_>, field: &FieldDef, text: &str) -> Option<Misread> {
    let known = choices(scope, field);
    if known.is_empty() || known.iter().any(|c| c.value == text) {
        return None;
    }
    let mut misread = Misread::new("unknown-choice", format!("unknown {} '{text}'", words(&field.name)));
    misread.suggestion = nearest(text, known.iter().map(|c| c.value.as_str())).map(str::to_owned);
    if misread.suggestion.is_none() {
        let list: Vec<_> = known.iter().map(|c| c.value.as_str()).collect();
        misread.message.push_str(&format!(" (known: {})", list.join(", ")));
    }
    Some(misread)
}

fn check_link(scope: &Scope<'_>, field: &FieldDef, text: &str) -> Option<Misread> {
    let schema = scope.book.schema();
    let types: Vec<_> = schema.targets(field).collect();
    let Some(target) = link_target(schema, field, text) else {
        let folders: Vec<_> = types.iter().map(|t| format!("{}/<id>", t.folder)).collect();
        let form = if types.len() == 1 { "an id such as acme-gmbh".to_owned() } else { folders.join(" or ") };
        return Some(Misread::new("bad-link", format!("'{text}' is not a link: write {form}")));
    };
    // A record whose file can't be read is there, and told of by itself.
    if scope.book.get(&target).is_some() || scope.book.is_broken(&target) {
        return None;
    }
    let mut misread = Misread::new("dangling-link", format!("there is no {target}"));
    let ids = scope.book.of(&target.folder).iter().map(|r| r.id().as_str());
    misread.suggestion = nearest(target.id.as_str(), ids).map(|near| {
        let near = Id::try_from(near).map(|id| crate::base::Ref { folder: target.folder.clone(), id });
        near.map_or_else(
            |_| String::new(),
            |near| crate::model::resolve::spell_link(schema, field, &near).to_string(),
        )
    });
    Some(misread)
}

/// `forecast_category` reads as "forecast category" inside a sentence.
fn words(name: &str) -> String {
    name.replace('_', " ")
}
