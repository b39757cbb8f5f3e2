//! What was found as rows: title, type, and where the words stand.

use crate::base::Ref;
use crate::model::kinds::{fill, title_of};
use crate::model::{Book, Record, Scope, TypeDef};
use crate::search::{Excerpt, Hit, ID, Marked};
use crate::tr;
use crate::tui::parts::World;
use crate::tui::screens::list;
use crate::tui::theme::Role;
use crate::tui::widgets::grid::{self, Cell};
use smol_str::SmolStr;
use std::ops::Range;
use std::sync::Arc;

/// The columns, by name.
pub const TITLE: &str = "title";
/// See [`TITLE`].
pub const TYPE: &str = "type";
/// See [`TITLE`].
pub const WHERE: &str = "where";

/// Records that were found, or that one may look for.
#[derive(Default)]
pub struct Rows(Vec<Row>);

struct Row {
    reference: Ref,
    /// What its type is called; marked where a word named it.
    type_label: Marked,
    title: Marked,
    /// Where the words stand; else what the record says of itself.
    place: Marked,
    tone: Option<Role>,
}

impl Rows {
    /// What was found, as far as it is still there. `room` is how many columns there are for where the words stand.
    pub fn found(hits: &[Hit], world: &World, room: usize) -> Self {
        let here = hits.iter().filter(|hit| world.book.get(&hit.record.reference).is_some());
        Self(here.filter_map(|hit| Row::new(&world.book, &hit.record, Some(hit), room)).collect())
    }

    /// Records nobody has looked for yet.
    pub fn offered<'a>(records: impl Iterator<Item = &'a Arc<Record>>, world: &World, room: usize) -> Self {
        Self(records.filter_map(|record| Row::new(&world.book, record, None, room)).collect())
    }

    /// The record at an index.
    pub fn reference(&self, index: usize) -> Option<&Ref> {
        self.0.get(index).map(|row| &row.reference)
    }

    /// All of them, in order.
    pub fn references(&self) -> impl Iterator<Item = &Ref> {
        self.0.iter().map(|row| &row.reference)
    }
}

impl Row {
    fn new(book: &Book, record: &Arc<Record>, hit: Option<&Hit>, room: usize) -> Option<Self> {
        let scope = Scope::of(book, record)?;
        let language = book.settings().language();
        let excerpt = hit.and_then(|hit| hit.excerpt.as_ref());
        let type_label = scope.ty.label.get(language).to_owned();
        let named = hit.filter(|hit| hit.is_of_type).map(|_| 0..type_label.len()).into_iter();
        Some(Self {
            reference: record.reference.clone(),
            type_label: Marked { marks: named.collect(), text: type_label },
            title: hit.map_or_else(|| Marked::new(&title_of(book, record), &[]), |hit| hit.title.clone()),
            place: match excerpt {
                Some(excerpt) => place(scope.ty, excerpt, language, room),
                None => {
                    Marked::new(&scope.ty.subtitle.as_ref().map(|t| fill(&scope, t)).unwrap_or_default(), &[])
                }
            },
            tone: list::tone(book, scope.ty, record),
        })
    }
}

/// The text with the name of its field in front: `Phone: +49 40 123456`.
fn place(ty: &TypeDef, excerpt: &Excerpt, language: &str, room: usize) -> Marked {
    let label = match excerpt.field.as_str() {
        ID => tr!("Id").into_owned(),
        name => ty.field(name).map_or_else(|| name.to_owned(), |field| field.label.get(language).to_owned()),
    };
    let lead = format!("{label}: ");
    let text = excerpt.text.fit(room.saturating_sub(crate::base::text::width(&lead)));
    let marks = text.marks.iter().map(|mark| mark.start + lead.len()..mark.end + lead.len()).collect();
    Marked { text: format!("{lead}{}", text.text), marks }
}

impl grid::Rows for Rows {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn key(&self, index: usize) -> SmolStr {
        self.reference(index).map(|r| SmolStr::new(r.to_string())).unwrap_or_default()
    }

    fn cell(&self, index: usize, column: &str) -> Cell {
        let Some(row) = self.0.get(index) else { return Cell::default() };
        match column {
            TITLE => row.title.text.as_str().into(),
            TYPE => Cell::of(row.type_label.text.as_str(), Role::Muted),
            _ => Cell::of(row.place.text.as_str(), Role::Muted),
        }
    }

    fn marks(&self, index: usize, column: &str) -> &[Range<usize>] {
        match (self.0.get(index), column) {
            (Some(row), TITLE) => &row.title.marks,
            (Some(row), TYPE) => &row.type_label.marks,
            (Some(row), WHERE) => &row.place.marks,
            _ => &[],
        }
    }

    fn tone(&self, index: usize) -> Option<Role> {
        self.0.get(index).and_then(|row| row.tone)
    }
}
