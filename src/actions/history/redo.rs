//! Take back the last undo.

use crate::actions::when::always;
use crate::actions::{Action, Group, Outcome, Scope};

/// Take back the last undo.
pub const ACTION: Action = Action {
    name: "redo",
    title: "Make it again",
    hint: "",
    group: Group::History,
    scope: Scope::Global,
    keys: &["ctrl-r", "U"],
    available: always,
    run: |_, _| Ok(Outcome::Redo),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn works_anywhere() {
        scene("home").check(&ACTION, "redo");
    }
}
