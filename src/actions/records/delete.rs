//! Records are removed; who points at them is told first.

use super::links::{pointing, relink};
use crate::actions::when::some_records;
use crate::actions::{Action, ActionError, Context, Group, Input, Outcome, Place, Question, Scope};
use crate::base::Ref;
use crate::model::kinds::title_of_ref;
use crate::model::{Change, ChangeSet, EditOp, FieldDef};
use crate::{tr, tr_n};

/// Delete the marked records, or the one under the cursor, after asking. Links to them are cleared along.
pub const ACTION: Action = Action {
    name: "delete",
    title: "Delete, and clear the links to it",
    hint: "",
    group: Group::Records,
    scope: Scope::Global,
    keys: &["d"],
    available: some_records,
    run,
};

/// So many records are named before the rest is counted.
const NAMED: usize = 8;
/// And so many of those that stand in the way, which have to be told in a few lines.
const REFUSED: usize = 3;

fn run(context: &Context<'_>, input: &Input) -> Result<Outcome, ActionError> {
    let targets = context.targets();
    let cleared = cleared(context, &targets)?;
    if !input.confirmed {
        return Ok(Outcome::Ask(confirm(context, &targets, &cleared)));
    }
    let gone = targets.iter().map(|reference| Change::Delete { reference: reference.clone() });
    let set = ChangeSet::new("delete", cleared.into_iter().chain(gone).collect());
    let summary = match targets.as_slice() {
        [one] => {
            let ty = context.book.schema().in_folder(&one.folder).map_or("record", |ty| ty.name.as_str());
            format!("{one}: deleted {} {}", ty.replace('_', " "), title_of_ref(context.book, one))
        }
        several => format!("deleted {} records", several.len()),
    };
    let then = match context.place {
        Place::Record(page) if targets.contains(page) => {
            context.book.schema().in_folder(&page.folder).map(|ty| Place::List(ty.name.clone()))
        }
        _ => None,
    };
    Ok(Outcome::Change(set.with_summary(summary), then))
}

/// The changes that clear every link to the targets. A record that can't be without its link stands in the way.
fn cleared(context: &Context<'_>, targets: &[Ref]) -> Result<Vec<Change>, ActionError> {
    let book = context.book;
    let mut changes = Vec::new();
    let mut stuck = Vec::new();
    for from in pointing(book, targets) {
        let Some(record) = book.get(&from) else { continue };
        let Some(change) = relink(book, record, targets, |_| None) else { continue };
        if let Some(field) = required(context, &change) {
            stuck.push(tr!("{record} ({field})", record = from, field = field.name));
        }
        changes.push(change);
    }
    if stuck.is_empty() {
        return Ok(changes);
    }
    let count = stuck.len();
    let message = tr_n!(
        "{n} record can't be without it: change or delete that first, or mark it too: {list}",
        "{n} records can't be without it: change or delete them first, or mark them too: {list}",
        count,
        list = some(stuck.into_iter().map(String::from), REFUSED).join(", ")
    );
    Err(ActionError::Refused(message.into()))
}

/// The required field that the change empties.
fn required<'a>(context: &Context<'a>, change: &Change) -> Option<&'a FieldDef> {
    let Change::Set { reference, edits } = change else { return None };
    let ty = context.book.schema().in_folder(&reference.folder)?;
    let emptied = edits.iter().filter(|e| e.op == EditOp::Clear);
    emptied.filter_map(|e| ty.field(&e.path.field)).find(|f| f.required)
}

fn confirm(context: &Context<'_>, targets: &[Ref], cleared: &[Change]) -> Question {
    let named = |r: &Ref| tr!("{title} ({reference})", title = title_of_ref(context.book, r), reference = r);
    let title = match targets {
        [one] => tr!("Delete {record}", record = title_of_ref(context.book, one)),
        several => tr_n!("Delete {n} record", "Delete {n} records", several.len()),
    };
    let mut details: Vec<String> = Vec::new();
    match targets {
        [one] => details.push(one.to_string()),
        several => details.extend(some(several.iter().map(|r| named(r).into_owned()), NAMED)),
    }
    if !cleared.is_empty() {
        let line = tr_n!(
            "{n} record points at it and loses the link:",
            "{n} records point at it and lose the link:",
            cleared.len()
        );
        details.push(line.into());
        let lines = cleared.iter().filter_map(|change| match change {
            Change::Set { reference, edits } => {
                let fields: Vec<_> = edits.iter().map(|e| e.path.to_string()).collect();
                Some(tr!("{record}: {fields}", record = named(reference), fields = fields.join(", ")).into())
            }
            _ => None,
        });
        details.extend(some(lines, NAMED));
    }
    details.push(tr!("undo brings it back").into());
    Question::Confirm { title: title.into(), details, yes: 'y', verb: tr!("delete").into() }
}

/// The first few, and how many more there are.
fn some(lines: impl Iterator<Item = String>, named: usize) -> Vec<String> {
    let mut lines: Vec<String> = lines.collect();
    let more = lines.len().saturating_sub(named);
    if more > 1 {
        lines.truncate(named);
        lines.push(tr!("and {n} more", n = more).into());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;

    #[test]
    fn says_who_points_at_it() {
        scene("list contact @contacts/tom-reuter").check(
            &ACTION,
            "confirm Delete Tom Reuter [y delete]
             contacts/tom-reuter
             1 record points at it and loses the link:
             Pumps (opportunities/pumps): contacts
             undo brings it back",
        );
        scene("list product @products/p-100").check(
            &ACTION,
            "confirm Delete Pump P 100 [y delete]
             products/p-100
             1 record points at it and loses the link:
             Pumps (opportunities/pumps): lines
             undo brings it back",
        );
        scene("list case *cases/noise *cases/solved").check(
            &ACTION,
            "confirm Delete 2 records [y delete]
             Noise (cases/noise)
             Solved (cases/solved)
             undo brings it back",
        );
    }

    #[test]
    fn clears_the_links_in_the_same_commit() {
        scene("record contacts/marta-lind").yes().check(
            &ACTION,
            "contacts/marta-lind: deleted contact Marta Lind
             in accounts/acme.yaml
             - primary_contact: marta-lind
             in cases/reboot.yaml
             - contact: marta-lind
             gone contacts/marta-lind.yaml
             in contacts/tom-reuter.yaml
             - reports_to: marta-lind
             in opportunities/pumps.yaml
             - contact: marta-lind
             - contacts: [tom-reuter, marta-lind]
             + contacts: [tom-reuter]
             go contact",
        );
        scene("list product @products/p-100").yes().check(
            &ACTION,
            "products/p-100: deleted product Pump P 100
             in opportunities/pumps.yaml
             - - {id: a1b2, product: p-100, quantity: 3}
             + - {id: a1b2, quantity: 3}
             gone products/p-100.yaml",
        );
    }

    #[test]
    fn what_cannot_be_without_it_stands_in_the_way() {
        scene("list pipeline @pipelines/renewals").check(
            &ACTION,
            "refused: 1 record can't be without it: change or delete that first, or mark it too: opportunities/care \
             (pipeline)",
        );
        scene("home *pipelines/renewals *opportunities/care").yes().check(
            &ACTION,
            "deleted 2 records
             gone opportunities/care.yaml
             gone pipelines/renewals.yaml",
        );
        scene("home").check(&ACTION, "unavailable: there is no record under the cursor");
    }
}
