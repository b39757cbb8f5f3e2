//! Mark all rows shown.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Mark all rows shown.
pub const ACTION: Action = Action {
    name: "mark-all",
    title: "Mark all that are shown",
    hint: "",
    group: Group::View,
    scope: Scope::List,
    keys: &["*"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::MarkAll)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn acts_on_a_list() {
        scene("list account @accounts/acme").check(&ACTION, "view MarkAll");
    }
}
