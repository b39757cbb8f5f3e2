//! The cursor to the pane before.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// The cursor to the pane before.
pub const ACTION: Action = Action {
    name: "previous-pane",
    title: "The pane before",
    hint: "",
    group: Group::Move,
    scope: Scope::Global,
    keys: &["shift-tab"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::PreviousPane)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn moves_the_cursor() {
        scene("record accounts/acme").check(&ACTION, "view PreviousPane");
    }
}
