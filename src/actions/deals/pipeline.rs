//! A deal changes pipelines.

use super::stages::stage;
use crate::actions::records::missing;
use crate::actions::when::only;
use crate::actions::{Action, ActionError, Context, Group, Input, Outcome, PickOption, Question, Scope};
use crate::base::Ref;
use crate::model::kinds::title_of;
use crate::model::{FieldEdit, Record, Value};
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
    let pipelines = context.book.of_type("pipeline");
    let Some(answer) = &input.answer else {
        let option = |p: &std::sync::Arc<Record>| PickOption {
            value: p.id().to_string(),
            label: title_of(context.book, p),
            detail: p.text("description").to_owned(),
        };
        let current = context.record().map(|deal| deal.text("pipeline").to_owned());
        let title = tr!("To which pipeline?").into();
        return Ok(Outcome::Ask(Question::Pick {
            title,
            options: pipelines.iter().map(option).collect(),
            current,
        }));
    };
    let pipeline = pipelines.iter().find(|p| p.id().as_str() == answer);
    let pipeline = pipeline
        .ok_or_else(|| ActionError::Refused(tr!("there is no pipeline '{id}'", id = answer).into()))?;
    let edits = context.targets().into_iter().filter_map(|deal| edits(context, deal, pipeline)).collect();
    missing::complete(context, input, "move-pipeline", &title_of(context.book, pipeline), edits)
}

fn edits(context: &Context<'_>, deal: Ref, pipeline: &Record) -> Option<(Ref, Vec<FieldEdit>)> {
    let old = context.book.get(&deal)?.text("stage");
    let lines = pipeline.get("stages").items();
    let stages: Vec<_> = lines.iter().map(stage).collect();
    let to = stages.iter().find(|s| s.id == old).or(stages.first())?;
    let mut edits = vec![FieldEdit::put("pipeline", Value::text(pipeline.id().as_str()))];
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
            "opportunities/pumps: pipeline, stage
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
