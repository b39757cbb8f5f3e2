//! Who changed what in the record, and when.

use crate::actions::when::a_record;
use crate::actions::{Action, ActionError, Context, Group, Input, Outcome, Place, Scope};

/// Who changed what in the record, and when. On the board `h` is taken, so there is a longer way too.
pub const ACTION: Action = Action {
    name: "history",
    title: "History of the record",
    hint: "history",
    group: Group::History,
    scope: Scope::Global,
    keys: &["h", "g h"],
    available: a_record,
    run,
};

fn run(context: &Context<'_>, _: &Input) -> Result<Outcome, ActionError> {
    Ok(Outcome::Go(Place::History(context.here.cloned())))
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn needs_a_record() {
        scene("list account @accounts/acme").check(&ACTION, "go history/accounts/acme");
        scene("record accounts/acme").check(&ACTION, "go history/accounts/acme");
        scene("home").check(&ACTION, "unavailable: there is no record under the cursor");
        scene("home @accounts/gone").check(&ACTION, "unavailable: accounts/gone is not there any more");
    }
}
