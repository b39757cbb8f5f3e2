//! Take back this person's last action, as a new commit.

use crate::actions::when::always;
use crate::actions::{Action, Group, Outcome, Scope};

/// Take back this person's last action, as a new commit.
pub const ACTION: Action = Action {
    name: "undo",
    title: "Take back your last change",
    hint: "undo",
    group: Group::History,
    scope: Scope::Global,
    keys: &["u"],
    available: always,
    run: |_, _| Ok(Outcome::Undo),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn works_anywhere() {
        scene("home").check(&ACTION, "undo");
    }
}
