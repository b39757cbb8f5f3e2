//! The cursor one up.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// The cursor one up.
pub const ACTION: Action = Action {
    name: "up",
    title: "Up",
    hint: "",
    group: Group::Move,
    scope: Scope::Global,
    keys: &["k", "up"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::Up)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn moves_the_cursor() {
        scene("list account @accounts/acme").check(&ACTION, "view Up");
    }
}
