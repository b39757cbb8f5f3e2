//! Choose a theme, with a live preview.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Choose a theme, with a live preview.
pub const ACTION: Action = Action {
    name: "themes",
    title: "Choose a theme",
    hint: "",
    group: Group::Kontor,
    scope: Scope::Global,
    keys: &["T"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::Themes)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn works_anywhere() {
        scene("home").check(&ACTION, "view Themes");
    }
}
