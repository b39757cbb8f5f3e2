//! The cursor a screen up.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// The cursor a screen up.
pub const ACTION: Action = Action {
    name: "page-up",
    title: "A screen up",
    hint: "",
    group: Group::Move,
    scope: Scope::Global,
    keys: &["pgup", "ctrl-b"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::PageUp)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn moves_the_cursor() {
        scene("list account @accounts/acme").check(&ACTION, "view PageUp");
    }
}
