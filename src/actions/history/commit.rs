//! Commit what was edited in other programs, with a message made from the changed fields.

use crate::actions::when::always;
use crate::actions::{Action, Group, Outcome, Scope};

/// Commit what was edited in other programs, with a message made from the changed fields.
pub const ACTION: Action = Action {
    name: "commit",
    title: "Commit what was edited by hand",
    hint: "",
    group: Group::History,
    scope: Scope::Global,
    keys: &["ctrl-s"],
    available: always,
    run: |_, _| Ok(Outcome::Commit),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn works_anywhere() {
        scene("home").check(&ACTION, "commit");
    }
}
