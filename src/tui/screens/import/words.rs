//! What an import is told in.

use crate::base::{DateOrder, DecimalMark};
use crate::exchange::import::{How, Target};
use crate::model::TypeDef;
use crate::model::schema::{Kind, Options};
use crate::tr;
use std::borrow::Cow;

/// What a column fills, for people.
pub fn target(target: &Target, ty: &TypeDef, language: &str) -> String {
    let label = |name: &str| ty.field(name).map_or(name, |field| field.label.get(language)).to_owned();
    match target {
        Target::Out => tr!("left out").into_owned(),
        Target::Field(field, None) => label(field),
        Target::Field(field, Some(scale)) => format!("{} × {}", label(field), scale.normalize()),
        Target::Part(field, part) => {
            let own = target.def(ty).map(|def| def.label.get(language).to_lowercase());
            format!("{}: {}", label(field), own.unwrap_or_else(|| part.replace('_', " ")))
        }
        Target::Currency(field) => tr!("{field}: currency", field = label(field)).into_owned(),
        Target::Currencies => tr!("Currency of all amounts").into_owned(),
        Target::Time(field) => tr!("{field}: time of day", field = label(field)).into_owned(),
        Target::Deleted => tr!("Deleted: the row stays out").into_owned(),
        Target::Outcome => tr!("Won or lost").into_owned(),
        Target::FullName => tr!("First and last name").into_owned(),
        Target::Created => tr!("Created").into_owned(),
        Target::Extra(name) => format!("+{name}"),
    }
}

/// What fills a field that a row leaves empty: `Role: Decision maker`.
pub fn filled(filled: &Target, text: &str, ty: &TypeDef, language: &str) -> String {
    let choice = match filled.def(ty).map(|field| &field.kind) {
        Some(Kind::Choice(Options::Fixed(choices))) => choices.iter().find(|choice| choice.value == text),
        _ => None,
    };
    let text = choice.map_or(text, |choice| choice.label.get(language));
    format!("{}: {text}", target(filled, ty, language))
}

/// Why a column fills that, as a sentence without a full stop.
pub fn why(how: How, target: &Target) -> String {
    match (how, target) {
        (How::Given, _) => tr!("as you said"),
        (How::Known, _) => tr!("the whole file is known"),
        (How::Named, _) => tr!("the field's own name"),
        (How::Usual, _) => tr!("what other programs call the field"),
        (How::Like, _) => tr!("nearly the field's name: is it that?"),
        (How::Unknown, Target::Extra(_)) => tr!("kept as a field the schema does not know"),
        (How::Unknown, _) => tr!("no field is called so"),
    }
    .into_owned()
}

/// One or several of a type, as in a sentence.
pub fn noun(ty: &TypeDef, count: usize, language: &str) -> String {
    let label = if count == 1 { &ty.label } else { &ty.plural_label };
    label.get(language).to_lowercase()
}

/// What an order of dates is called.
pub fn date_order(order: DateOrder) -> Cow<'static, str> {
    match order {
        DateOrder::Dmy => tr!("day/month/year"),
        DateOrder::Mdy => tr!("month/day/year"),
        DateOrder::Ymd => tr!("year-month-day"),
    }
}

/// What a decimal sign is called.
pub fn decimal_mark(mark: DecimalMark) -> Cow<'static, str> {
    match mark {
        DecimalMark::Point => tr!("1,250.00 (point)"),
        DecimalMark::Comma => tr!("1.250,00 (comma)"),
    }
}
