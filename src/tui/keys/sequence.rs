//! Keys pressed one after the other: `g g`, `space t n`, or just `x`.

use std::{fmt, str::FromStr};

use super::{Key, NotAKey};

/// One or more keys, in order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sequence(Vec<Key>);

impl Sequence {
    /// The keys, in order.
    pub fn keys(&self) -> &[Key] {
        &self.0
    }

    /// This sequence with one more key.
    pub fn then(mut self, key: Key) -> Sequence {
        self.0.push(key);
        self
    }

    /// Whether this sequence is the beginning of a longer one.
    pub fn begins(&self, other: &Sequence) -> bool {
        self.0.len() < other.0.len() && other.0.starts_with(&self.0)
    }
}

impl From<Key> for Sequence {
    fn from(key: Key) -> Sequence {
        Sequence(vec![key])
    }
}

impl FromStr for Sequence {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Sequence, NotAKey> {
        let keys: Vec<Key> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
        if keys.is_empty() { Err(NotAKey(text.to_owned())) } else { Ok(Sequence(keys)) }
    }
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, key) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{key}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_are_read_and_shown() {
        for (text, shown) in
            [("g g", "g g"), (" space  t n ", "space t n"), ("x", "x"), ("ctrl-x enter", "ctrl-x ⏎")]
        {
            assert_eq!(text.parse::<Sequence>().unwrap().to_string(), shown);
        }
        assert!("".parse::<Sequence>().is_err());
        assert!("g nope".parse::<Sequence>().is_err());
    }
}
