//! The cursor to the first row.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// The cursor to the first row.
pub const ACTION: Action = Action {
    name: "top",
    title: "The first row",
    hint: "",
    group: Group::Move,
    scope: Scope::Global,
    keys: &["g g", "home"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::Top)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn moves_the_cursor() {
        scene("list account @accounts/acme").check(&ACTION, "view Top");
    }
}
