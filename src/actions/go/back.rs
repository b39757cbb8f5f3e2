//! Back to the screen before, or out of a filter.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Back to the screen before, or out of a filter.
pub const ACTION: Action = Action {
    name: "back",
    title: "Back to the screen before",
    hint: "back",
    group: Group::Go,
    scope: Scope::Global,
    keys: &["esc"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::Back)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn goes_back() {
        scene("record accounts/acme").check(&ACTION, "view Back");
    }
}
