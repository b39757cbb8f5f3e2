//! Cuts a filter into words and operators.

use super::QueryError;
use std::ops::Range;

/// A piece of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub at: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
}

/// What a piece of a filter is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenKind {
    /// A word, or quoted text without its quotes.
    Word { text: String, quoted: bool },
    /// An operator.
    Operator(Operator),
}

/// What a term asks of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    Is,
    Not,
    Less,
    AtMost,
    More,
    AtLeast,
    Contains,
    Lacks,
}

/// Operators as spelled, the longer before those they start with.
const OPERATORS: [(&str, Operator); 10] = [
    ("!=", Operator::Not),
    ("!~", Operator::Lacks),
    ("<>", Operator::Not),
    ("<=", Operator::AtMost),
    (">=", Operator::AtLeast),
    ("==", Operator::Is),
    ("=", Operator::Is),
    ("<", Operator::Less),
    (">", Operator::More),
    ("~", Operator::Contains),
];

/// Cuts the text at blanks and around operators; `"quoted text"` stays whole.
///
/// # Errors
/// When a quote has no partner.
pub fn lex(text: &str) -> Result<Vec<Token>, QueryError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if c.is_whitespace() {
            at += c.len_utf8();
        } else if let Some((sign, operator)) = OPERATORS.iter().find(|(sign, _)| rest.starts_with(sign)) {
            tokens.push(Token { at: at..at + sign.len(), kind: TokenKind::Operator(*operator) });
            at += sign.len();
        } else if c == '"' {
            let Some(length) = rest[1..].find('"') else {
                return Err(QueryError::new(at..text.len(), "this quote has no partner: add one at its end"));
            };
            let inner = rest[1..=length].to_owned();
            tokens
                .push(Token { at: at..at + length + 2, kind: TokenKind::Word { text: inner, quoted: true } });
            at += length + 2;
        } else {
            let ends = |(i, c): &(usize, char)| {
                c.is_whitespace()
                    || *c == '"'
                    || OPERATORS.iter().any(|(sign, _)| rest[*i..].starts_with(sign))
            };
            let length = rest.char_indices().find(ends).map_or(rest.len(), |(i, _)| i);
            let word = rest[..length].to_owned();
            tokens.push(Token { at: at..at + length, kind: TokenKind::Word { text: word, quoted: false } });
            at += length;
        }
    }
    Ok(tokens)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        let shown = lex(text).map(|tokens| {
            let one = |t: Token| match t.kind {
                TokenKind::Word { text, quoted: true } => format!("[{text}]"),
                TokenKind::Word { text, .. } => text,
                TokenKind::Operator(_) => format!("({})", &text[t.at]),
            };
            tokens.into_iter().map(one).collect::<Vec<_>>().join(" ")
        });
        assert_eq!(shown.unwrap_or_else(|e| format!("{:?}", e.at)), expect, "{text}");
    }

    #[test]
    fn pieces() {
        check("stage=proposal and amount >= 10k", "stage (=) proposal and amount (>=) 10k");
        check("name~\"sand and sea\" x", "name (~) [sand and sea] x");
        check("a!=b a!~b a<>b a==b wow!", "a (!=) b a (!~) b a (<>) b a (==) b wow!");
        check("  Müller  ", "Müller");
        check("", "");
        check("name=\"", "5..6");
        check("\"\"", "[]");
    }
}
