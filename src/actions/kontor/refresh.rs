//! Draw everything afresh and look at all files again.

use crate::actions::when::always;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Draw everything afresh and look at all files again.
pub const ACTION: Action = Action {
    name: "refresh",
    title: "Look at all files again",
    hint: "",
    group: Group::Kontor,
    scope: Scope::Global,
    keys: &["ctrl-l"],
    available: always,
    run: |_, _| Ok(Outcome::View(Intent::Refresh)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn works_anywhere() {
        scene("home").check(&ACTION, "view Refresh");
    }
}
