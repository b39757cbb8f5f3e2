//! Choose the field whose values are headings.

use crate::actions::when::a_list;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Choose the field whose values are headings.
pub const ACTION: Action = Action {
    name: "group",
    title: "Group by a field",
    hint: "group",
    group: Group::View,
    scope: Scope::List,
    keys: &["b"],
    available: a_list,
    run: |_, _| Ok(Outcome::View(Intent::Group)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn acts_on_a_list() {
        scene("list account").check(&ACTION, "view Group");
        scene("home").check(&ACTION, "unavailable: there is no list here");
    }
}
