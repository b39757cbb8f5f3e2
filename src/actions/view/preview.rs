//! Show or hide the preview beside the list.

use crate::actions::when::a_list;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Show or hide the preview beside the list.
pub const ACTION: Action = Action {
    name: "preview",
    title: "Show or hide the preview",
    hint: "",
    group: Group::View,
    scope: Scope::List,
    keys: &["P"],
    available: a_list,
    run: |_, _| Ok(Outcome::View(Intent::Preview)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn acts_on_a_list() {
        scene("list account @accounts/acme").check(&ACTION, "view Preview");
        scene("home").check(&ACTION, "unavailable: there is no list here");
    }
}
