//! What actions see of the screen.

use super::World;
use crate::actions::{Context, Place};
use crate::base::Ref;
use crate::crm::views::View;

/// What actions see of the screen.
pub(super) struct Situation {
    /// Where.
    pub place: Place,
    /// The record under the cursor.
    pub here: Option<Ref>,
    /// The marked ones.
    pub marked: Vec<Ref>,
    /// What a list or a board shows.
    pub shown: Option<View>,
}

impl Situation {
    /// A place with nothing chosen in it.
    pub fn at(place: Place) -> Self {
        Self { place, here: None, marked: Vec::new(), shown: None }
    }

    /// What an action run in it sees.
    pub fn context<'a>(&'a self, world: &'a World, seed: u64) -> Context<'a> {
        world.context(&self.place, self.here.as_ref(), &self.marked, self.shown.as_ref(), seed)
    }
}
