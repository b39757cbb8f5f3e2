//! Carry out the import that is shown.

use crate::actions::when::an_import;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Carry out the import that is shown, as one commit.
pub const ACTION: Action = Action {
    name: "import-now",
    title: "Make the import that is shown, as one commit",
    hint: "import",
    group: Group::Records,
    scope: Scope::Import,
    keys: &["ctrl-s"],
    available: an_import,
    run: |_, _| Ok(Outcome::View(Intent::Import)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn needs_to_be_shown_first() {
        scene("home").check(&ACTION, "unavailable: there is no import here: I chooses a file");
        scene("import").check(&ACTION, "unavailable: there is no import here: I chooses a file");
    }
}
