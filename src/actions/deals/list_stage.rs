//! The column under the cursor as a list.

use crate::actions::when::any_board;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// The column under the cursor as a list.
pub const ACTION: Action = Action {
    name: "list-stage",
    title: "List what is in this column",
    hint: "list",
    group: Group::Deals,
    scope: Scope::Board,
    keys: &["O"],
    available: any_board,
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
