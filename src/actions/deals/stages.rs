//! The stages of a deal's pipeline, and moving deals between them.

use crate::actions::records::missing;
use crate::actions::when::only;
use crate::actions::{ActionError, Context, Input, Outcome, Reason};
use crate::base::Ref;
use crate::model::kinds::title_of_ref;
use crate::model::{FieldEdit, Record, Scope, Value};
use crate::{tr, tr_n};
use smol_str::SmolStr;

/// A stage of a pipeline.
pub struct Stage {
    /// As deals hold it.
    pub id: SmolStr,
    /// As people call it.
    pub name: String,
    /// `open`, `won` or `lost`.
    pub kind: SmolStr,
}

/// The stages of the deal's pipeline, in order.
pub fn stages(context: &Context<'_>, deal: &Record) -> Vec<Stage> {
    let pipeline = Scope::of(context.book, deal).and_then(|scope| scope.linked("pipeline"));
    let lines = pipeline.map_or(&[][..], |p| p.get("stages").items());
    lines.iter().map(stage).filter(|stage| !stage.id.is_empty()).collect()
}

/// A stage out of its line.
pub fn stage(line: &Value) -> Stage {
    let (id, name) = (line.get("id").as_str(), line.get("name").as_str());
    let name = if name.is_empty() { id } else { name };
    Stage { id: id.into(), name: name.to_owned(), kind: line.get("kind").as_str().into() }
}

/// Whether there are deals here, and each can go where `to` says; the first reason why not.
pub fn can_move(
    context: &Context<'_>,
    to: impl Fn(&[Stage], Option<usize>) -> Result<usize, Reason>,
) -> Result<(), Reason> {
    only(context, "opportunity")?;
    destinations(context, to).map(|_| ())
}

/// Moves the deals to the stage that `to` chooses out of all stages and the place of the current one. Where that
/// leaves a required field empty, it is asked for.
pub fn move_to(
    context: &Context<'_>,
    input: &Input,
    action: &'static str,
    to: impl Fn(&[Stage], Option<usize>) -> Result<usize, Reason>,
) -> Result<Outcome, ActionError> {
    let moves = destinations(context, to).map_err(ActionError::Unavailable)?;
    let title = match moves.as_slice() {
        [(deal, stage)] => {
            tr!("{title} → {stage}", title = title_of_ref(context.book, deal), stage = stage.name)
        }
        [(_, stage), ..] => {
            tr_n!("{n} deal → {stage}", "{n} deals → {stage}", moves.len(), stage = stage.name)
        }
        [] => tr!("No deal"),
    };
    let edit = |(deal, stage): (Ref, Stage)| (deal, vec![FieldEdit::put("stage", Value::Text(stage.id))]);
    missing::complete(context, input, action, &title, moves.into_iter().map(edit).collect())
}

fn destinations(
    context: &Context<'_>,
    to: impl Fn(&[Stage], Option<usize>) -> Result<usize, Reason>,
) -> Result<Vec<(Ref, Stage)>, Reason> {
    let mut moves = Vec::new();
    for target in context.targets() {
        let Some(deal) = context.book.get(&target) else { continue };
        let mut stages = stages(context, deal);
        if stages.is_empty() {
            let title = title_of_ref(context.book, &target);
            return Err(tr!("{title} is in no pipeline: edit it and choose one", title = title));
        }
        let at = stages.iter().position(|stage| stage.id == deal.text("stage"));
        let to = to(&stages, at)?;
        moves.push((target, stages.swap_remove(to)));
    }
    Ok(moves)
}
