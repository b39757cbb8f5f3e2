//! The same order backwards.

use crate::actions::when::a_list;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// The same order backwards.
pub const ACTION: Action = Action {
    name: "sort-reverse",
    title: "Reverse the order",
    hint: "",
    group: Group::View,
    scope: Scope::List,
    keys: &["S"],
    available: a_list,
    run: |_, _| Ok(Outcome::View(Intent::SortReverse)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn acts_on_a_list() {
        scene("list account @accounts/acme").check(&ACTION, "view SortReverse");
        scene("home").check(&ACTION, "unavailable: there is no list here");
    }
}
