//! What the last word of a filter may become, and what of a filter can be run while its end is still typed.

use crate::model::kinds::{choices, title_of};
use crate::model::{Book, FieldDef, Kind, Scope, TypeDef};
use std::sync::Arc;

/// The signs operators are made of.
const SIGNS: [char; 5] = ['=', '<', '>', '~', '!'];

/// From how many letters on a word that begins like a field is taken for one being typed.
const TELLING: usize = 3;

/// So many records are looked through for a name; beyond, typing would be slow.
const FEW: usize = 10_000;

/// More would not be read.
const MOST: usize = 8;

/// The last word as far as it is typed; empty after a blank.
pub fn tail(text: &str) -> &str {
    text.rfind(char::is_whitespace).map_or(text, |at| text[at..].trim_start())
}

/// The text without a last term that cannot mean anything yet: `amount>`, or the beginning of a field's name.
pub fn finished<'t>(text: &'t str, ty: &TypeDef) -> &'t str {
    let whole = text.trim_end();
    if whole.ends_with(SIGNS) {
        let field = whole.trim_end_matches(SIGNS).trim_end();
        return &field[..field.len() - tail(field).len()];
    }
    let word = tail(text);
    let name = word.to_lowercase();
    let is_field = || ty.fields.iter().any(|field| field.name.starts_with(&name));
    match word.len() >= TELLING && is_field() {
        true => &text[..text.len() - word.len()],
        false => text,
    }
}

/// Whether the text has a term about that field.
pub fn names(text: &str, field: &str) -> bool {
    text.match_indices(SIGNS).any(|(at, _)| {
        let name = tail(text[..at].trim_end_matches(SIGNS).trim_end());
        name.split('.').next().is_some_and(|name| name.eq_ignore_ascii_case(field))
    })
}

/// What the last word may become, best first: names of fields, then their values.
pub fn candidates(text: &str, ty: &Arc<TypeDef>, book: &Book) -> Vec<String> {
    let word = tail(text);
    if word.is_empty() || word.starts_with('"') {
        return Vec::new();
    }
    let Some(sign) = word.find(SIGNS) else {
        let name = word.to_lowercase();
        let fields = ty.fields.iter().filter(|f| f.name.starts_with(&name) && f.name != name);
        return fields.take(MOST).map(|field| field.name.to_string()).collect();
    };
    let value = sign + word[sign..].find(|c| !SIGNS.contains(&c)).unwrap_or(word.len() - sign);
    let Some(field) = ty.field(&word[..sign].to_lowercase()) else { return Vec::new() };
    let (term, typed) = word.split_at(value);
    let values = values(field, ty, book, &typed.to_lowercase());
    values.into_iter().filter(|value| value != typed).map(|value| format!("{term}{value}")).collect()
}

/// The values of a field that begin so, or whose name does.
fn values(field: &FieldDef, ty: &TypeDef, book: &Book, typed: &str) -> Vec<String> {
    let begins = |text: &str| text.to_lowercase().starts_with(typed);
    match &field.kind {
        Kind::Choice(_) => {
            let all = choices(&Scope { book, ty, fields: &[] }, field).into_iter();
            all.filter(|c| begins(&c.value) || begins(&c.label)).map(|c| c.value.into()).take(MOST).collect()
        }
        Kind::Boolean => {
            ["true", "false"].into_iter().filter(|word| begins(word)).map(str::to_owned).collect()
        }
        Kind::User | Kind::Link(_) | Kind::Links(_) => {
            let records = book.schema().targets(field).flat_map(|target| book.of(&target.folder));
            let found = records
                .take(FEW)
                .filter(|r| r.id().as_str().starts_with(typed) || begins(&title_of(book, r)));
            // A link to several types is spelled with its folder, which nobody types first.
            let only = book.schema().targets(field).count() == 1;
            found.take(if only { MOST } else { 0 }).map(|r| r.id().to_string()).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Schema, Settings};

    #[test]
    fn a_term_counts_once_it_can_mean_something() {
        let schema = Schema::builtin();
        let deal = schema.find("opportunity").unwrap();
        let check = |text: &str, expect: &str| assert_eq!(finished(text, deal), expect, "{text}");
        check("acme", "acme");
        check("acme amount>", "acme ");
        check("acme amount > ", "acme ");
        check("acme amount>5", "acme amount>5");
        check("amo", "");
        check("am", "am");
        check("amo ", "amo ");
        check("amount", "");
        check("", "");
        check("=", "");
    }

    #[test]
    fn terms_are_about_fields() {
        for text in ["status=closed", "pump status != closed", "status.x>1"] {
            assert!(names(text, "status"), "{text}");
        }
        for text in ["status", "pump", "name=status", "", "="] {
            assert!(!names(text, "status"), "{text}");
        }
    }

    #[test]
    fn fields_then_values() {
        let book = Book::empty(Arc::new(Schema::builtin()), Arc::new(Settings::default()));
        let case = book.schema().find("case").unwrap().clone();
        let check =
            |text: &str, expect: &str| assert_eq!(candidates(text, &case, &book).join(" "), expect, "{text}");
        check("pump pri", "priority");
        check("priority=h", "priority=high");
        check("status!=re", "status!=resolved");
        check("escalated=", "escalated=true escalated=false");
        check("priority=high", "");
        check("pump ", "");
        check("nonsense=x", "");
    }
}
