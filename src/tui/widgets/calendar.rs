//! A month to pick a day from, with keys or by typing `in 2 weeks`, and an optional time of day.

mod draw;

use std::cell::Cell;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime};
use crossterm::event::{KeyCode, KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::chord::{Held, chord};
use super::input::{Edit, Input};

/// Reads a day as people type it, with a time of day where they gave one, or says why not.
pub type ReadDate<'a> = &'a dyn Fn(&str) -> Result<Typed, String>;

/// A day, and a time on it.
pub type Typed = (NaiveDate, Option<NaiveTime>);

/// What a key did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dated {
    /// Nothing; the key is someone else's.
    Ignored,
    /// Another day or month is shown.
    Moved,
    /// This day, at this time if a time is asked for.
    Choose(NaiveDate, Option<NaiveTime>),
    /// No day at all.
    Clear,
    /// Never mind.
    Cancel,
}

/// Which part of the calendar has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    Days,
    Text,
    Time,
}

/// The state of a calendar.
#[derive(Debug)]
pub struct Calendar {
    today: NaiveDate,
    day: NaiveDate,
    typed: Input,
    /// What the typed text means, or why it means nothing.
    reading: Option<Result<Typed, String>>,
    time: Option<Input>,
    focus: Focus,
    /// Where the last frame put the first week's Monday.
    days: Cell<Rect>,
}

impl Calendar {
    /// A calendar with a day under the cursor.
    pub fn new(today: NaiveDate, day: Option<NaiveDate>) -> Calendar {
        Calendar {
            today,
            day: day.unwrap_or(today),
            typed: Input::new().placeholder("in 2 weeks, next fri, 2027-01-30"),
            reading: None,
            time: None,
            focus: Focus::Days,
            days: Cell::default(),
        }
    }

    /// Asks for a time of day too.
    pub fn with_time(mut self, time: NaiveTime) -> Calendar {
        self.time = Some(Input::with(time.format("%H:%M").to_string()));
        self
    }

    /// The day under the cursor.
    pub fn day(&self) -> NaiveDate {
        self.day
    }

    /// Puts the cursor on a day, such as the one a text beside it means.
    pub fn show(&mut self, day: NaiveDate) {
        self.day = day;
    }

    /// The time, if one is asked for and what was typed is one; or the one that was typed with the day.
    pub fn time(&self) -> Option<NaiveTime> {
        match (&self.time, &self.reading) {
            (Some(time), _) => read_time(time.text()),
            (None, Some(Ok((_, time)))) => *time,
            (None, _) => None,
        }
    }

    /// Whether a day is being typed.
    pub fn is_typed(&self) -> bool {
        !self.typed.text().trim().is_empty()
    }

    /// Handles one key.
    pub fn handle(&mut self, key: KeyEvent, read: ReadDate<'_>) -> Dated {
        match (self.focus, chord(key)) {
            (_, (Held::Plain, KeyCode::Enter)) => self.choose(),
            (Focus::Days, (Held::Plain, KeyCode::Esc)) => Dated::Cancel,
            (_, (Held::Plain, KeyCode::Esc)) => {
                self.typed.set("");
                self.reading = None;
                self.focus = Focus::Days;
                Dated::Moved
            }
            (_, (Held::Plain, KeyCode::Tab)) => self.turn(1),
            (_, (Held::Plain, KeyCode::BackTab)) => self.turn(-1),
            (_, (Held::Plain, KeyCode::PageUp)) => self.months(-1),
            (_, (Held::Plain, KeyCode::PageDown)) => self.months(1),
            (_, (Held::Plain, KeyCode::Up)) => self.days(-7),
            (_, (Held::Plain, KeyCode::Down)) => self.days(7),
            (Focus::Days, (held, code)) => self.in_days(held, code, read),
            (Focus::Text, _) => self.in_text(key, read),
            (Focus::Time, _) => match self.time.as_mut().map(|time| time.handle(key)) {
                None | Some(Edit::Ignored) => Dated::Ignored,
                Some(_) => Dated::Moved,
            },
        }
    }

    /// Handles the mouse: a click picks a day, the wheel turns months.
    pub fn mouse(&mut self, event: MouseEvent) -> Dated {
        let days = self.days.get();
        if !days.contains(Position::new(event.column, event.row)) {
            return Dated::Ignored;
        }
        match event.kind {
            MouseEventKind::ScrollUp => self.months(-1),
            MouseEventKind::ScrollDown => self.months(1),
            MouseEventKind::Down(MouseButton::Left) => {
                let week = u64::from(event.row - days.y);
                let weekday = u64::from((event.column - days.x) / draw::DAY);
                let first = draw::first_in_view(self.day, days.height);
                match first.checked_add_days(Days::new(week * 7 + weekday.min(6))) {
                    Some(day) if day == self.day => self.choose(),
                    Some(day) => {
                        self.day = day;
                        Dated::Moved
                    }
                    None => Dated::Moved,
                }
            }
            _ => Dated::Ignored,
        }
    }

    fn in_days(&mut self, held: Held, code: KeyCode, read: ReadDate<'_>) -> Dated {
        match (held, code) {
            (Held::Plain, KeyCode::Char('h') | KeyCode::Left) => self.days(-1),
            (Held::Plain, KeyCode::Char('l') | KeyCode::Right) => self.days(1),
            (Held::Plain, KeyCode::Char('k')) => self.days(-7),
            (Held::Plain, KeyCode::Char('j')) => self.days(7),
            (Held::Plain, KeyCode::Char('<')) => self.months(-1),
            (Held::Plain, KeyCode::Char('>')) => self.months(1),
            (Held::Plain, KeyCode::Home) => self.days(-i64::from(self.day.weekday().num_days_from_monday())),
            (Held::Plain, KeyCode::End) => {
                self.days(6 - i64::from(self.day.weekday().num_days_from_monday()))
            }
            (Held::Plain, KeyCode::Char('.')) => {
                self.day = self.today;
                Dated::Moved
            }
            (Held::Plain, KeyCode::Char('/')) => {
                self.focus = Focus::Text;
                Dated::Moved
            }
            (Held::Plain, KeyCode::Backspace | KeyCode::Delete) => Dated::Clear,
            // A number, a sign or another letter can only be the beginning of a typed date: `in 2 weeks`, `tomorrow`.
            (Held::Plain, KeyCode::Char(c)) if c.is_alphanumeric() || c == '+' || c == '-' => {
                self.focus = Focus::Text;
                self.in_text(KeyCode::Char(c).into(), read)
            }
            _ => Dated::Ignored,
        }
    }

    fn in_text(&mut self, key: KeyEvent, read: ReadDate<'_>) -> Dated {
        match self.typed.handle(key) {
            Edit::Ignored => return Dated::Ignored,
            Edit::Moved => return Dated::Moved,
            Edit::Changed => {}
        }
        let text = self.typed.text().trim();
        self.reading = (!text.is_empty()).then(|| read(text));
        if let Some(Ok((day, at))) = self.reading {
            self.day = day;
            if let (Some(at), Some(time)) = (at, &mut self.time) {
                time.set(at.format("%H:%M").to_string());
            }
        }
        Dated::Moved
    }

    /// Takes the day under the cursor, unless what is typed is none.
    pub fn choose(&mut self) -> Dated {
        let wrong_text = self.focus == Focus::Text && matches!(self.reading, Some(Err(_)));
        let wrong_time = self.time.is_some() && self.time().is_none();
        if wrong_text || wrong_time { Dated::Moved } else { Dated::Choose(self.day, self.time()) }
    }

    fn turn(&mut self, step: isize) -> Dated {
        let parts = if self.time.is_some() {
            &[Focus::Days, Focus::Time, Focus::Text][..]
        } else {
            &[Focus::Days, Focus::Text][..]
        };
        let at = parts.iter().position(|part| *part == self.focus).unwrap_or(0) as isize;
        self.focus = parts[(at + step).rem_euclid(parts.len() as isize) as usize];
        Dated::Moved
    }

    fn days(&mut self, by: i64) -> Dated {
        self.day = self.day.checked_add_signed(chrono::TimeDelta::days(by)).unwrap_or(self.day);
        Dated::Moved
    }

    fn months(&mut self, by: i32) -> Dated {
        let months = Months::new(by.unsigned_abs());
        let moved =
            if by < 0 { self.day.checked_sub_months(months) } else { self.day.checked_add_months(months) };
        self.day = moved.unwrap_or(self.day);
        Dated::Moved
    }
}

/// `14:00`, `9`, `930`, `17.20`.
fn read_time(text: &str) -> Option<NaiveTime> {
    let digits: String = text.trim().chars().map(|c| if c == '.' { ':' } else { c }).collect();
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() > 2 => digits.split_at_checked(digits.len() - 2)?,
        None => (digits.as_str(), "0"),
    };
    NaiveTime::from_hms_opt(hours.parse().ok()?, minutes.parse().ok()?, 0)
}

#[cfg(test)]
mod tests;
