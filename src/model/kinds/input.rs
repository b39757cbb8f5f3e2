//! What people type into a field, turned into the one canonical way of writing it.

use super::canonical::{is_email, is_phone, is_url};
use super::show::{choices, title_of};
use crate::base::{Id, InputStyle, Now, Ref, input, input::InputError};
use crate::model::near::nearest;
use crate::model::resolve::{Scope, link_target, spell_link};
use crate::model::schema::{FieldDef, Kind};
use crate::model::{Moment, Value};

/// Who types, and when: what `me` and `tomorrow` mean.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The current user's id, where it is known.
    pub me: Option<&'a Id>,
    /// The current moment.
    pub now: Now,
}

/// Why what was typed cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// The text does not read as the field's kind, or reads in two ways.
    #[error(transparent)]
    Input(#[from] InputError),
    /// Not one of the words of a choice.
    #[error("unknown {field} '{text}'{hint}")]
    Choice {
        /// The field's name.
        field: String,
        /// What was typed.
        text: String,
        /// What was probably meant, or what there is.
        hint: String,
    },
    /// No such record, or several.
    #[error("{0}")]
    Link(String),
    /// Any other reason.
    #[error("{0}")]
    Other(String),
}

/// Whether the text stands for the current user.
pub fn is_me(text: &str) -> bool {
    text.eq_ignore_ascii_case("me") || text == "@me"
}

/// Turns what was typed into a field's value. The empty text empties the field. Lists are separated by
/// commas.
///
/// # Errors
/// When it does not read as the field's kind, or reads in two ways.
pub fn enter(scope: &Scope<'_>, field: &FieldDef, text: &str, entry: Entry<'_>) -> Result<Value, EntryError> {
    if matches!(field.kind, Kind::Longtext) {
        return Ok(Value::text(text.trim_end()));
    }
    let text = text.trim();
    if text.is_empty() || text == "-" || text == "–" {
        return Ok(Value::Empty);
    }
    match &field.kind {
        Kind::Address => Err(EntryError::Other(format!(
            "{0} is an address: set its parts, such as {0}.city={text}",
            field.name
        ))),
        Kind::Lines(_) => Err(EntryError::Other(format!(
            "{0} holds lines: set a value of one, such as {0}.<line id>.quantity=2, or use edit",
            field.name
        ))),
        _ if field.is_list() => enter_list(scope, field, text.split(','), entry),
        _ => scalar(scope, field, text, entry),
    }
}

/// Turns several typed elements into the value of a list field; empty ones and repetitions are dropped.
///
/// # Errors
/// As [`enter`], for the first element that cannot be taken.
pub fn enter_list<'t>(
    scope: &Scope<'_>,
    field: &FieldDef,
    items: impl IntoIterator<Item = &'t str>,
    entry: Entry<'_>,
) -> Result<Value, EntryError> {
    let mut values: Vec<Value> = Vec::new();
    for item in items.into_iter().map(str::trim).filter(|item| !item.is_empty()) {
        let value = scalar(scope, field, item, entry)?;
        if !values.contains(&value) {
            values.push(value);
        }
    }
    Ok(if values.is_empty() { Value::Empty } else { Value::List(values.into()) })
}

fn scalar(scope: &Scope<'_>, field: &FieldDef, text: &str, entry: Entry<'_>) -> Result<Value, EntryError> {
    match &field.kind {
        Kind::Choice(_) => choice(scope, field, text),
        Kind::Link(_) | Kind::Links(_) | Kind::User => link(scope, field, text, entry),
        kind => plain(kind, text, &scope.book.settings().input_style(entry.now)),
    }
}

/// Reads one value of a kind that needs no other record to be understood; words and links stay as they are.
///
/// # Errors
/// When it does not read as the kind, or reads in two ways.
pub fn plain(kind: &Kind, text: &str, style: &InputStyle) -> Result<Value, EntryError> {
    let known = |ok: bool, what: &str| match ok {
        true => Ok(text.to_owned()),
        false => Err(EntryError::Other(format!("'{text}' is not {what}"))),
    };
    let canonical = match kind {
        Kind::Integer => {
            let number = input::number(text, style)?;
            if !number.fract().is_zero() {
                return Err(EntryError::Other(format!("'{text}' is not a whole number")));
            }
            number.trunc().to_string()
        }
        Kind::Decimal => crate::base::decimal::write(input::number(text, style)?),
        Kind::Percent => format!("{}%", crate::base::decimal::write(input::percent(text, style)?)),
        Kind::Money => input::money(text, style)?.to_string(),
        Kind::Boolean => input::boolean(text)?.to_string(),
        Kind::Date => Moment::Day(input::date(text, style)?).to_string(),
        Kind::Datetime => match input::date(text, style) {
            Ok(day) => Moment::Day(day).to_string(),
            Err(_) => Moment::At(input::datetime(text, style)?).to_string(),
        },
        Kind::Duration => input::duration(text, style)?.to_string(),
        Kind::Email => known(is_email(text), "an e-mail address")?,
        Kind::Phone => known(is_phone(text), "a telephone number")?,
        Kind::Url => known(is_url(text), "a web address such as acme.example")?,
        _ => text.to_owned(),
    };
    Ok(Value::text(canonical))
}

fn choice(scope: &Scope<'_>, field: &FieldDef, text: &str) -> Result<Value, EntryError> {
    let known = choices(scope, field);
    let said = text.to_lowercase();
    let same = |word: &str| word.to_lowercase() == said;
    let exact = known.iter().find(|c| same(&c.value) || same(&c.label));
    let prefixed: Vec<_> = known.iter().filter(|c| c.label.to_lowercase().starts_with(&said)).collect();
    if let Some(found) = exact.or(if prefixed.len() == 1 { Some(prefixed[0]) } else { None }) {
        return Ok(Value::text(&found.value));
    }
    if known.is_empty() {
        return Ok(Value::text(text));
    }
    let hint = match nearest(text, known.iter().map(|c| c.value.as_str())) {
        Some(near) => format!(": did you mean '{near}'?"),
        None => {
            format!(" (known: {})", known.iter().map(|c| c.value.as_str()).collect::<Vec<_>>().join(", "))
        }
    };
    Err(EntryError::Choice { field: field.name.replace('_', " "), text: text.to_owned(), hint })
}

/// A link is typed as an id, a reference, or the exact title of a record.
fn link(scope: &Scope<'_>, field: &FieldDef, text: &str, entry: Entry<'_>) -> Result<Value, EntryError> {
    let (book, schema) = (scope.book, scope.book.schema());
    if is_me(text) && schema.targets(field).any(|t| t.name == "user") {
        let unknown = || {
            EntryError::Link(
                "nobody knows who you are: add a user record with your git e-mail address".to_owned(),
            )
        };
        let me = entry.me.ok_or_else(unknown)?;
        return Ok(Value::text(me.as_str()));
    }
    let as_reference =
        text.parse::<Ref>().ok().filter(|r| schema.targets(field).any(|t| t.folder == r.folder));
    let reference = as_reference.or_else(|| link_target(schema, field, text));
    if let Some(target) = reference.filter(|target| book.get(target).is_some()) {
        return Ok(Value::Text(spell_link(schema, field, &target)));
    }
    let several = |refs: &[Ref]| {
        let refs: Vec<_> = refs.iter().take(5).map(ToString::to_string).collect();
        Err(EntryError::Link(format!("'{text}' could be {}: write the one you mean", refs.join(" or "))))
    };
    // Where the field may point at several types, a bare id says enough if only one of them has it.
    if let Ok(id) = Id::try_from(text) {
        let of = schema.targets(field).map(|ty| Ref { folder: ty.folder.clone(), id: id.clone() });
        let found: Vec<Ref> = of.filter(|target| book.get(target).is_some()).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Ok(Value::Text(spell_link(schema, field, one))),
            refs => return several(refs),
        }
    }
    let said = text.to_lowercase();
    let candidates = schema.targets(field).flat_map(|ty| book.of(&ty.folder));
    let titled: Vec<_> = candidates.filter(|r| title_of(book, r).to_lowercase() == said).collect();
    match titled.as_slice() {
        [one] => Ok(Value::Text(spell_link(schema, field, &one.reference))),
        [] => {
            let names = schema.targets(field).map(|t| t.name.as_str()).collect::<Vec<_>>().join(" or ");
            let records: Vec<_> = schema.targets(field).flat_map(|ty| book.of(&ty.folder)).collect();
            let wanted = text.rsplit_once('/').map_or(text, |(_, id)| id);
            let near = nearest(wanted, records.iter().map(|r| r.id().as_str()));
            let near = near.and_then(|near| records.iter().find(|r| r.id().as_str() == near));
            let near = near.map(|record| spell_link(schema, field, &record.reference));
            let hint = near.map(|near| format!(": did you mean '{near}'?")).unwrap_or_default();
            Err(EntryError::Link(format!("there is no {names} '{text}'{hint}")))
        }
        more => several(&more.iter().map(|r| r.reference.clone()).collect::<Vec<_>>()),
    }
}
