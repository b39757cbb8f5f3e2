//! A filter read from text, ready to be run on many records.

use super::QueryError;
use super::lex::{Operator, Token, TokenKind, lex};
use super::path::Path;
use super::test::{Test, meanings};
use super::text::Needle;
use crate::model::kinds::Entry;
use crate::model::{Book, Kind, Record, TypeDef};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use std::ops::Range;
use std::sync::Arc;

/// Terms that must all hold. It knows what the book held when it was read, so read it anew when the book changes.
#[derive(Debug, Clone, Default)]
pub struct Query {
    terms: Vec<Term>,
}

#[derive(Debug, Clone)]
enum Term {
    /// A field passes a test, or fails it.
    Field { path: Box<Path>, test: Test, negated: bool },
    /// A word anywhere in the record, or in the name of something it names in its title or its list.
    Anywhere { needle: Needle, meant: Vec<(SmolStr, FxHashSet<SmolStr>)> },
}

/// The most words a date or a name is typed in.
const MAX_WORDS: usize = 6;

impl Query {
    /// Reads a filter for records of a type. The empty text lets everything pass.
    ///
    /// # Errors
    /// Names the place and what is wrong there.
    pub fn parse(text: &str, ty: &Arc<TypeDef>, book: &Book, entry: Entry<'_>) -> Result<Self, QueryError> {
        let tokens = lex(text)?;
        let mut reader = Reader { text, tokens: &tokens, at: 0, ty, book, entry };
        let mut terms = Vec::new();
        while let Some(term) = reader.term()? {
            terms.push(term);
        }
        Ok(Self { terms })
    }

    /// Whether everything passes.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether the record passes.
    pub fn matches(&self, book: &Book, record: &Record) -> bool {
        self.terms.iter().all(|term| match term {
            Term::Field { path, test, negated } => test.holds(path, book, record) != *negated,
            Term::Anywhere { needle, meant } => {
                needle.is_in(record.id().as_str())
                    || record.fields.iter().any(|(_, value)| needle.is_in_value(value))
                    || meant.iter().any(|(field, values)| {
                        let value = record.get(field);
                        super::text::any_scalar(value, &mut |text| values.contains(text))
                    })
            }
        })
    }

    /// The records that pass, in their order.
    pub fn filter(&self, book: &Book, records: &[Arc<Record>]) -> Vec<Arc<Record>> {
        if self.is_empty() {
            return records.to_vec();
        }
        records.par_iter().filter(|record| self.matches(book, record)).cloned().collect()
    }
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    ty: &'a Arc<TypeDef>,
    book: &'a Book,
    entry: Entry<'a>,
}

impl<'a> Reader<'a> {
    fn word(&self, at: usize) -> Option<(&'a str, bool, Range<usize>)> {
        let token = self.tokens.get(at)?;
        match &token.kind {
            TokenKind::Word { text, quoted } => Some((text, *quoted, token.at.clone())),
            TokenKind::Operator(_) => None,
        }
    }

    fn operator(&self, at: usize) -> Option<Operator> {
        match self.tokens.get(at)?.kind {
            TokenKind::Operator(operator) => Some(operator),
            TokenKind::Word { .. } => None,
        }
    }

    /// The next term, or nothing at the end.
    fn term(&mut self) -> Result<Option<Term>, QueryError> {
        while self.is_and(self.at) {
            self.at += 1;
        }
        let Some(token) = self.tokens.get(self.at) else { return Ok(None) };
        let Some((text, quoted, at)) = self.word(self.at) else {
            let message =
                format!("write a field before {}, such as {}", &self.text[token.at.clone()], self.example());
            return Err(QueryError::new(token.at.clone(), message));
        };
        self.at += 1;
        match self.operator(self.at) {
            Some(operator) => {
                self.at += 1;
                self.field(text, at, operator).map(Some)
            }
            None => Ok(Some(self.anywhere(if quoted { text } else { text.trim_end_matches(',') }))),
        }
    }

    /// `and` between terms: not one that is a field or somebody's value.
    fn is_and(&self, at: usize) -> bool {
        self.word(at)
            .is_some_and(|(text, quoted, _)| !quoted && (text.eq_ignore_ascii_case("and") || text == ","))
            && self.operator(at + 1).is_none()
    }

    fn field(&mut self, name: &str, at: Range<usize>, operator: Operator) -> Result<Term, QueryError> {
        let path = Path::new(self.ty, name, self.book).map(Box::new).map_err(|nowhere| QueryError {
            at,
            message: format!("{} has no field '{}'", with_article(&nowhere.ty), nowhere.step),
            suggestion: nowhere.suggestion,
        })?;
        let count = self.value_words(&path, operator);
        let Some((first, quoted, at)) = self.word(self.at).filter(|_| count > 0) else {
            return self.empty(path, operator);
        };
        let (mut fault, mut longest) = (None, count);
        while longest > 0 {
            let end = self.word(self.at + longest - 1).map_or(at.end, |(.., at)| at.end);
            let text = if quoted { first } else { self.text[at.start..end].trim_end_matches(',') };
            match Test::read(&path, operator, text, quoted, self.book, self.entry) {
                Ok((test, negated)) => {
                    self.at += longest;
                    let unset = text.is_empty() || (!quoted && matches!(text, "-" | "–"));
                    return if unset {
                        self.empty(path, operator)
                    } else {
                        Ok(Term::Field { path, test, negated })
                    };
                }
                Err(error) => fault = Some(QueryError::new(at.start..end, error.to_string())),
            }
            longest -= 1;
        }
        // Of several attempts the one with the fewest words is the last.
        Err(fault.unwrap_or_else(|| QueryError::new(at, format!("{name} needs a value"))))
    }

    /// How many words may belong to the value: one, or several where the kind tells where the value ends.
    fn value_words(&self, path: &Path, operator: Operator) -> usize {
        let is_value =
            |at: usize| self.word(at).is_some() && self.operator(at + 1).is_none() && !self.is_and(at);
        let one = |at: usize| usize::from(is_value(at));
        let Some((first, quoted, _)) = self.word(self.at) else { return 0 };
        let free = path.field.as_ref().is_none_or(|field| {
            matches!(
                field.kind,
                Kind::Text | Kind::Longtext | Kind::Tags | Kind::Email | Kind::Url | Kind::Phone
            )
        });
        if quoted || free || first.ends_with(',') || matches!(operator, Operator::Contains | Operator::Lacks)
        {
            return one(self.at);
        }
        let more = (self.at..self.at + MAX_WORDS).take_while(|at| {
            is_value(*at) && self.word(*at).is_some_and(|(text, quoted, _)| !quoted && !text.ends_with(','))
        });
        more.count().max(one(self.at))
    }

    /// A term without a value: `owner=` asks for those without, `owner!=` for those with an owner.
    fn empty(&self, path: Box<Path>, operator: Operator) -> Result<Term, QueryError> {
        match operator {
            Operator::Is => Ok(Term::Field { path, test: Test::Set, negated: true }),
            Operator::Not => Ok(Term::Field { path, test: Test::Set, negated: false }),
            _ => {
                let end = self.tokens.get(self.at - 1).map_or(self.text.len(), |token| token.at.end);
                let start = self.tokens.get(self.at - 1).map_or(end, |token| token.at.start);
                Err(QueryError::new(start..end, format!("write a value after {}", &self.text[start..end])))
            }
        }
    }

    fn anywhere(&self, text: &str) -> Term {
        let needle = Needle::new(text);
        let subtitle = self.ty.subtitle.iter().flat_map(|template| template.fields());
        let paths = self.ty.list.iter().chain(self.ty.title.fields()).chain(subtitle);
        let mut heads: Vec<&str> = paths.map(|path| path.split('.').next().unwrap_or(path)).collect();
        heads.sort_unstable();
        heads.dedup();
        let fields = heads.into_iter().filter_map(|name| self.ty.field(name));
        let named = fields.filter(|field| field.is_link() || matches!(field.kind, Kind::Choice(_)));
        let meant = named.map(|field| (field.name.clone(), meanings(self.book, self.ty, field, &needle)));
        Term::Anywhere { meant: meant.filter(|(_, values)| !values.is_empty()).collect(), needle }
    }

    fn example(&self) -> String {
        self.ty.list.first().map_or_else(|| "name=…".to_owned(), |field| format!("{field}=…"))
    }
}

fn with_article(ty: &str) -> String {
    let article = if ty.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {}", ty.replace('_', " "))
}

#[cfg(test)]
mod tests;
