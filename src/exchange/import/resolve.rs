//! What cells name, as links.

use super::cell;
use super::incoming::{Fields, Incoming, Pending};
use super::links::Named;
use super::names::Names;
use super::notes::{Level, Notes};
use super::request::Missing;
use super::work::{Unknown, Work};
use crate::base::Ref;
use crate::base::slug::random_tail;
use crate::model::kinds::title_of_ref;
use crate::model::resolve::spell_link;
use crate::model::schema::{FieldDef, Kind, TypeDef};
use crate::model::{Value, create};
use crate::tr;
use std::mem;

/// Finds what the rows' cells name. Links to the rows' own type wait for `own`, when the rows can be found themselves.
pub fn links(work: &mut Work<'_>, rows: &mut [Incoming], own: bool, notes: &mut Notes) {
    let ty = work.request.ty;
    for row in rows.iter_mut().filter(|row| row.comes()) {
        let (now, later): (Vec<_>, Vec<_>) = mem::take(&mut row.links).into_iter().partition(|link| {
            own || def(ty, link)
                .is_none_or(|f| !work.request.book.schema().targets(f).any(|t| t.name == ty.name))
        });
        row.links = later;
        for link in now {
            if let Some(field) = def(ty, &link) {
                put(work, row, &link, field, notes);
            }
        }
    }
}

fn def<'a>(ty: &'a TypeDef, link: &Pending) -> Option<&'a FieldDef> {
    let field = ty.field(&link.field)?;
    match &link.part {
        Some(part) => field.lines().iter().find(|f| f.name == *part),
        None => Some(field),
    }
}

fn put(work: &mut Work<'_>, row: &mut Incoming, link: &Pending, field: &FieldDef, notes: &mut Notes) {
    let mut found = Vec::new();
    // Names may hold commas, so only semicolons part several of them, and only where the whole is no name.
    let several = link.text.contains(';') && matches!(find(work, field, &link.text), Named::Nobody(_));
    let all: Vec<&str> = match several {
        true => link.text.split(';').map(str::trim).filter(|text| !text.is_empty()).collect(),
        false => vec![&link.text],
    };
    let most = if matches!(field.kind, Kind::Links(_)) { all.len() } else { 1 };
    for text in all.iter().take(most) {
        found.extend(one(work, row, link, field, text, notes));
    }
    if all.len() > most {
        let rule = tr!("{field}: of several the first is taken", field = link.field);
        notes.row(Level::Rule, "first", rule, row.line);
    }
    for target in found {
        let spelled = Value::Text(spell_link(work.book.schema(), field, &target));
        match &link.part {
            Some(part) => {
                let id = random_tail(&mut work.rng);
                row.put_in_line(&link.field, part, spelled, &id);
                complete_line(work.request.ty, row, link);
            }
            None if field.is_list() => row.add(field, &spelled),
            None => row.put(&link.field, spelled),
        }
    }
}

/// A line has what every line must have: one piece, unless the file says how many.
fn complete_line(ty: &TypeDef, row: &mut Incoming, link: &Pending) {
    let lines = ty.field(&link.field).map_or(&[][..], |f| f.lines());
    for part in lines.iter().filter(|f| f.required) {
        let empty = row.get(&link.field).items().first().is_none_or(|line| line.get(&part.name).is_empty());
        if let Some(crate::model::schema::DefaultValue::Text(text)) = part.default.as_ref().filter(|_| empty)
        {
            row.put_in_line(&link.field, &part.name, Value::text(text), "");
        }
    }
}

/// What a cell names; of a name with an e-mail address behind it, the address says whom it means.
fn find(work: &mut Work<'_>, field: &FieldDef, text: &str) -> Named {
    let whole = work.links.find(&work.book, field, text);
    match (&whole, cell::addressed(text)) {
        (Named::Nobody(_), Some((_, address))) => match work.links.find(&work.book, field, address) {
            found @ Named::One(_) => found,
            _ => whole,
        },
        _ => whole,
    }
}

fn one(
    work: &mut Work<'_>,
    row: &mut Incoming,
    link: &Pending,
    field: &FieldDef,
    text: &str,
    notes: &mut Notes,
) -> Option<Ref> {
    let name = match &link.part {
        Some(part) => format!("{}.{part}", link.field),
        None => link.field.to_string(),
    };
    let lost = match find(work, field, text) {
        Named::One(found) => return Some(found),
        Named::ButForSigns(found) => {
            let title = title_of_ref(&work.book, &found);
            let rule = tr!(
                "{field}: '{text}' is taken for '{title}', which differs in spaces and signs only",
                field = name,
                text = text,
                title = title
            );
            notes.row(Level::Rule, "spelling", rule, row.line);
            return Some(found);
        }
        Named::Several(found) => {
            let refs: Vec<String> = found.iter().take(3).map(ToString::to_string).collect();
            tr!("{field}: '{text}' could be {refs}", field = name, text = text, refs = refs.join(", "))
        }
        Named::Nobody(near) => {
            if let Some(made) = make(work, link, field, text) {
                let folder = &made.folder;
                notes.row(
                    Level::Rule,
                    "made",
                    tr!("{field}: {folder} that are not there are made", field = name, folder = folder),
                    row.line,
                );
                return Some(made);
            }
            let types: Vec<&str> =
                work.request.book.schema().targets(field).map(|t| t.name.as_str()).collect();
            let near = near
                .map(|near| tr!(" (did you mean '{near}'?)", near = near).into_owned())
                .unwrap_or_default();
            tr!(
                "{field}: there is no {types} '{text}'{near}",
                field = name,
                types = types.join(" or "),
                text = text,
                near = near
            )
        }
    };
    let unknown =
        work.unknown.entry(name).or_insert_with(|| Unknown { line: row.line, ..Unknown::default() });
    unknown.rows += 1;
    unknown.line = unknown.line.min(row.line);
    if unknown.names.len() < NAMED || unknown.names.contains(text) {
        notes.row(Level::Warning, "no-such-record", tr!("{what}; left empty", what = lost), row.line);
        unknown.names.insert(text.to_owned());
    } else {
        unknown.more.insert(text.to_owned());
    }
    row.lost.push(lost.into_owned());
    None
}

/// So many names of a field that lead nowhere are told one by one.
const NAMED: usize = 10;

/// Tells how many more names there are that lead nowhere, field by field, and what can be done.
pub fn sum_up(work: &Work<'_>, notes: &mut Notes) {
    for (field, unknown) in work.unknown.iter().filter(|(_, unknown)| !unknown.more.is_empty()) {
        let all = unknown.names.len() + unknown.more.len();
        let text = tr!(
            "{field}: {all} names in all lead nowhere and are left empty: --create-missing makes the records",
            field = field,
            all = all
        );
        notes.rows(Level::Warning, "no-such-records", text, unknown.rows, unknown.line);
    }
}

/// Whether a text is another program's id, after which no record is to be called: digits only, or as long as a GUID or
/// Salesforce's ids.
fn is_id(text: &str) -> bool {
    let is_plain = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let digits = text.chars().filter(char::is_ascii_digit).count();
    is_plain && digits > 0 && (digits == text.len() || text.len() >= 15)
}

/// Makes the record a cell names, where that is wanted.
fn make(work: &mut Work<'_>, link: &Pending, field: &FieldDef, text: &str) -> Option<Ref> {
    let request = work.request;
    let usual = || Names::get().of(&request.ty.name).create.contains(&link.field);
    let wanted = match request.options.missing {
        Missing::Create => true,
        Missing::Usual => usual(),
        Missing::Leave => false,
    };
    let ty = request.book.schema().targets(field).next().filter(|_| wanted && !is_id(text))?.clone();
    let (text, address) = cell::addressed(text).map_or((text, None), |(name, address)| (name, Some(address)));
    let mut fields: Fields = match ty.title.single_field() {
        Some(title) => vec![(title.clone(), Value::text(cell::clean(text)))],
        None if ty.field("last_name").is_some() => {
            let (first, last) = cell::names(text);
            vec![("first_name".into(), Value::text(first)), ("last_name".into(), Value::text(last))]
        }
        None => return None,
    };
    if let Some(address) = address.filter(|_| ty.field("emails").is_some()) {
        fields.push(("emails".into(), Value::List([Value::text(address)].into())));
    }
    fields.retain(|(_, value)| !value.is_empty());
    let defaults = create::defaults(&ty, request.me, request.now);
    fields.extend(defaults.into_iter().filter(|(name, _)| ty.title.single_field() != Some(name)));
    let reference = create::new_reference(&work.book, &ty, &fields, request.now, &mut work.rng);
    work.make(&ty, reference, fields).map(|record| record.reference)
}
