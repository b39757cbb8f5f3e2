//! The cursor to the right neighbour.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// The cursor to the right neighbour.
pub const ACTION: Action = Action {
    name: "right",
    title: "Right",
    hint: "",
    group: Group::Move,
    scope: Scope::Global,
    keys: &["right"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::Right)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn moves_the_cursor() {
        scene("list account @accounts/acme").check(&ACTION, "view Right");
    }
}
