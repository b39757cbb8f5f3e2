//! The cursor to the column of the next stage.

use crate::actions::when::a_board;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// The cursor to the column of the next stage.
pub const ACTION: Action = Action {
    name: "stage-right",
    title: "The stage to the right",
    hint: "",
    group: Group::Move,
    scope: Scope::Board,
    keys: &["l"],
    available: a_board,
    run: |_, _| Ok(Outcome::View(Intent::Right)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn moves_the_cursor() {
        scene("board @opportunities/pumps").check(&ACTION, "view Right");
        scene("list account").check(&ACTION, "unavailable: there is no board here: 5 goes to one");
    }
}
