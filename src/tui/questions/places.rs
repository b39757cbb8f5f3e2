//! `:` goes anywhere: a screen or a view by its name, a record by its reference or title.

use crate::actions::Place;
use crate::base::slug::slug;
use crate::crm::views::{View, views};
use crate::model::kinds::title_of;
use crate::model::{Book, Record};
use crate::tr;
use crate::tui::keys::Key;
use crate::tui::parts::{Overlay, Verdict, World};
use crate::tui::screens;
use crate::tui::widgets::picker::{Item, Picked, Picker};
use crossterm::event::MouseEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

/// A list of places narrowed by typing.
pub struct Places {
    picker: Picker,
    screens: Vec<Item>,
    /// Whether there are too many records to list and rank them all between two keys.
    large: bool,
}

/// So many records are all listed. Of more, those last seen are, and those whose ids begin with what is typed: ids are
/// made of names, and a table in their order finds a beginning without looking at the rest.
const LISTED: usize = 2000;

/// In a large workspace so many records of each type are offered.
const OFFERED: usize = 30;

/// Every screen and every view, then the records.
pub fn places(world: &World) -> Places {
    let schema = world.book.schema();
    let lists = schema.types().iter().map(|t| Place::List(t.name.clone()));
    let boards = world.book.of_type("pipeline").iter().map(|p| Place::Board(Some(p.id().clone())));
    let screens = [Place::Home, Place::Board(None)].into_iter().chain(lists).chain(boards).chain([
        Place::Find,
        Place::Import(None),
        Place::Problems,
        Place::History(None),
    ]);
    let view =
        |view: &View| Item::new(Place::of_view(view).to_string(), view.name.as_str()).detail(tr!("view"));
    let screens: Vec<Item> = screens
        .map(|place| screen(&place, world))
        .chain(views(&world.book, world.me.as_ref()).iter().map(view))
        .collect();
    let large = world.book.len() > LISTED;
    let records: Vec<&Arc<Record>> = match large {
        true => world.visited.iter().filter_map(|reference| world.book.get(reference)).collect(),
        false => schema.types().iter().flat_map(|ty| world.book.of(&ty.folder)).collect(),
    };
    let records = records.into_iter().map(|r| item(&world.book, r));
    let picker = Picker::new(screens.iter().cloned().chain(records).collect());
    Places { picker: picker.placeholder("quotes, accounts/acme-gmbh, a name …"), screens, large }
}

fn item(book: &Book, record: &Record) -> Item {
    Item::new(record.reference.to_string(), title_of(book, record)).detail(record.reference.to_string())
}

/// The records whose ids begin with these words, of the type whose folder stands before a slash, if one does.
fn beginning_with<'b>(book: &'b Book, typed: &str) -> impl Iterator<Item = &'b Arc<Record>> + use<'b> {
    let (folder, words) = typed.split_once('/').map_or((None, typed), |(folder, id)| (Some(folder), id));
    let folder = folder.map(str::to_owned);
    let start = slug(words).map_or(String::new(), |id| id.to_string());
    let types = book.schema().types().iter();
    let types =
        types.filter(move |ty| folder.as_ref().is_none_or(|f| ty.folder.as_str().starts_with(f.as_str())));
    types.flat_map(move |ty| {
        let rows = book.of(&ty.folder);
        let rows = &rows[rows.partition_point(|record| record.id().as_str() < start.as_str())..];
        let start = start.clone();
        rows.iter().take_while(move |record| record.id().as_str().starts_with(&start)).take(OFFERED)
    })
}

/// A screen, found by every word for it.
fn screen(place: &Place, world: &World) -> Item {
    let name = screens::name(place, world);
    let item = |label: String| Item::new(place.to_string(), label).detail(tr!("screen"));
    match place {
        Place::List(ty) => {
            let Some(ty) = world.book.schema().find(ty) else { return item(name) };
            // By its folder, since the list of pipelines is no board.
            let words = ty.aliases.iter().chain([&ty.name]).map(ToString::to_string).collect();
            Item { key: ty.folder.as_str().into(), ..item(name) }.also(words)
        }
        Place::Board(Some(id)) => {
            let pipeline = world.book.of_type("pipeline").iter().find(|p| p.id() == id);
            let of = pipeline.map_or_else(|| id.to_string(), |p| title_of(&world.book, p));
            item(format!("{name} · {of}"))
        }
        _ => item(name).also(place.words().iter().map(ToString::to_string).collect()),
    }
}

impl Places {
    /// What is under the cursor; or where nothing is, what the text names though it is not in the list, such as a
    /// list with a query.
    fn verdict(&mut self, picked: Picked, world: &World) -> Verdict {
        match picked {
            Picked::Query if self.large => {
                let typed = self.picker.input.text().trim().to_owned();
                let records = beginning_with(&world.book, &typed).map(|r| item(&world.book, r));
                let items = self.screens.iter().cloned().chain(records).collect();
                self.picker.set_items(items);
                Verdict::Stay
            }
            Picked::Choose(key) => {
                Place::find(&world.book, world.me.as_ref(), &key).map_or(Verdict::Close, Verdict::Go)
            }
            Picked::Cancel => Verdict::Close,
            _ => Verdict::Stay,
        }
    }

    fn named(&self, world: &World) -> Option<Place> {
        let typed = Place::find(&world.book, world.me.as_ref(), self.picker.input.text());
        typed.filter(|p| !matches!(p, Place::Record(r) if world.book.get(r).is_none()))
    }
}

impl Overlay for Places {
    fn key(&mut self, key: Key, world: &World) -> Verdict {
        if key == Key::ENTER && self.picker.matching().next().is_none() {
            return self.named(world).map_or(Verdict::Stay, Verdict::Go);
        }
        let picked = self.picker.handle(key.event());
        self.verdict(picked, world)
    }

    fn paste(&mut self, text: &str, world: &World) -> Verdict {
        let picked = self.picker.paste(text);
        self.verdict(picked, world)
    }

    fn mouse(&mut self, event: MouseEvent, world: &World) -> Verdict {
        let picked = self.picker.mouse(event);
        self.verdict(picked, world)
    }

    fn draw(&self, body: Rect, buf: &mut Buffer, world: &World) {
        self.picker.draw_popup(body, buf, &world.theme, "Go to");
    }

    fn hints(&self) -> Vec<(String, String)> {
        super::help::list_hints("go")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::book;

    #[test]
    fn a_beginning_finds_records_of_all_types() {
        let book = book(
            "accounts/acme: {name: Acme}\naccounts/acme-gmbh: {name: Acme GmbH}\naccounts/zeta: {name: Zeta}\n\
             contacts/acme-desk: {last_name: Desk}\n",
        );
        let check = |typed: &str, expect: &[&str]| {
            let found: Vec<_> = beginning_with(&book, typed).map(|r| r.reference.to_string()).collect();
            assert_eq!(found, expect, "{typed:?}");
        };
        check("Acme", &["accounts/acme", "accounts/acme-gmbh", "contacts/acme-desk"]);
        check("acme g", &["accounts/acme-gmbh"]);
        check("contacts/a", &["contacts/acme-desk"]);
        check("acc/", &["accounts/acme", "accounts/acme-gmbh", "accounts/zeta"]);
        check("zz", &[]);
    }
}
