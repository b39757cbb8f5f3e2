//! The deals are lost; why is asked for.

use super::stages::{can_move, ending, move_to};
use crate::actions::{Action, Group, Reason, Scope};
use crate::crm::pipeline::{Pipeline, Stage, StageKind};
use std::sync::Arc;

/// The deals are lost; why is asked for.
pub const ACTION: Action = Action {
    name: "deal-lost",
    title: "The deal is lost",
    hint: "lost",
    group: Group::Deals,
    scope: Scope::Global,
    keys: &["X"],
    available: |context| can_move(context, lost),
    run: |context, input| move_to(context, input, "deal-lost", lost),
};

fn lost(pipeline: &Pipeline, at: &str) -> Result<Arc<Stage>, Reason> {
    ending(pipeline, at, StageKind::Lost)
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
            "opportunities/valves: stage Negotiation → Lost, lost_reason
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
