//! Go into what is under the cursor.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Go into what is under the cursor.
pub const ACTION: Action = Action {
    name: "open",
    title: "Open what is under the cursor",
    hint: "open",
    group: Group::Go,
    scope: Scope::Global,
    keys: &["enter"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::Open)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn goes_in() {
        scene("list account @accounts/acme").check(&ACTION, "view Open");
    }
}
