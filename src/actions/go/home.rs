//! Go to what is due today.

use crate::actions::when::always;
use crate::actions::{Action, Group, Outcome, Place, Scope};

/// Go to what is due today.
pub const ACTION: Action = Action {
    name: "go-home",
    title: "Home",
    hint: "",
    group: Group::Go,
    scope: Scope::Global,
    keys: &["1"],
    available: always,
    run: |_, _| Ok(Outcome::Go(Place::Home)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn goes_there_from_anywhere() {
        scene("home").check(&ACTION, "go home");
        scene("board @opportunities/pumps").check(&ACTION, "go home");
    }
}
