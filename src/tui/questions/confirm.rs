//! Yes or no, naming what will be done.

use crate::actions::Input;
use crate::tui::keys::Key;
use crate::tui::parts::{Overlay, Verdict, World};
use crate::tui::widgets::confirm::{Answer, Confirm as Widget};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A question with one way to say yes.
pub struct Confirm {
    widget: Widget,
    yes: char,
    title: String,
}

impl Confirm {
    /// A question about what `details` say; the key `yes` does it.
    pub fn new(title: String, details: Vec<String>, yes: char) -> Self {
        let widget = Widget::new(format!("{title}?"), details).way(yes, title.to_lowercase());
        Self { widget, yes, title }
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
        vec![(self.yes.to_string(), self.title.to_lowercase()), ("esc".to_owned(), "leave it".to_owned())]
    }
}
