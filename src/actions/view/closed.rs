//! Show or hide what is finished.

use crate::actions::when::a_list;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Show or hide what is finished.
pub const ACTION: Action = Action {
    name: "show-closed",
    title: "Show or hide what is finished",
    hint: "finished",
    group: Group::View,
    scope: Scope::List,
    keys: &["z"],
    available: a_list,
    run: |_, _| Ok(Outcome::View(Intent::Closed)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn acts_on_a_list() {
        scene("list case @cases/noise").check(&ACTION, "view Closed");
        scene("home").check(&ACTION, "unavailable: there is no list here");
    }
}
