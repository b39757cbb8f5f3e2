//! Take back the commit under the cursor, whoever made it.

use crate::actions::{Action, Context, Group, Intent, Outcome, Place, Reason, Scope};
use crate::tr;

/// Take back the commit under the cursor, whoever made it. The screen asks first.
pub const ACTION: Action = Action {
    name: "take-back",
    title: "Take back the change under the cursor",
    hint: "take back",
    group: Group::History,
    scope: Scope::History,
    keys: &["R"],
    available,
    run: |_, _| Ok(Outcome::View(Intent::TakeBack)),
};

fn available(context: &Context<'_>) -> Result<(), Reason> {
    match context.place {
        Place::History(_) => Ok(()),
        _ => Err(tr!("there is no history here: h shows that of a record")),
    }
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn works_on_a_history_only() {
        scene("history").check(&ACTION, "view TakeBack");
        scene("home").check(&ACTION, "unavailable: there is no history here: h shows that of a record");
    }
}
