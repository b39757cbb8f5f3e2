//! A deal changes pipelines.

use crate::actions::records::missing;
use crate::actions::when::only;
use crate::actions::{Action, ActionError, Context, Group, Input, Outcome, PickOption, Question, Scope};
use crate::base::Ref;
use crate::crm::pipeline::{Pipeline, Pipelines};
use crate::model::{FieldEdit, Value};
use crate::tr;

/// Move the deals to another pipeline: to the stage of the same id there, or to the first one.
pub const ACTION: Action = Action {
    name: "move-pipeline",
    title: "Move the deal to another pipeline",
    hint: "",
    group: Group::Deals,
    scope: Scope::Global,
    keys: &[],
    available: |context| only(context, "opportunity"),
    run,
};

fn run(context: &Context<'_>, input: &Input) -> Result<Outcome, ActionError> {
    let pipelines = Pipelines::of(context.book);
    let Some(answer) = &input.answer else {
        let option = |p: &Pipeline| PickOption {
            value: p.reference.id.to_string(),
            label: p.name.to_string(),
            detail: String::new(),
        };
        let current = context.record().map(|deal| deal.text("pipeline").to_owned());
        let options = pipelines.all().iter().map(option).collect();
        return Ok(Outcome::Ask(Question::Pick {
            title: tr!("To which pipeline?").into(),
            options,
            current,
        }));
    };
    let pipeline = pipelines
        .get(answer)
        .ok_or_else(|| ActionError::Refused(tr!("there is no pipeline '{id}'", id = answer).into()))?;
    let edits = context.targets().into_iter().filter_map(|deal| edits(context, deal, pipeline)).collect();
    missing::complete(context, input, "move-pipeline", &pipeline.name, edits)
}

fn edits(context: &Context<'_>, deal: Ref, pipeline: &Pipeline) -> Option<(Ref, Vec<FieldEdit>)> {
    let old = context.book.get(&deal)?.text("stage");
    let to = pipeline.stage(old).or(pipeline.stages.first())?;
    let mut edits = vec![FieldEdit::put("pipeline", Value::text(pipeline.reference.id.as_str()))];
    if to.id != old {
        edits.push(FieldEdit::put("stage", Value::Text(to.id.clone())));
    }
    Some((deal, edits))
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn keeps_the_stage_where_there_is_one_like_it() {
        scene("board @opportunities/valves").check(
            &ACTION,
            "pick To which pipeline?
             *direct = Direct
             renewals = Renewals",
        );
        scene("board @opportunities/valves").answer("renewals").check(
            &ACTION,
            "opportunities/valves: pipeline Direct → Renewals
             in opportunities/valves.yaml
             - pipeline: direct
             + pipeline: renewals",
        );
        scene("board @opportunities/pumps").answer("renewals").check(
            &ACTION,
            "opportunities/pumps: stage Proposal → Upcoming, pipeline
             in opportunities/pumps.yaml
             - pipeline: direct
             - stage: proposal # since the fair
             + pipeline: renewals
             + stage: upcoming # since the fair
             + stage_since: 2026-11-21",
        );
        scene("list case @cases/noise").check(&ACTION, "unavailable: this works on opportunities only");
    }
}
