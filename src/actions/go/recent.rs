//! Go to what changed lately, whoever changed it.

use crate::actions::when::always;
use crate::actions::{Action, Group, Outcome, Place, Scope};

/// Go to what changed lately, whoever changed it.
pub const ACTION: Action = Action {
    name: "recent-changes",
    title: "Everybody's recent changes",
    hint: "",
    group: Group::Go,
    scope: Scope::Global,
    keys: &["g r"],
    available: always,
    run: |_, _| Ok(Outcome::Go(Place::History(None))),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn goes_there_from_anywhere() {
        scene("home").check(&ACTION, "go history");
        scene("board @opportunities/pumps").check(&ACTION, "go history");
    }
}
