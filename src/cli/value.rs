//! The colour of a value.

use super::line::Ink;
use crate::model::kinds::choices;
use crate::model::schema::Tone;
use crate::model::{FieldDef, Kind, Scope, Value};

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
