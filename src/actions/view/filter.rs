//! Type a filter.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Type a filter.
pub const ACTION: Action = Action {
    name: "filter",
    title: "Filter as you type: stage:proposal amount>=10k words",
    hint: "filter",
    group: Group::View,
    scope: Scope::List,
    keys: &["/"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::Filter)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn acts_on_a_list() {
        scene("list account @accounts/acme").check(&ACTION, "view Filter");
    }
}
