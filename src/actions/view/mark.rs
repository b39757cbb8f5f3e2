//! Mark or unmark the row and go on.

use crate::actions::when::{a_list, a_record};
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Mark or unmark the row, or those under a folded heading, and go on.
pub const ACTION: Action = Action {
    name: "mark",
    title: "Mark or unmark, and go on",
    hint: "mark",
    group: Group::View,
    scope: Scope::List,
    keys: &["space"],
    available: |context| a_record(context).or_else(|why| a_list(context).map_err(|_| why)),
    run: |_, _| Ok(Outcome::View(Intent::Mark)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn acts_on_a_list() {
        scene("list account @accounts/acme").check(&ACTION, "view Mark");
        scene("list account").check(&ACTION, "view Mark");
        scene("home").check(&ACTION, "unavailable: there is no record under the cursor");
    }
}
