//! What a line of quick find asks, and the answer, found on any thread: the best records for its words, among those that
//! the rest of it lets pass (`pump type:case priority:high`).

use crate::base::{Id, Now};
use crate::crm::Known;
use crate::model::Book;
use crate::model::kinds::Entry;
use crate::query::{Ground, Query};
use crate::search::{Found, Matches, Searcher, Wanted};
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

/// What came of it.
pub struct Told {
    /// The records.
    pub found: Found,
    /// What is wrong with the line as a query; then all of it was taken for words.
    pub fault: Option<String>,
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
        let known = Known::of(&self.book, self.now);
        let ground = Ground::new(&self.book, entry).with_facts(known).with_words(&self.searcher);
        let fault = match Query::apart(&self.line, &ground) {
            Ok((words, rest)) if !rest.is_empty() => {
                let passing = rest.run(&self.book);
                let passing = Matches::of(passing.iter().map(|record| &record.reference));
                let wanted = Wanted { among: Some(&passing), ..wanted };
                return Told { found: self.searcher.find(&words, &wanted), fault: None };
            }
            Ok(_) => None,
            Err(fault) => Some(fault.to_string()),
        };
        Told { found: self.searcher.find(&self.line, &wanted), fault }
    }
}
