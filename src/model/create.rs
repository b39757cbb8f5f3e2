//! New records: their id, their defaults and where their file goes.

use super::resolve::{Scope, link_target};
use super::schema::{DefaultValue, FieldDef, Kind, Layout, Part, TypeDef};
use super::stamp::current;
use super::{Book, FieldsRef, Moment, Value};
use crate::base::slug::{random_tail, slug};
use crate::base::{Id, Now, Ref, RepoPath};
use smol_str::SmolStr;

/// The fields a new record of the type starts with. `me` is the current user's id, where it is known.
pub fn defaults(ty: &TypeDef, me: Option<&Id>, now: Now) -> Vec<(SmolStr, Value)> {
    ty.fields
        .iter()
        .filter_map(|field| {
            let value = match field.default.as_ref()? {
                DefaultValue::Today | DefaultValue::Now => current(field, now),
                DefaultValue::Me => Value::text(me?.as_str()),
                DefaultValue::Text(text) if field.is_list() => Value::texts([text]),
                DefaultValue::Text(text) => Value::text(text),
                DefaultValue::List(items) => Value::texts(items),
            };
            Some((field.name.clone(), value))
        })
        .collect()
}

/// The fields that give a new record of the type this title. Where the title is made of several fields, as a
/// person's first and last name, the last word goes into the last of them; a word in small letters before it
/// belongs to it: `Marta van der Lind` has the last name `van der Lind`. A single word goes into the field that is
/// required.
pub fn titled(ty: &TypeDef, title: &str) -> Vec<(SmolStr, Value)> {
    let holds_text = |field: &&FieldDef| matches!(field.kind, Kind::Text) && !field.many && !field.readonly;
    let fields: Vec<&FieldDef> =
        ty.title.fields().filter_map(|name| ty.field(name)).filter(holds_text).collect();
    let words: Vec<&str> = title.split_whitespace().collect();
    let put = |field: &FieldDef, words: &[&str]| (field.name.clone(), Value::text(words.join(" ")));
    match (fields.as_slice(), words.as_slice()) {
        ([], _) | (_, []) => Vec::new(),
        ([one], words) => vec![put(one, words)],
        ([first, ..], [word]) => {
            vec![put(fields.iter().find(|field| field.required).unwrap_or(first), &[word])]
        }
        ([first, .., last], words) => {
            let small = |word: &&str| word.starts_with(char::is_lowercase);
            let at = words[1..].iter().position(small).map_or(words.len() - 1, |at| at + 1);
            vec![put(first, &words[..at]), put(last, &words[at..])]
        }
    }
}

/// A free reference for a new record of these fields, from the type's id template. A slug that is taken gets
/// a number: `acme-gmbh-2`.
pub fn new_reference<'a>(
    book: &'a Book,
    ty: &'a TypeDef,
    fields: impl Into<FieldsRef<'a>>,
    now: Now,
    rng: &mut fastrand::Rng,
) -> Ref {
    let fields = fields.into();
    let scope = Scope { book, ty, fields };
    // A file that can't be read has its id all the same.
    let taken = |id: &Id| {
        let reference = Ref { folder: ty.folder.clone(), id: id.clone() };
        book.get(&reference).is_some() || book.is_broken(&reference)
    };
    let mut text = String::new();
    for part in ty.id.parts() {
        match part {
            Part::Literal(literal) => text.push_str(literal),
            Part::Field(name) if name == "rand" => text.push_str(&random_tail(rng)),
            Part::Field(name) if name == "date" => {
                text.push_str(&day_of(ty, fields, now).format("%Y-%m-%d").to_string())
            }
            Part::Field(name) => text.push_str(&words_of(&scope, name)),
        }
    }
    let tail = ty.id.fields().any(|f| f == "rand");
    let fallback = || slug(&format!("{}-{}", ty.name, random_tail(rng)));
    let Some(base) = slug(&text).or_else(fallback) else {
        // A type's name is made of letters, so a slug of it always exists.
        unreachable!("a type name always makes a slug")
    };
    let mut id = base.clone();
    let mut number = 2;
    while taken(&id) {
        let suffix = if tail { random_tail(rng) } else { number.to_string() };
        let room = crate::base::limits::MAX_ID - suffix.len() - 1;
        let stem: String = base.as_str().chars().take(room).collect();
        id = slug(&format!("{stem}-{suffix}")).unwrap_or(id);
        number += 1;
    }
    Ref { folder: ty.folder.clone(), id }
}

/// What a field contributes to an id: a link gives the target's id, anything else its own text.
fn words_of(scope: &Scope<'_>, path: &str) -> String {
    let found = scope.resolve(path);
    let text = found.values.iter().flat_map(|v| v.scalars()).next().unwrap_or_default();
    let target = found.field.filter(|f| f.is_link()).and_then(|f| link_target(scope.book.schema(), f, text));
    target.map_or_else(|| text.to_owned(), |target| target.id.to_string())
}

fn day_of(ty: &TypeDef, fields: FieldsRef<'_>, now: Now) -> chrono::NaiveDate {
    let field = ty.month_by.as_ref().or(ty.date.as_ref());
    let text = field.map_or("", |name| fields.get(name).as_str());
    Moment::read(text).map_or_else(|| now.today(), |m| m.day_in(now.zone))
}

/// The file of a new record, as the workspace's or the type's layout says.
pub fn file_of<'a>(
    book: &Book,
    ty: &TypeDef,
    reference: &Ref,
    fields: impl Into<FieldsRef<'a>>,
    now: Now,
) -> Option<RepoPath> {
    let (folder, id) = (&reference.folder, &reference.id);
    let layout = book.settings().layout(folder.as_str()).unwrap_or(ty.layout);
    let path = match layout {
        Layout::Flat => format!("{folder}/{id}.yaml"),
        Layout::Initials => {
            let initials: String = id.as_str().chars().filter(char::is_ascii_alphanumeric).take(2).collect();
            format!("{folder}/{initials}/{id}.yaml")
        }
        Layout::Month => format!("{folder}/{}/{id}.yaml", day_of(ty, fields.into(), now).format("%Y/%m")),
    };
    RepoPath::try_from(path.as_str()).ok()
}

/// The record a path holds by its place: `accounts/ac/acme-gmbh.yaml` is `accounts/acme-gmbh`. `None` for
/// files that are not records.
pub fn reference_of(book_folders: impl Fn(&str) -> bool, path: &RepoPath) -> Option<Ref> {
    let (folder, rest) = path.as_str().split_once('/')?;
    let stem = rest.rsplit('/').next()?.strip_suffix(".yaml")?;
    if !book_folders(folder) {
        return None;
    }
    Some(Ref { folder: folder.parse().ok()?, id: stem.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::titled;
    use crate::model::Schema;

    #[test]
    fn a_title_is_spread_over_the_fields_it_is_made_of() {
        let schema = Schema::builtin();
        let check = |ty: &str, title: &str, expect: &str| {
            let fields = titled(schema.find(ty).unwrap(), title);
            let shown: Vec<_> = fields.iter().map(|(name, v)| format!("{name}={}", v.as_str())).collect();
            assert_eq!(shown.join(" "), expect, "{ty} {title}");
        };
        check("account", "  Müller  & Söhne ", "name=Müller & Söhne");
        check("case", "Pump is loud", "subject=Pump is loud");
        check("contact", "Marta Lind", "first_name=Marta last_name=Lind");
        check("contact", "Anna Maria Lind", "first_name=Anna Maria last_name=Lind");
        check("contact", "Marta van der Lind", "first_name=Marta last_name=van der Lind");
        check("contact", "黒田", "last_name=黒田");
        check("account", " ", "");
    }
}
