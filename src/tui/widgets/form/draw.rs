//! Drawing a form: title, the fields in view, what is open above them, and the line that says what can be done.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::field::Frame;
use super::overlay::Overlay;
use super::spec::{FormModel, Level};
use super::{Form, Stop};
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::hints;
use crate::tui::widgets::paint::{self, Pen};
use crate::tui::widgets::picker::Look;
use crate::{tr, tr_n};

impl Form {
    /// Draws the form into the area.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme, model: &dyn FormModel) {
        let area = area.intersection(buf.area);
        if area.width < 12 || area.height < 4 {
            return;
        }
        self.title(paint::line(area, 0), buf, theme);
        paint::rule(buf, paint::line(area, 1), theme);
        let foot = if area.height > 10 { 3 } else { 2 };
        let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2 + foot), ..area };
        let frame = Frame::new(self, area.width, model);
        let under = paint::below(area, area.height - foot);
        if let Some((level, said)) = frame.left_over().filter(|_| foot == 3) {
            let (mark, role) = sign(level);
            let mut pen = Pen::new(buf, paint::line(under, 0));
            pen.gap(3).text(mark, theme.style(role)).text(&said, theme.style(role));
        }
        self.foot(paint::below(under, foot - 2), buf, theme);
        let field = self.draw_fields(&frame, body, buf, theme);
        self.open_above(field, area, buf, theme, model);
    }

    /// How many lines the form would like, up to a screen's.
    pub fn height(&self, width: u16, model: &dyn FormModel) -> u16 {
        let frame = Frame::new(self, width, model);
        self.offsets(&frame).1 + 6
    }

    /// Draws the form in a frame in the middle of the screen.
    pub fn draw_popup(&self, screen: Rect, buf: &mut Buffer, theme: &Theme, model: &dyn FormModel) {
        let width = screen.width.saturating_sub(4).min(84);
        let height = self.height(width.saturating_sub(4), model) + 2;
        let inside = paint::popup(buf, paint::centred(screen, width, height), "", theme);
        self.draw(inside, buf, theme, model);
    }

    fn title(&self, line: Rect, buf: &mut Buffer, theme: &Theme) {
        let mut pen = Pen::new(buf, line);
        pen.gap(1);
        let room = pen.room().saturating_sub(paint::columns(&crate::base::text::safe(&self.title)) + 2);
        if paint::columns(&crate::base::text::safe(&self.subtitle)) <= room {
            pen.gap_right(1).right(&self.subtitle, theme.style(Role::Muted)).gap_right(2);
        }
        pen.text(&self.title, theme.style(Role::Heading));
    }

    /// The first line of every field and the height of all; groups have a heading and an empty line above it.
    fn offsets(&self, frame: &Frame<'_>) -> (Vec<u16>, u16) {
        let mut y = 0;
        let mut group = "";
        let mut offsets = Vec::with_capacity(self.fields.len());
        for (index, field) in self.fields.iter().enumerate() {
            if field.group != group {
                group = &field.group;
                y += if y > 0 { 2 } else { 1 };
            }
            offsets.push(y);
            y += frame.height(index);
        }
        (offsets, y)
    }

    /// Draws the fields in view; returns where the one with the focus is typed.
    fn draw_fields(&self, frame: &Frame<'_>, body: Rect, buf: &mut Buffer, theme: &Theme) -> Rect {
        self.seen.borrow_mut().clear();
        if body.is_empty() || self.fields.is_empty() {
            return body;
        }
        let (offsets, height) = self.offsets(frame);
        // All fields are drawn on a canvas of their own, and the part in view is copied from it.
        let canvas_area = Rect::new(0, 0, body.width, height);
        let mut canvas = Buffer::empty(canvas_area);
        let ground = buf[(body.x, body.y)].style();
        canvas.set_style(canvas_area, ground);
        let mut stops = Vec::new();
        let mut group = "";
        for (index, field) in self.fields.iter().enumerate() {
            let y = offsets[index];
            if field.group != group {
                group = &field.group;
                let line = paint::line(canvas_area, y.saturating_sub(1));
                Pen::new(&mut canvas, line).gap(1).text(group, theme.style(Role::Heading));
            }
            let place = Rect::new(0, y, body.width, frame.height(index));
            frame.draw(index, place, &mut canvas, theme, &mut stops);
        }
        let top = self.keep_in_sight(&stops, &offsets, body.height, height);
        for y in 0..body.height.min(height - top) {
            for x in 0..body.width {
                buf[(body.x + x, body.y + y)] = canvas[(x, top + y)].clone();
            }
        }
        paint::scrollbar(buf, body, top.into(), body.height.into(), height.into(), theme);
        let on_screen = |area: Rect| {
            let area = Rect { x: area.x + body.x, y: (area.y + body.y).saturating_sub(top), ..area };
            area.intersection(body)
        };
        let focused =
            stops.iter().find(|(stop, _)| *stop == self.focus).map_or(body, |(_, at)| on_screen(*at));
        let visible = stops.into_iter().map(|(stop, area)| (stop, on_screen(area)));
        self.seen.borrow_mut().extend(visible.filter(|(_, area)| !area.is_empty()));
        focused
    }

    fn keep_in_sight(&self, stops: &[(Stop, Rect)], offsets: &[u16], view: u16, height: u16) -> u16 {
        let place = stops.iter().find(|(stop, _)| *stop == self.focus).map(|(_, area)| *area);
        let first_of_group = offsets.get(self.focus.field).is_some_and(|_| self.starts_group(self.focus));
        let mut top = self.scroll.get().min(height.saturating_sub(view));
        if let Some(place) = place {
            // A note may stand under the field, a heading above it.
            let last = (place.bottom() + 1).min(height);
            top = top.max(last.saturating_sub(view));
            top = top.min(place.y.saturating_sub(if first_of_group { 2 } else { 1 }));
        }
        self.scroll.set(top);
        top
    }

    fn starts_group(&self, stop: Stop) -> bool {
        let group = |at: usize| self.fields.get(at).map_or("", |field| field.group.as_str());
        stop.part == 0 && (stop.field == 0 || group(stop.field) != group(stop.field - 1))
    }

    fn foot(&self, foot: Rect, buf: &mut Buffer, theme: &Theme) {
        paint::rule(buf, paint::line(foot, 0), theme);
        let mut pen = Pen::new(buf, paint::line(foot, 1));
        pen.gap(1).gap_right(1);
        let changed = self.changed().len();
        if self.asking {
            let question =
                tr_n!("Lose the change to {n} field?", "Lose the changes to {n} fields?", changed as i64);
            pen.text(&question, theme.style(Role::Warn)).gap(2);
            let answers = [("d", tr!("discard")), ("esc", tr!("go on editing"))];
            return hints::draw(&mut pen, theme, answers.iter().map(|(key, label)| (*key, label.as_ref())));
        }
        if changed > 0 {
            let count = tr_n!("{n} field changed", "{n} fields changed", changed as i64);
            pen.right(&count, theme.style(Role::Muted)).gap_right(2);
        }
        let wrong = self.errors().iter().filter(|(field, _)| self.shows_errors(&field.name)).count();
        if wrong > 0 {
            let count = tr_n!("! {n} to put right", "! {n} to put right", wrong as i64);
            pen.right(&count, theme.style(Role::Bad)).gap_right(2);
        }
        let keys = self.keys();
        hints::draw(&mut pen, theme, keys.iter().map(|(key, label)| (*key, label.as_str())));
    }

    /// Errors of a field are shown once it was left or typed wrong, not while it is yet to be filled in.
    pub(super) fn shows_errors(&self, name: &str) -> bool {
        self.touched.contains(name)
            || !self.values.get(name).is_empty()
            || self.problems.iter().any(|(field, _)| field == name)
    }

    /// The keys that do something here, most useful first.
    fn keys(&self) -> Vec<(&'static str, String)> {
        use super::Editor::*;
        let here: &[(&str, _)] = match self.focused_field().map(|field| &field.editor) {
            Some(Choice | Link { .. } | Links | Tags) => &[("⏎", tr!("choose"))],
            Some(Date | Datetime) => &[("⏎", tr!("calendar"))],
            Some(Toggle) => &[("space", tr!("switch"))],
            Some(Multiline) => &[("ctrl-e", tr!("editor"))],
            Some(Lines(_)) => {
                &[("⏎", tr!("edit line")), ("a", tr!("add")), ("d", tr!("remove")), ("J/K", tr!("move"))]
            }
            _ => &[],
        };
        let always = [("ctrl-s", tr!("save")), ("tab", tr!("next")), ("esc", tr!("cancel"))];
        let all = always.iter().take(2).chain(here).chain(always.iter().skip(2));
        all.map(|(key, label)| (*key, label.to_string())).collect()
    }

    fn open_above(&self, field: Rect, area: Rect, buf: &mut Buffer, theme: &Theme, model: &dyn FormModel) {
        match &self.overlay {
            None => {}
            Some(Overlay::One(picker)) => {
                if !picker.input.is_empty() {
                    paint::wipe(buf, field, theme.style(Role::InputFocus));
                    picker.input.draw(field, buf, theme, true);
                }
                picker.draw_dropdown(field, area, buf, theme, Look::List);
            }
            Some(Overlay::Many(multi)) => multi.draw_dropdown(field, area, buf, theme),
            Some(Overlay::Month(month)) => month.draw_dropdown(field, area, buf, theme),
            Some(Overlay::Line(_, form)) => form.draw_popup(area, buf, theme, model),
        }
    }
}

/// The sign and the role of what is said about a field.
pub(super) fn sign(level: Level) -> (&'static str, Role) {
    match level {
        Level::Fine => ("", Role::Muted),
        Level::Warn => ("▲ ", Role::Warn),
        Level::Error => ("! ", Role::Bad),
    }
}

/// A style on the ground of a field being typed into.
pub(super) fn typed(theme: &Theme) -> Style {
    theme.style(Role::Text).patch(theme.style(Role::InputFocus))
}
