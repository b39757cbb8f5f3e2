//! Reads a query from text.
//!
//! ```text
//! query = all { "or" all } ;
//! all   = { ["and"] unary } ;
//! unary = [ "-" | "not" ] ( "(" query ")" | term | word ) ;
//! ```

use super::tree::{At, Atom, Expr, Item, Operator, Term, Word};
use crate::base::limits::MAX_QUERY;
use crate::query::QueryError;
use smol_str::SmolStr;
use std::ops::Range;

/// Where an unquoted value ends that may be several words, such as `next fri`.
pub trait Extent {
    /// How many words belong to the value of a field: `texts` holds the first, the first two, and so on. At least 1.
    fn words(&self, field: &str, texts: &[&str]) -> usize;
}

/// Every value is one word.
pub struct OneWord;

impl Extent for OneWord {
    fn words(&self, _: &str, _: &[&str]) -> usize {
        1
    }
}

/// The longest query that is read, in bytes.
const MAX_TEXT: usize = MAX_QUERY;
/// The deepest nesting of brackets and negations.
const MAX_DEPTH: usize = 32;
/// The most terms and words.
const MAX_LEAVES: usize = 200;
/// The most words a date or a name is typed in.
const MAX_WORDS: usize = 6;

/// Reads a query; the empty text is the query that lets everything pass.
///
/// # Errors
/// Names the place and what is wrong there.
pub fn parse(text: &str, extent: &dyn Extent) -> Result<Expr, QueryError> {
    if text.len() > MAX_TEXT {
        let start = text.ceil_char_boundary(MAX_TEXT);
        return Err(QueryError::new(
            start..text.len(),
            format!("a query has at most {MAX_TEXT} bytes: shorten it"),
        ));
    }
    let mut parser = Parser { text, at: 0, depth: 0, leaves: 0, extent };
    let expr = parser.any()?;
    parser.blanks();
    match parser.peek() {
        None => Ok(expr.unwrap_or(Expr::All(Vec::new()))),
        Some(c) => {
            let at = parser.at..parser.at + c.len_utf8();
            Err(QueryError::new(at, "this bracket closes nothing: take it out, or put it in quotes"))
        }
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    leaves: usize,
    extent: &'t dyn Extent,
}

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn blanks(&mut self) {
        self.at = skip_blanks(self.text, self.at);
    }

    /// Whether the keyword stands here: a word of its own that is no field.
    fn keyword(&self, word: &str) -> bool {
        is_keyword(self.text, self.at, word)
    }

    fn any(&mut self) -> Result<Option<Expr>, QueryError> {
        let mut parts: Vec<Expr> = self.all()?.into_iter().collect();
        loop {
            self.blanks();
            if !self.keyword("or") {
                break;
            }
            let at = self.at..self.at + 2;
            if parts.is_empty() {
                return Err(QueryError::new(at, "write a condition before or"));
            }
            self.at = at.end;
            parts.push(self.all()?.ok_or_else(|| QueryError::new(at, "write a condition after or"))?);
        }
        Ok(if parts.len() > 1 { Some(Expr::Any(parts)) } else { parts.pop() })
    }

    fn all(&mut self) -> Result<Option<Expr>, QueryError> {
        let mut parts = Vec::new();
        loop {
            self.blanks();
            match self.peek() {
                None | Some(')') => break,
                // Between terms a comma says no more than a blank.
                Some(',') => self.at += 1,
                _ if self.keyword("or") => break,
                _ if self.keyword("and") => self.at += 3,
                _ => parts.push(self.unary()?),
            }
        }
        Ok(if parts.len() > 1 { Some(Expr::All(parts)) } else { parts.pop() })
    }

    fn unary(&mut self) -> Result<Expr, QueryError> {
        let start = self.at;
        let after = if self.keyword("not") {
            let rest = self.text[self.at + 3..].trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            Some(self.text.len() - rest.len())
        } else {
            let dash = self.rest().strip_prefix('-').and_then(|rest| rest.chars().next());
            dash.filter(|c| !c.is_whitespace() && !matches!(c, ')' | ',')).map(|_| self.at + 1)
        };
        let Some(after) = after else { return self.primary() };
        self.at = after;
        if matches!(self.peek(), None | Some(')')) {
            return Err(QueryError::new(start..after, "write what is not to hold after it"));
        }
        self.deeper(start, |parser| parser.unary().map(|part| Expr::Not(Box::new(part))))
    }

    fn deeper<T>(
        &mut self,
        start: usize,
        read: impl FnOnce(&mut Self) -> Result<T, QueryError>,
    ) -> Result<T, QueryError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let message = format!("brackets and negations are nested at most {MAX_DEPTH} deep");
            return Err(QueryError::new(start..start + 1, message));
        }
        let read = read(self)?;
        self.depth -= 1;
        Ok(read)
    }

    fn primary(&mut self) -> Result<Expr, QueryError> {
        let start = self.at;
        if self.peek() == Some('(') {
            self.at += 1;
            let inner = self.deeper(start, Self::any)?;
            self.blanks();
            if self.peek() != Some(')') {
                return Err(QueryError::new(
                    start..start + 1,
                    "this bracket has no partner: add one at its end",
                ));
            }
            self.at += 1;
            return inner
                .ok_or_else(|| QueryError::new(start..self.at, "write a condition between the brackets"));
        }
        self.leaves += 1;
        if self.leaves > MAX_LEAVES {
            let message = format!("a query has at most {MAX_LEAVES} conditions");
            return Err(QueryError::new(start..self.text.len(), message));
        }
        if self.peek() == Some('"') {
            let (text, at) = self.quoted()?;
            return Ok(Expr::Word(Word { text, quoted: true, at }));
        }
        if let Some((name, operator, after)) = field(self.text, self.at) {
            self.at = after;
            return self.term(name, operator);
        }
        if self.peek() == Some('!') && field(self.text, start + 1).is_some() {
            return Err(QueryError::new(start..start + 1, "write - before what is not to hold: -stage:won"));
        }
        let sign = Operator::SPELLED.iter().find(|(sign, _)| self.rest().starts_with(sign));
        if let Some((sign, _)) = sign {
            let message = format!("write a field before {sign}, such as name{sign}…");
            return Err(QueryError::new(start..start + sign.len(), message));
        }
        let end = word_end(self.text, self.at);
        let text = self.text[start..end].trim_end_matches(',');
        self.at = end;
        Ok(Expr::Word(Word { text: text.into(), quoted: false, at: At(start..start + text.len()) }))
    }

    /// What is in quotes here. `\"` is a quote, `\\` a backslash.
    fn quoted(&mut self) -> Result<(SmolStr, At), QueryError> {
        let start = self.at;
        let mut text = String::new();
        let mut chars = self.text[start + 1..].char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    self.at = start + 1 + at + 1;
                    return Ok((text.into(), At(start..self.at)));
                }
                '\\' => text
                    .push(chars.next_if(|(_, next)| matches!(next, '"' | '\\')).map_or(c, |(_, next)| next)),
                _ => text.push(c),
            }
        }
        Err(QueryError::new(start..self.text.len(), "this quote has no partner: add one at its end"))
    }

    fn term(&mut self, name: Range<usize>, operator: Operator) -> Result<Expr, QueryError> {
        let sign_end = self.at;
        let field: SmolStr = self.text[name.clone()].into();
        let value_start = skip_blanks(self.text, self.at);
        let adjacent = value_start == self.at;
        if self.text[value_start..].starts_with('(') {
            let message = format!("write several values with commas between them: {field}:this,that");
            return Err(QueryError::new(value_start..value_start + 1, message));
        }
        let another = Operator::SPELLED
            .iter()
            .find(|(sign, _)| *sign != ":" && self.text[value_start..].starts_with(sign));
        if let Some((sign, _)) = another {
            let message = format!("write a value before {sign}, in quotes if it begins so");
            return Err(QueryError::new(value_start..value_start + sign.len(), message));
        }
        let nothing = !begins_value(self.text, value_start) || (!adjacent && self.is_next(value_start));
        let (values, values_at) = match nothing {
            true => (
                vec![Item::One(Atom { text: SmolStr::default(), quoted: true, at: At(sign_end..sign_end) })],
                sign_end..sign_end,
            ),
            false => {
                self.at = value_start;
                let values = self.values(&field, operator)?;
                (values, value_start..self.at)
            }
        };
        Ok(Expr::Term(Term { field, field_at: At(name), operator, values, values_at: At(values_at) }))
    }

    /// Whether another term or a keyword begins there, so that no value does.
    fn is_next(&self, at: usize) -> bool {
        let after = self.text[at..].strip_prefix('-').map_or(at, |_| at + 1);
        field(self.text, after).is_some()
            || is_keyword(self.text, at, "and")
            || is_keyword(self.text, at, "or")
    }

    fn values(&mut self, field: &str, operator: Operator) -> Result<Vec<Item>, QueryError> {
        // Of a text that is only to be contained, the words after the first are words of their own.
        let field = Some(field).filter(|_| !matches!(operator, Operator::Contains | Operator::Lacks));
        let mut items = Vec::new();
        loop {
            items.push(self.item(field)?);
            if self.rest().starts_with(",,") {
                return Err(QueryError::new(self.at..self.at + 2, "write a value between the commas"));
            }
            let more = self.rest().strip_prefix(',').is_some_and(begins_item);
            if !more {
                break;
            }
            self.at += 1;
        }
        Ok(items)
    }

    /// One value, or a stretch; `field` is whose, where a value may be several words.
    fn item(&mut self, field: Option<&str>) -> Result<Item, QueryError> {
        let from = self.value(field)?;
        let dots = skip_blanks(self.text, self.at);
        let apart = dots > self.at;
        if from.is_none() && apart || !self.text[dots..].starts_with("..") {
            return Ok(Item::One(from.unwrap_or_else(|| Atom {
                text: SmolStr::default(),
                quoted: true,
                at: At(self.at..self.at),
            })));
        }
        self.at = dots + 2;
        if self.peek() == Some('.') {
            return Err(QueryError::new(dots..self.at + 1, "write two dots between the ends: 10k..50k"));
        }
        // `10k .. 50k` is meant as `10k..50k`; behind `10k.. ` another condition begins.
        let next = skip_blanks(self.text, self.at);
        if apart && begins_value(self.text, next) && !self.is_next(next) {
            self.at = next;
        }
        Ok(Item::Range(from, self.value(field)?))
    }

    /// An atom with the words behind it that belong to it.
    fn value(&mut self, field: Option<&str>) -> Result<Option<Atom>, QueryError> {
        let mut atom = self.atom()?;
        if let (Some(field), Some(atom)) = (field, atom.as_mut().filter(|atom| !atom.quoted)) {
            self.extend(field, atom);
        }
        Ok(atom)
    }

    fn atom(&mut self) -> Result<Option<Atom>, QueryError> {
        if self.peek() == Some('"') {
            let (text, at) = self.quoted()?;
            return Ok(Some(Atom { text, quoted: true, at }));
        }
        let (start, rest) = (self.at, self.rest());
        let ends = |(at, c): &(usize, char)| match c {
            '(' | ')' | ',' | '"' => true,
            '.' => rest[*at..].starts_with(".."),
            c => c.is_whitespace(),
        };
        let length = rest.char_indices().find(ends).map_or(rest.len(), |(at, _)| at);
        self.at += length;
        let text: SmolStr = rest[..length].into();
        // Printed without quotes, this would be a web address and no term.
        let quoted = text.starts_with("//");
        Ok((length > 0).then_some(Atom { text, quoted, at: At(start..self.at) }))
    }

    /// Takes the words after a value into it that belong to it.
    fn extend(&mut self, field: &str, atom: &mut Atom) {
        let start = atom.at.0.start;
        let mut ends = vec![self.at];
        while ends.len() < MAX_WORDS {
            let next = skip_blanks(self.text, ends[ends.len() - 1]);
            let first = self.text[next..].chars().next();
            let is_word = next > ends[ends.len() - 1]
                && first.is_some_and(|c| !matches!(c, '(' | ')' | '"' | ',' | '-'))
                && !self.is_next(next)
                && !is_keyword(self.text, next, "not");
            if !is_word {
                break;
            }
            let end = word_end(self.text, next);
            let word = &self.text[next..end];
            // Another value begins behind a comma, and the other end of a stretch behind two dots.
            let length = word.find(',').into_iter().chain(word.find("..")).min().unwrap_or(word.len());
            if length > 0 {
                ends.push(next + length);
            }
            if length < word.len() {
                break;
            }
        }
        let texts: Vec<&str> = ends.iter().map(|end| &self.text[start..*end]).collect();
        let count = if texts.len() > 1 { self.extent.words(field, &texts).clamp(1, texts.len()) } else { 1 };
        if count > 1 {
            let end = ends[count - 1];
            *atom = Atom { text: self.text[start..end].into(), quoted: true, at: At(start..end) };
            self.at = end;
        }
    }
}

fn skip_blanks(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start().len()
}

fn is_keyword(text: &str, at: usize, word: &str) -> bool {
    let rest = &text[at..];
    let found = rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let after = || rest[word.len()..].chars().next();
    found
        && after().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ')' | '"' | ','))
        && field(text, at).is_none()
}

fn begins_value(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(|c| !matches!(c, ')' | ','))
}

fn begins_item(rest: &str) -> bool {
    rest.chars().next().is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | ')' | ','))
}

/// The end of a bare word.
fn word_end(text: &str, start: usize) -> usize {
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"');
    text[start..].find(ends).map_or(text.len(), |length| start + length)
}

/// A field's name that begins here and the operator after it; with the place after the operator.
fn field(text: &str, start: usize) -> Option<(Range<usize>, Operator, usize)> {
    let rest = &text[start..];
    let first = rest.chars().next()?;
    if !(first.is_alphabetic() || first == '_') {
        return None;
    }
    let length =
        rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))).unwrap_or(rest.len());
    let name = start..start + length;
    let after = skip_blanks(text, name.end);
    let sign_at = |at: usize| Operator::SPELLED.iter().find(|(sign, _)| text[at..].starts_with(sign));
    let (sign, operator) = sign_at(after)?;
    let colon = *operator == Operator::Colon;
    if colon && (after > name.end || text[after..].starts_with("://")) {
        return None;
    }
    let end = after + sign.len();
    // `amount:>10k`, as some other programs write.
    match sign_at(end).filter(|(_, next)| colon && *next != Operator::Colon) {
        Some((sign, operator)) => Some((name, *operator, end + sign.len())),
        None => Some((name, *operator, end)),
    }
}
