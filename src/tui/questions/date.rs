//! Choose a day: move in a calendar, or type what it is called.

use crate::actions::Input;
use crate::base::input;
use crate::model::Moment;
use crate::tui::keys::Key;
use crate::tui::parts::{Overlay, Verdict, World};
use crate::tui::widgets::calendar::{Calendar, Dated};
use crossterm::event::MouseEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A month in the middle of the screen.
pub struct Date {
    title: String,
    calendar: Calendar,
    timed: bool,
}

impl Date {
    /// A calendar with the cursor on `initial`, or on today; it takes a time of day where `timed`.
    pub fn new(title: String, initial: Option<Moment>, timed: bool, world: &World) -> Self {
        let day = initial.map(|moment| moment.day_in(world.now.zone));
        let mut calendar = Calendar::new(world.now.today(), day);
        if let (true, Some(Moment::At(at))) = (timed, initial) {
            calendar = calendar.with_time(at.with_timezone(&world.now.zone).time());
        }
        Self { title, calendar, timed }
    }

    fn verdict(dated: Dated) -> Verdict {
        match dated {
            Dated::Choose(day, None) => Verdict::Answer(Input::answer(day.format("%Y-%m-%d").to_string())),
            Dated::Choose(day, Some(time)) => {
                Verdict::Answer(Input::answer(day.and_time(time).format("%Y-%m-%dT%H:%M").to_string()))
            }
            Dated::Clear => Verdict::Answer(Input::answer("")),
            Dated::Cancel => Verdict::Close,
            Dated::Ignored | Dated::Moved => Verdict::Stay,
        }
    }
}

impl Overlay for Date {
    fn key(&mut self, key: Key, world: &World) -> Verdict {
        let style = world.book.settings().input_style(world.now);
        let read = |text: &str| {
            let day = input::date(text, &style).map(|day| (day, None));
            let at =
                || input::datetime(text, &style).map(|at| at.with_timezone(&world.now.zone).naive_local());
            let timed = day.clone().or_else(|_| at().map(|at| (at.date(), Some(at.time()))));
            if self.timed { timed } else { day }.map_err(|e| e.to_string())
        };
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
