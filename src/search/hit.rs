//! One record that was found, and where the words stand in it.

use super::ask::{Ask, Leaf, Part};
use super::language::Stems;
use super::marked::Marked;
use super::matching::Text;
use super::role::{Role, Source, sources};
use crate::model::kinds::title_of;
use crate::model::{Book, Record};
use smol_str::SmolStr;
use std::borrow::Cow;
use std::sync::Arc;

/// A record that was found.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The record, as it is in the book.
    pub record: Arc<Record>,
    /// What the match is worth: whole steps for how it matched, the rest for how the record stands.
    pub score: f32,
    /// What it is called.
    pub title: Marked,
    /// Where the words stand that are not in the title.
    pub excerpt: Option<Excerpt>,
    /// Whether a word named its type.
    pub is_of_type: bool,
}

/// A part of a record's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The field it is in; `id` for the record's own.
    pub field: SmolStr,
    /// The text.
    pub text: Marked,
}

impl Hit {
    pub(super) fn new(ask: &Ask, book: &Book, record: &Arc<Record>, score: f32, stems: &mut Stems) -> Self {
        let title = title_of(book, record);
        let as_name = Source { field: "", role: Role::Name, text: Cow::Borrowed(&title) };
        let called = Text::new(&as_name, stems);
        let marks = called.places(ask, stems);
        let excerpt = excerpt(ask, book, record, &called, stems);
        let is_of_type = ask.leaves().any(|leaf| names_type_of(record, leaf));
        Self { record: record.clone(), score, title: Marked::new(&title, &marks), excerpt, is_of_type }
    }
}

fn names_type_of(record: &Record, leaf: &Leaf) -> bool {
    matches!(leaf, Leaf::Type(folder, _) if *folder == record.reference.folder)
}

/// The text that matches best what title and type leave open; none where they say it all.
fn excerpt(ask: &Ask, book: &Book, record: &Record, title: &Text<'_>, stems: &mut Stems) -> Option<Excerpt> {
    let met = |way: &Vec<Leaf>, stems: &mut Stems| {
        way.iter().all(|leaf| names_type_of(record, leaf) || title.worth(leaf, stems).is_some())
    };
    let parts = ask.parts.iter().filter(|part| !part.ways.iter().any(|way| met(way, stems)));
    let open = Ask { parts: parts.cloned().collect() };
    if open.is_empty() {
        return None;
    }
    let sources = sources(book, record);
    let texts = sources.iter().map(|source| Text::new(source, stems)).collect::<Vec<_>>();
    let worth = |text: &Text<'_>, stems: &mut Stems| -> u32 {
        let mut leaf = |leaf: &Leaf| text.worth(leaf, stems).map_or(0, u32::from);
        let part = |part: &Part| part.ways.iter().map(|way| way.iter().map(&mut leaf).sum::<u32>()).max();
        open.parts.iter().filter_map(part).sum()
    };
    // Of equals the first: fields come in the order of the file.
    let best = texts.iter().map(|text| (worth(text, stems), text)).rev().max_by_key(|(worth, _)| *worth);
    let (_, text) = best.filter(|(worth, _)| *worth > 0)?;
    let text_marked = Marked::new(&text.source.text, &text.places(ask, stems));
    Some(Excerpt { field: text.source.field.into(), text: text_marked })
}
