//! Type the name of a screen or a record and go there.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Type the name of a screen or a record and go there.
pub const ACTION: Action = Action {
    name: "go-to",
    title: "Any screen or record, by name",
    hint: "go",
    group: Group::Go,
    scope: Scope::Global,
    keys: &[":"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::GoTo)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn asks_from_anywhere() {
        scene("home").check(&ACTION, "view GoTo");
    }
}
