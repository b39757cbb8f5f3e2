//! The parts of a query as written.

use smol_str::SmolStr;
use std::ops::Range;

/// Where something stands in the text. Places do not count when two queries are compared.
#[derive(Debug, Clone, Default)]
pub struct At(pub Range<usize>);

impl PartialEq for At {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for At {}

/// A query, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// All of these hold; the empty query is none of them.
    All(Vec<Expr>),
    /// One of these holds.
    Any(Vec<Expr>),
    /// It does not hold.
    Not(Box<Expr>),
    /// Something about a field.
    Term(Term),
    /// A word or quoted words that stand anywhere.
    Word(Word),
}

/// A field, an operator and what it is compared with: `stage:proposal,negotiation`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The field as written: `account.country`, or a word of the language such as `has`.
    pub field: SmolStr,
    /// Where the field stands.
    pub field_at: At,
    /// What is asked of it.
    pub operator: Operator,
    /// The alternatives, at least one.
    pub values: Vec<Item>,
    /// Where they stand.
    pub values_at: At,
}

/// A word looked for anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word, or the words that were in quotes.
    pub text: SmolStr,
    /// Whether they were in quotes: then they are meant exactly so.
    pub quoted: bool,
    /// Where it stands.
    pub at: At,
}

/// One alternative of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A value.
    One(Atom),
    /// A stretch from a value up to and with another, open where there is none: `10k..50k`.
    Range(Option<Atom>, Option<Atom>),
}

/// A value as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Atom {
    /// Without its quotes.
    pub text: SmolStr,
    /// Whether it was in quotes.
    pub quoted: bool,
    /// Where it stands, quotes and all.
    pub at: At,
}

/// What a term asks of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `:`, equal to one of the values; and the sign after words of the language such as `has:`.
    Colon,
    /// `=`, the same for fields.
    Is,
    /// `!=`
    Not,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `~`
    Contains,
    /// `!~`
    Lacks,
}

impl Operator {
    /// How each may be spelled, the longer before those they start with.
    pub const SPELLED: [(&'static str, Self); 11] = [
        ("!=", Self::Not),
        ("!~", Self::Lacks),
        ("<>", Self::Not),
        ("<=", Self::AtMost),
        (">=", Self::AtLeast),
        ("==", Self::Is),
        ("=", Self::Is),
        ("<", Self::Less),
        (">", Self::More),
        ("~", Self::Contains),
        (":", Self::Colon),
    ];

    /// Its sign.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Colon => ":",
            Self::Is => "=",
            Self::Not => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
            Self::Contains => "~",
            Self::Lacks => "!~",
        }
    }

    /// Whether it asks for one of the values.
    pub fn is_equality(self) -> bool {
        matches!(self, Self::Colon | Self::Is)
    }
}

impl Expr {
    /// Every part without parts, from left to right, and whether it has to hold rather than fail.
    pub fn leaves(&self) -> Vec<(&Expr, bool)> {
        fn walk<'e>(expr: &'e Expr, positive: bool, found: &mut Vec<(&'e Expr, bool)>) {
            match expr {
                Expr::All(parts) | Expr::Any(parts) => {
                    parts.iter().for_each(|part| walk(part, positive, found))
                }
                Expr::Not(part) => walk(part, !positive, found),
                Expr::Term(_) | Expr::Word(_) => found.push((expr, positive)),
            }
        }
        let mut found = Vec::new();
        walk(self, true, &mut found);
        found
    }

    /// The word it is.
    pub fn word(&self) -> Option<&Word> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The term it is, if it is one.
    pub fn term(&self) -> Option<&Term> {
        match self {
            Self::Term(term) => Some(term),
            _ => None,
        }
    }

    /// Every term.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.leaves().into_iter().filter_map(|(leaf, _)| match leaf {
            Expr::Term(term) => Some(term),
            _ => None,
        })
    }
}

impl Item {
    /// The text of an alternative as written, for kinds of field that know no stretches.
    pub fn text(&self) -> SmolStr {
        match self {
            Self::One(atom) => atom.text.clone(),
            Self::Range(from, to) => {
                let text =
                    |end: &Option<Atom>| end.as_ref().map(|atom| atom.text.clone()).unwrap_or_default();
                format!("{}..{}", text(from), text(to)).into()
            }
        }
    }

    /// Whether any of it was in quotes.
    pub fn is_quoted(&self) -> bool {
        match self {
            Self::One(atom) => atom.quoted,
            Self::Range(from, to) => from.iter().chain(to).any(|atom| atom.quoted),
        }
    }
}
