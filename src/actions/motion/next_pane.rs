//! The cursor to the next pane.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// The cursor to the next pane.
pub const ACTION: Action = Action {
    name: "next-pane",
    title: "The next pane",
    hint: "next pane",
    group: Group::Move,
    scope: Scope::Global,
    keys: &["tab"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::NextPane)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn moves_the_cursor() {
        scene("record accounts/acme").check(&ACTION, "view NextPane");
    }
}
