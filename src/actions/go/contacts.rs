//! Go to the contacts.

use crate::actions::when::always;
use crate::actions::{Action, Group, Outcome, Place, Scope};
use smol_str::SmolStr;

/// Go to the contacts.
pub const ACTION: Action = Action {
    name: "go-contacts",
    title: "Contacts",
    hint: "",
    group: Group::Go,
    scope: Scope::Global,
    keys: &["3"],
    available: always,
    run: |_, _| Ok(Outcome::Go(Place::List(SmolStr::new_static("contact")))),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn goes_there_from_anywhere() {
        scene("home").check(&ACTION, "go contact");
        scene("board @opportunities/pumps").check(&ACTION, "go contact");
    }
}
