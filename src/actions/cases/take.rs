//! What nobody has taken becomes mine.

use crate::actions::when::have_field;
use crate::actions::{Action, ActionError, Context, Group, Input, Outcome, Reason, Scope};
use crate::base::{Id, Ref};
use crate::model::{Change, ChangeSet, FieldEdit, Value};
use crate::tr;

/// Take the records: they are yours, and new cases are open.
pub const ACTION: Action = Action {
    name: "take",
    title: "Take it: it is yours, and a new case is open",
    hint: "take",
    group: Group::Cases,
    scope: Scope::Global,
    keys: &["w"],
    available,
    run,
};

fn available(context: &Context<'_>) -> Result<(), Reason> {
    have_field(context, "owner")?;
    let me = me(context)?;
    let mine = |r: &Ref| context.book.get(r).is_some_and(|record| record.text("owner") == me.as_str());
    match context.targets().iter().all(mine) {
        false => Ok(()),
        true => Err(tr!("that is yours already")),
    }
}

fn run(context: &Context<'_>, _: &Input) -> Result<Outcome, ActionError> {
    let me = me(context).map_err(ActionError::Unavailable)?;
    let change = |reference: Ref| {
        let mut edits = vec![FieldEdit::put("owner", Value::text(me.as_str()))];
        let ty = context.book.schema().in_folder(&reference.folder)?;
        if ty.name == "case" && context.book.get(&reference)?.text("status") == "new" {
            edits.push(FieldEdit::put("status", Value::text("open")));
        }
        Some(Change::Set { reference, edits })
    };
    let changes = context.targets().into_iter().filter_map(change).collect();
    Ok(Outcome::Change(ChangeSet::new("take", changes), None))
}

fn me<'a>(context: &Context<'a>) -> Result<&'a Id, Reason> {
    let unknown = || tr!("nobody knows who you are: add a user record with your git e-mail address");
    context.me.ok_or_else(unknown)
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn becomes_mine_and_open() {
        scene("list case @cases/noise").check(
            &ACTION,
            "cases/noise: status New → Open, owner
             in cases/noise.yaml
             - status: new
             + status: open
             + owner: lena",
        );
        scene("list case *cases/reboot *accounts/bolt").check(
            &ACTION,
            "2 records: owner → Lena Vogt
             in accounts/bolt.yaml
             + owner: lena
             in cases/reboot.yaml
             + owner: lena",
        );
    }

    #[test]
    fn says_why_not() {
        scene("list account @accounts/acme").check(&ACTION, "unavailable: that is yours already");
        scene("list product @products/p-100").check(&ACTION, "unavailable: products have no owner");
        scene("list case @cases/noise").nobody().check(
            &ACTION,
            "unavailable: nobody knows who you are: add a user record with your git e-mail address",
        );
        scene("home").check(&ACTION, "unavailable: there is no record under the cursor");
    }
}
