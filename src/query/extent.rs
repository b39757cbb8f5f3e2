//! Where an unquoted value ends that may be several words, such as `next fri` or the name of an account.

use super::choices;
use super::compile::Compiler;
use super::links;
use super::path::Path;
use super::period::period;
use super::stretch::Stretch;
use super::syntax::Extent;
use crate::model::kinds::enter;
use crate::model::{FieldDef, FieldsRef, Kind, Scope, TypeDef};
use std::sync::Arc;

/// How many words a value has, by the kind of the field in any of the types.
impl Extent for Compiler<'_> {
    fn words(&self, field: &str, texts: &[&str]) -> usize {
        let of = |ty: &Arc<TypeDef>| {
            let path = Path::new(ty, field, self.ground.book).ok()?;
            Some(self.words_of(path.field.as_ref()?, &path.owner, texts))
        };
        self.types.iter().filter_map(of).max().unwrap_or(1)
    }
}

impl Compiler<'_> {
    fn words_of(&self, field: &FieldDef, owner: &TypeDef, texts: &[&str]) -> usize {
        let (book, entry) = (self.ground.book, self.ground.entry);
        let longest =
            |reads: &dyn Fn(&str) -> bool| texts.iter().rposition(|text| reads(text)).map_or(1, |at| at + 1);
        match &field.kind {
            Kind::Choice(_) => longest(&|text| choices::is_word(book, owner, field, text)),
            Kind::Date | Kind::Datetime => longest(&|text| {
                period(text, entry.now, book.settings().fiscal_year_start()).is_some()
                    || Stretch::read(text, book, entry).is_ok()
            }),
            Kind::Integer | Kind::Decimal | Kind::Percent | Kind::Money | Kind::Duration => {
                let scope = Scope { book, ty: owner, fields: FieldsRef::NONE };
                let reads = |text: &str| enter(&scope, field, text, entry).is_ok();
                // A letter on its own is a word, though `5 m` would read as five million.
                let counted = |text: &str| field.kind != Kind::Duration && ends_in_a_letter_alone(text);
                longest(&|text| reads(text) && !counted(text))
            }
            _ if field.is_link() => links::title_words(book, field, texts),
            _ => 1,
        }
    }
}

fn ends_in_a_letter_alone(text: &str) -> bool {
    let last = text.rsplit_once(char::is_whitespace).map_or("", |(_, last)| last);
    last.len() == 1 && last.chars().all(|c| c.is_ascii_alphabetic())
}
