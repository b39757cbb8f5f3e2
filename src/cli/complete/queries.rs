//! Words of `kontor list`: the type, conditions, views, and lists of fields.

use super::asked::Asked;
use super::offer::Offer;
use super::references::types;
use crate::base::{Id, Now};
use crate::crm::Known;
use crate::crm::views::{View, views as all_views};
use crate::model::schema::Label;
use crate::model::{Book, TypeDef};
use crate::query::{Candidate, complete, title_path};
use std::sync::Arc;

/// Between a field and its value.
const OPERATORS: [char; 6] = [':', '=', '<', '>', '~', '!'];

/// The views, by their names.
pub fn views(book: &Book, me: Option<&Id>) -> Vec<Offer> {
    let found = all_views(book, me).into_iter();
    found.map(|view| Offer::ended(view.name.as_str(), &view.query)).collect()
}

/// The type, or what a condition may become.
pub fn words(asked: &Asked, book: &Book, me: Option<&Id>, now: Now) -> Vec<Offer> {
    let view = asked.told("view").is_some();
    let is_condition = asked.typed.contains(OPERATORS);
    if asked.words.is_empty() && !view && !is_condition {
        return types(&asked.typed, false, book);
    }
    let ty = of(asked, book, me);
    let named = !view && asked.words.first().is_some_and(|word| book.schema().find(word).is_some());
    let before = &asked.words[usize::from(named)..];
    let text = before.iter().chain([&asked.typed]).map(String::as_str).collect::<Vec<_>>().join(" ");
    let start = text.len() - asked.typed.len();
    let facts = Known::of(book, now);
    let found = complete(&text, text.len(), ty.as_ref(), book, Some(&*facts), usize::MAX);
    let found = found.into_iter().filter(|candidate| candidate.at.start >= start);
    found.map(|candidate| condition(&text[start..candidate.at.start], &candidate)).collect()
}

/// A condition as far as it goes: behind a name comes an operator, mostly this one.
fn condition(head: &str, candidate: &Candidate) -> Offer {
    let term = head.rsplit([' ', '(']).next().unwrap_or_default();
    let (is_value, word) = (term.contains(OPERATORS), format!("{head}{}", candidate.insert));
    let help = if candidate.label.is_empty() || candidate.label == candidate.insert {
        &candidate.detail
    } else {
        &candidate.label
    };
    match is_value {
        true => Offer::ended(word, help),
        false if word.ends_with(OPERATORS) => Offer::begun(word, &candidate.detail),
        false => Offer::begun(word + ":", help),
    }
}

/// What a list of fields may become, `-amount,name`: the last of them.
pub fn fields(asked: &Asked, book: &Book, me: Option<&Id>) -> Vec<Offer> {
    let Some(ty) = of(asked, book, me) else { return Vec::new() };
    let typed = asked.typed.as_str();
    let start = typed.rfind(',').map_or(0, |comma| comma + 1);
    let start = typed.len() - typed[start..].trim_start_matches('-').len();
    let (head, last) = typed.split_at(start);
    if let Some(dot) = last.rfind('.') {
        let steps = complete(last, last.len(), Some(&ty), book, None, usize::MAX).into_iter();
        return steps
            .map(|step| Offer::begun(format!("{head}{}{}", &last[..=dot], step.insert), &step.label))
            .collect();
    }
    let language = book.settings().language();
    let title = title_path(&ty).map(|word| (word, Label::from_name(word).get(language).to_owned()));
    let own = ty.fields.iter().map(|field| (field.name.as_str(), field.label.get(language).to_owned()));
    own.chain(title).map(|(name, label)| Offer::begun(format!("{head}{name}"), &label)).collect()
}

/// The one type that is listed.
fn of(asked: &Asked, book: &Book, me: Option<&Id>) -> Option<Arc<TypeDef>> {
    let name = match asked.told("view") {
        Some(view) => View::find(&all_views(book, me), view).ok()?.type_name.to_string(),
        None => asked.words.first()?.clone(),
    };
    book.schema().find(&name).cloned()
}
