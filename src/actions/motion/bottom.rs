//! The cursor to the last row.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// The cursor to the last row.
pub const ACTION: Action = Action {
    name: "bottom",
    title: "The last row",
    hint: "",
    group: Group::Move,
    scope: Scope::Global,
    keys: &["G", "end"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::Bottom)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn moves_the_cursor() {
        scene("list account @accounts/acme").check(&ACTION, "view Bottom");
    }
}
