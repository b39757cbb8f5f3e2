//! The stage of deals, the status of everything else: chosen from a list.

use super::missing;
use crate::actions::when::some_records;
use crate::actions::{
    Action, ActionError, Context, Group, Input, Outcome, PickOption, Question, Reason, Scope,
};
use crate::model::kinds::{ChoiceItem, choices, title_of_ref};
use crate::model::{FieldDef, FieldEdit, Scope as Fields, Value};
use crate::{tr, tr_n};

/// Choose the stage of the deals, or the status of whatever it is.
pub const ACTION: Action = Action {
    name: "move",
    title: "Choose the stage or the status",
    hint: "move",
    group: Group::Records,
    scope: Scope::Global,
    keys: &["m"],
    available,
    run,
};

fn available(context: &Context<'_>) -> Result<(), Reason> {
    some_records(context)?;
    match common(context) {
        None => Err(tr!("this has no stage and no status")),
        Some((_, words)) if words.is_empty() => Err(tr!("these have no stage in common")),
        Some(_) => Ok(()),
    }
}

fn run(context: &Context<'_>, input: &Input) -> Result<Outcome, ActionError> {
    let (field, words) =
        common(context).ok_or_else(|| ActionError::Unavailable(tr!("this has no stage and no status")))?;
    let targets = context.targets();
    let Some(answer) = &input.answer else {
        let label = field.label.get(context.book.settings().language());
        let title = match targets.as_slice() {
            [one] => tr!("{field} of {title}", field = label, title = title_of_ref(context.book, one)),
            several => tr_n!("{field} of {n} record", "{field} of {n} records", several.len(), field = label),
        };
        let current =
            targets.first().and_then(|t| context.book.get(t)).map(|r| r.text(&field.name).to_owned());
        let option =
            |c: ChoiceItem| PickOption { value: c.value.to_string(), label: c.label, detail: String::new() };
        let options = words.into_iter().map(option).collect();
        return Ok(Outcome::Ask(Question::Pick { title: title.into(), options, current }));
    };
    let chosen =
        words.into_iter().find(|word| word.value == *answer).ok_or_else(|| ActionError::BadValue {
            field: field.name.to_string(),
            message: tr!("there is no '{word}'", word = answer).into(),
        })?;
    let title = match targets.as_slice() {
        [one] => tr!("{title} → {stage}", title = title_of_ref(context.book, one), stage = chosen.label),
        several => {
            tr_n!("{n} record → {stage}", "{n} records → {stage}", several.len(), stage = chosen.label)
        }
    };
    let edit = || vec![FieldEdit::put(&field.name, Value::Text(chosen.value.clone()))];
    let edits = targets.into_iter().map(|target| (target, edit())).collect();
    missing::complete(context, input, "move", &title, edits)
}

/// The state field of the targets, and the words that every one of them may have in it. `None` where one has no
/// such field, or they differ in it.
fn common<'a>(context: &Context<'a>) -> Option<(&'a FieldDef, Vec<ChoiceItem>)> {
    let mut found: Option<(&FieldDef, Vec<ChoiceItem>)> = None;
    for target in context.targets() {
        let scope = Fields::of(context.book, context.book.get(&target)?)?;
        let field = scope.ty.state_field()?;
        let words = choices(&scope, field);
        found = match found {
            None => Some((field, words)),
            Some((first, _)) if first.name != field.name => return None,
            Some((first, mut common)) => {
                common.retain(|word| words.iter().any(|w| w.value == word.value));
                Some((first, common))
            }
        };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn a_deal_goes_to_any_stage() {
        scene("record opportunities/pumps").check(
            &ACTION,
            "pick Stage of Pumps
             *proposal = Proposal
             talks = Negotiation
             won = Won
             lost = Lost",
        );
        scene("record opportunities/pumps").answer("lost").check(
            &ACTION,
            "form Pumps → Lost: opportunities/pumps
             only lost_reason
             preset stage=lost",
        );
        scene("record opportunities/pumps").answer("lost").fields("{lost_reason: timing}").check(
            &ACTION,
            "opportunities/pumps: stage, lost_reason
             in opportunities/pumps.yaml
             - stage: proposal # since the fair
             + stage: lost # since the fair
             + stage_since: 2026-11-21
             + closed_at: 2026-11-21T14:00+01:00
             + lost_reason: timing",
        );
    }

    #[test]
    fn several_go_where_all_can() {
        scene("list opportunity *opportunities/pumps *opportunities/care").check(
            &ACTION,
            "pick Stage of 2 records
             talks = Negotiation",
        );
        scene("home *cases/noise *activities/demo")
            .check(&ACTION, "unavailable: these have no stage in common");
        scene("home *cases/noise *opportunities/pumps")
            .check(&ACTION, "unavailable: this has no stage and no status");
        scene("list product @products/p-100").check(&ACTION, "unavailable: this has no stage and no status");
        scene("home").check(&ACTION, "unavailable: there is no record under the cursor");
    }

    #[test]
    fn a_case_has_a_status() {
        scene("list case *cases/noise *cases/reboot").answer("waiting_customer").check(
            &ACTION,
            "2 cases: status → Waiting for customer
             in cases/noise.yaml
             - status: new
             + status: waiting_customer
             + waiting_since: 2026-11-21T14:00+01:00
             in cases/reboot.yaml
             - status: open
             + status: waiting_customer
             + waiting_since: 2026-11-21T14:00+01:00",
        );
    }
}
