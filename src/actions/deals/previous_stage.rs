//! Move the deals to the stage before.

use super::stages::{can_move, move_to};
use crate::actions::view::shift;
use crate::actions::{Action, Group, Reason, Scope};
use crate::crm::pipeline::{Pipeline, Stage};
use crate::tr;
use std::sync::Arc;

/// Move the deals to the stage before.
pub const ACTION: Action = Action {
    name: "move-left",
    title: "Move the deal to the stage before",
    hint: "",
    group: Group::Deals,
    scope: Scope::Board,
    keys: &["H"],
    available: |context| match shift::field(context) {
        Some(field) => shift::can_shift(context, field, false),
        None => can_move(context, previous),
    },
    run: |context, input| match shift::field(context) {
        Some(field) => shift::shift(context, input, "move-left", field, false),
        None => move_to(context, input, "move-left", previous),
    },
};

fn previous(pipeline: &Pipeline, at: &str) -> Result<Arc<Stage>, Reason> {
    pipeline.previous(at).cloned().ok_or_else(|| tr!("this is the first stage"))
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn one_card() {
        scene("board @opportunities/valves").check(
            &ACTION,
            "opportunities/valves: stage Negotiation → Proposal
             in opportunities/valves.yaml
             - stage: talks
             + stage: proposal
             + stage_since: 2026-11-21",
        );
        scene("board @opportunities/pumps").check(&ACTION, "unavailable: this is the first stage");
        scene("board").check(&ACTION, "unavailable: there is no record under the cursor");
    }
}
