//! Go to the leads.

use crate::actions::when::always;
use crate::actions::{Action, Group, Outcome, Place, Scope};
use smol_str::SmolStr;

/// Go to the leads.
pub const ACTION: Action = Action {
    name: "go-leads",
    title: "Leads",
    hint: "",
    group: Group::Go,
    scope: Scope::Global,
    keys: &["4"],
    available: always,
    run: |_, _| Ok(Outcome::Go(Place::List(SmolStr::new_static("lead")))),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn goes_there_from_anywhere() {
        scene("home").check(&ACTION, "go lead");
        scene("board @opportunities/pumps").check(&ACTION, "go lead");
    }
}
