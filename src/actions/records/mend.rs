//! The file of a problem in the person's own editor, be it a record or not.

use crate::actions::{Action, Context, Group, Intent, Outcome, Place, Reason, Scope};
use crate::tr;

/// Open the file with the problem in `$EDITOR`. A file that cannot be read is no record, so this goes by its path.
pub const ACTION: Action = Action {
    name: "mend",
    title: "Open the file with the problem in $EDITOR",
    hint: "editor",
    group: Group::Records,
    scope: Scope::Problems,
    keys: &["E"],
    available,
    run: |_, _| Ok(Outcome::View(Intent::Mend)),
};

fn available(context: &Context<'_>) -> Result<(), Reason> {
    match context.place {
        Place::Problems => Ok(()),
        _ => Err(tr!("there are no problems here: ! shows them")),
    }
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn works_on_problems_only() {
        scene("problems").check(&ACTION, "view Mend");
        scene("home").check(&ACTION, "unavailable: there are no problems here: ! shows them");
    }
}
