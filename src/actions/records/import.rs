//! Bring records in from a CSV file.

use crate::actions::when::always;
use crate::actions::{Action, Group, Outcome, Place, Scope};

/// Bring records in from a CSV file: first the file is chosen, then what would come of it is shown.
pub const ACTION: Action = Action {
    name: "import",
    title: "Import a CSV file",
    hint: "import",
    group: Group::Records,
    scope: Scope::Global,
    keys: &["I"],
    available: always,
    run: |_, _| Ok(Outcome::Go(Place::Import(None))),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn asks_for_the_file_from_anywhere() {
        scene("home").check(&ACTION, "go import");
        scene("list account @accounts/acme").check(&ACTION, "go import");
    }
}
