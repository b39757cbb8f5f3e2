//! The board of another pipeline.

use crate::actions::when::a_board;
use crate::actions::{
    Action, ActionError, Context, Group, Input, Intent, Outcome, PickOption, Place, Question, Scope,
};
use crate::base::Id;
use crate::crm::pipeline::{Pipeline, Pipelines};
use crate::model::Book;
use crate::{tr, tr_n};

/// Switch the board to another pipeline.
pub const ACTION: Action = Action {
    name: "switch-pipeline",
    title: "Switch to another pipeline",
    hint: "pipeline",
    group: Group::Deals,
    scope: Scope::Board,
    keys: &["p"],
    available: a_board,
    run,
};

fn run(context: &Context<'_>, input: &Input) -> Result<Outcome, ActionError> {
    if let Some(text) = &input.answer {
        let id = Id::try_from(text.as_str()).map_err(|e| ActionError::Refused(e.to_string()))?;
        return Ok(Outcome::Go(Place::Board(Some(id))));
    }
    // A view stays, asking for another pipeline.
    if let Place::View(..) = context.place {
        return Ok(Outcome::View(Intent::SwitchPipeline));
    }
    let current = match context.place {
        Place::Board(Some(id)) => Some(id.to_string()),
        _ => context.record().map(|card| card.text("pipeline").to_owned()).filter(|id| !id.is_empty()),
    };
    Ok(Outcome::Ask(question(context.book, current)))
}

/// Which pipeline, with how many deals each has.
pub fn question(book: &Book, current: Option<String>) -> Question {
    let style = book.settings().style();
    let deals = book.schema().find("opportunity").map_or("", |ty| ty.folder.as_str());
    let option = |pipeline: &Pipeline| {
        let count = book.linking(&pipeline.reference, deals, "pipeline").count();
        PickOption {
            value: pipeline.reference.id.to_string(),
            label: pipeline.name.to_string(),
            detail: tr_n!("{n} deal", "{n} deals", count; &style).into(),
        }
    };
    let options = Pipelines::of(book).all().iter().map(option).collect();
    Question::Pick { title: tr!("Which pipeline?").into(), options, current }
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn asks_for_the_pipeline() {
        scene("board direct").check(
            &ACTION,
            "pick Which pipeline?
             *direct = Direct (2 deals)
             renewals = Renewals (1 deal)",
        );
        scene("board direct").answer("renewals").check(&ACTION, "go pipeline/renewals");
        scene("list account").check(&ACTION, "unavailable: there is no board here: 5 goes to one");
    }
}
