//! The page of the record before in the list this one was opened from.

use crate::actions::when::a_page;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// The page of the record before in the list this one was opened from.
pub const ACTION: Action = Action {
    name: "previous-record",
    title: "The record before in the list",
    hint: "",
    group: Group::Move,
    scope: Scope::Record,
    keys: &["K"],
    available: a_page,
    run: |_, _| Ok(Outcome::View(Intent::PreviousRecord)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn moves_the_cursor() {
        scene("record accounts/acme").check(&ACTION, "view PreviousRecord");
        scene("list account @accounts/acme")
            .check(&ACTION, "unavailable: there is no page of a record here: open one first");
    }
}
