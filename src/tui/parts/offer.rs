//! What can be done, as the help and the palette offer it.

use crate::actions::Action;

/// An action with its keys and whether it can be used now.
pub struct Offer {
    /// The action.
    pub action: &'static Action,
    /// Its keys here.
    pub keys: Vec<String>,
    /// Whether it belongs to what is on the screen.
    pub here: bool,
    /// Its place among the hints of the screen, which are what is done there most.
    pub hinted: Option<usize>,
    /// Why it can't be used now.
    pub barred: Option<String>,
}
