//! Drawing a form: title, the fields in view, what is open above them, and the line that says what can be done.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::field::{Frame, MARGIN};
use super::look::sign;
use super::overlay::Overlay;
use super::spec::FormModel;
use super::{Form, Stop};
use crate::base::text;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::paint::{self, Pen};
use crate::tui::widgets::picker::Look;
use crate::{tr, tr_n};

impl Form {
    /// Draws the form into the area: title, fields, and a line for what has no room beside its field. What can be
    /// pressed is the owner's to show, at the foot of the screen: [`Form::hints`].
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme, model: &dyn FormModel) {
        let area = area.intersection(buf.area);
        if area.width < 12 || area.height < 4 {
            return;
        }
        self.title(paint::line(area, 0), buf, theme);
        let rule = paint::line(area, 1);
        paint::rule(buf, Rect { x: rule.x + 1, width: rule.width - 2, ..rule }, theme);
        let body = Rect { y: area.y + 2, height: area.height - 3, ..area };
        let frame = Frame::new(self, area.width, model);
        self.message(&frame, paint::line(area, area.height - 1), buf, theme);
        let field = self.draw_fields(&frame, body, buf, theme);
        self.open_above(field, area, buf, theme, model);
    }

    /// How many lines the form would like, up to a screen's.
    pub fn height(&self, width: u16, model: &dyn FormModel) -> u16 {
        let frame = Frame::new(self, width, model);
        self.offsets(&frame).1 + 4
    }

    /// Draws the form in a frame in the middle of the screen; a small screen it takes as a whole.
    pub fn draw_popup(&self, screen: Rect, buf: &mut Buffer, theme: &Theme, model: &dyn FormModel) {
        if screen.width < ROOMY.0 || screen.height < ROOMY.1 {
            paint::wipe(buf, screen, theme.style(Role::Surface));
            return self.draw(screen, buf, theme, model);
        }
        let width = screen.width.saturating_sub(4).min(WIDEST);
        let height = self.height(width.saturating_sub(4), model) + 2;
        let inside = paint::popup(buf, paint::centred(screen, width, height), "", theme);
        self.draw(inside, buf, theme, model);
    }

    /// The question whether to lose what was typed, else what is said about the field with the focus and has no
    /// room beside it.
    fn message(&self, frame: &Frame<'_>, line: Rect, buf: &mut Buffer, theme: &Theme) {
        let mut pen = Pen::new(buf, line);
        pen.gap(MARGIN);
        if self.asking {
            let changed = self.changed().len();
            let question =
                tr_n!("Lose the change to {n} field?", "Lose the changes to {n} fields?", changed as i64);
            pen.text(&question, theme.style(Role::Warn));
        } else if let Some((level, said)) = frame.left_over() {
            let (mark, role) = sign(level);
            pen.text(mark, theme.style(role)).text(&said, theme.style(role));
        }
    }

    fn title(&self, line: Rect, buf: &mut Buffer, theme: &Theme) {
        let mut pen = Pen::new(buf, line);
        pen.gap(1);
        let room = pen.room().saturating_sub(paint::columns(&text::safe(&self.title)) + 4);
        // The end of a reference tells more than its beginning.
        let subtitle = text::cut_start(&self.subtitle, room.into());
        if paint::columns(&subtitle) > 8 {
            pen.gap_right(1).right(&subtitle, theme.style(Role::Muted)).gap_right(2);
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
                y = if y > 0 { u16::saturating_add(y, 2) } else { 1 };
            }
            offsets.push(y);
            y = y.saturating_add(frame.height(index));
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

    /// The keys that do something now, most useful first.
    pub fn hints(&self) -> Vec<(&'static str, String)> {
        if self.asking {
            return told(&[("d", tr!("discard")), ("esc", tr!("go on editing"))]);
        }
        match &self.overlay {
            None => self.keys(),
            Some(Overlay::One(_)) => {
                told(&[("⏎", tr!("choose")), ("↑↓", tr!("move")), ("esc", tr!("close"))])
            }
            Some(Overlay::Many(_)) => {
                told(&[("⏎", tr!("add")), ("backspace", tr!("take away")), ("tab", tr!("done"))])
            }
            Some(Overlay::Month(_)) => told(&[
                ("⏎", tr!("choose")),
                ("hjkl", tr!("day")),
                ("<>", tr!("month")),
                ("t", tr!("today")),
                ("esc", tr!("close")),
            ]),
            Some(Overlay::Line(_, form)) => form.hints(),
        }
    }

    /// How the form stands: `! 1 to put right · 2 fields changed`.
    pub fn tally(&self) -> String {
        if let Some(Overlay::Line(_, form)) = &self.overlay {
            return form.tally();
        }
        let wrong = self.errors().iter().filter(|(field, _)| self.shows_errors(&field.name)).count();
        let changed = self.changed().len();
        let wrong = (wrong > 0).then(|| tr_n!("! {n} to put right", "! {n} to put right", wrong as i64));
        let changed = (changed > 0).then(|| tr_n!("{n} field changed", "{n} fields changed", changed as i64));
        wrong.into_iter().chain(changed).collect::<Vec<_>>().join(" · ")
    }

    /// Errors of a field are shown once it was left or typed wrong, not while it is yet to be filled in.
    pub(super) fn shows_errors(&self, name: &str) -> bool {
        self.touched.contains(name)
            || !self.values.get(name).is_empty()
            || self.problems.iter().any(|(field, ..)| field == name)
    }

    fn keys(&self) -> Vec<(&'static str, String)> {
        use super::Editor::*;
        let here: &[(&str, _)] = match self.focused_field().map(|field| &field.editor) {
            Some(Choice | Link { .. } | Links { .. } | Tags) => &[("⏎", tr!("choose"))],
            Some(Date | Datetime) => &[("⏎", tr!("calendar"))],
            Some(Toggle) => &[("space", tr!("switch"))],
            Some(Multiline) => &[("ctrl-e", tr!("editor"))],
            Some(Lines(_)) => {
                &[("⏎", tr!("edit line")), ("a", tr!("add")), ("d", tr!("remove")), ("J/K", tr!("move"))]
            }
            _ => &[],
        };
        let mut keys = told(&[("ctrl-s", tr!("save")), ("tab", tr!("next"))]);
        keys.extend(told(here));
        keys.extend(told(&[("esc", tr!("cancel"))]));
        keys
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
                self.beside_list(field, area, buf, theme, model);
            }
            Some(Overlay::Many(multi)) => multi.draw_dropdown(field, area, buf, theme),
            Some(Overlay::Month(month)) => month.draw_dropdown(field, area, buf, theme),
            Some(Overlay::Line(_, form)) => form.draw_popup(area, buf, theme, model),
        }
    }
}

impl Form {
    /// What the field held before stands right of its list, on the field's own line.
    fn beside_list(&self, field: Rect, area: Rect, buf: &mut Buffer, theme: &Theme, model: &dyn FormModel) {
        let Some(was) = self.focused_field().and_then(|field| model.before(&self.path(field))) else {
            return;
        };
        let line = Rect { x: area.x, width: area.width.saturating_sub(2), y: field.y, height: 1 };
        let frame = (line.x..line.right()).rev().find(|x| buf[(*x, line.y)].symbol() == "│");
        let start = frame.filter(|x| *x > field.right()).map_or(line.right(), |x| x + 3);
        let room = Rect { x: start, width: line.right().saturating_sub(start), ..line };
        if paint::columns(&text::safe(&was)) <= room.width {
            paint::wipe(buf, room, theme.style(Role::Surface));
            Pen::new(buf, room).text(&was, theme.style(Role::Muted));
        }
    }
}

/// A screen smaller than this has no room for a frame around the form.
const ROOMY: (u16, u16) = (100, 18);

/// Beyond this a form's notes are too far from its fields.
const WIDEST: u16 = 104;

fn told(hints: &[(&'static str, std::borrow::Cow<'static, str>)]) -> Vec<(&'static str, String)> {
    hints.iter().map(|(key, label)| (*key, label.to_string())).collect()
}
