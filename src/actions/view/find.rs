//! All views, to be searched.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// All views, to be searched.
pub const ACTION: Action = Action {
    name: "all-views",
    title: "Find a view",
    hint: "",
    group: Group::View,
    scope: Scope::Global,
    keys: &[],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::AllViews)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn acts_everywhere() {
        scene("record accounts/acme").check(&ACTION, "view AllViews");
    }
}
