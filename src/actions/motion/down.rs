//! The cursor one down.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// The cursor one down.
pub const ACTION: Action = Action {
    name: "down",
    title: "Down",
    hint: "",
    group: Group::Move,
    scope: Scope::Global,
    keys: &["j", "down"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::Down)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn moves_the_cursor() {
        scene("list account @accounts/acme").check(&ACTION, "view Down");
    }
}
