//! Fold or unfold the group under the cursor.

use crate::actions::when::a_list;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Fold or unfold the group under the cursor.
pub const ACTION: Action = Action {
    name: "fold",
    title: "Fold or unfold what is under the heading",
    hint: "fold",
    group: Group::View,
    scope: Scope::List,
    keys: &["-"],
    available: a_list,
    run: |_, _| Ok(Outcome::View(Intent::Fold)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn acts_on_a_list() {
        scene("list account").check(&ACTION, "view Fold");
        scene("home").check(&ACTION, "unavailable: there is no list here");
    }
}
