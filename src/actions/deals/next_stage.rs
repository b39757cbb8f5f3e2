//! Move the deals to the next stage.

use super::stages::{can_move, move_to};
use crate::actions::view::shift;
use crate::actions::{Action, Group, Reason, Scope};
use crate::crm::pipeline::{Pipeline, Stage};
use crate::tr;
use std::sync::Arc;

/// Move the deals to the next stage.
pub const ACTION: Action = Action {
    name: "move-right",
    title: "Move the deal to the next stage",
    hint: "move",
    group: Group::Deals,
    scope: Scope::Board,
    keys: &["L"],
    available: |context| match shift::field(context) {
        Some(field) => shift::can_shift(context, field, true),
        None => can_move(context, next),
    },
    run: |context, input| match shift::field(context) {
        Some(field) => shift::shift(context, input, "move-right", field, true),
        None => move_to(context, input, "move-right", next),
    },
};

fn next(pipeline: &Pipeline, at: &str) -> Result<Arc<Stage>, Reason> {
    // A deal in a stage that nobody knows starts anew.
    let lost = pipeline.stage(at).is_none();
    let next = if lost { pipeline.stages.first() } else { pipeline.next(at) };
    next.cloned().ok_or_else(|| tr!("this is the last stage"))
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn one_card() {
        scene("board @opportunities/pumps").check(
            &ACTION,
            "opportunities/pumps: stage Proposal → Negotiation
             in opportunities/pumps.yaml
             - stage: proposal # since the fair
             + stage: talks # since the fair
             + stage_since: 2026-11-21",
        );
    }

    #[test]
    fn all_that_are_marked() {
        scene("board *opportunities/pumps *opportunities/care").check(
            &ACTION,
            "2 opportunities: stage → Negotiation
             in opportunities/care.yaml
             - stage: upcoming
             + stage: talks
             + stage_since: 2026-11-21
             in opportunities/pumps.yaml
             - stage: proposal # since the fair
             + stage: talks # since the fair
             + stage_since: 2026-11-21",
        );
    }

    #[test]
    fn not_beyond_the_last() {
        let lost = "name: L\naccount: acme\npipeline: direct\nstage: lost\nlost_reason: price\n";
        scene("board @opportunities/l")
            .with("opportunities/l.yaml", lost)
            .check(&ACTION, "unavailable: this is the last stage");
        scene("board").check(&ACTION, "unavailable: there is no record under the cursor");
        scene("list account @accounts/acme").check(&ACTION, "unavailable: this works on opportunities only");
    }
}
