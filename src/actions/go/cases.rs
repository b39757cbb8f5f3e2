//! Go to the cases.

use crate::actions::when::always;
use crate::actions::{Action, Group, Outcome, Place, Scope};
use smol_str::SmolStr;

/// Go to the cases.
pub const ACTION: Action = Action {
    name: "go-cases",
    title: "Cases",
    hint: "",
    group: Group::Go,
    scope: Scope::Global,
    keys: &["6"],
    available: always,
    run: |_, _| Ok(Outcome::Go(Place::List(SmolStr::new_static("case")))),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn goes_there_from_anywhere() {
        scene("home").check(&ACTION, "go case");
        scene("board @opportunities/pumps").check(&ACTION, "go case");
    }
}
