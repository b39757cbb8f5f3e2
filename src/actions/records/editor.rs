//! The record's file in the person's own editor.

use crate::actions::when::a_record;
use crate::actions::{Action, ActionError, Context, Group, Input, Outcome, Scope};
use crate::tr;

/// Open the record's file in `$EDITOR`.
pub const ACTION: Action = Action {
    name: "editor",
    title: "Open the file in $EDITOR",
    hint: "editor",
    group: Group::Records,
    scope: Scope::Global,
    keys: &["E"],
    available: a_record,
    run,
};

fn run(context: &Context<'_>, _: &Input) -> Result<Outcome, ActionError> {
    let here = context.here.cloned();
    here.map(Outcome::Edit)
        .ok_or_else(|| ActionError::Unavailable(tr!("there is no record under the cursor")))
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn opens_what_is_under_the_cursor() {
        scene("list account @accounts/acme").check(&ACTION, "edit accounts/acme");
        scene("home").check(&ACTION, "unavailable: there is no record under the cursor");
    }
}
