//! Save what a list or a board shows as a view.

use crate::actions::records::new::{find, make};
use crate::actions::records::set::set;
use crate::actions::when::a_list_or_board;
use crate::actions::{
    Action, ActionError, Context, FormQuestion, Group, Input, Outcome, Place, Question, Scope,
};
use crate::crm::views::{Standing, View, views};
use crate::model::edit::edited;
use crate::model::{Change, ChangeSet, EditOp, FieldEdit, FieldPath, FieldsRef, Record, Value};
use crate::tr;
use smol_str::SmolStr;
use std::sync::Arc;

/// Save what the list or board shows as a view.
pub const ACTION: Action = Action {
    name: "save-view",
    title: "Save this list or board as a view",
    hint: "save view",
    group: Group::View,
    scope: Scope::List,
    keys: &["+"],
    available: a_list_or_board,
    run,
};

fn run(context: &Context<'_>, input: &Input) -> Result<Outcome, ActionError> {
    let shown = context.shown.ok_or_else(|| ActionError::Unavailable(tr!("there is no list here")))?;
    if let Err(error) = shown.read_query(context.book, context.me, context.now) {
        return Err(ActionError::Unavailable(tr!("mend the filter first: {error}", error = error)));
    }
    let ty = find(context, "view")?;
    let stored = stored(context, shown);
    if input.fields.is_empty() {
        return Ok(Outcome::Ask(Question::Form(form(context, shown, stored))));
    }
    let given = input.fields.iter().map(|(path, op)| FieldEdit { path: path.clone(), op: op.clone() });
    let edits: Vec<_> = edits(shown, stored).into_iter().chain(given).collect();
    let mut fields = edited(stored.map_or(FieldsRef::NONE, |record| (&record.fields).into()), &edits);
    fields.retain(|(_, value)| !value.is_empty());
    let view = View::of_fields(&shown.id, (&fields).into());
    let over = stored.filter(|record| record.text("name").trim() == view.name);
    refuse_taken(context, &view, over)?;
    let set = match over {
        Some(record) => {
            let edits: Vec<_> = edits.into_iter().map(|edit| (edit.path, edit.op)).collect();
            set(std::slice::from_ref(&record.reference), &edits, ACTION.name)
        }
        None => make(context, ty, fields, &Input::default(), ACTION.name),
    };
    let place = place(&set, &view);
    Ok(Outcome::Change(set, place))
}

/// The record of the view that is shown, where it has one.
fn stored<'a>(context: &Context<'a>, shown: &View) -> Option<&'a Arc<Record>> {
    context.book.of_type("view").iter().find(|record| record.id().as_str() == shown.id)
}

/// What it is called, whose it is, and its key. What it shows is there already.
fn form(context: &Context<'_>, shown: &View, stored: Option<&Arc<Record>>) -> FormQuestion {
    let mut preset: Vec<(SmolStr, Value)> = edits(shown, stored)
        .into_iter()
        .map(|edit| match edit.op {
            EditOp::Put(value) => (edit.path.field, value),
            _ => (edit.path.field, Value::Empty),
        })
        .collect();
    let title = match stored {
        Some(_) => tr!("Save the view: another name makes a new one"),
        None => {
            let key = shown.key.map(|key| Value::text(key.to_string())).unwrap_or_default();
            let owner = context.me.map(|me| Value::text(me.as_str())).unwrap_or_default();
            preset.extend([
                ("name".into(), Value::text(shown.name.as_str())),
                ("owner".into(), owner),
                ("key".into(), key),
            ]);
            tr!("Save as a view")
        }
    };
    FormQuestion {
        title: title.into(),
        type_name: "view".into(),
        makes: stored.is_none(),
        reference: stored.map(|record| record.reference.clone()),
        only: ["name", "owner", "key"].map(SmolStr::new_static).to_vec(),
        preset,
    }
}

/// What makes a view's record show this.
fn edits(shown: &View, stored: Option<&Arc<Record>>) -> Vec<FieldEdit> {
    let unsaid = |name: &str| stored.is_none_or(|record| !record.has(name));
    let edit = |(name, value): (&'static str, Value)| {
        // A list is what a view is anyway.
        let value =
            if name == "layout" && value.as_str() == "list" && unsaid(name) { Value::Empty } else { value };
        let op = if value.is_empty() { EditOp::Clear } else { EditOp::Put(value) };
        FieldEdit { path: FieldPath::field(name), op }
    };
    shown.settings().into_iter().map(edit).collect()
}

/// Two views somebody is offered go neither by one name nor by one key. What is built in gives way.
fn refuse_taken(context: &Context<'_>, view: &View, over: Option<&Arc<Record>>) -> Result<(), ActionError> {
    let itself = |other: &View| over.is_some_and(|record| record.id().as_str() == other.id);
    let others = views(context.book, context.me);
    let mut others = others.iter().filter(|other| other.standing != Standing::Builtin && !itself(other));
    let taken = |field: &str, message: String| ActionError::BadValue { field: field.to_owned(), message };
    match others.find(|o| {
        o.name.to_lowercase() == view.name.to_lowercase() || (view.key.is_some() && o.key == view.key)
    }) {
        None => Ok(()),
        Some(other) if view.key.is_some() && other.key == view.key => {
            let key = view.key.unwrap_or_default();
            Err(taken("key", tr!("{key} opens {name} already", key = key, name = other.name).into()))
        }
        Some(other) => Err(taken("name", tr!("{name} is there already", name = other.name).into())),
    }
}

fn place(set: &ChangeSet, view: &View) -> Option<Place> {
    let reference = match set.changes.first()? {
        Change::Create { reference, .. } | Change::Set { reference, .. } => reference,
        _ => return None,
    };
    Some(Place::View(reference.id.as_str().into(), view.type_name.clone(), view.layout))
}

#[cfg(test)]
mod tests {
    use super::ACTION;
    use crate::actions::testing::scene;
    use crate::crm::views::{Layout, Standing, View};

    fn shown() -> View {
        View {
            type_name: "opportunity".into(),
            query: "stage:talks owner:me".into(),
            sort: vec!["-amount".into()],
            ..View::default()
        }
    }

    #[test]
    fn asks_for_a_name_and_makes_a_record() {
        scene("list opportunity").shows(shown()).check(
            &ACTION,
            "form Save as a view: new view
             only name owner key
             preset type=opportunity query=stage:talks owner:me layout= columns= sort=-amount group= name= owner=lena key=",
        );
        let board = View { layout: Layout::Board, group: Some("stage".into()), ..shown() };
        scene("board").shows(board).fields("{name: Big Talks, key: x}").check(
            &ACTION,
            "views/big-talks: new view Big Talks
             new views/big-talks.yaml
             + name: Big Talks
             + key: x
             + type: opportunity
             + query: stage:talks owner:me
             + layout: board
             + sort: \"-amount\"
             + group: stage
             go view/big-talks",
        );
        scene("home").check(&ACTION, "unavailable: there is no list here");
    }

    const FILE: &str = "name: Talks # ours\ntype: opportunity\nquery: stage:talks\ncolumns: [name]\nkey: t\n";

    #[test]
    fn saves_over_the_view_it_came_from() {
        let list = || {
            let view = View { id: "talks".into(), name: "Talks".into(), key: Some('t'), ..shown() };
            scene("list opportunity").with("views/talks.yaml", FILE).shows(view)
        };
        list().check(
            &ACTION,
            "form Save the view: another name makes a new one: views/talks
             only name owner key
             preset type=opportunity query=stage:talks owner:me layout= columns= sort=-amount group=",
        );
        list().fields("{key: u}").check(
            &ACTION,
            "views/talks: query, sort, key, columns
             in views/talks.yaml
             - query: stage:talks
             - columns: [name]
             - key: t
             + query: stage:talks owner:me
             + sort: \"-amount\"
             + key: u
             go view/talks",
        );
        list().fields("{name: My talks, owner: lena, key: m}").check(
            &ACTION,
            "views/my-talks: new view My talks
             new views/my-talks.yaml
             + name: My talks
             + owner: lena
             + key: m
             + type: opportunity
             + query: stage:talks owner:me
             + sort: \"-amount\"
             go view/my-talks",
        );
    }

    #[test]
    fn names_and_keys_are_not_taken_twice_but_from_what_is_built_in() {
        let list = || scene("list opportunity").with("views/talks.yaml", FILE).shows(shown());
        list().fields("{name: talks}").check(&ACTION, "refused: name: Talks is there already");
        list().fields("{name: Other, key: t}").check(&ACTION, "refused: key: t opens Talks already");
        let builtin = View { id: "my-open-deals".into(), standing: Standing::Builtin, ..shown() };
        scene("list opportunity").shows(builtin).fields("{name: My open deals, key: m}").check(
            &ACTION,
            "views/my-open-deals: new view My open deals
             new views/my-open-deals.yaml
             + name: My open deals
             + key: m
             + type: opportunity
             + query: stage:talks owner:me
             + sort: \"-amount\"
             go view/my-open-deals",
        );
    }
}
