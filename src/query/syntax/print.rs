//! A query as text: read again, it is the same query.

use super::tree::{Atom, Expr, Item, Term, Word};
use std::fmt::{Display, Formatter, Result};

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::All(parts) => joined(f, parts, " ", |part| matches!(part, Self::All(_) | Self::Any(_))),
            Self::Any(parts) => joined(f, parts, " or ", |part| matches!(part, Self::Any(_))),
            Self::Not(part) => {
                f.write_str("-")?;
                one(f, part, matches!(**part, Self::All(_) | Self::Any(_)))
            }
            Self::Term(term) => term.fmt(f),
            Self::Word(word) => word.fmt(f),
        }
    }
}

fn joined(f: &mut Formatter<'_>, parts: &[Expr], between: &str, bracketed: impl Fn(&Expr) -> bool) -> Result {
    for (at, part) in parts.iter().enumerate() {
        f.write_str(if at == 0 { "" } else { between })?;
        one(f, part, bracketed(part))?;
    }
    Ok(())
}

fn one(f: &mut Formatter<'_>, part: &Expr, bracketed: bool) -> Result {
    match bracketed {
        true => write!(f, "({part})"),
        false => part.fmt(f),
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}{}", self.field, self.operator.sign())?;
        for (at, item) in self.values.iter().enumerate() {
            f.write_str(if at == 0 { "" } else { "," })?;
            match item {
                Item::One(atom) => atom.fmt(f)?,
                Item::Range(from, to) => {
                    from.iter().try_for_each(|atom| atom.fmt(f))?;
                    f.write_str("..")?;
                    to.iter().try_for_each(|atom| atom.fmt(f))?;
                }
            }
        }
        Ok(())
    }
}

impl Display for Atom {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.quoted {
            true => quoted(f, &self.text),
            false => f.write_str(&self.text),
        }
    }
}

impl Display for Word {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.quoted {
            true => quoted(f, &self.text),
            false => f.write_str(&self.text),
        }
    }
}

fn quoted(f: &mut Formatter<'_>, text: &str) -> Result {
    write!(f, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
