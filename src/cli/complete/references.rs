//! Types and records.

use super::offer::Offer;
use crate::actions::reference;
use crate::base::Id;
use crate::model::kinds::title_of;
use crate::model::{Book, Record, TypeDef};
use std::sync::Arc;

/// The types that begin so, business records before settings.
pub fn types(typed: &str, singular: bool, book: &Book) -> Vec<Offer> {
    let language = book.settings().language();
    let found = in_order(book).filter_map(|ty| {
        let label = if singular { &ty.label } else { &ty.plural_label };
        Some(Offer::ended(word(ty, typed, singular)?, label.get(language)))
    });
    found.collect()
}

/// The records whose reference begins so: the folders of those there are, then the ids in one, or else bare ids.
pub fn records(typed: &str, book: &Book) -> Vec<Offer> {
    let offer =
        |head: &str, record: &Record| Offer::ended(format!("{head}{}", record.id()), &title_of(book, record));
    if let Some((folder, id)) = typed.split_once('/') {
        let records = book.schema().find(folder).map_or(&[][..], |ty| book.of(&ty.folder));
        let found = records.iter().filter(|record| record.id().as_str().starts_with(id));
        return found.map(|record| offer(&format!("{folder}/"), record)).collect();
    }
    let language = book.settings().language();
    let full = in_order(book).filter(|ty| !book.of(&ty.folder).is_empty());
    let folders = full.filter_map(|ty| {
        Some(Offer::begun(format!("{}/", word(ty, typed, false)?), ty.plural_label.get(language)))
    });
    let folders: Vec<_> = folders.collect();
    if !folders.is_empty() || typed.is_empty() {
        return folders;
    }
    let found = in_order(book).flat_map(|ty| book.of(&ty.folder));
    found.filter(|record| record.id().as_str().starts_with(typed)).map(|record| offer("", record)).collect()
}

/// The record of a reference, or of a bare id.
pub fn record<'b>(text: &str, book: &'b Book) -> Option<&'b Arc<Record>> {
    if let Some(reference) = reference(book.schema(), text) {
        return book.get(&reference);
    }
    let id = Id::try_from(text).ok()?;
    let mut found = book.schema().types().iter().flat_map(|ty| book.of(&ty.folder));
    found.find(|record| *record.id() == id)
}

fn in_order(book: &Book) -> impl Iterator<Item = &Arc<TypeDef>> {
    let types = book.schema().types().iter();
    types.clone().filter(|ty| !ty.setting).chain(types.filter(|ty| ty.setting))
}

/// The word for a type that begins so: the folder, or its name where one of them is meant; else another word for it,
/// of several forms the one that fits.
fn word<'t>(ty: &'t TypeDef, typed: &str, singular: bool) -> Option<&'t str> {
    let main = if singular { ty.name.as_str() } else { ty.folder.as_str() };
    let others = ty.aliases.iter().map(|alias| alias.as_str()).filter(|alias| alias.starts_with(typed));
    match (main.starts_with(typed), singular) {
        (true, _) => Some(main),
        (false, true) => others.min_by_key(|word| word.len()),
        (false, false) => others.max_by_key(|word| word.len()),
    }
}
