//! Only one's own records, or everyone's.

use crate::actions::when::anyones;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// Only one's own records, or everyone's.
pub const ACTION: Action = Action {
    name: "mine",
    title: "Only mine, or everyone's",
    hint: "mine",
    group: Group::View,
    scope: Scope::List,
    keys: &["M"],
    available: anyones,
    run: |_, _| Ok(Outcome::View(Intent::Mine)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn acts_where_there_are_many_peoples_records() {
        scene("list account @accounts/acme").check(&ACTION, "view Mine");
        scene("board").check(&ACTION, "view Mine");
        scene("home").check(&ACTION, "view Mine");
        scene("record accounts/acme").check(&ACTION, "unavailable: there is no list here");
    }
}
