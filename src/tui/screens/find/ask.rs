//! A line of quick find with all that is needed to answer it, on any thread.

use crate::base::{Id, Now};
use crate::model::Book;
use crate::model::kinds::Entry;
use crate::search::{Searcher, Told, Wanted};
use crate::tui::parts::World;
use std::sync::Arc;

/// A line, with what it is read against.
pub struct Ask {
    line: String,
    searcher: Searcher,
    book: Arc<Book>,
    me: Option<Id>,
    now: Now,
}

impl Ask {
    /// Asks what the line says.
    pub fn new(line: &str, world: &World) -> Self {
        Self {
            line: line.to_owned(),
            searcher: world.searcher.clone(),
            book: world.book.clone(),
            me: world.me.clone(),
            now: world.now,
        }
    }

    /// The best records, not more than `most`.
    pub fn answer(&self, most: usize) -> Told {
        self.searcher.wait_until_open();
        let wanted = Wanted { folder: None, among: None, limit: most, today: self.now.today() };
        let entry = Entry { me: self.me.as_ref(), now: self.now };
        self.searcher.ask(&self.line, &self.book, entry, &wanted)
    }
}
