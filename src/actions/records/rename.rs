//! Another id for a record, and every link to it along.

use super::links::relink;
use crate::actions::when::a_record;
use crate::actions::{Action, ActionError, Context, Group, Input, Outcome, Place, Question, Scope};
use crate::base::slug::slug;
use crate::base::{Id, Ref};
use crate::model::{Change, ChangeSet};
use crate::tr;

/// Give the record another id; links to it are rewritten in the same commit.
pub const ACTION: Action = Action {
    name: "rename",
    title: "Rename the id, with every link to it",
    hint: "",
    group: Group::Records,
    scope: Scope::Global,
    keys: &["R"],
    available: a_record,
    run,
};

fn run(context: &Context<'_>, input: &Input) -> Result<Outcome, ActionError> {
    let from =
        context.here.ok_or_else(|| ActionError::Unavailable(tr!("there is no record under the cursor")))?;
    let Some(text) = &input.answer else {
        return Ok(Outcome::Ask(Question::Text {
            title: tr!("New id of {reference}", reference = from).into(),
            initial: from.id.to_string(),
            hint: tr!("small letters, digits and dashes; links to it follow").into(),
        }));
    };
    let id = id(context, from, text)?;
    let to = Ref { folder: from.folder.clone(), id: id.clone() };
    if to == *from {
        return Err(bad(tr!("{reference} is called that already", reference = from).into()));
    }
    if context.book.get(&to).is_some() {
        return Err(bad(tr!("{reference} is there already: choose another id", reference = to).into()));
    }
    let gone = std::slice::from_ref(from);
    let mut linking: Vec<Ref> = context.book.backlinks(from).iter().map(|link| link.from.clone()).collect();
    linking.sort();
    linking.dedup();
    let mut changes = vec![Change::Rename { from: from.clone(), to: id }];
    for record in linking.iter().filter_map(|r| context.book.get(r)) {
        changes.extend(relink(context.book, record, gone, |_| Some(to.clone())).map(|c| moved(c, from, &to)));
    }
    let set = ChangeSet::new("rename", changes).with_summary(format!("{to}: renamed from {from}"));
    let then = matches!(context.place, Place::Record(page) if page == from).then_some(Place::Record(to));
    Ok(Outcome::Change(set, then))
}

/// A record that points at itself is changed under its new name.
fn moved(change: Change, from: &Ref, to: &Ref) -> Change {
    match change {
        Change::Set { reference, edits } if reference == *from => {
            Change::Set { reference: to.clone(), edits }
        }
        other => other,
    }
}

fn id(context: &Context<'_>, from: &Ref, text: &str) -> Result<Id, ActionError> {
    let text = text.trim();
    // People may type the whole reference, or a name.
    let own = |folder: &str| context.book.schema().find(folder).is_some_and(|ty| ty.folder == from.folder);
    let text = text.split_once('/').filter(|(folder, _)| own(folder)).map_or(text, |(_, id)| id);
    Id::try_from(text).map_err(|error| {
        let near = slug(text).map(|id| tr!("; {id} would do", id = id)).unwrap_or_default();
        bad(format!("{error}{near}"))
    })
}

fn bad(message: String) -> ActionError {
    ActionError::BadValue { field: tr!("id").into(), message }
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn asks_for_the_id() {
        scene("list contact @contacts/marta-lind").check(
            &ACTION,
            "text New id of contacts/marta-lind: marta-lind (small letters, digits and dashes; links to it follow)",
        );
        scene("home").check(&ACTION, "unavailable: there is no record under the cursor");
    }

    #[test]
    fn every_link_follows() {
        scene("record contacts/marta-lind").answer("marta-berg").check(
            &ACTION,
            "contacts/marta-berg: renamed from contacts/marta-lind
             in accounts/acme.yaml
             - primary_contact: marta-lind
             + primary_contact: marta-berg
             in cases/reboot.yaml
             - contact: marta-lind
             + contact: marta-berg
             new contacts/marta-berg.yaml
             + first_name: Marta
             + last_name: Lind
             + account: acme # since 2021
             + emails: [marta@acme.example]
             + phones: [+49 40 123456]
             gone contacts/marta-lind.yaml
             in contacts/tom-reuter.yaml
             - reports_to: marta-lind
             + reports_to: marta-berg
             in opportunities/pumps.yaml
             - contact: marta-lind
             - contacts: [tom-reuter, marta-lind]
             + contact: marta-berg
             + contacts: [tom-reuter, marta-berg]
             go contacts/marta-berg",
        );
        scene("list product @products/p-100").answer("products/p-200").check(
            &ACTION,
            "products/p-200: renamed from products/p-100
             in opportunities/pumps.yaml
             - - {id: a1b2, product: p-100, quantity: 3}
             + - {id: a1b2, product: p-200, quantity: 3}
             gone products/p-100.yaml
             new products/p-200.yaml
             + name: Pump P 100",
        );
    }

    #[test]
    fn a_link_to_itself_follows_too() {
        let loop_ = scene("list account @accounts/loop")
            .with("accounts/loop.yaml", "name: L\nparent_account: loop\n");
        loop_.answer("ring").check(
            &ACTION,
            "accounts/ring: renamed from accounts/loop
             gone accounts/loop.yaml
             new accounts/ring.yaml
             + name: L
             + parent_account: ring",
        );
    }

    #[test]
    fn bad_ids_are_refused_with_a_better_one() {
        let refused = |text: &str, why: &str| {
            scene("list account @accounts/acme").answer(text).check(&ACTION, &format!("refused: id: {why}"));
        };
        refused("acme", "accounts/acme is called that already");
        for elsewhere in ["../../x", "products/x", "accounts/../x", "x/acme-2"] {
            let outcome = scene("list account @accounts/acme").answer(elsewhere).run(&ACTION);
            assert!(outcome.is_err(), "{elsewhere}: {outcome:?}");
        }
        refused("bolt", "accounts/bolt is there already: choose another id");
        let outcome = scene("list account @accounts/acme").answer("Acme SE").run(&ACTION).unwrap_err();
        assert!(outcome.to_string().ends_with("; acme-se would do"), "{outcome}");
    }
}
