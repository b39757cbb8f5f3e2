//! The deals are lost; why is asked for.

use super::stages::{Stage, can_move, move_to};
use crate::actions::{Action, Group, Reason, Scope};
use crate::tr;

/// The deals are lost; why is asked for.
pub const ACTION: Action = Action {
    name: "deal-lost",
    title: "The deal is lost",
    hint: "",
    group: Group::Deals,
    scope: Scope::Global,
    keys: &["X"],
    available: |context| can_move(context, ending),
    run: |context, input| move_to(context, input, "deal-lost", ending),
};

fn ending(stages: &[Stage], at: Option<usize>) -> Result<usize, Reason> {
    if at.is_some_and(|at| stages[at].kind == "lost") {
        return Err(tr!("it is lost already"));
    }
    let found = stages.iter().position(|stage| stage.kind == "lost");
    found.ok_or_else(|| tr!("its pipeline has no stage of the kind lost"))
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn asks_why() {
        scene("board @opportunities/valves").check(
            &ACTION,
            "form Valves → Lost: opportunities/valves
             only lost_reason
             preset stage=lost",
        );
        scene("board @opportunities/valves").fields("{lost_reason: price}").check(
            &ACTION,
            "opportunities/valves: stage, lost_reason
             in opportunities/valves.yaml
             - stage: talks
             + stage: lost
             + stage_since: 2026-11-21
             + closed_at: 2026-11-21T14:00+01:00
             + lost_reason: price",
        );
    }

    #[test]
    fn one_reason_for_all_that_are_marked() {
        scene("board *opportunities/valves *opportunities/care").check(
            &ACTION,
            "form 2 deals → Lost: opportunities/valves
             only lost_reason
             preset stage=lost",
        );
        scene("board").check(&ACTION, "unavailable: there is no record under the cursor");
    }
}
