//! Keys, pasted text and the mouse.

use crossterm::event::{KeyCode, KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::edit::Editing;
use super::overlay::Overlay;
use super::spec::{Editor, FormModel};
use super::value::FormValue;
use super::{Form, FormResponse, Stop};
use crate::tui::widgets::chord::{Held, chord};
use crate::tui::widgets::input::Edit;

impl Form {
    /// Handles one key.
    pub fn handle(&mut self, key: KeyEvent, model: &dyn FormModel) -> FormResponse {
        if self.asking {
            self.asking = false;
            let discard = chord(key) == (Held::Plain, KeyCode::Char('d'));
            return if discard { FormResponse::Cancel } else { FormResponse::Redraw };
        }
        if self.overlay.is_some() {
            return self.in_overlay(key, model);
        }
        match chord(key) {
            (Held::Ctrl, KeyCode::Char('s')) => return self.submit(model),
            (Held::Plain, KeyCode::Esc) if self.is_dirty() => {
                self.asking = true;
                return FormResponse::Redraw;
            }
            (Held::Plain, KeyCode::Esc) => return FormResponse::Cancel,
            (Held::Plain, KeyCode::Tab) => return self.step(1, model),
            (Held::Plain, KeyCode::BackTab) => return self.step(-1, model),
            (Held::Plain, KeyCode::PageDown) => return self.step_group(1, model),
            (Held::Plain, KeyCode::PageUp) => return self.step_group(-1, model),
            (Held::Alt, KeyCode::Char('e')) => return self.go_to_error(model, self.focus.field + 1),
            _ => {}
        }
        match self.in_field(key, model) {
            FormResponse::Ignored => match chord(key) {
                (Held::Plain, KeyCode::Down) => self.step(1, model),
                (Held::Plain, KeyCode::Up) => self.step(-1, model),
                (Held::Plain, KeyCode::Enter) => self.step(1, model),
                _ => FormResponse::Ignored,
            },
            response => response,
        }
    }

    /// Takes pasted text into the field or list that has the focus.
    pub fn paste(&mut self, text: &str, model: &dyn FormModel) -> FormResponse {
        match &mut self.overlay {
            Some(Overlay::One(_)) => {
                if let Some(Overlay::One(mut picker)) = self.overlay.take() {
                    let picked = picker.paste(text);
                    return self.picked(picker, picked, model);
                }
            }
            Some(Overlay::Many(multi)) => {
                multi.paste(text);
            }
            Some(Overlay::Line(_, form)) => return form.paste(text, model),
            Some(Overlay::Month(_)) => {}
            None => {
                match &mut self.editing {
                    Editing::Line(input) => input.paste(text),
                    Editing::Area(area) => area.paste(text),
                    Editing::Nothing => {
                        self.open(text, model);
                        return FormResponse::Redraw;
                    }
                };
                return self.store(model);
            }
        }
        FormResponse::Redraw
    }

    /// Handles the mouse: a click puts the focus on a field or picks from what is open; the wheel moves.
    pub fn mouse(&mut self, event: MouseEvent, model: &dyn FormModel) -> FormResponse {
        match self.overlay.take() {
            Some(Overlay::One(mut picker)) => {
                let picked = picker.mouse(event);
                return self.picked(picker, picked, model);
            }
            Some(Overlay::Many(mut multi)) => {
                let chosen = multi.mouse(event);
                return self.chosen(multi, chosen, model);
            }
            Some(Overlay::Month(mut month)) => {
                let dated = month.mouse(event);
                return self.dated(month, dated, model);
            }
            Some(Overlay::Line(at, mut form)) => {
                let response = form.mouse(event, model);
                self.overlay = Some(Overlay::Line(at, form));
                return response;
            }
            None => {}
        }
        match event.kind {
            MouseEventKind::ScrollDown => self.step(1, model),
            MouseEventKind::ScrollUp => self.step(-1, model),
            MouseEventKind::Down(MouseButton::Left) => {
                self.click(Position::new(event.column, event.row), model)
            }
            _ => FormResponse::Ignored,
        }
    }

    fn click(&mut self, at: Position, model: &dyn FormModel) -> FormResponse {
        let hit = self.seen.borrow().iter().find(|(_, area)| area.contains(at)).map(|(stop, _)| *stop);
        match hit {
            Some(stop) if stop == self.focus => {
                let toggles = self.focused_field().is_some_and(|field| field.editor == Editor::Toggle);
                if toggles {
                    return self.toggle(model);
                }
                self.open("", model);
                FormResponse::Redraw
            }
            Some(stop) => self.go(stop, model),
            None => FormResponse::Ignored,
        }
    }

    pub(super) fn step(&mut self, by: isize, model: &dyn FormModel) -> FormResponse {
        let stop = self.stop_from(self.focus, by);
        self.go(stop, model)
    }

    /// Goes to the beginning of the next group, or of this one and then the one before.
    fn step_group(&mut self, by: isize, model: &dyn FormModel) -> FormResponse {
        let starts = (0..self.fields.len())
            .filter(|at| *at == 0 || self.fields[*at].group != self.fields[*at - 1].group);
        let found = if by > 0 {
            starts.into_iter().find(|start| *start > self.focus.field).unwrap_or(self.fields.len())
        } else {
            starts.into_iter().rfind(|start| *start < self.focus.field).unwrap_or(0)
        };
        let stop = self.nearest_stop(Stop { field: found, part: 0 });
        self.go(stop, model)
    }

    fn in_field(&mut self, key: KeyEvent, model: &dyn FormModel) -> FormResponse {
        let Some(field) = self.focused_field().filter(|field| field.locked.is_none()) else {
            return FormResponse::Ignored;
        };
        match (&field.editor, chord(key)) {
            (Editor::Multiline, (Held::Ctrl, KeyCode::Char('e' | 'o'))) => {
                FormResponse::External(self.path(field).into())
            }
            (Editor::Date | Editor::Datetime, (Held::Plain, KeyCode::Enter) | (Held::Alt, KeyCode::Down)) => {
                self.open("", model);
                FormResponse::Redraw
            }
            (Editor::Toggle, (held, code)) => self.in_toggle(held, code, model),
            (Editor::Lines(_), (held, code)) => self.in_lines(held, code, model),
            (Editor::Choice | Editor::Link { .. } | Editor::Links { .. } | Editor::Tags, (held, code)) => {
                self.in_picked(held, code, model)
            }
            _ => {
                let edit = match &mut self.editing {
                    Editing::Line(input) => input.handle(key),
                    Editing::Area(area) => area.handle(key),
                    Editing::Nothing => Edit::Ignored,
                };
                match edit {
                    Edit::Ignored => FormResponse::Ignored,
                    Edit::Moved => FormResponse::Redraw,
                    Edit::Changed => self.store(model),
                }
            }
        }
    }

    fn in_toggle(&mut self, held: Held, code: KeyCode, model: &dyn FormModel) -> FormResponse {
        match (held, code) {
            (Held::Plain, KeyCode::Char(' ') | KeyCode::Left | KeyCode::Right) => self.toggle(model),
            (Held::Plain, KeyCode::Char('y' | '1')) => self.put("true".into(), model),
            (Held::Plain, KeyCode::Char('n' | '0')) => self.put("false".into(), model),
            (Held::Plain, KeyCode::Backspace | KeyCode::Delete) => self.put("".into(), model),
            _ => FormResponse::Ignored,
        }
    }

    fn toggle(&mut self, model: &dyn FormModel) -> FormResponse {
        let on = self.focused_field().is_some_and(|field| self.values.get(&field.name).text() == "true");
        self.put(if on { "false" } else { "true" }.into(), model)
    }

    fn in_picked(&mut self, held: Held, code: KeyCode, model: &dyn FormModel) -> FormResponse {
        let Some(field) = self.focused_field() else { return FormResponse::Ignored };
        match (held, code) {
            (Held::Plain, KeyCode::Enter | KeyCode::Char(' ')) | (Held::Alt, KeyCode::Down) => {
                self.open("", model);
                FormResponse::Redraw
            }
            (Held::Plain, KeyCode::Char(c)) => {
                self.open(c.encode_utf8(&mut [0; 4]), model);
                FormResponse::Redraw
            }
            (Held::Plain, KeyCode::Left | KeyCode::Right) if field.editor == Editor::Choice => {
                self.next_choice(if code == KeyCode::Right { 1 } else { -1 }, model)
            }
            (Held::Plain, KeyCode::Backspace | KeyCode::Delete) => {
                let mut list = self.values.get(&field.name).list();
                list.pop();
                let several = matches!(field.editor, Editor::Links { .. } | Editor::Tags);
                let value = if several { FormValue::List(list) } else { FormValue::default() };
                self.put(value, model)
            }
            _ => FormResponse::Ignored,
        }
    }

    /// Takes the option beside the present one, without opening the list.
    fn next_choice(&mut self, by: isize, model: &dyn FormModel) -> FormResponse {
        let Some(field) = self.focused_field() else { return FormResponse::Ignored };
        let items = model.options(&self.path(field), "", &self.values).items;
        let now = self.values.get(&field.name).text();
        let at = items.iter().position(|item| item.key == now);
        let next = at.map_or(Some(0), |at| at.checked_add_signed(by)).and_then(|at| items.get(at));
        match next {
            Some(item) if item.barred.is_none() => self.put(FormValue::Text(item.key.to_string()), model),
            _ => FormResponse::Redraw,
        }
    }

    fn in_lines(&mut self, held: Held, code: KeyCode, model: &dyn FormModel) -> FormResponse {
        let Some(field) = self.focused_field() else { return FormResponse::Ignored };
        let mut lines = self.values.get(&field.name).lines().to_vec();
        let at = self.focus.part;
        let there = at < lines.len();
        match (held, code) {
            (Held::Plain, KeyCode::Enter | KeyCode::Char(' ' | 'e')) => {
                self.open("", model);
                FormResponse::Redraw
            }
            (Held::Plain, KeyCode::Char('a' | '+')) => {
                self.focus.part = lines.len();
                self.open("", model);
                FormResponse::Redraw
            }
            (Held::Plain, KeyCode::Delete | KeyCode::Backspace | KeyCode::Char('d' | 'x')) if there => {
                lines.remove(at);
                self.put(FormValue::Lines(lines), model)
            }
            (Held::Plain, KeyCode::Char('K')) | (Held::Alt, KeyCode::Up) if there && at > 0 => {
                lines.swap(at, at - 1);
                self.focus.part -= 1;
                self.put(FormValue::Lines(lines), model)
            }
            (Held::Plain, KeyCode::Char('J')) | (Held::Alt, KeyCode::Down) if at + 1 < lines.len() => {
                lines.swap(at, at + 1);
                self.focus.part += 1;
                self.put(FormValue::Lines(lines), model)
            }
            _ => FormResponse::Ignored,
        }
    }
}
