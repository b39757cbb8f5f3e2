//! When an action can be used, and how it is said that it can't.

use super::{Context, Place, Reason};
use crate::crm::views::Layout;
use crate::model::TypeDef;
use crate::{base::Ref, tr};

/// Always.
pub fn always(_: &Context<'_>) -> Result<(), Reason> {
    Ok(())
}

/// There is a record under the cursor, or this is its page.
pub fn a_record(context: &Context<'_>) -> Result<(), Reason> {
    let missing = |r: &Ref| tr!("{reference} is not there any more", reference = r);
    match (context.here, context.record()) {
        (Some(_), Some(_)) => Ok(()),
        (Some(gone), None) => Err(missing(gone)),
        (None, _) => Err(tr!("there is no record under the cursor")),
    }
}

/// There are marked records, or one under the cursor, and all of them exist.
pub fn some_records(context: &Context<'_>) -> Result<(), Reason> {
    if context.marked.is_empty() {
        return a_record(context);
    }
    match context.marked.iter().find(|r| context.book.get(r).is_none()) {
        Some(gone) => Err(tr!("{reference} is marked, but not there any more", reference = gone)),
        None => Ok(()),
    }
}

/// Something is marked.
pub fn some_marks(context: &Context<'_>) -> Result<(), Reason> {
    match context.marked {
        [] => Err(tr!("nothing is marked: space marks")),
        _ => Ok(()),
    }
}

/// All records it is about are of the type of that name, and there is one.
pub fn only(context: &Context<'_>, type_name: &str) -> Result<(), Reason> {
    some_records(context)?;
    let ty = context.book.schema().find(type_name);
    let plural = ty.map_or_else(|| type_name.to_owned(), |ty| plural(context, ty));
    match context.targets_are(type_name) {
        true => Ok(()),
        false => Err(tr!("this works on {plural} only", plural = plural)),
    }
}

/// All records it is about have the field.
pub fn have_field(context: &Context<'_>, field: &str) -> Result<(), Reason> {
    some_records(context)?;
    let schema = context.book.schema();
    for target in context.targets() {
        let ty = schema.in_folder(&target.folder);
        if let Some(ty) = ty.filter(|ty| ty.field(field).is_none()) {
            return Err(tr!("{plural} have no {field}", plural = plural(context, ty), field = field));
        }
    }
    Ok(())
}

/// This is a list of one type.
pub fn a_list(context: &Context<'_>) -> Result<(), Reason> {
    match context.place {
        Place::List(_) | Place::Found(..) | Place::View(_, _, Layout::List) => Ok(()),
        _ => Err(tr!("there is no list here")),
    }
}

/// This is a screen that can show one's own records only: home, the board, or a list of one type.
pub fn anyones(context: &Context<'_>) -> Result<(), Reason> {
    match context.place {
        Place::Home | Place::Board(_) | Place::View(..) => Ok(()),
        _ => a_list(context),
    }
}

/// This is a list or a board.
pub fn a_list_or_board(context: &Context<'_>) -> Result<(), Reason> {
    match context.place {
        Place::Board(_) | Place::View(..) => Ok(()),
        _ => a_list(context),
    }
}

/// This is a board of any type.
pub fn any_board(context: &Context<'_>) -> Result<(), Reason> {
    match context.place {
        Place::View(_, _, Layout::Board) => Ok(()),
        _ => a_board(context),
    }
}

/// This is a board of deals.
pub fn a_board(context: &Context<'_>) -> Result<(), Reason> {
    match context.place {
        Place::Board(_) => Ok(()),
        Place::View(_, ty, Layout::Board) if ty == "opportunity" => Ok(()),
        _ => Err(tr!("there is no board here: 5 goes to one")),
    }
}

/// This is what would come of an import.
pub fn an_import(context: &Context<'_>) -> Result<(), Reason> {
    match context.place {
        Place::Import(Some(_)) => Ok(()),
        _ => Err(tr!("there is no import here: I chooses a file")),
    }
}

/// This is one record's page.
pub fn a_page(context: &Context<'_>) -> Result<(), Reason> {
    match context.place {
        Place::Record(_) => Ok(()),
        _ => Err(tr!("there is no page of a record here: open one first")),
    }
}

/// Several of a type, as people say it in a sentence.
pub fn plural(context: &Context<'_>, ty: &TypeDef) -> String {
    ty.plural_label.get(context.book.settings().language()).to_lowercase()
}
