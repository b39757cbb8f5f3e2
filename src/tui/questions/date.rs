//! Choose a day: move in a calendar, or type what it is called.

use crate::actions::Input;
use crate::base::input;
use crate::tui::keys::Key;
use crate::tui::parts::{Overlay, Verdict, World};
use crate::tui::widgets::calendar::{Calendar, Dated};
use chrono::NaiveDate;
use crossterm::event::MouseEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A month in the middle of the screen.
pub struct Date {
    title: String,
    calendar: Calendar,
}

impl Date {
    /// A calendar with the cursor on `initial`, or on today.
    pub fn new(title: String, initial: Option<NaiveDate>, world: &World) -> Self {
        Self { title, calendar: Calendar::new(world.now.today(), initial) }
    }

    fn verdict(dated: Dated) -> Verdict {
        match dated {
            Dated::Choose(day, _) => Verdict::Answer(Input::answer(day.format("%Y-%m-%d").to_string())),
            Dated::Clear => Verdict::Answer(Input::answer("")),
            Dated::Cancel => Verdict::Close,
            Dated::Ignored | Dated::Moved => Verdict::Stay,
        }
    }
}

impl Overlay for Date {
    fn key(&mut self, key: Key, world: &World) -> Verdict {
        let style = world.book.settings().input_style(world.now);
        let read = |text: &str| input::date(text, &style).map_err(|e| e.to_string());
        Self::verdict(self.calendar.handle(key.event(), &read))
    }

    fn mouse(&mut self, event: MouseEvent, _world: &World) -> Verdict {
        Self::verdict(self.calendar.mouse(event))
    }

    fn draw(&self, body: Rect, buf: &mut Buffer, world: &World) {
        self.calendar.draw_popup(body, buf, &world.theme, &self.title);
    }

    fn hints(&self) -> Vec<(String, String)> {
        let hints = [("⏎", "choose"), ("hjkl", "day"), ("<>", "month"), ("t", "today"), ("esc", "cancel")];
        hints.map(|(k, l)| (k.to_owned(), l.to_owned())).to_vec()
    }
}
