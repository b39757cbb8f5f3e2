//! Go to the accounts.

use crate::actions::when::always;
use crate::actions::{Action, Group, Outcome, Place, Scope};
use smol_str::SmolStr;

/// Go to the accounts.
pub const ACTION: Action = Action {
    name: "go-accounts",
    title: "Accounts",
    hint: "",
    group: Group::Go,
    scope: Scope::Global,
    keys: &["2"],
    available: always,
    run: |_, _| Ok(Outcome::Go(Place::List(SmolStr::new_static("account")))),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn goes_there_from_anywhere() {
        scene("home").check(&ACTION, "go account");
        scene("board @opportunities/pumps").check(&ACTION, "go account");
    }
}
