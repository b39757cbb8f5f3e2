//! Go to the problems of the files.

use crate::actions::when::always;
use crate::actions::{Action, Group, Outcome, Place, Scope};

/// Go to the problems of the files.
pub const ACTION: Action = Action {
    name: "problems",
    title: "Everything that is wrong with the files",
    hint: "",
    group: Group::Go,
    scope: Scope::Global,
    keys: &["!"],
    available: always,
    run: |_, _| Ok(Outcome::Go(Place::Problems)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn goes_there_from_anywhere() {
        scene("home").check(&ACTION, "go problems");
        scene("board @opportunities/pumps").check(&ACTION, "go problems");
    }
}
