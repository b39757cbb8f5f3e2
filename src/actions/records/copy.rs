//! The references of records on the clipboard.

use crate::actions::when::some_records;
use crate::actions::{Action, ActionError, Context, Group, Input, Outcome, Scope};

/// Copy the references of the marked records, or of the one under the cursor.
pub const ACTION: Action = Action {
    name: "copy-reference",
    title: "Copy the reference",
    hint: "copy",
    group: Group::Records,
    scope: Scope::Global,
    keys: &["y"],
    available: some_records,
    run,
};

fn run(context: &Context<'_>, _: &Input) -> Result<Outcome, ActionError> {
    let references: Vec<_> = context.targets().iter().map(ToString::to_string).collect();
    Ok(Outcome::Copy(references.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn one_a_line() {
        scene("list account @accounts/acme").check(&ACTION, "copy accounts/acme");
        scene("list account @accounts/acme *accounts/bolt *accounts/acme").check(
            &ACTION,
            "copy accounts/bolt
             accounts/acme",
        );
        scene("list account").check(&ACTION, "unavailable: there is no record under the cursor");
    }
}
