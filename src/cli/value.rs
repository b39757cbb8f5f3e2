//! A field of a record as a cell: for people by its kind, for programs as its file spells it.

use super::line::Ink;
use super::table::Cell;
use crate::base::Now;
use crate::model::kinds::{choices, show};
use crate::model::schema::Tone;
use crate::model::{FieldDef, Kind, Scope, Value};

/// The cell of what a dotted path leads to.
pub fn cell(scope: &Scope<'_>, path: &str, now: Now) -> Cell {
    let found = scope.resolve(path);
    let plain = found.values.iter().flat_map(|v| v.scalars()).collect::<Vec<_>>().join(", ");
    let Some(field) = found.field else {
        return Cell { shown: plain.clone(), plain, ink: Ink::Plain };
    };
    let shown = found.values.iter().map(|value| show(scope, field, value, now));
    let shown = shown.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
    let ink = found.values.first().map_or(Ink::Plain, |value| ink(scope, field, value));
    Cell { shown, plain, ink }
}

/// The colour of a value: that of the chosen word, and none for anything else.
pub fn ink(scope: &Scope<'_>, field: &FieldDef, value: &Value) -> Ink {
    if !matches!(field.kind, Kind::Choice(_)) {
        return Ink::Plain;
    }
    let chosen = choices(scope, field).into_iter().find(|c| c.value == value.as_str());
    match chosen.map(|c| c.tone).unwrap_or_default() {
        Tone::Plain => Ink::Plain,
        Tone::Good => Ink::Good,
        Tone::Bad => Ink::Bad,
        Tone::Warn => Ink::Warn,
        Tone::Muted => Ink::Dim,
        Tone::Accent => Ink::Accent,
    }
}

/// The heading of what a dotted path leads to.
pub fn heading(scope: &Scope<'_>, path: &str) -> String {
    let language = scope.book.settings().language();
    match scope.resolve(path).field.or_else(|| scope.ty.field(path)) {
        Some(field) => field.label.get(language).to_owned(),
        None => crate::model::schema::Label::from_name(path.rsplit('.').next().unwrap_or(path))
            .get(language)
            .to_owned(),
    }
}
