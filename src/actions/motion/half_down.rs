//! The cursor half a screen down.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// The cursor half a screen down.
pub const ACTION: Action = Action {
    name: "half-down",
    title: "Half a screen down",
    hint: "",
    group: Group::Move,
    scope: Scope::Global,
    keys: &["ctrl-d"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::HalfDown)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn moves_the_cursor() {
        scene("list account @accounts/acme").check(&ACTION, "view HalfDown");
    }
}
