//! The words of a choice: which of them a value means, and those that come before or after it.

use super::test::Test;
use super::text::Needle;
use crate::model::kinds::choices;
use crate::model::resolve::spell_link;
use crate::model::schema::Options;
use crate::model::{Book, FieldDef, FieldsRef, Kind, Scope, TypeDef};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::cmp::Ordering;

/// The words a value means: those of that name, else the only one whose label begins so. Pipelines may have a stage
/// of the same label under different words. Empty where it means none.
pub fn meant(book: &Book, ty: &TypeDef, field: &FieldDef, text: &str) -> Vec<SmolStr> {
    let known = all(book, ty, field);
    let whole = Needle::new(text);
    let exact = known.iter().filter(|(value, label)| whole.is(value) || whole.is(label));
    let mut found: Vec<SmolStr> = exact.map(|(value, _)| value.clone()).collect();
    if found.is_empty()
        && let [(value, _)] =
            known.iter().filter(|(_, label)| whole.starts(label)).collect::<Vec<_>>().as_slice()
    {
        found.push(value.clone());
    }
    found.dedup();
    found
}

/// Whether the text is the name of a word.
pub fn is_word(book: &Book, ty: &TypeDef, field: &FieldDef, text: &str) -> bool {
    let whole = Needle::new(text);
    all(book, ty, field).iter().any(|(value, label)| whole.is(value) || whole.is(label))
}

/// The words whose label contains a text.
pub fn containing(book: &Book, ty: &TypeDef, field: &FieldDef, needle: &Needle) -> Vec<SmolStr> {
    let found = all(book, ty, field).into_iter().filter(|(_, label)| needle.is_in(label));
    found.map(|(value, _)| value).collect()
}

/// The test of words that compare so with a word in their order.
pub fn compared(book: &Book, ty: &TypeDef, field: &FieldDef, orderings: &[Ordering], word: &SmolStr) -> Test {
    by_place(book, ty, field, |words| {
        let Some(bound) = words.iter().position(|w| w == word) else { return Vec::new() };
        let places = (0..words.len()).filter(|place| orderings.contains(&place.cmp(&bound)));
        places.map(|place| words[place].clone()).collect()
    })
}

/// The test of words between two others, with them.
pub fn between(
    book: &Book,
    ty: &TypeDef,
    field: &FieldDef,
    ends: &[(Option<SmolStr>, Option<SmolStr>)],
) -> Test {
    by_place(book, ty, field, |words| {
        let place = |word: &SmolStr| words.iter().position(|w| w == word);
        let mut found = Vec::new();
        for (from, to) in ends {
            let from = from.as_ref().map_or(Some(0), place);
            let to = to.as_ref().map_or(words.len().checked_sub(1), place);
            if let (Some(from), Some(to)) = (from, to)
                && from <= to
            {
                found.extend_from_slice(&words[from..=to]);
            }
        }
        found
    })
}

/// The test of the words that `choose` takes out of an ordered list: of the only one there is, or, where records
/// have lists of their own, of each of these.
fn by_place(
    book: &Book,
    ty: &TypeDef,
    field: &FieldDef,
    choose: impl Fn(&[SmolStr]) -> Vec<SmolStr>,
) -> Test {
    match &field.kind {
        Kind::Choice(Options::From { link, lines }) => {
            let mut words = FxHashMap::default();
            if let Some(owner) = ty.field(link) {
                for record in book.schema().targets(owner).flat_map(|t| book.of(&t.folder)) {
                    let ids =
                        record.get(lines).items().iter().map(|line| SmolStr::new(line.get("id").as_str()));
                    let chosen = choose(&ids.collect::<Vec<_>>()).into_iter().collect();
                    words.insert(spell_link(book.schema(), owner, &record.reference), chosen);
                }
            }
            Test::Listed { link: link.clone(), words }
        }
        Kind::Choice(Options::Fixed(fixed)) => {
            let words: Vec<SmolStr> = fixed.iter().map(|choice| choice.value.clone()).collect();
            Test::Word(choose(&words))
        }
        _ => Test::Word(Vec::new()),
    }
}

/// Every word with its label.
fn all(book: &Book, ty: &TypeDef, field: &FieldDef) -> Vec<(SmolStr, String)> {
    let scope = Scope { book, ty, fields: FieldsRef::NONE };
    choices(&scope, field).into_iter().map(|choice| (choice.value, choice.label)).collect()
}
