//! Conditions in schemas: `stage.kind = lost and amount > 1000`.

use super::order::Key;
use super::resolve::Scope;
use smol_str::SmolStr;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// Terms that must all hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    terms: Vec<Term>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    path: SmolStr,
    test: Test,
}

/// What is asked of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Equal to one of these.
    Is(Vec<SmolStr>),
    /// Equal to none of these.
    Not(Vec<SmolStr>),
    /// Compares as one of the orderings, in the field's own order.
    Compare(&'static [Ordering], SmolStr),
    /// Contains the text, upper and lower case alike.
    Contains(SmolStr),
    /// Holds something.
    Set,
    /// Holds nothing.
    Unset,
}

/// A condition that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{term}' is not a condition: write a field, one of = != < > <= >= ~ or in, and a value; or a field and set or unset"
)]
pub struct BadCondition {
    term: String,
}

impl FromStr for Condition {
    type Err = BadCondition;

    fn from_str(text: &str) -> Result<Self, BadCondition> {
        let words = words(text);
        let terms = words.split(|w| w == "and").map(term).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { terms })
    }
}

/// Splits at spaces and around operators, keeping `"quoted text"` whole.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    let mut last_operator = false;
    for c in text.chars() {
        let operator = !quoted && matches!(c, '=' | '!' | '<' | '>' | '~');
        if c == '"' {
            quoted = !quoted;
        } else if c.is_whitespace() && !quoted {
            words.push(String::new());
        } else {
            if operator != last_operator {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.push(c);
            }
        }
        last_operator = operator;
    }
    words.retain(|w| !w.is_empty());
    words
}

fn term(words: &[String]) -> Result<Term, BadCondition> {
    const LESS: &[Ordering] = &[Ordering::Less];
    const MORE: &[Ordering] = &[Ordering::Greater];
    const AT_MOST: &[Ordering] = &[Ordering::Less, Ordering::Equal];
    const AT_LEAST: &[Ordering] = &[Ordering::Greater, Ordering::Equal];
    let bad = || BadCondition { term: words.join(" ") };
    let (path, rest) = words.split_first().ok_or_else(bad)?;
    let value = || SmolStr::from(rest[1..].join(" "));
    let values = || value().split(',').map(|v| SmolStr::new(v.trim())).collect();
    let test = match rest.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["set"] => Test::Set,
        ["unset"] => Test::Unset,
        ["=" | "==" | "in", _, ..] => Test::Is(values()),
        ["!=", _, ..] => Test::Not(values()),
        ["<", _, ..] => Test::Compare(LESS, value()),
        [">", _, ..] => Test::Compare(MORE, value()),
        ["<=", _, ..] => Test::Compare(AT_MOST, value()),
        [">=", _, ..] => Test::Compare(AT_LEAST, value()),
        ["~", _, ..] => Test::Contains(value()),
        _ => return Err(bad()),
    };
    Ok(Term { path: path.as_str().into(), test })
}

impl Condition {
    /// Whether every term holds for the record in `scope`.
    pub fn holds(&self, scope: &Scope<'_>) -> bool {
        self.terms.iter().all(|term| term.test.holds(scope, &term.path))
    }

    /// The fields it looks at.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().map(|t| t.path.split('.').next().unwrap_or(&t.path))
    }
}

impl Test {
    /// Whether the value at `path` passes. Of several values (tags, links) one that passes is enough.
    pub fn holds(&self, scope: &Scope<'_>, path: &str) -> bool {
        let found = scope.resolve(path);
        let texts: Vec<&str> = found.values.iter().flat_map(|v| v.scalars()).collect();
        let same = |a: &str, b: &str| {
            a.eq_ignore_ascii_case(b)
                || Key::of(scope.book, found.field, a) == Key::of(scope.book, found.field, b)
        };
        match self {
            Self::Set => !texts.is_empty(),
            Self::Unset => texts.is_empty(),
            Self::Is(wanted) => texts.iter().any(|t| wanted.iter().any(|w| same(t, w))),
            Self::Not(unwanted) => !texts.iter().any(|t| unwanted.iter().any(|w| same(t, w))),
            Self::Contains(part) => {
                let part = part.to_lowercase();
                texts.iter().any(|t| t.to_lowercase().contains(&part))
            }
            Self::Compare(orderings, bound) => {
                let bound = Key::of(scope.book, found.field, bound);
                texts.iter().any(|t| {
                    let key = Key::of(scope.book, found.field, t);
                    key.comparable(&bound) && orderings.contains(&key.cmp(&bound))
                })
            }
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, Term { path, test }) in self.terms.iter().enumerate() {
            let and = if i == 0 { "" } else { " and " };
            match test {
                Test::Set => write!(f, "{and}{path} set")?,
                Test::Unset => write!(f, "{and}{path} unset")?,
                Test::Is(values) => write!(f, "{and}{path} = {}", values.join(","))?,
                Test::Not(values) => write!(f, "{and}{path} != {}", values.join(","))?,
                Test::Contains(part) => write!(f, "{and}{path} ~ {part}")?,
                Test::Compare(orderings, bound) => {
                    let op = match orderings {
                        [Ordering::Less] => "<",
                        [Ordering::Greater] => ">",
                        [Ordering::Less, ..] => "<=",
                        _ => ">=",
                    };
                    write!(f, "{and}{path} {op} {bound}")?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, canonical: &str) {
        let shown = match text.parse::<Condition>() {
            Ok(condition) => condition.to_string(),
            Err(error) => error.term,
        };
        assert_eq!(shown, canonical, "{text}");
    }

    #[test]
    fn reads_every_form() {
        check("stage = lost", "stage = lost");
        check("length>12", "length > 12");
        check("length >= 12 and home_port=Kiel", "length >= 12 and home_port = Kiel");
        check("type in call,visit", "type = call,visit");
        check("type != task", "type != task");
        check("name ~ \"sand and sea\"", "name ~ sand and sea");
        check("closed_at unset", "closed_at unset");
        check("stage.kind = lost and lost_reason set", "stage.kind = lost and lost_reason set");
    }

    #[test]
    fn names_the_term_that_is_none() {
        check("stage", "stage");
        check("a = b and nonsense here", "nonsense here");
        check("", "");
    }
}
