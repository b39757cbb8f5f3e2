//! Choose several, in an order.

use crate::actions::{Input, PickOption};
use crate::tr;
use crate::tui::keys::Key;
use crate::tui::parts::{Overlay, Verdict, World};
use crate::tui::widgets::multi::{Chosen, Multi};
use crate::tui::widgets::paint;
use crate::tui::widgets::picker::Item;
use crossterm::event::{KeyCode, KeyModifiers, MouseEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use smol_str::SmolStr;

/// What is chosen, over a list of what else there is.
pub struct Many {
    title: String,
    multi: Multi,
    before: Vec<String>,
}

impl Many {
    /// A choice among options, some of them chosen already.
    pub fn new(title: String, options: Vec<PickOption>, chosen: &[String]) -> Self {
        let label = |value: &String| options.iter().find(|option| option.value == *value);
        let taken = chosen.iter().filter_map(|value| {
            let option = label(value)?;
            Some((SmolStr::new(value), option.label.clone()))
        });
        let taken: Vec<_> = taken.collect();
        let items = options.into_iter().map(|o| Item::new(o.value, o.label).detail(o.detail)).collect();
        Self { title, multi: Multi::new(items, taken), before: chosen.to_vec() }
    }
}

impl Overlay for Many {
    fn key(&mut self, key: Key, _world: &World) -> Verdict {
        let event = key.event();
        let save = event.modifiers.contains(KeyModifiers::CONTROL) && event.code == KeyCode::Char('s');
        if event.code == KeyCode::Esc {
            return Verdict::Close;
        }
        match save || self.multi.handle(event) == Chosen::Done {
            true => Verdict::Answer(Input::answer(self.multi.keys().join("\n"))),
            false => Verdict::Stay,
        }
    }

    fn paste(&mut self, text: &str, _world: &World) -> Verdict {
        self.multi.paste(text);
        Verdict::Stay
    }

    fn mouse(&mut self, event: MouseEvent, _world: &World) -> Verdict {
        self.multi.mouse(event);
        Verdict::Stay
    }

    fn draw(&self, body: Rect, buf: &mut Buffer, world: &World) {
        let frame = paint::centred(body, 56, body.height.min(18));
        let inside = paint::popup(buf, frame, &self.title, &world.theme);
        self.multi.draw(inside, buf, &world.theme);
    }

    fn hints(&self) -> Vec<(String, String)> {
        let hints = [
            ("⏎", tr!("add")),
            ("backspace", tr!("take away")),
            ("tab", tr!("done")),
            ("esc", tr!("cancel")),
        ];
        hints.map(|(key, label)| (key.to_owned(), label.into_owned())).to_vec()
    }

    fn is_dirty(&self) -> bool {
        self.multi.keys() != self.before
    }
}
