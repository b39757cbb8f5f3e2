//! Yes or no, naming what will be done.

use crate::actions::Input;
use crate::tr;
use crate::tui::keys::Key;
use crate::tui::parts::{Overlay, Verdict, World};
use crate::tui::widgets::confirm::{Answer, Confirm as Widget};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A question with one way to say yes.
pub struct Confirm {
    widget: Widget,
    yes: (char, String),
}

impl Confirm {
    /// A question about what `details` say; the key `yes` does it, which its word tells.
    pub fn new(title: String, details: Vec<String>, yes: (char, String)) -> Self {
        let widget = Widget::new(format!("{title}?"), details).way(yes.0, yes.1.clone());
        Self { widget, yes }
    }
}

impl Overlay for Confirm {
    fn key(&mut self, key: Key, _world: &World) -> Verdict {
        match self.widget.handle(key.event()) {
            Answer::Waiting => Verdict::Stay,
            Answer::Do(_) => Verdict::Answer(Input { confirmed: true, ..Input::default() }),
            Answer::Leave => Verdict::Close,
        }
    }

    fn draw(&self, body: Rect, buf: &mut Buffer, world: &World) {
        self.widget.draw(body, buf, &world.theme);
    }

    fn hints(&self) -> Vec<(String, String)> {
        let (key, verb) = &self.yes;
        vec![(key.to_string(), verb.clone()), ("esc".to_owned(), tr!("leave it").into_owned())]
    }
}
