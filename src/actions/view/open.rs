//! Open a view by its key.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Open a view by its key.
pub const ACTION: Action = Action {
    name: "views",
    title: "Open a view by its key, or v again to find one",
    hint: "views",
    group: Group::View,
    scope: Scope::Global,
    keys: &["v"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::Views)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn acts_everywhere() {
        scene("list account").check(&ACTION, "view Views");
        scene("home").check(&ACTION, "view Views");
    }
}
