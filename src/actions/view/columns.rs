//! Choose the columns.

use crate::actions::when::a_list;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Choose the columns.
pub const ACTION: Action = Action {
    name: "columns",
    title: "Choose the columns",
    hint: "",
    group: Group::View,
    scope: Scope::List,
    keys: &["C"],
    available: a_list,
    run: |_, _| Ok(Outcome::View(Intent::Columns)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn acts_on_a_list() {
        scene("list account @accounts/acme").check(&ACTION, "view Columns");
        scene("home").check(&ACTION, "unavailable: there is no list here");
    }
}
