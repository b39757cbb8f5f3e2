//! What a word may become.

use crate::base::text::safe;

/// A word that could stand at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The whole word, as the program is to be told it.
    pub word: String,
    /// What it is, for shells that show that; may be empty.
    pub help: String,
    /// Whether the word ends here: another may follow, behind a blank.
    pub ended: bool,
}

impl Offer {
    /// A whole word.
    pub fn ended(word: impl Into<String>, help: &str) -> Self {
        Self { word: word.into(), help: safe(help).into_owned(), ended: true }
    }

    /// One to be typed on.
    pub fn begun(word: impl Into<String>, help: &str) -> Self {
        Self { ended: false, ..Self::ended(word, help) }
    }

    /// Whether it can be put on a terminal's line as it is. Made safe it would be another word.
    pub fn is_safe(&self) -> bool {
        safe(&self.word) == self.word
    }
}
