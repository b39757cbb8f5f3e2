//! The stage of deals, the status of everything else: chosen from a list.

use super::word;
use crate::actions::when::some_records;
use crate::actions::{Action, ActionError, Context, Group, Input, Outcome, Reason, Scope};
use crate::model::FieldDef;
use crate::model::kinds::ChoiceItem;
use crate::tr;

/// Choose the stage of the deals, or the status of whatever it is.
pub const ACTION: Action = Action {
    name: "move",
    title: "Choose the stage or the status",
    hint: "move to",
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
    let (field, _) =
        common(context).ok_or_else(|| ActionError::Unavailable(tr!("this has no stage and no status")))?;
    word::choose(context, input, &field.name, "move")
}

fn common<'a>(context: &Context<'a>) -> Option<(&'a FieldDef, Vec<ChoiceItem>)> {
    word::common(context, |scope| scope.ty.state_field())
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
            "opportunities/pumps: stage Proposal → Lost, lost_reason
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

    #[test]
    fn a_case_that_waited_knows_for_how_long() {
        let policy = "name: Office\ndefault: true\npauses_on: [waiting_customer]\n";
        let case =
            "subject: W\nstatus: waiting_customer\npriority: low\nwaiting_since: 2026-11-21T12:30+01:00\n";
        let waiting = || {
            scene("list case @cases/w").with("sla_policies/office.yaml", policy).with("cases/w.yaml", case)
        };
        waiting().answer("open").check(
            &ACTION,
            "cases/w: status Waiting for customer → Open
             in cases/w.yaml
             - status: waiting_customer
             - waiting_since: 2026-11-21T12:30+01:00
             + status: open
             + paused_for: 1h30m",
        );
    }
}
