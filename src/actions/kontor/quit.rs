//! Leave.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Leave.
pub const ACTION: Action = Action {
    name: "quit",
    title: "Leave Kontor",
    hint: "quit",
    group: Group::Kontor,
    scope: Scope::Global,
    keys: &["q", "ctrl-c"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::Quit)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn works_anywhere() {
        scene("home").check(&ACTION, "view Quit");
    }
}
