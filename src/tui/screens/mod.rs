//! The screens, one file or folder each.

mod asked;
mod board;
mod filter;
mod find;
mod history;
mod home;
mod import;
mod list;
mod motion;
mod problems;
mod record;

pub use history::briefly;

use super::parts::{Screen, World};
use crate::actions::Place;
use crate::crm::views::{Layout, View, views};
use crate::model::kinds::title_of_ref;
use crate::tr;
use smol_str::SmolStr;

/// The screen for a place.
///
/// # Errors
/// When there is no such record or type.
pub fn make(place: &Place, world: &World) -> Result<Box<dyn Screen>, String> {
    match place {
        Place::List(name) => Ok(Box::new(list::List::new(name, world)?)),
        Place::Found(name, query) => Ok(Box::new(list::List::found(name, query, world)?)),
        Place::View(id, ..) => view(id, world),
        Place::Home => Ok(Box::new(home::Home::new())),
        Place::Board(id) => Ok(Box::new(board::Board::new(id.clone(), world)?)),
        Place::Record(reference) => Ok(Box::new(record::Page::new(reference, world)?)),
        Place::History(about) => Ok(Box::new(history::History::new(about.clone(), world)?)),
        Place::Problems => Ok(Box::new(problems::Problems::new())),
        Place::Find => Ok(Box::new(find::Find::new())),
        Place::Import(None) => Ok(Box::new(import::Choose::new())),
        Place::Import(Some(file)) => Ok(Box::new(import::Import::new(file))),
    }
}

/// The list or the board of a view.
fn view(id: &SmolStr, world: &World) -> Result<Box<dyn Screen>, String> {
    let found = find_view(id, world).ok_or_else(|| tr!("there is no view '{id}'", id = id).into_owned())?;
    match found.layout {
        Layout::List => Ok(Box::new(list::List::of_view(&found, world)?)),
        Layout::Board => Ok(Box::new(board::Board::of_view(found, world)?)),
    }
}

/// The view of that id, as it is offered now.
fn find_view(id: &str, world: &World) -> Option<View> {
    views(&world.book, world.me.as_ref()).into_iter().find(|view| view.id == id)
}

/// What a place is called.
pub fn name(place: &Place, world: &World) -> String {
    match place {
        Place::Home => tr!("Home").into_owned(),
        Place::Board(_) => tr!("Pipeline").into_owned(),
        Place::View(id, ..) => {
            find_view(id, world).map_or_else(|| id.to_string(), |view| view.name.to_string())
        }
        Place::Problems => tr!("Problems").into_owned(),
        Place::Find => tr!("Find").into_owned(),
        Place::Import(_) => tr!("Import").into_owned(),
        Place::History(None) => tr!("History").into_owned(),
        Place::History(Some(reference)) | Place::Record(reference) => title_of_ref(&world.book, reference),
        Place::List(name) | Place::Found(name, _) => {
            let ty = world.book.schema().find(name);
            ty.map_or_else(
                || name.to_string(),
                |t| t.plural_label.get(world.book.settings().language()).to_owned(),
            )
        }
    }
}

/// Why nothing can be anybody's own.
fn nobody() -> String {
    tr!("no user here has your git e-mail address: :users makes you known").into_owned()
}
