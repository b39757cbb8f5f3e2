//! The deals of the stage under the cursor as a list.

use crate::actions::when::a_board;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// The deals of the stage under the cursor as a list.
pub const ACTION: Action = Action {
    name: "list-stage",
    title: "List the deals of this stage",
    hint: "list",
    group: Group::Deals,
    scope: Scope::Board,
    keys: &["O"],
    available: a_board,
    run: |_, _| Ok(Outcome::View(Intent::Drill)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn goes_behind_the_numbers_of_a_column() {
        scene("board").check(&ACTION, "view Drill");
        scene("list account").check(&ACTION, "unavailable: there is no board here: 5 goes to one");
    }
}
