//! `:` goes anywhere: a screen by its name, a record by its reference or title.

use crate::actions::Place;
use crate::model::kinds::title_of;
use crate::tui::keys::Key;
use crate::tui::parts::{Overlay, Verdict, World};
use crate::tui::screens;
use crate::tui::widgets::picker::{Item, Picked, Picker};
use crossterm::event::MouseEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A list of places narrowed by typing.
pub struct Places(Picker);

/// Records are offered up to this many; beyond, their number would make typing slow.
const MOST_RECORDS: usize = 20_000;

/// Every screen, then every record.
pub fn places(world: &World) -> Places {
    let schema = world.book.schema();
    let lists = schema.types().iter().map(|t| Place::List(t.name.clone()));
    let screens = [Place::Home, Place::Board(None)].into_iter().chain(lists).chain([
        Place::Find,
        Place::Import(None),
        Place::Problems,
        Place::History(None),
    ]);
    let mut items: Vec<Item> = screens
        .map(|place| Item::new(place.to_string(), screens::name(&place, world)).detail("screen"))
        .collect();
    for ty in schema.types() {
        let room = MOST_RECORDS.saturating_sub(items.len());
        let records = world.book.of(&ty.folder).iter().take(room);
        items.extend(records.map(|r| {
            Item::new(r.reference.to_string(), title_of(&world.book, r)).detail(r.reference.to_string())
        }));
    }
    Places(Picker::new(items).placeholder("quotes, accounts/acme-gmbh, a name …"))
}

impl Places {
    /// What was typed, if it names a place. That need not be in the list.
    fn typed(&self, world: &World) -> Option<Place> {
        let typed = Place::parse(world.book.schema(), self.0.input.text());
        typed.filter(|p| !matches!(p, Place::Record(r) if world.book.get(r).is_none()))
    }

    fn verdict(&self, picked: Picked, world: &World) -> Verdict {
        match picked {
            Picked::Choose(key) => {
                let chosen = Place::parse(world.book.schema(), &key);
                self.typed(world).or(chosen).map_or(Verdict::Close, Verdict::Go)
            }
            Picked::Cancel => Verdict::Close,
            _ => Verdict::Stay,
        }
    }
}

impl Overlay for Places {
    fn key(&mut self, key: Key, world: &World) -> Verdict {
        if key == Key::ENTER
            && self.0.current().is_none()
            && let Some(place) = self.typed(world)
        {
            return Verdict::Go(place);
        }
        let picked = self.0.handle(key.event());
        self.verdict(picked, world)
    }

    fn paste(&mut self, text: &str, world: &World) -> Verdict {
        let picked = self.0.paste(text);
        self.verdict(picked, world)
    }

    fn mouse(&mut self, event: MouseEvent, world: &World) -> Verdict {
        let picked = self.0.mouse(event);
        self.verdict(picked, world)
    }

    fn draw(&self, body: Rect, buf: &mut Buffer, world: &World) {
        self.0.draw_popup(body, buf, &world.theme, "Go to");
    }

    fn hints(&self) -> Vec<(String, String)> {
        super::help::list_hints("go")
    }
}
