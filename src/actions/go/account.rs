//! From a contact, a deal, a case or an activity to its account.

use crate::actions::when::a_record;
use crate::actions::{Action, ActionError, Context, Group, Input, Outcome, Place, Reason, Scope};
use crate::base::Ref;
use crate::model::resolve::link_target;
use crate::model::{Record, Scope as Fields};
use crate::tr;

/// Go to the account of the record under the cursor.
pub const ACTION: Action = Action {
    name: "go-account",
    title: "The account it belongs to",
    hint: "",
    group: Group::Go,
    scope: Scope::Global,
    keys: &["g a"],
    available,
    run,
};

fn available(context: &Context<'_>) -> Result<(), Reason> {
    a_record(context)?;
    account(context).map(|_| ()).ok_or_else(|| tr!("it belongs to no account"))
}

fn run(context: &Context<'_>, _: &Input) -> Result<Outcome, ActionError> {
    let account =
        account(context).ok_or_else(|| ActionError::Refused(tr!("it belongs to no account").into()))?;
    Ok(Outcome::Go(Place::Record(account)))
}

/// Its own account, or that of what it is about.
fn account(context: &Context<'_>) -> Option<Ref> {
    let record = context.record()?;
    linked(context, record, "account").or_else(|| {
        let about = linked(context, record, "about")?;
        let is_account = context.book.schema().in_folder(&about.folder)?.name == "account";
        if is_account { Some(about) } else { linked(context, context.book.get(&about)?, "account") }
    })
}

/// The record a link field points at, if it exists.
fn linked(context: &Context<'_>, record: &Record, field: &str) -> Option<Ref> {
    let fields = Fields::of(context.book, record)?;
    let target = link_target(context.book.schema(), fields.ty.field(field)?, record.text(field))?;
    context.book.get(&target).map(|r| r.reference.clone())
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn follows_the_links() {
        scene("list contact @contacts/marta-lind").check(&ACTION, "go accounts/acme");
        scene("board @opportunities/valves").check(&ACTION, "go accounts/bolt");
        scene("home @activities/call-acme").check(&ACTION, "go accounts/acme");
        scene("home @activities/demo").check(&ACTION, "go accounts/acme");
        scene("list case @cases/noise").check(&ACTION, "unavailable: it belongs to no account");
        scene("home").check(&ACTION, "unavailable: there is no record under the cursor");
    }
}
