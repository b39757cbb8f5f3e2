//! Drawing a month: weekdays, week numbers, and what the typed text means.

use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Calendar, Focus};
use crate::tr;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::paint::{self, Pen};

/// Columns a day takes.
pub(super) const DAY: u16 = 4;

/// Columns of the week number.
const WEEK: u16 = 4;

/// Lines above the weeks.
const HEAD: u16 = 2;

/// The most weeks that a month has days in.
const WEEKS: u16 = 6;

/// Width and height the calendar likes to have.
pub const SIZE: (u16, u16) = (WEEK + 7 * DAY + 1, 11);

/// The Monday the page of this day's month begins with.
fn first_shown(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    let back = Days::new(first.weekday().num_days_from_monday().into());
    first.checked_sub_days(back).unwrap_or(first)
}

/// The Monday of the first of so many weeks in view: those of the month from its beginning on, or, where there is no
/// room for all of them, up to the week of the day.
pub(super) fn first_in_view(day: NaiveDate, weeks: u16) -> NaiveDate {
    let first = first_shown(day);
    let week = (day - first).num_days() / 7;
    let passed = (week + 1 - i64::from(weeks)).max(0);
    first.checked_add_signed(TimeDelta::weeks(passed)).unwrap_or(first)
}

impl Calendar {
    /// Draws the calendar in a frame in the middle of the screen.
    pub fn draw_popup(&self, screen: Rect, buf: &mut Buffer, theme: &Theme, title: &str) {
        let more = self.said().len().saturating_sub(1) as u16;
        let frame = paint::centred(screen, SIZE.0 + 4, SIZE.1 + 2 + more);
        let inside = paint::popup(buf, frame, title, theme);
        self.draw(inside, buf, theme);
    }

    /// Draws the calendar in a frame under a form field, or above it near the foot; where neither has room for a
    /// month, over the field.
    pub fn draw_dropdown(&self, field: Rect, bounds: Rect, buf: &mut Buffer, theme: &Theme) {
        let more = self.said().len().saturating_sub(1) as u16;
        let (width, height) = (SIZE.0 + 4, SIZE.1 + 2 + more);
        let inside = match paint::beside(field, bounds, width, height).height < 2 + HEAD + WEEKS {
            true => paint::popup(buf, paint::centred(bounds, width, height), "", theme),
            false => paint::dropdown(buf, field, bounds, (width, height), theme),
        };
        self.draw(inside, buf, theme);
    }

    /// Draws the calendar.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        self.title(paint::line(area, 0), buf, theme);
        let names = [tr!("Mo"), tr!("Tu"), tr!("We"), tr!("Th"), tr!("Fr"), tr!("Sa"), tr!("Su")];
        let mut pen = Pen::new(buf, paint::line(area, 1));
        pen.gap(WEEK);
        for name in names {
            pen.cell_right(&name, DAY - 1, theme.style(Role::Muted)).gap(1);
        }
        let weeks = paint::below(area, HEAD);
        let weeks = Rect { height: weeks.height.min(WEEKS), ..weeks };
        let first = first_in_view(self.day, weeks.height);
        self.days.set(paint::inset_left(weeks, WEEK));
        for (week, y) in (0..weeks.height).enumerate() {
            self.week(paint::line(weeks, y), buf, theme, first, week as u64);
        }
        let foot = paint::below(area, 9);
        self.typed(foot, buf, theme);
    }

    fn title(&self, line: Rect, buf: &mut Buffer, theme: &Theme) {
        let mut pen = Pen::new(buf, line);
        if let Some(time) = &self.time {
            let focused = self.focus == Focus::Time;
            let role = if self.time().is_none() { Role::Bad } else { Role::Muted };
            pen.gap_right(7);
            let width = 6.min(line.width);
            let field = Rect { x: line.right() - width, width, ..line };
            pen.right(&tr!("at"), theme.style(role)).gap_right(1);
            heading(&mut pen, self.day, theme);
            time.draw(field, buf, theme, focused);
        } else {
            heading(&mut pen, self.day, theme);
        }
    }

    fn week(&self, line: Rect, buf: &mut Buffer, theme: &Theme, first: NaiveDate, week: u64) {
        let Some(monday) = first.checked_add_days(Days::new(week * 7)) else { return };
        let number = monday.iso_week().week().to_string();
        let mut pen = Pen::new(buf, line);
        pen.cell_right(&number, 2, theme.style(Role::Faint)).gap(WEEK - 2);
        for day in monday.iter_days().take(7) {
            let mut style = theme.style(match day {
                day if day == self.today => Role::Accent,
                day if day.month() != self.day.month() => Role::Faint,
                day if day.weekday().num_days_from_monday() > 4 => Role::Muted,
                _ => Role::Text,
            });
            let number = if day == self.day {
                style = style.patch(theme.style(Role::Selection)).patch(theme.style(Role::Heading));
                format!("▸{}", day.day())
            } else if day == self.today {
                format!("·{}", day.day())
            } else {
                day.day().to_string()
            };
            pen.cell_right(&number, DAY - 1, style).gap(1);
        }
    }

    fn typed(&self, foot: Rect, buf: &mut Buffer, theme: &Theme) {
        let line = paint::line(foot, 0);
        let mut pen = Pen::new(buf, line);
        pen.text("/ ", theme.style(if self.focus == Focus::Text { Role::Accent } else { Role::Faint }));
        let field = Rect { x: pen.x(), width: pen.room(), ..line };
        self.typed.draw(field, buf, theme, self.focus == Focus::Text);
        let role = match &self.reading {
            Some(Ok(_)) => Role::Good,
            Some(Err(_)) => Role::Bad,
            None => Role::Muted,
        };
        for (y, words) in self.said().iter().enumerate() {
            Pen::new(buf, paint::line(foot, y as u16 + 1)).gap(2).text(words, theme.style(role));
        }
    }

    /// What the typed text means, or why it means nothing; else how far the day is. As many lines as that takes.
    fn said(&self) -> Vec<String> {
        let said = match &self.reading {
            Some(Ok((day, None))) => format!("= {}", day.format("%a %-d %b %Y")),
            Some(Ok((day, Some(time)))) => {
                format!("= {} {}", day.format("%a %-d %b %Y"), time.format("%H:%M"))
            }
            Some(Err(why)) => format!("! {why}"),
            None => format!("{} · {}", self.day.format("%a %-d %b %Y"), distance(self.day, self.today)),
        };
        paint::wrap(&said, SIZE.0 - 2)
    }
}

fn heading(pen: &mut Pen<'_>, day: NaiveDate, theme: &Theme) {
    pen.text("‹ ", theme.style(Role::Faint));
    pen.text(&day.format("%B %Y").to_string(), theme.style(Role::Heading));
    pen.text(" ›", theme.style(Role::Faint));
}

/// How far a day is from today, in words.
fn distance(day: NaiveDate, today: NaiveDate) -> String {
    let days = (day - today).num_days();
    let far = |days: i64| match days {
        ..14 => format!("{days} d"),
        14..70 => format!("{} wk", days / 7),
        _ => format!("{} mo", days / 30),
    };
    match days {
        0 => tr!("today").to_string(),
        1 => tr!("tomorrow").to_string(),
        -1 => tr!("yesterday").to_string(),
        2.. => tr!("in {time}", time = far(days)).to_string(),
        _ => tr!("{time} ago", time = far(-days)).to_string(),
    }
}
