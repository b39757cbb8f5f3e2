//! Going through what the word before a filter's cursor may become. It ends with the next key that types.

use super::offers::{Offer, tail};

/// The offers with the place one has come to.
pub struct Turn {
    /// The text before the word.
    before: String,
    offers: Vec<Offer>,
    /// Which of them stands on the line; none yet.
    at: Option<usize>,
}

impl Turn {
    /// What the last word of the text before the cursor may become, of which there is at least one thing.
    pub fn new(text: &str, offers: Vec<Offer>) -> Self {
        Self { before: text[..text.len() - tail(text).len()].to_owned(), offers, at: None }
    }

    /// Goes on to the next, or back to the one before, round and round; this stands before the cursor then.
    pub fn go(&mut self, forward: bool) -> String {
        let count = self.offers.len().max(1);
        let at = match (self.at, forward) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
        };
        self.at = Some(at);
        let word = self.offers.get(at).map_or("", |offer| &offer.word);
        format!("{}{word}", self.before)
    }

    /// Whether there is nothing to go through: what may follow is of more use then.
    pub fn is_over(&self) -> bool {
        self.offers.len() < 2
    }

    /// What is gone through, and where one is.
    pub fn offers(&self) -> (&[Offer], Option<usize>) {
        (&self.offers, self.at)
    }

    /// Where the word begins, in bytes.
    pub fn start(&self) -> usize {
        self.before.len()
    }
}
