//! Choose the column to sort by.

use crate::actions::when::a_list;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Choose the column to sort by.
pub const ACTION: Action = Action {
    name: "sort",
    title: "Sort by a column",
    hint: "sort",
    group: Group::View,
    scope: Scope::List,
    keys: &["s"],
    available: a_list,
    run: |_, _| Ok(Outcome::View(Intent::Sort)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn acts_on_a_list() {
        scene("list account @accounts/acme").check(&ACTION, "view Sort");
        scene("home").check(&ACTION, "unavailable: there is no list here");
    }
}
