//! Go to the activities.

use crate::actions::when::always;
use crate::actions::{Action, Group, Outcome, Place, Scope};
use smol_str::SmolStr;

/// Go to the activities.
pub const ACTION: Action = Action {
    name: "go-activities",
    title: "Activities",
    hint: "",
    group: Group::Go,
    scope: Scope::Global,
    keys: &["7"],
    available: always,
    run: |_, _| Ok(Outcome::Go(Place::List(SmolStr::new_static("activity")))),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn goes_there_from_anywhere() {
        scene("home").check(&ACTION, "go activity");
        scene("board @opportunities/pumps").check(&ACTION, "go activity");
    }
}
