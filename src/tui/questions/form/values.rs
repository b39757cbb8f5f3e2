//! Between a record's fields and what a form holds.

use super::model::SchemaModel;
use crate::actions::records::wanted::makeable;
use crate::base::{Money, show};
use crate::model::kinds::enter;
use crate::model::schema::ADDRESS_PARTS;
use crate::model::{EditOp, FieldDef, FieldPath, FieldsRef, Kind, Value};
use crate::tr;
use crate::tui::widgets::form::{Editor, FieldSpec, FormValue, Values};
use rust_decimal::Decimal;
use smol_str::SmolStr;

/// The fields to show now: those asked for, in that order, or all that make sense, group by group.
pub fn specs(model: &SchemaModel<'_>, only: &[SmolStr]) -> Vec<FieldSpec> {
    let scope = model.scope();
    let language = model.world.book.settings().language();
    let applies =
        |f: &FieldDef| f.when.as_ref().is_none_or(|c| c.holds(&scope)) || !scope.get(&f.name).is_empty();
    let shown = |f: &&FieldDef| match only.is_empty() {
        true => applies(f) && !(f.readonly && scope.get(&f.name).is_empty()),
        false => only.contains(&f.name),
    };
    let mut fields: Vec<&FieldDef> = model.ty.fields.iter().filter(shown).collect();
    if !only.is_empty() {
        fields.sort_by_key(|f| only.iter().position(|name| *name == f.name));
        return fields.into_iter().map(|f| spec(model, f, language)).collect();
    }
    let rank = |f: &FieldDef| model.ty.groups.iter().position(|g| Some(&g.name) == f.group.as_ref());
    fields.sort_by_key(|f| rank(f).unwrap_or(usize::MAX));
    let group =
        |f: &FieldDef| rank(f).map(|i| model.ty.groups[i].label.get(language).to_owned()).unwrap_or_default();
    fields.into_iter().map(|f| spec(model, f, language).group(group(f))).collect()
}

fn spec(model: &SchemaModel<'_>, field: &FieldDef, language: &str) -> FieldSpec {
    let label = field.label.get(language);
    let label = match &field.unit {
        Some(unit) => format!("{label} ({unit})"),
        None => label.to_owned(),
    };
    let mut spec = FieldSpec::new(field.name.clone(), label, editor(model, field, language));
    if let Some(help) = &field.help {
        spec = spec.help(help.get(language));
    }
    let scope = model.scope();
    if field.required || field.required_when.as_ref().is_some_and(|c| c.holds(&scope)) {
        spec = spec.required();
    }
    if field.readonly {
        spec = spec.locked(tr!("kept by Kontor"));
    }
    spec
}

fn editor(model: &SchemaModel<'_>, field: &FieldDef, language: &str) -> Editor {
    match &field.kind {
        Kind::Longtext => Editor::Multiline,
        Kind::Integer | Kind::Decimal | Kind::Percent | Kind::Money | Kind::Duration => Editor::Number,
        Kind::Boolean => Editor::Toggle,
        Kind::Date => Editor::Date,
        Kind::Datetime => Editor::Datetime,
        Kind::Choice(_) => Editor::Choice,
        Kind::Tags => Editor::Tags,
        Kind::Links(_) => Editor::Links { create: creating(model, field, language) },
        Kind::Link(_) | Kind::User if field.many => {
            Editor::Links { create: creating(model, field, language) }
        }
        Kind::Link(_) | Kind::User => Editor::Link { create: creating(model, field, language) },
        Kind::Address => {
            let part = |name: &&str| {
                (SmolStr::new(name), crate::model::schema::Label::from_name(name).get("en").to_owned())
            };
            Editor::Parts(ADDRESS_PARTS.iter().map(part).collect())
        }
        Kind::Lines(fields) => Editor::Lines(fields.iter().map(|f| spec(model, f, language)).collect()),
        _ if field.many => Editor::Tags,
        Kind::Text | Kind::Email | Kind::Phone | Kind::Url => Editor::Text,
    }
}

/// The offer to make the record that a link lacks; what it is to be is asked where it may be several things.
fn creating(model: &SchemaModel<'_>, field: &FieldDef, language: &str) -> Option<String> {
    let mut types = makeable(model.world.book.schema(), field);
    let first = types.next()?;
    Some(match types.next() {
        None => {
            let label = first.label.get(language).to_lowercase();
            tr!("New {type_} “{name}”", type_ = label, name = "{}").into_owned()
        }
        Some(_) => tr!("New record “{name}” …", name = "{}").into_owned(),
    })
}

/// What the form holds at first.
pub fn to_form(model: &SchemaModel<'_>, fields: &[(SmolStr, Value)]) -> Values {
    let mut values = Values::new();
    for field in &model.ty.fields {
        if let Some((_, value)) = fields.iter().find(|(name, _)| *name == field.name) {
            values.set(&field.name, form_value(model, field, value));
        }
    }
    values
}

/// A stored value as a form holds it.
pub fn form_value(model: &SchemaModel<'_>, field: &FieldDef, value: &Value) -> FormValue {
    match (&field.kind, value) {
        (_, Value::Empty) => FormValue::default(),
        (Kind::Lines(fields), Value::List(lines)) => {
            let line = |line: &Value| {
                let mut values = Values::new();
                for (name, value) in line.entries() {
                    let def = fields.iter().find(|f| f.name == *name);
                    let value = def
                        .map_or_else(|| FormValue::from(value.as_str()), |def| form_value(model, def, value));
                    values.set(name, value);
                }
                values
            };
            FormValue::Lines(lines.iter().map(line).collect())
        }
        (_, Value::Map(parts)) => {
            FormValue::Map(parts.iter().map(|(name, v)| (name.clone(), v.as_str().to_owned())).collect())
        }
        _ if field.is_list() => {
            FormValue::List(value.items().iter().map(|v| v.as_str().to_owned()).collect())
        }
        _ => FormValue::Text(editable(model, field, value.as_str())),
    }
}

/// A stored text as people type it in this workspace; what is typed back unchanged reads as the same.
pub fn editable(model: &SchemaModel<'_>, field: &FieldDef, text: &str) -> String {
    let style = model.world.style();
    let base = model.world.book.settings().currency();
    let number = |text: &str| text.trim().parse::<Decimal>().ok().map(|n| show::editable(n, &style));
    let typed = match field.kind {
        Kind::Money => Money::read(text, base).ok().map(|m| show::money_editable(&m, &style)),
        Kind::Integer | Kind::Decimal => number(text),
        Kind::Percent => number(text.trim_end_matches('%')).map(|n| format!("{n}%")),
        _ => None,
    };
    typed.unwrap_or_else(|| text.to_owned())
}

/// The record's fields as the form says now; what the form does not show stays as it was. Text that cannot be
/// read is taken as typed, so that nothing typed is lost.
pub fn from_form(
    model: &SchemaModel<'_>,
    values: &Values,
    before: &[(SmolStr, Value)],
) -> Vec<(SmolStr, Value)> {
    let mut fields = before.to_vec();
    for (name, value) in values.iter() {
        let Some(field) = model.ty.field(name) else { continue };
        let old = before.iter().find(|(n, _)| n == name).map_or(Value::empty(), |(_, v)| v);
        let new = match form_value(model, field, old).same(value) {
            true => old.clone(),
            false => stored(model, field, value),
        };
        match fields.iter_mut().find(|(n, _)| n == name) {
            Some((_, slot)) => *slot = new,
            None if !new.is_empty() => fields.push((name.clone(), new)),
            None => {}
        }
    }
    fields
}

/// What the record holds then. Text that cannot be read is taken as typed.
pub fn stored(model: &SchemaModel<'_>, field: &FieldDef, value: &FormValue) -> Value {
    let one = |field: &FieldDef, text: &str| {
        enter(&model.scope(), field, text, model.entry()).unwrap_or_else(|_| Value::text(text))
    };
    match (value, &field.kind) {
        (FormValue::Text(text), _) if text.is_empty() => Value::Empty,
        (FormValue::Text(text), _) => one(field, text),
        (FormValue::List(items), _) => {
            let read = |item: &String| one(field, item).items().first().cloned().unwrap_or_default();
            let items: Box<[_]> = items.iter().map(read).filter(|v| !v.is_empty()).collect();
            if items.is_empty() { Value::Empty } else { Value::List(items) }
        }
        (FormValue::Map(parts), _) => {
            let parts = parts.iter().filter(|(_, text)| !text.is_empty());
            Value::Map(parts.map(|(name, text)| (name.clone(), Value::text(text))).collect())
        }
        (FormValue::Lines(lines), Kind::Lines(fields)) => {
            let mut rng = fastrand::Rng::with_seed(model.now().utc.timestamp_millis().unsigned_abs());
            let line = |line: &Values| {
                let mut entries: Vec<(SmolStr, Value)> = Vec::new();
                let id = line.get("id").text().to_owned();
                let id = if id.is_empty() { crate::base::slug::random_tail(&mut rng) } else { id };
                entries.push(("id".into(), Value::text(id)));
                for (name, value) in line.iter().filter(|(name, value)| name != "id" && !value.is_empty()) {
                    let def = fields.iter().find(|f| f.name == *name);
                    entries.push((
                        name.clone(),
                        def.map_or_else(|| Value::text(value.text()), |def| stored(model, def, value)),
                    ));
                }
                Value::Map(entries.into())
            };
            Value::List(lines.iter().map(line).collect())
        }
        (FormValue::Lines(_), _) => Value::Empty,
    }
}

/// The edits from the stored fields to what the form says; parts of maps on their own, so that two people who
/// change different parts do not meet.
pub fn edits(stored: FieldsRef<'_>, now: &[(SmolStr, Value)]) -> Vec<(FieldPath, EditOp)> {
    let changes = crate::model::diff::diff(stored, FieldsRef::from(now)).into_iter();
    changes.map(|c| (c.path, if c.new.is_empty() { EditOp::Clear } else { EditOp::Put(c.new) })).collect()
}

/// The edits that make a new record hold what the form says. What it started with and is empty now is cleared, so
/// that it does not come back.
pub fn all(start: &[(SmolStr, Value)], now: &[(SmolStr, Value)]) -> Vec<(FieldPath, EditOp)> {
    let is_empty = |name: &SmolStr| now.iter().all(|(n, value)| n != name || value.is_empty());
    let emptied = start.iter().filter(|(name, _)| is_empty(name));
    let emptied = emptied.map(|(name, _)| (FieldPath::field(name), EditOp::Clear));
    edits(FieldsRef::NONE, now).into_iter().chain(emptied).collect()
}
