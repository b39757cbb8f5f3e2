//! Stop to the shell.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Stop to the shell.
pub const ACTION: Action = Action {
    name: "suspend",
    title: "To the shell; fg comes back",
    hint: "",
    group: Group::Kontor,
    scope: Scope::Global,
    keys: &["ctrl-z"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::Suspend)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn works_anywhere() {
        scene("home").check(&ACTION, "view Suspend");
    }
}
