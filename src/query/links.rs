//! Which records the value of a link means: an id, a reference, a title, the beginning of a word of one; for people
//! also `me` and a team.

use super::text::Needle;
use crate::base::{Id, Ref};
use crate::model::kinds::{Entry, EntryError, is_me, title_of};
use crate::model::near::nearest;
use crate::model::resolve::{link_target, spell_link};
use crate::model::{Book, FieldDef, Record, TypeDef};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use std::sync::Arc;

/// The records a value means, spelled as the field spells them.
///
/// # Errors
/// When there is no such record.
pub fn meant(
    book: &Book,
    field: &FieldDef,
    text: &str,
    quoted: bool,
    entry: Entry<'_>,
) -> Result<FxHashSet<SmolStr>, EntryError> {
    let links_to = |name: &str| book.schema().targets(field).any(|t| t.name == name);
    let spell = |record: &Record| spell_link(book.schema(), field, &record.reference);
    if is_me(text) && (links_to("user") || links_to("team")) {
        return mine(book, field, entry);
    }
    if let Some(target) = named(book, field, text) {
        return Ok(FxHashSet::from_iter([spell(&target)]));
    }
    let titles = titles(book, field, text);
    let whole = Needle::new(text);
    let exact: FxHashSet<_> = titles.iter().filter(|(_, t)| whole.is(t)).map(|(r, _)| spell(r)).collect();
    if !exact.is_empty() {
        return Ok(exact);
    }
    if links_to("user")
        && let Some(team) = team(book, text)
    {
        let members = book.of_type("user").iter().filter(|user| is_in_team(book, user, &team));
        return Ok(members.map(|user| spell(user)).collect());
    }
    let begun = titles.iter().filter(|(_, title)| !quoted && whole.begins_word_of(title));
    let begun: FxHashSet<_> = begun.map(|(record, _)| spell(record)).collect();
    if begun.is_empty() { Err(nobody(book, field, text)) } else { Ok(begun) }
}

/// How many of the words belong to one title: `texts` holds the first word, the first two, and so on.
pub fn title_words(book: &Book, field: &FieldDef, texts: &[&str]) -> usize {
    let titles = titles(book, field, texts[0]);
    let wholes: Vec<_> = texts.iter().map(|text| Needle::new(text)).collect();
    let is_title = |whole: &&Needle| titles.iter().any(|(_, title)| whole.is(title));
    wholes.iter().rposition(|whole| is_title(&whole)).map_or(1, |at| at + 1)
}

/// The user whose identity this is, or their team.
fn mine(book: &Book, field: &FieldDef, entry: Entry<'_>) -> Result<FxHashSet<SmolStr>, EntryError> {
    let unknown = || {
        EntryError::Link(
            "nobody knows who you are: add a user record with your git e-mail address".to_owned(),
        )
    };
    let me = entry.me.ok_or_else(unknown)?;
    let mut found = FxHashSet::default();
    for target in book.schema().targets(field) {
        let id = match target.name.as_str() {
            "user" => Some(me.clone()),
            "team" => user(book, me).and_then(|user| user.link("team")),
            _ => None,
        };
        found.extend(id.map(|id| spell_link(book.schema(), field, &Ref::new(target.folder.clone(), id))));
    }
    Ok(found)
}

fn user<'a>(book: &'a Book, id: &Id) -> Option<&'a Arc<Record>> {
    book.get(&Ref::new(book.schema().find("user")?.folder.clone(), id.clone()))
}

/// The team of that id or name.
fn team(book: &Book, text: &str) -> Option<Id> {
    let name = Needle::new(text);
    let found =
        book.of_type("team").iter().find(|team| name.is(team.id().as_str()) || name.is(team.text("name")));
    found.map(|team| team.id().clone())
}

/// Teams may be parts of teams, but nobody nests them deeper, and two might name each other.
const MAX_TEAMS: usize = 8;

fn is_in_team(book: &Book, user: &Record, team: &Id) -> bool {
    let folder = book.schema().find("team").map(|ty| ty.folder.clone());
    let parent = |id: &Id| book.get(&Ref::new(folder.clone()?, id.clone()))?.link("parent_team");
    let teams = std::iter::successors(user.link("team"), parent);
    teams.take(MAX_TEAMS).any(|id| id == *team)
}

/// The record whose id or reference it is.
fn named(book: &Book, field: &FieldDef, text: &str) -> Option<Arc<Record>> {
    let schema = book.schema();
    let reference = text.parse::<Ref>().ok().filter(|r| schema.targets(field).any(|t| t.folder == r.folder));
    let named = reference.or_else(|| link_target(schema, field, text)).and_then(|target| book.get(&target));
    let by_id = || {
        let id = Id::try_from(text.to_lowercase().as_str()).ok()?;
        schema.targets(field).find_map(|ty| book.get(&Ref::new(ty.folder.clone(), id.clone())))
    };
    named.or_else(by_id).cloned()
}

/// The records whose title may be the text, or have a word that begins like it.
fn titles(book: &Book, field: &FieldDef, text: &str) -> Vec<(Arc<Record>, String)> {
    let first = Needle::new(text.split_whitespace().next().unwrap_or_default());
    let mut found = Vec::new();
    for target in book.schema().targets(field) {
        found.par_extend(titled(book, target, &first).map(|record| (record.clone(), title_of(book, record))));
    }
    found
}

/// The records with a word in their title; where the title has only own fields, without putting it together.
fn titled<'a>(
    book: &'a Book,
    ty: &'a TypeDef,
    word: &'a Needle,
) -> impl ParallelIterator<Item = &'a Arc<Record>> + 'a {
    let parts: Vec<&SmolStr> = ty.title.fields().collect();
    let plain = parts.iter().all(|part| !part.contains('.') && ty.field(part).is_some_and(|f| !f.is_link()));
    book.of(&ty.folder).par_iter().filter(move |record| match plain {
        true => {
            parts.iter().any(|part| word.is_in_value(record.get(part))) || word.is_in(record.id().as_str())
        }
        false => word.is_in(&title_of(book, record)),
    })
}

/// The records whose title contains the text, spelled as the field spells them.
pub fn containing(book: &Book, field: &FieldDef, needle: &Needle) -> FxHashSet<SmolStr> {
    let mut found = FxHashSet::default();
    for target in book.schema().targets(field) {
        let spell = |record: &Arc<Record>| spell_link(book.schema(), field, &record.reference);
        let plain = needle.is_one_word() && target.title.fields().all(|part| !part.contains('.'));
        match plain {
            true => found.par_extend(
                book.of(&target.folder)
                    .par_iter()
                    .filter(|record| target.title.fields().any(|part| needle.is_in_value(record.get(part))))
                    .map(spell),
            ),
            false => found.par_extend(
                book.of(&target.folder)
                    .par_iter()
                    .filter(|record| needle.is_in(&title_of(book, record)))
                    .map(spell),
            ),
        }
    }
    found
}

fn nobody(book: &Book, field: &FieldDef, text: &str) -> EntryError {
    let names = book.schema().targets(field).map(|t| t.name.as_str()).collect::<Vec<_>>().join(" or ");
    // Of many ids only those that begin alike are compared: a typing mistake is rarely in the first letter.
    let alike = |id: &&str| id.chars().next() == text.chars().next().map(|c| c.to_ascii_lowercase());
    let ids = book
        .schema()
        .targets(field)
        .flat_map(|ty| book.of(&ty.folder))
        .map(|r| r.id().as_str())
        .filter(alike);
    let hint = nearest(text, ids).map(|near| format!(": did you mean '{near}'?")).unwrap_or_default();
    EntryError::Link(format!("there is no {names} '{text}'{hint}"))
}
