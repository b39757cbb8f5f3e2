//! Find anything by words, from anywhere.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Find anything by words, from anywhere.
pub const ACTION: Action = Action {
    name: "find",
    title: "Find anything, by any word in it",
    hint: "find",
    group: Group::Go,
    scope: Scope::Global,
    keys: &["ctrl-k"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::Find)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn asks_from_anywhere() {
        scene("home").check(&ACTION, "view Find");
        scene("record accounts/acme").check(&ACTION, "view Find");
    }
}
