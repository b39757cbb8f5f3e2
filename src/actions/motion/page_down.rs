//! The cursor a screen down.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// The cursor a screen down.
pub const ACTION: Action = Action {
    name: "page-down",
    title: "A screen down",
    hint: "",
    group: Group::Move,
    scope: Scope::Global,
    keys: &["pgdn", "ctrl-f"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::PageDown)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn moves_the_cursor() {
        scene("list account @accounts/acme").check(&ACTION, "view PageDown");
    }
}
