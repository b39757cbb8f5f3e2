//! A new activity about what is under the cursor, in a short form.

use crate::actions::records::new::find;
use crate::actions::records::start::put;
use crate::actions::{ActionError, Context, FormQuestion, Input, Outcome, Place, Question};
use crate::base::Ref;
use crate::model::edit::edited;
use crate::model::kinds::title_of_ref;
use crate::model::resolve::{link_target, spell_link};
use crate::model::{Change, ChangeSet, FieldEdit, Moment, Record, TypeDef, Value, create};
use crate::{tr, tr_n};
use smol_str::SmolStr;

/// What a kind of activity starts with, and what its form shows.
pub struct Quick {
    /// The action's name.
    pub action: &'static str,
    /// What the form is called, before the record it is about.
    pub title: std::borrow::Cow<'static, str>,
    /// The fields of the form, the most needed first.
    pub only: &'static [&'static str],
    /// What differs from the schema's defaults.
    pub preset: Vec<(SmolStr, Value)>,
}

/// Asks with the short form, or makes the activity: one about each record there is one for.
pub fn quick(context: &Context<'_>, input: &Input, quick: Quick) -> Result<Outcome, ActionError> {
    let ty = find(context, "activity")?;
    let about: Vec<Ref> = about(context, ty);
    if input.fields.is_empty() {
        return Ok(Outcome::Ask(ask(context, ty, &about, quick)));
    }
    let mut rng = context.rng();
    let mut changes = Vec::new();
    let each: Vec<Option<&Ref>> =
        if about.is_empty() { vec![None] } else { about.iter().map(Some).collect() };
    for about in each {
        let start = start(context, ty, about, &quick.preset);
        let edits: Vec<_> =
            input.fields.iter().map(|(path, op)| FieldEdit { path: path.clone(), op: op.clone() }).collect();
        let mut fields = edited(&start, &edits);
        fields.retain(|(_, value)| !value.is_empty());
        let reference = create::new_reference(context.book, ty, &fields, context.now, &mut rng);
        changes.extend(about.and_then(|about| first_response(context, about, &fields)));
        changes.push(Change::Create { reference, fields });
    }
    Ok(Outcome::Change(ChangeSet::new(quick.action, changes), None))
}

fn ask(context: &Context<'_>, ty: &TypeDef, about: &[Ref], quick: Quick) -> Question {
    let named = match about {
        [] => None,
        [one] => Some(title_of_ref(context.book, one)),
        several => Some(tr_n!("{n} record", "{n} records", several.len()).into()),
    };
    let title = match named {
        Some(named) => tr!("{what} · {record}", what = quick.title, record = named).into(),
        None => quick.title.into_owned(),
    };
    // With several records the form can't show what each activity is about.
    let several = about.len() > 1;
    let own = |name: &&&str| !(several && matches!(**name, "about" | "contacts"));
    let mut preset = start(context, ty, about.first(), &quick.preset);
    preset.retain(|(name, _)| !(several && matches!(name.as_str(), "about" | "contacts")));
    Question::Form(FormQuestion {
        title,
        makes: true,
        type_name: ty.name.clone(),
        reference: None,
        only: quick.only.iter().filter(own).map(SmolStr::new).collect(),
        preset,
    })
}

fn start(
    context: &Context<'_>,
    ty: &TypeDef,
    about: Option<&Ref>,
    preset: &[(SmolStr, Value)],
) -> Vec<(SmolStr, Value)> {
    let schema = context.book.schema();
    let mut fields = create::defaults(ty, context.me, context.now);
    for (name, value) in preset {
        put(&mut fields, name, value.clone());
    }
    let record = about.and_then(|about| context.book.get(about));
    if let (Some(about), Some(field)) = (about, ty.field("about")) {
        put(&mut fields, "about", Value::Text(spell_link(schema, field, about)));
    }
    if let Some(contact) = record.map(|r| r.text("contact")).filter(|id| !id.is_empty()) {
        put(&mut fields, "contacts", Value::texts([contact]));
    }
    fields
}

/// The records the activities are to be about: the marked ones, the one under the cursor, or the page's. In place
/// of an activity stands what that one is about.
fn about(context: &Context<'_>, ty: &TypeDef) -> Vec<Ref> {
    let page = match context.place {
        Place::Record(page) | Place::History(Some(page)) => Some(page.clone()),
        _ => None,
    };
    let mut found: Vec<Ref> = Vec::new();
    for target in context.targets().into_iter().filter_map(|target| subject(context, ty, &target)) {
        if !found.contains(&target) {
            found.push(target);
        }
    }
    if found.is_empty() {
        found.extend(page.and_then(|page| subject(context, ty, &page)));
    }
    found
}

/// The record itself, where an activity may be about it; else what it is about itself.
fn subject(context: &Context<'_>, ty: &TypeDef, target: &Ref) -> Option<Ref> {
    let schema = context.book.schema();
    let field = ty.field("about")?;
    let record: &Record = context.book.get(target)?;
    if schema.targets(field).any(|t| t.folder == target.folder) {
        return Some(target.clone());
    }
    let own = schema.in_folder(&target.folder)?.field("about")?;
    link_target(schema, own, record.text("about")).filter(|about| context.book.get(about).is_some())
}

/// A case whose customer hears from a person for the first time by this activity: its clock has reached its goal.
fn first_response(context: &Context<'_>, about: &Ref, fields: &[(SmolStr, Value)]) -> Option<Change> {
    let text = |name: &str| fields.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str());
    let reached = matches!(text("type"), "call" | "email" | "meeting" | "visit")
        && text("status") == "done"
        && text("direction") != "inbound"
        && !matches!(text("outcome"), "no_answer" | "wrong_number" | "no_show" | "left_message");
    let case = context.book.get(about)?;
    let ty = context.book.schema().in_folder(&about.folder)?;
    if !reached || ty.name != "case" || case.has("first_response_at") {
        return None;
    }
    let field = ty.field("first_response_at")?;
    // The customer heard when the call took place, if it was noted later. A day alone says too little.
    let due = Moment::read(text("due")).filter(|due| matches!(due, Moment::At(at) if *at <= context.now.utc));
    let opened = case.moment("opened_at").map(|at| at.start(context.now.zone));
    let due = due.filter(|due| opened.is_none_or(|opened| opened <= due.start(context.now.zone)));
    let then = due.map(|due| Value::text(due.to_string()));
    let then = then.unwrap_or_else(|| crate::model::stamp::current(field, context.now));
    Some(Change::Set { reference: about.clone(), edits: vec![FieldEdit::put("first_response_at", then)] })
}
