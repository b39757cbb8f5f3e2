//! Where a value is in a document.

use std::fmt;

/// One step into a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Into a map.
    Key(String),
    /// Into a list, from 0.
    Index(usize),
}

/// The steps from the root to a value.
///
/// ```
/// use kontor::yaml::Path;
/// assert_eq!(Path::root().key("lines").index(0).key("quantity").to_string(), "lines[0].quantity");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Path(pub Vec<Step>);

impl Path {
    /// The document as a whole.
    pub fn root() -> Self {
        Self::default()
    }

    /// The value under `key` of this one.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.0.push(Step::Key(key.into()));
        self
    }

    /// The element `index` of this one.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.0.push(Step::Index(index));
        self
    }

    /// The steps.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The value this one is in, and the step from there. None for the root.
    pub fn split(&self) -> Option<(Path, &Step)> {
        let (last, before) = self.0.split_last()?;
        Some((Path(before.to_vec()), last))
    }
}

impl From<&str> for Path {
    /// The value under a key of the root; dots are part of the key.
    fn from(key: &str) -> Self {
        Self::root().key(key)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("the record");
        }
        for (n, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if n == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}
