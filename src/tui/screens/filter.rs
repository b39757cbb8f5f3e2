//! The line a screen is filtered on while it is typed, and what passes it.

use crate::model::kinds::fill;
use crate::model::{Book, Record, Scope};
use crate::tui::app::World;
use crate::tui::keys::Key;
use crate::tui::layout;
use crate::tui::theme::Role;
use crate::tui::widgets::input::{Edit, Input};
use crate::tui::widgets::paint::Pen;
use crossterm::event::KeyCode;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A filter line: shut and empty, shut with a text that still holds, or open for typing.
pub struct Filter {
    line: Input,
    open: bool,
    /// The text before it was opened, for Esc.
    kept: String,
}

/// What a key did to the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// Another text holds.
    Changed,
    /// Something on the line is to be drawn again.
    Redraw,
    /// The cursor of the list below is to go down, or up.
    Down,
    /// See [`Typed::Down`].
    Up,
}

impl Filter {
    /// A filter with this text, shut.
    pub fn new(text: &str) -> Self {
        let mut line = Input::new().placeholder(crate::tr!("filter"));
        line.set(text);
        Self { line, open: false, kept: String::new() }
    }

    /// The text that holds.
    pub fn text(&self) -> &str {
        self.line.text().trim()
    }

    /// Whether everything passes.
    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// Opens it for typing.
    pub fn open(&mut self) {
        self.open = true;
        self.kept = self.line.text().to_owned();
    }

    /// Lets everything pass.
    pub fn clear(&mut self) {
        self.line.set("");
    }

    /// A key, while it is open; `None` while it is shut.
    pub fn key(&mut self, key: Key) -> Option<Typed> {
        if !self.open {
            return None;
        }
        Some(match key.code() {
            KeyCode::Enter | KeyCode::Tab => {
                self.open = false;
                Typed::Redraw
            }
            KeyCode::Esc => {
                self.open = false;
                self.line.set(std::mem::take(&mut self.kept));
                Typed::Changed
            }
            KeyCode::Down => Typed::Down,
            KeyCode::Up => Typed::Up,
            _ => match self.line.handle(key.event()) {
                Edit::Changed => Typed::Changed,
                Edit::Ignored | Edit::Moved => Typed::Redraw,
            },
        })
    }

    /// Pasted text; `None` while it is shut.
    pub fn paste(&mut self, text: &str) -> Option<Typed> {
        self.open.then(|| {
            self.line.paste(text);
            Typed::Changed
        })
    }

    /// Draws it on the first line of the area, where it is open or holds, and says what is left below.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, world: &World) -> Rect {
        if !self.open && self.is_empty() {
            return area;
        }
        let line = layout::margins(Rect { height: area.height.min(1), ..area });
        let theme = &world.theme;
        Pen::new(buf, line).text("/ ", theme.style(Role::Accent));
        let rest = Rect { x: line.x + 2, width: line.width.saturating_sub(2), ..line };
        self.line.draw(rest, buf, theme, self.open);
        Rect { y: area.y + line.height, height: area.height - line.height, ..area }
    }
}

/// What passes a filter: made once from its text, asked for every record.
#[derive(Debug, Clone, Default)]
pub struct Sieve {
    words: Vec<String>,
}

impl Sieve {
    /// Every word must be somewhere in the record, its title or subtitle.
    pub fn new(text: &str) -> Self {
        Self { words: text.to_lowercase().split_whitespace().map(str::to_owned).collect() }
    }

    /// Whether the record passes.
    pub fn keeps(&self, book: &Book, record: &Record) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let Some(scope) = Scope::of(book, record) else { return false };
        let mut text = format!("{} {}", record.id(), fill(&scope, &scope.ty.title));
        if let Some(subtitle) = &scope.ty.subtitle {
            text.push(' ');
            text.push_str(&fill(&scope, subtitle));
        }
        for scalar in record.fields.iter().flat_map(|(_, value)| value.scalars()) {
            text.push(' ');
            text.push_str(scalar);
        }
        let text = text.to_lowercase();
        self.words.iter().all(|word| text.contains(word))
    }
}
