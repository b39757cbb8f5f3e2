//! Type a filter.

use crate::actions::when::a_list;
use crate::actions::{Action, Context, Group, Intent, Outcome, Place, Reason, Scope};
use crate::tr;

/// Type a filter.
pub const ACTION: Action = Action {
    name: "filter",
    title: "Filter as you type: stage:proposal amount>=10k words",
    hint: "filter",
    group: Group::View,
    scope: Scope::Global,
    keys: &["/"],
    available,
    run: |_, _| Ok(Outcome::View(Intent::Filter)),
};

fn available(context: &Context<'_>) -> Result<(), Reason> {
    match context.place {
        Place::Home | Place::Board(_) | Place::View(..) | Place::Find => Ok(()),
        Place::Record(_) | Place::History(_) => Ok(()),
        _ => a_list(context).map_err(|_| tr!("there is nothing to filter here")),
    }
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn acts_on_a_list() {
        scene("list account @accounts/acme").check(&ACTION, "view Filter");
        scene("home").check(&ACTION, "view Filter");
        scene("history").check(&ACTION, "view Filter");
        scene("record accounts/acme").check(&ACTION, "view Filter");
        scene("problems").check(&ACTION, "unavailable: there is nothing to filter here");
    }
}
