//! The parts of a page: what each is called, where it goes, what it shows.

use crate::tr;
use crate::tui::screens::record::fact::Fact;
use crate::tui::screens::record::lines::Lines;
use crate::tui::screens::record::linked::Linked;
use crate::tui::screens::record::story::Story;
use crate::tui::widgets::grid::Column;
use smol_str::SmolStr;

/// Where a part goes on a wide screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Under the facts.
    Left,
    /// Beside them.
    Right,
    /// One of the tabs that share the end of the right side.
    Tab,
}

/// A part of a page.
pub struct Part {
    /// Names it from one look at the records to the next.
    pub id: SmolStr,
    /// Its heading.
    pub title: String,
    /// Beside the heading: a count, a sum.
    pub detail: String,
    /// Where it goes.
    pub side: Side,
    /// What it shows.
    pub content: Content,
}

/// What a part shows.
pub enum Content {
    /// Facts.
    Facts(Vec<Fact>),
    /// Other records.
    Linked(List),
    /// Lines inside the record.
    Lines(Lines),
    /// What happened.
    Story(Story),
}

/// Other records as a list.
pub struct List {
    /// The records.
    pub rows: Linked,
    /// Their columns.
    pub columns: Vec<Column>,
    /// Whether the columns need headings.
    pub headings: bool,
    /// What to say when there are none.
    pub empty: String,
}

impl Part {
    /// The facts at the top of a page.
    pub fn facts(facts: Vec<Fact>) -> Part {
        let title = tr!("Facts").into_owned();
        Part {
            id: "facts".into(),
            title,
            detail: String::new(),
            side: Side::Left,
            content: Content::Facts(facts),
        }
    }
}
