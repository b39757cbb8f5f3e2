//! Moving deals between the stages of their pipelines.

use crate::actions::records::missing;
use crate::actions::when::only;
use crate::actions::{ActionError, Context, Input, Outcome, Reason};
use crate::base::Ref;
use crate::crm::pipeline::{Pipeline, Pipelines, Stage, StageKind};
use crate::model::kinds::title_of_ref;
use crate::model::{FieldEdit, Value};
use crate::{tr, tr_n};
use std::sync::Arc;

/// Chooses the stage a deal goes to, out of its pipeline and the stage it is in; or says why there is none.
pub type Choose = fn(&Pipeline, &str) -> Result<Arc<Stage>, Reason>;

/// Whether there are deals here, and each can go where `to` says; the first reason why not.
pub fn can_move(context: &Context<'_>, to: Choose) -> Result<(), Reason> {
    only(context, "opportunity")?;
    destinations(context, to).map(|_| ())
}

/// Moves the deals to the stage that `to` chooses. Where that leaves a required field empty, it is asked for.
pub fn move_to(
    context: &Context<'_>,
    input: &Input,
    action: &'static str,
    to: Choose,
) -> Result<Outcome, ActionError> {
    let moves = destinations(context, to).map_err(ActionError::Unavailable)?;
    let title = match moves.as_slice() {
        [(deal, stage)] => {
            tr!("{title} → {stage}", title = title_of_ref(context.book, deal), stage = stage.name)
        }
        several => {
            let stage = several.first().map(|(_, stage)| stage.name.clone()).unwrap_or_default();
            tr_n!("{n} deal → {stage}", "{n} deals → {stage}", several.len(), stage = stage)
        }
    };
    let edit = |(deal, stage): (Ref, Arc<Stage>)| {
        (deal, vec![FieldEdit::put("stage", Value::Text(stage.id.clone()))])
    };
    missing::complete(context, input, action, &title, moves.into_iter().map(edit).collect())
}

/// The first stage of a kind, for a deal that is not in one of that kind.
pub fn ending(pipeline: &Pipeline, at: &str, kind: StageKind) -> Result<Arc<Stage>, Reason> {
    let word = if kind == StageKind::Won { tr!("won") } else { tr!("lost") };
    if pipeline.stage(at).is_some_and(|stage| stage.kind == kind) {
        return Err(tr!("it is {word} already", word = word));
    }
    let found = pipeline.of_kind(kind).next().cloned();
    found.ok_or_else(|| {
        tr!("{pipeline} has no stage of the kind {word}", pipeline = pipeline.name, word = word)
    })
}

fn destinations(context: &Context<'_>, to: Choose) -> Result<Vec<(Ref, Arc<Stage>)>, Reason> {
    let pipelines = Pipelines::of(context.book);
    let mut moves = Vec::new();
    for target in context.targets() {
        let Some(deal) = context.book.get(&target) else { continue };
        let Some(pipeline) = pipelines.of_deal(deal) else {
            let title = title_of_ref(context.book, &target);
            return Err(tr!("{title} is in no pipeline: edit it and choose one", title = title));
        };
        moves.push((target, to(pipeline, deal.text("stage"))?));
    }
    Ok(moves)
}
