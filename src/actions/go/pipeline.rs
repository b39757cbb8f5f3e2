//! Go to the board of the pipeline last looked at.

use crate::actions::when::always;
use crate::actions::{Action, Group, Outcome, Place, Scope};

/// Go to the board of the pipeline last looked at.
pub const ACTION: Action = Action {
    name: "go-pipeline",
    title: "Pipeline",
    hint: "",
    group: Group::Go,
    scope: Scope::Global,
    keys: &["5"],
    available: always,
    run: |_, _| Ok(Outcome::Go(Place::Board(None))),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn goes_there_from_anywhere() {
        scene("home").check(&ACTION, "go pipeline");
        scene("board @opportunities/pumps").check(&ACTION, "go pipeline");
    }
}
