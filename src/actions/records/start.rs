//! What a new record starts with: the schema's defaults, and what follows from where it is made.

use crate::actions::{Context, Place};
use crate::base::Ref;
use crate::crm::pipeline::Pipelines;
use crate::crm::views::Layout;
use crate::model::resolve::spell_link;
use crate::model::{Book, FieldDef, Kind, Record, Scope, TypeDef, Value, create, kinds};
use smol_str::SmolStr;
use std::sync::Arc;

/// The fields a new record of the type starts with here. Made on a record's page it is linked to that record;
/// made on a board, it stands in the column under the cursor.
pub fn start(context: &Context<'_>, ty: &TypeDef) -> Vec<(SmolStr, Value)> {
    let mut fields = create::defaults(ty, context.me, context.now);
    if let Place::Record(page) = context.place
        && let Some(field) = link_to(context, ty, page)
    {
        put(&mut fields, &field.name, Value::Text(spell_link(context.book.schema(), field, page)));
    }
    if let Place::Record(page) = context.place {
        belong(context.book, ty, page, &mut fields);
    }
    let board = match context.place {
        Place::Board(pipeline) => Some(pipeline.as_ref()),
        Place::View(_, _, Layout::Board) => Some(None),
        _ => None,
    };
    if let Some(pipeline) = board.filter(|_| ty.name == "opportunity") {
        let card = context.record().filter(|card| card.has("pipeline"));
        let chosen = pipeline.map(|id| Value::text(id.as_str()));
        let of_card = |name: &str| card.map(|card| card.get(name).clone());
        if let Some(value) = chosen.or_else(|| of_card("pipeline")) {
            put(&mut fields, "pipeline", value);
        }
        if let Some(stage) = of_card("stage") {
            put(&mut fields, "stage", stage);
        }
    }
    complete(context, ty, &mut fields);
    fields
}

/// Lets a record belong to the account that `other` is or belongs to, unless it belongs to one already.
pub fn belong(book: &Book, ty: &TypeDef, other: &Ref, fields: &mut Vec<(SmolStr, Value)>) {
    let schema = book.schema();
    let Some((accounts, field)) = schema.find("account").zip(ty.field("account")) else { return };
    let fits =
        matches!(field.kind, Kind::Link(_)) && schema.targets(field).any(|to| to.folder == accounts.folder);
    if !fits || fields.iter().any(|(name, value)| *name == field.name && !value.is_empty()) {
        return;
    }
    let account = match other.folder == accounts.folder {
        true => Some(other.clone()),
        false => book
            .get(other)
            .and_then(|record| Some(Ref::new(accounts.folder.clone(), record.link("account")?))),
    };
    if let Some(account) = account.filter(|account| book.get(account).is_some()) {
        put(fields, &field.name, Value::Text(spell_link(schema, field, &account)));
    }
}

/// Fills in what follows from the fields there are: the default queue; the default pipeline, and its first stage.
pub fn complete(context: &Context<'_>, ty: &TypeDef, fields: &mut Vec<(SmolStr, Value)>) {
    let missing = |fields: &[(SmolStr, Value)], name: &str| {
        ty.field(name).is_some() && fields.iter().all(|(n, v)| n != name || v.is_empty())
    };
    if missing(fields, "pipeline") && ty.field("stage").is_some() {
        let pipelines = Pipelines::of(context.book);
        if let Some(pipeline) = pipelines.default() {
            put(fields, "pipeline", Value::text(pipeline.reference.id.as_str()));
        }
    }
    if missing(fields, "queue") {
        let takes = |queue: &&Arc<Record>| queue.flag("default") && queue.text("active") != "false";
        if let Some(queue) = context.book.of_type("queue").iter().find(takes) {
            put(fields, "queue", Value::text(queue.id().as_str()));
        }
    }
    if missing(fields, "stage")
        && let Some(field) = ty.field("stage")
    {
        let scope = Scope { book: context.book, ty, fields: (&*fields).into() };
        let first = kinds::choices(&scope, field).into_iter().find(|stage| !stage.closed);
        if let Some(stage) = first {
            put(fields, "stage", Value::Text(stage.value));
        }
    }
}

/// The field in which a record of the type says that it belongs to `page`: the first link to it that shows there.
pub fn link_to<'t>(context: &Context<'_>, ty: &'t TypeDef, page: &Ref) -> Option<&'t FieldDef> {
    let schema = context.book.schema();
    ty.fields.iter().find(|field| {
        matches!(field.kind, Kind::Link(_) | Kind::Links(_) | Kind::User)
            && !field.readonly
            && field.backlink.is_some()
            && schema.targets(field).any(|target| target.folder == page.folder)
    })
}

/// Sets a field, in the place it has or at the end.
pub fn put(fields: &mut Vec<(SmolStr, Value)>, name: &str, value: Value) {
    match fields.iter_mut().find(|(n, _)| n == name) {
        Some((_, old)) => *old = value,
        None => fields.push((name.into(), value)),
    }
}
