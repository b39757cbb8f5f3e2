//! Whose it is.

use crate::actions::when::have_field;
use crate::actions::{Action, ActionError, Context, Group, Input, Outcome, PickOption, Question, Scope};
use crate::base::Ref;
use crate::crm::people;
use crate::model::{Change, ChangeSet, FieldEdit, Record, Value};
use crate::{tr, tr_n};
use std::sync::Arc;

/// Choose the owner of the records: a colleague, or nobody.
pub const ACTION: Action = Action {
    name: "owner",
    title: "Choose the owner",
    hint: "owner",
    group: Group::Records,
    scope: Scope::Global,
    keys: &["o"],
    available: |context| have_field(context, "owner"),
    run,
};

fn run(context: &Context<'_>, input: &Input) -> Result<Outcome, ActionError> {
    let targets = context.targets();
    let Some(answer) = &input.answer else { return Ok(Outcome::Ask(ask(context, &targets))) };
    let edit = match answer.as_str() {
        "" => FieldEdit::clear("owner"),
        id => FieldEdit::put("owner", Value::text(id)),
    };
    let change = |reference: Ref| Change::Set { reference, edits: vec![edit.clone()] };
    Ok(Outcome::Change(ChangeSet::new("owner", targets.into_iter().map(change).collect()), None))
}

/// Colleagues who still work here, oneself first, then nobody.
fn ask(context: &Context<'_>, targets: &[Ref]) -> Question {
    let mut users = people::active(context.book);
    users.sort_by_key(|user| Some(user.id()) != context.me);
    let option = |user: &Arc<Record>| {
        let me = (Some(user.id()) == context.me).then(|| tr!("you"));
        PickOption {
            value: user.id().to_string(),
            label: people::name(context.book, user.id().as_str()),
            detail: me.unwrap_or_default().into(),
        }
    };
    let mut options: Vec<_> = users.iter().map(option).collect();
    options.push(PickOption { value: String::new(), label: tr!("Nobody").into(), detail: String::new() });
    let title = match targets {
        [one] => tr!("Owner of {title}", title = crate::model::kinds::title_of_ref(context.book, one)),
        several => tr_n!("Owner of {n} record", "Owner of {n} records", several.len()),
    };
    let current = targets.first().and_then(|r| context.book.get(r)).map(|r| r.text("owner").to_owned());
    Question::Pick { title: title.into(), options, current }
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn is_chosen_among_those_who_work_here() {
        scene("list account @accounts/acme").check(
            &ACTION,
            "pick Owner of Acme GmbH
             *lena = Lena Vogt (you)
             jonas = Jonas Riis
             = Nobody",
        );
        scene("list account *accounts/acme *accounts/bolt").answer("jonas").check(
            &ACTION,
            "2 accounts: owner → Jonas Riis
             in accounts/acme.yaml
             - owner: lena
             + owner: jonas
             in accounts/bolt.yaml
             + owner: jonas",
        );
        scene("list account @accounts/acme").answer("").check(
            &ACTION,
            "accounts/acme: owner Lena Vogt → (empty)
             in accounts/acme.yaml
             - owner: lena",
        );
        scene("list product @products/p-100").check(&ACTION, "unavailable: products have no owner");
        scene("home").check(&ACTION, "unavailable: there is no record under the cursor");
    }
}
