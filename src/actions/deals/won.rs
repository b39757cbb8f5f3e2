//! The deals are won.

use super::stages::{can_move, ending, move_to};
use crate::actions::{Action, Group, Reason, Scope};
use crate::crm::pipeline::{Pipeline, Stage, StageKind};
use std::sync::Arc;

/// The deals are won.
pub const ACTION: Action = Action {
    name: "deal-won",
    title: "The deal is won",
    hint: "won",
    group: Group::Deals,
    scope: Scope::Global,
    keys: &["W"],
    available: |context| can_move(context, won),
    run: |context, input| move_to(context, input, "deal-won", won),
};

fn won(pipeline: &Pipeline, at: &str) -> Result<Arc<Stage>, Reason> {
    ending(pipeline, at, StageKind::Won)
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn goes_to_the_winning_stage_of_its_pipeline() {
        scene("record opportunities/care").check(
            &ACTION,
            "opportunities/care: stage Upcoming → Renewed
             in opportunities/care.yaml
             - stage: upcoming
             + stage: renewed
             + stage_since: 2026-11-21
             + closed_at: 2026-11-21T14:00+01:00",
        );
        scene("home").check(&ACTION, "unavailable: there is no record under the cursor");
        let won = "name: W\naccount: acme\npipeline: direct\nstage: won\n";
        scene("board @opportunities/w")
            .with("opportunities/w.yaml", won)
            .check(&ACTION, "unavailable: it is won already");
    }
}
