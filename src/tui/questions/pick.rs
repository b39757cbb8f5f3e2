//! Choose one of several.

use crate::actions::{Input, PickOption};
use crate::tui::keys::Key;
use crate::tui::parts::{Overlay, Verdict, World};
use crate::tui::widgets::picker::{Item, Picked, Picker};
use crossterm::event::MouseEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A list with a query line in the middle of the screen.
pub struct Pick {
    title: String,
    picker: Picker,
}

impl Pick {
    /// A choice among options, with the current one under the cursor.
    pub fn new(title: String, options: Vec<PickOption>, current: Option<&str>) -> Self {
        let items = options.into_iter().map(|o| Item::new(o.value, o.label).detail(o.detail)).collect();
        let mut picker = Picker::new(items);
        if let Some(current) = current {
            picker.select(current);
        }
        Self { title, picker }
    }

    fn verdict(picked: Picked) -> Verdict {
        match picked {
            Picked::Choose(key) => Verdict::Answer(Input::answer(key)),
            Picked::Cancel => Verdict::Close,
            _ => Verdict::Stay,
        }
    }
}

impl Overlay for Pick {
    fn key(&mut self, key: Key, _world: &World) -> Verdict {
        Self::verdict(self.picker.handle(key.event()))
    }

    fn paste(&mut self, text: &str, _world: &World) -> Verdict {
        Self::verdict(self.picker.paste(text))
    }

    fn mouse(&mut self, event: MouseEvent, _world: &World) -> Verdict {
        Self::verdict(self.picker.mouse(event))
    }

    fn draw(&self, body: Rect, buf: &mut Buffer, world: &World) {
        self.picker.draw_popup(body, buf, &world.theme, &self.title);
    }

    fn hints(&self) -> Vec<(String, String)> {
        super::help::list_hints("choose")
    }
}
