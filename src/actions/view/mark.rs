//! Mark or unmark the row and go on.

use crate::actions::when::a_record;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Mark or unmark the row and go on.
pub const ACTION: Action = Action {
    name: "mark",
    title: "Mark or unmark, and go on",
    hint: "mark",
    group: Group::View,
    scope: Scope::List,
    keys: &["space"],
    available: a_record,
    run: |_, _| Ok(Outcome::View(Intent::Mark)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn acts_on_a_list() {
        scene("list account @accounts/acme").check(&ACTION, "view Mark");
        scene("list account").check(&ACTION, "unavailable: there is no record under the cursor");
    }
}
