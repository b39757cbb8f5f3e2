//! The actions of this place, to be searched and run.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// The actions of this place, to be searched and run.
pub const ACTION: Action = Action {
    name: "help",
    title: "What can be done here",
    hint: "help",
    group: Group::Kontor,
    scope: Scope::Global,
    keys: &["?"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::Help)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn works_anywhere() {
        scene("home").check(&ACTION, "view Help");
    }
}
