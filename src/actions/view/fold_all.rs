//! Fold every group, or unfold them all.

use crate::actions::when::a_list;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Fold every group, or unfold them all.
pub const ACTION: Action = Action {
    name: "fold-all",
    title: "Fold or unfold everything",
    hint: "fold all",
    group: Group::View,
    scope: Scope::List,
    keys: &["="],
    available: a_list,
    run: |_, _| Ok(Outcome::View(Intent::FoldAll)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn acts_on_a_list() {
        scene("list account").check(&ACTION, "view FoldAll");
        scene("home").check(&ACTION, "unavailable: there is no list here");
    }
}
