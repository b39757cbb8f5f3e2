//! What a board is to show, worked out of the book on any thread.

use super::cards::Cards;
use super::contents::Contents;
use super::deck::{Deals, fitting, pipeline};
use crate::base::{Id, Now};
use crate::crm::Whose;
use crate::crm::pipeline::Pipeline;
use crate::model::{Book, TypeDef};
use crate::tr;
use crate::tui::screens::filter::{Reading, Wording};
use smol_str::SmolStr;
use std::sync::Arc;

/// What a board is to show.
pub struct Wanted {
    pub ty: Arc<TypeDef>,
    pub columns: Columns,
    pub whose: Whose,
    pub filter: Wording,
}

/// What the columns of a board are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Columns {
    /// The stages of a pipeline, the default one where none is named.
    Stages(Option<Id>),
    /// The stages of the pipeline the filter names, else of the first with deals that pass.
    StagesFound,
    /// The values of a field.
    Values {
        /// Its name.
        field: SmolStr,
        /// The order of the cards, as a view says it.
        sort: Vec<SmolStr>,
    },
}

/// What is wanted, `None` where there is no such pipeline or field; and what the filter came to.
pub fn contents(book: &Arc<Book>, wanted: &Wanted, now: Now) -> (Option<Box<dyn Contents>>, Reading) {
    let (sieve, mut reading) = wanted.filter.read(&wanted.ty, book, now);
    let in_columns = |pipeline: Pipeline| -> Box<dyn Contents> {
        let Wanted { ty, whose, .. } = wanted;
        Box::new(Deals::in_columns(book, &ty.folder, &pipeline, whose, &sieve, now))
    };
    let found = match &wanted.columns {
        Columns::Stages(id) => pipeline(book, id.as_ref()).map(in_columns),
        Columns::StagesFound => fitting(book, &wanted.ty, &sieve).map(in_columns),
        Columns::Values { field, sort } => {
            let cards = Cards::of(book, &wanted.ty, (field, sort), &wanted.whose, &sieve, now);
            return (cards.map(|cards| Box::new(cards) as Box<dyn Contents>), reading);
        }
    };
    if reading.fault.is_none() && (!sieve.order().is_empty() || sieve.limit().is_some()) {
        reading.fault = Some(tr!("sort: and limit: are for lists: O lists a column").into_owned());
    }
    (found, reading)
}
