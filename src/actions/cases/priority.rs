//! How urgent it is.

use crate::actions::records::word;
use crate::actions::when::have_field;
use crate::actions::{Action, Group, Scope};

/// Choose the priority of the cases or activities.
pub const ACTION: Action = Action {
    name: "priority",
    title: "Choose the priority",
    hint: "priority",
    group: Group::Cases,
    scope: Scope::Global,
    keys: &["p"],
    available: |context| have_field(context, "priority"),
    run: |context, input| word::choose(context, input, "priority", "priority"),
};

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn is_chosen_from_the_schema() {
        scene("list case @cases/noise").check(
            &ACTION,
            "pick Priority of Noise
             low = Low
             *normal = Normal
             high = High
             urgent = Urgent",
        );
        scene("list case *cases/noise *cases/solved").answer("urgent").check(
            &ACTION,
            "2 cases: priority → Urgent
             in cases/noise.yaml
             - priority: normal
             + priority: urgent
             in cases/solved.yaml
             - priority: low
             + priority: urgent",
        );
        scene("list case @cases/noise")
            .answer("huge")
            .check(&ACTION, "refused: priority: there is no 'huge'");
        scene("list account @accounts/acme").check(&ACTION, "unavailable: accounts have no priority");
        scene("home").check(&ACTION, "unavailable: there is no record under the cursor");
    }
}
