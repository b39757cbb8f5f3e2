//! What can be done: the help lists what belongs to this place, the palette everything there is. Both are
//! searched by typing and run by Enter.

use crate::actions::{self, Place};
use crate::crm::views::views;
use crate::tr;
use crate::tui::keys::Key;
use crate::tui::parts::{Offer, Overlay, Verdict, World};
use crate::tui::screens;
use crate::tui::widgets::help::Help as Widget;
use crate::tui::widgets::picker::{Item, Picked, Picker};
use crossterm::event::MouseEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The hints of every list with a query line.
pub(super) fn list_hints(enter: &str) -> Vec<(String, String)> {
    [("⏎", enter), ("↑↓", "move"), ("type", "to narrow"), ("esc", "close")]
        .map(|(k, l)| (k.to_owned(), l.to_owned()))
        .to_vec()
}

/// The actions of this place.
pub struct Help(Widget);

/// The help for what is on the screen now: first what is done here most, then the rest by groups.
pub fn help(offers: Vec<Offer>) -> Help {
    let mut offers: Vec<_> = offers.into_iter().filter(|o| o.here && !o.keys.is_empty()).collect();
    offers.sort_by_key(|o| (o.hinted.is_none(), o.hinted, o.action.group));
    let items = offers.into_iter().map(|offer| {
        let item = Item::new(offer.action.name, offer.action.title)
            .hint(offer.keys.join(" "))
            .group(offer.hinted.map_or_else(|| offer.action.group.title().into(), |_| tr!("Here")));
        match offer.barred {
            Some(reason) => item.barred(reason),
            None => item,
        }
    });
    Help(Widget::new(items.collect()))
}

impl Help {
    fn verdict(picked: Picked) -> Verdict {
        match picked {
            Picked::Choose(name) => actions::find(&name).map_or(Verdict::Close, |a| Verdict::Run(a.name)),
            Picked::Cancel => Verdict::Close,
            _ => Verdict::Stay,
        }
    }
}

impl Overlay for Help {
    fn key(&mut self, key: Key, _world: &World) -> Verdict {
        Self::verdict(self.0.handle(key.event()))
    }

    fn paste(&mut self, text: &str, _world: &World) -> Verdict {
        Self::verdict(self.0.paste(text))
    }

    fn mouse(&mut self, event: MouseEvent, _world: &World) -> Verdict {
        Self::verdict(self.0.mouse(event))
    }

    fn draw(&self, body: Rect, buf: &mut Buffer, world: &World) {
        self.0.draw(body, buf, &world.theme, "What you can do here");
    }

    fn hints(&self) -> Vec<(String, String)> {
        list_hints("do it")
    }
}

/// Every action and every screen.
pub struct Palette(Picker);

/// What a screen's key starts with, among the names of actions.
const GO: &str = "go:";

/// The palette: every action that can be used now, then every screen and view, then the actions that can't.
pub fn palette(offers: Vec<Offer>, world: &World) -> Palette {
    let (usable, barred): (Vec<_>, Vec<_>) = offers.into_iter().partition(|o| o.barred.is_none());
    let item = |name: &str, title: &str, keys: &[String], group: &str| {
        Item::new(name, title).hint(keys.join(" ")).detail(group.to_owned())
    };
    let mut items: Vec<Item> =
        usable.iter().map(|o| item(o.action.name, o.action.title, &o.keys, o.action.group.title())).collect();
    let schema = world.book.schema();
    let places = schema.types().iter().map(|t| Place::List(t.name.clone())).chain([
        Place::Find,
        Place::Problems,
        Place::History(None),
    ]);
    items.extend(places.map(|p| {
        let name = screens::name(&p, world);
        Item::new(format!("{GO}{p}"), format!("Go to {name}")).hint(format!(":{p}"))
    }));
    items.extend(views(&world.book, world.me.as_ref()).iter().map(|view| {
        let keys = view.key.map(|key| format!("v {key}")).unwrap_or_default();
        Item::new(format!("{GO}{}", Place::of_view(view)), tr!("View: {name}", name = view.name)).hint(keys)
    }));
    items.extend(barred.iter().map(|o| {
        let reason = o.barred.clone().unwrap_or_default();
        item(o.action.name, o.action.title, &o.keys, o.action.group.title()).barred(reason)
    }));
    Palette(Picker::new(items).placeholder("what do you want to do?"))
}

impl Palette {
    fn verdict(picked: Picked, world: &World) -> Verdict {
        match picked {
            Picked::Choose(key) => match key.strip_prefix(GO) {
                Some(place) => {
                    let place = Place::find(&world.book, world.me.as_ref(), place);
                    place.map_or(Verdict::Close, Verdict::Go)
                }
                None => actions::find(&key).map_or(Verdict::Close, |a| Verdict::Run(a.name)),
            },
            Picked::Cancel => Verdict::Close,
            _ => Verdict::Stay,
        }
    }
}

impl Overlay for Palette {
    fn key(&mut self, key: Key, world: &World) -> Verdict {
        Self::verdict(self.0.handle(key.event()), world)
    }

    fn paste(&mut self, text: &str, world: &World) -> Verdict {
        Self::verdict(self.0.paste(text), world)
    }

    fn mouse(&mut self, event: MouseEvent, world: &World) -> Verdict {
        Self::verdict(self.0.mouse(event), world)
    }

    fn draw(&self, body: Rect, buf: &mut Buffer, world: &World) {
        self.0.draw_popup(body, buf, &world.theme, "Palette");
    }

    fn hints(&self) -> Vec<(String, String)> {
        list_hints("do it")
    }
}
