//! Type one line.

use crate::actions::Input as Answer;
use crate::tui::keys::Key;
use crate::tui::parts::{Overlay, Verdict, World};
use crate::tui::theme::Role;
use crate::tui::widgets::input::Input;
use crate::tui::widgets::paint::{self, Pen};
use crossterm::event::KeyCode;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A text field in the middle of the screen.
pub struct Line {
    title: String,
    hint: String,
    initial: String,
    input: Input,
}

impl Line {
    /// A line with what stands there already, and a word of help beneath.
    pub fn new(title: String, initial: String, hint: String) -> Self {
        Self { title, hint, input: Input::with(initial.clone()), initial }
    }
}

impl Overlay for Line {
    fn key(&mut self, key: Key, _world: &World) -> Verdict {
        match key.code() {
            KeyCode::Esc => Verdict::Close,
            KeyCode::Enter => Verdict::Answer(Answer::answer(self.input.text().trim())),
            _ => {
                self.input.handle(key.event());
                Verdict::Stay
            }
        }
    }

    fn paste(&mut self, text: &str, _world: &World) -> Verdict {
        self.input.paste(text);
        Verdict::Stay
    }

    fn draw(&self, body: Rect, buf: &mut Buffer, world: &World) {
        let theme = &world.theme;
        let area = paint::centred(body, body.width.saturating_sub(4).min(64), 5);
        let inner = paint::popup(buf, area, &self.title, theme);
        self.input.draw(Rect { height: inner.height.min(1), ..inner }, buf, theme, true);
        if inner.height > 2 {
            let under = Rect { y: inner.y + 2, height: 1, ..inner };
            Pen::new(buf, under).text(&self.hint, theme.style(Role::Muted));
        }
    }

    fn hints(&self) -> Vec<(String, String)> {
        [("⏎", "done"), ("esc", "cancel")].map(|(k, l)| (k.to_owned(), l.to_owned())).to_vec()
    }

    fn is_dirty(&self) -> bool {
        self.input.text() != self.initial
    }
}
