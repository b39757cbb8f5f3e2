//! The page of the next record of the list this one was opened from.

use crate::actions::when::a_page;
use crate::actions::{Action, Group, Intent, Outcome, Scope};

/// The page of the next record of the list this one was opened from.
pub const ACTION: Action = Action {
    name: "next-record",
    title: "The next record of the list",
    hint: "next",
    group: Group::Move,
    scope: Scope::Record,
    keys: &["J"],
    available: a_page,
    run: |_, _| Ok(Outcome::View(Intent::NextRecord)),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn moves_the_cursor() {
        scene("record accounts/acme").check(&ACTION, "view NextRecord");
        scene("list account @accounts/acme")
            .check(&ACTION, "unavailable: there is no page of a record here: open one first");
    }
}
