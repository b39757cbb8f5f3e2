//! Everything there is, to be searched and run.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Everything there is, to be searched and run.
pub const ACTION: Action = Action {
    name: "palette",
    title: "Everything that can be done, by name",
    hint: "palette",
    group: Group::Kontor,
    scope: Scope::Global,
    keys: &["ctrl-p"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::Palette)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn works_anywhere() {
        scene("home").check(&ACTION, "view Palette");
    }
}
