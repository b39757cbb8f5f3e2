//! The cursor half a screen up.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// The cursor half a screen up.
pub const ACTION: Action = Action {
    name: "half-up",
    title: "Half a screen up",
    hint: "",
    group: Group::Move,
    scope: Scope::Global,
    keys: &["ctrl-u"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::HalfUp)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn moves_the_cursor() {
        scene("list account @accounts/acme").check(&ACTION, "view HalfUp");
    }
}
