//! The cursor to the column of the stage before.

use crate::actions::when::a_board;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// The cursor to the column of the stage before.
pub const ACTION: Action = Action {
    name: "stage-left",
    title: "The stage to the left",
    hint: "",
    group: Group::Move,
    scope: Scope::Board,
    keys: &["h"],
    available: a_board,
    run: |_, _| Ok(Outcome::View(Intent::Left)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn moves_the_cursor() {
        scene("board @opportunities/pumps").check(&ACTION, "view Left");
        scene("list account").check(&ACTION, "unavailable: there is no board here: 5 goes to one");
    }
}
