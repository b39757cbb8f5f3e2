//! Take all marks away.

use crate::actions::when::some_marks;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Take all marks away.
pub const ACTION: Action = Action {
    name: "unmark",
    title: "Unmark all",
    hint: "",
    group: Group::View,
    scope: Scope::List,
    keys: &["_"],
    available: some_marks,
    run: |_, _| Ok(Outcome::View(Intent::Unmark)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn acts_on_a_list() {
        scene("list account *accounts/acme").check(&ACTION, "view Unmark");
        scene("list account @accounts/acme").check(&ACTION, "unavailable: nothing is marked: space marks");
    }
}
