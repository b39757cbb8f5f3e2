//! The cursor to the left neighbour.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// The cursor to the left neighbour.
pub const ACTION: Action = Action {
    name: "left",
    title: "Left",
    hint: "",
    group: Group::Move,
    scope: Scope::Global,
    keys: &["left"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::Left)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn moves_the_cursor() {
        scene("list account @accounts/acme").check(&ACTION, "view Left");
    }
}
