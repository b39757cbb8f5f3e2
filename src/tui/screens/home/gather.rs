//! Everything on the home screen that comes out of the records.

use super::content::Content;
use super::{cases, deals, pipeline, today};
use crate::base::{Id, Now};
use crate::crm::attention::attention;
use crate::model::Book;
use chrono::{DateTime, Utc};

/// What the home screen is to show.
pub struct Wanted {
    /// Whose tasks and deals; `None` is everyone's.
    pub me: Option<Id>,
    /// Words in lower case, all of which a row must hold.
    pub words: Vec<String>,
}

/// The panes' contents in their order, without the recent changes, which come from git.
pub struct Gathered {
    pub contents: Vec<Content>,
    /// When one of them changes by itself.
    pub changes_at: DateTime<Utc>,
}

/// Looks through the records.
pub fn gather(wanted: &Wanted, book: &Book, now: Now) -> Gathered {
    let me = wanted.me.as_ref();
    let deals = || {
        let whose = deals::whose(book, me);
        let attention = attention(book, &whose, now);
        let pipeline = pipeline::pipeline(book, &whose, now);
        (pipeline, deals::closing(book, &attention.closing_soon, now), deals::stuck(book, &attention, now))
    };
    let others = || (today::today(book, me, now), cases::cases(book, now));
    let (((today, day_changes), (cases, clock_ticks)), (pipeline, closing, stuck)) =
        rayon::join(others, deals);
    let mut contents = vec![today, cases, pipeline, closing, stuck];
    let style = book.settings().style();
    for content in &mut contents {
        content.keep(&wanted.words, &style);
    }
    Gathered { contents, changes_at: clock_ticks.map_or(day_changes, |tick| tick.min(day_changes)) }
}
