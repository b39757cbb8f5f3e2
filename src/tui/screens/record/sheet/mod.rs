//! What a page is made of, by the type of its record.

mod backlinks;
mod key_facts;
mod panes;
mod part;
mod subject;

pub use part::{Content, List, Part, Side};

use super::fact::Fact;
use super::head::Head;
use super::story::{Sort, Story};
use crate::base::Ref;
use crate::model::{Book, TypeDef};
use crate::tr;
use crate::tui::parts::World;
use crate::workspace::history::Event;
use key_facts::key_facts;
use panes::panes;
use std::sync::Arc;
use subject::Subject;

/// Everything a page shows, before it knows how large it is.
pub struct Sheet {
    /// Its first lines.
    pub head: Head,
    /// The facts.
    pub facts: Vec<Fact>,
    /// The other parts, in order.
    pub parts: Vec<Part>,
}

/// Composes the page of a record. `None` where it or its type is not there.
pub fn compose(
    world: &World,
    reference: &Ref,
    changes: Arc<Vec<Event>>,
    only: Option<Sort>,
) -> Option<Sheet> {
    let subject = Subject::of(world, reference)?;
    let mut parts = panes(&subject);
    let tables = parts.iter().take_while(|part| part.side == Side::Left).count();
    // Beside a table, which needs the left side for itself.
    let (side, at) = match (is_told(subject.book, subject.ty), tables) {
        (true, 0) => (Side::Left, 0),
        (true, _) => (Side::Right, tables),
        (false, _) => (Side::Tab, 0),
    };
    let timeline = Part {
        id: "timeline".into(),
        title: tr!("Timeline").into_owned(),
        detail: Sort::detail(only),
        side,
        content: Content::Story(Story::of(world, subject.record, changes, only)),
    };
    parts.insert(at, timeline);
    Some(Sheet { head: Head::of(world, subject.record), facts: key_facts(&subject), parts })
}

/// What a preview shows of a record. `None` where it or its type is not there.
pub fn brief(world: &World, reference: &Ref) -> Option<(Head, Vec<Fact>, Story)> {
    let subject = Subject::of(world, reference)?;
    let story = Story::of(world, subject.record, Arc::default(), None);
    Some((Head::of(world, subject.record), key_facts(&subject), story))
}

/// Whether activities can be about such a record, so that its story matters most.
fn is_told(book: &Book, ty: &TypeDef) -> bool {
    let about = book.schema().find("activity").and_then(|activity| activity.field("about"));
    about.is_some_and(|field| book.schema().targets(field).any(|target| target.name == ty.name))
}
