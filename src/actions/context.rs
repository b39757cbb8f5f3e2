//! What an action sees.

use super::Place;
use crate::base::{Id, Now, Ref};
use crate::crm::views::View;
use crate::model::{Book, Record, TypeDef};
use std::sync::Arc;

/// The situation an action is run in. The command line fills in what it has.
#[derive(Clone)]
pub struct Context<'a> {
    /// All records.
    pub book: &'a Book,
    /// The current moment.
    pub now: Now,
    /// The current user, where known.
    pub me: Option<&'a Id>,
    /// The screen.
    pub place: &'a Place,
    /// The record under the cursor, or whose page this is.
    pub here: Option<&'a Ref>,
    /// The marked records, in the order of the list.
    pub marked: &'a [Ref],
    /// What the list or board on the screen shows, as a view that could be saved.
    pub shown: Option<&'a View>,
    /// Seed for the random tails of ids.
    pub seed: u64,
}

impl<'a> Context<'a> {
    /// The records an action is about: the marked ones, else the one under the cursor.
    pub fn targets(&self) -> Vec<Ref> {
        match (self.marked, self.here) {
            ([], here) => here.into_iter().cloned().collect(),
            (marked, _) => marked.to_vec(),
        }
    }

    /// The record under the cursor, if it still exists.
    pub fn record(&self) -> Option<&'a Arc<Record>> {
        self.here.and_then(|r| self.book.get(r))
    }

    /// The type of the record under the cursor, or of the list this is.
    pub fn type_here(&self) -> Option<&'a Arc<TypeDef>> {
        let schema = self.book.schema();
        match self.here {
            Some(reference) => schema.in_folder(&reference.folder),
            None => self.place.type_name().and_then(|name| schema.find(name)),
        }
    }

    /// Whether every target is of this type, and there is one.
    pub fn targets_are(&self, type_name: &str) -> bool {
        let targets = self.targets();
        let folder = self.book.schema().find(type_name).map(|t| &t.folder);
        !targets.is_empty() && targets.iter().all(|t| Some(&t.folder) == folder)
    }

    /// A source of randomness that is the same for the same seed.
    pub fn rng(&self) -> fastrand::Rng {
        fastrand::Rng::with_seed(self.seed)
    }
}
