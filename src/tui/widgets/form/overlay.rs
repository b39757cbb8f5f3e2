//! What opens above the fields: a list, a calendar, the form of one line.

use crossterm::event::{KeyCode, KeyEvent};

use super::spec::{Editor, FormModel};
use super::value::{FormValue, Values};
use super::{Form, FormResponse};
use crate::tr;
use crate::tui::widgets::calendar::{Calendar, Dated};
use crate::tui::widgets::chord::{Held, chord};
use crate::tui::widgets::multi::{Chosen, Multi};
use crate::tui::widgets::picker::{Picked, Picker};

/// What is open.
#[derive(Debug)]
pub(super) enum Overlay {
    /// A list to pick one from.
    One(Picker),
    /// A list to pick several from.
    Many(Multi),
    /// A month.
    Month(Box<Calendar>),
    /// The form of a line: its index, or none for a new one.
    Line(Option<usize>, Box<Form>),
}

impl Form {
    /// Opens what the field under the focus is picked with, `typed` being the beginning of the query. False when
    /// it has nothing to open.
    pub(super) fn open(&mut self, typed: &str, model: &dyn FormModel) -> bool {
        let Some(field) = self.focused_field().filter(|field| field.locked.is_none()) else { return false };
        let path = self.path(field);
        let value = self.values.get(&field.name);
        let options = |query: &str| model.options(&path, query, &self.values);
        let overlay = match &field.editor {
            Editor::Choice | Editor::Link { .. } => {
                let found = options(typed);
                let mut picker = Picker::new(found.items);
                if let Editor::Link { create: Some(wording) } = &field.editor {
                    picker = picker.creating(wording);
                }
                if found.partial {
                    picker = picker.searched_elsewhere();
                }
                picker.select(value.text());
                Overlay::One(if typed.is_empty() { picker } else { picker.with_query(typed) })
            }
            Editor::Links { .. } | Editor::Tags => {
                let found = options(typed);
                let chosen = value.list().into_iter();
                let chosen = chosen.map(|key| (key.as_str().into(), model.label(&path, &key))).collect();
                let mut multi = Multi::new(found.items, chosen);
                multi = match &field.editor {
                    Editor::Links { create: Some(wording) } => multi.creating(wording),
                    Editor::Tags => multi.free(),
                    _ => multi,
                };
                if found.partial {
                    multi = multi.searched_elsewhere();
                }
                multi.picker.paste(typed);
                Overlay::Many(multi)
            }
            Editor::Date | Editor::Datetime => {
                let (date, time) = split_time(value.text());
                let mut calendar = Calendar::new(model.today(), model.read_date(date).ok());
                if field.editor == Editor::Datetime {
                    calendar = calendar.with_time(time.unwrap_or_default());
                }
                Overlay::Month(Box::new(calendar))
            }
            Editor::Lines(fields) => {
                let line = value.lines().get(self.focus.part);
                let title = match line {
                    Some(_) => tr!("{what}, line {n}", what = field.label, n = self.focus.part + 1),
                    None => tr!("{what}, new line", what = field.label),
                };
                let mut form = Form {
                    title: title.to_string(),
                    prefix: format!("{path}."),
                    values: line.cloned().unwrap_or_default(),
                    initial: line.cloned().unwrap_or_default(),
                    ..Form::default()
                };
                form.set_fields(fields.clone(), model);
                Overlay::Line(line.map(|_| self.focus.part), Box::new(form))
            }
            _ => return false,
        };
        self.overlay = Some(overlay);
        true
    }

    /// Gives a key to what is open.
    pub(super) fn in_overlay(&mut self, key: KeyEvent, model: &dyn FormModel) -> FormResponse {
        let Some(overlay) = self.overlay.take() else { return FormResponse::Ignored };
        match overlay {
            Overlay::One(picker) => self.in_list(picker, key, model),
            Overlay::Many(multi) => self.in_lists(multi, key, model),
            Overlay::Month(calendar) => self.in_month(calendar, key, model),
            Overlay::Line(at, form) => self.in_line(at, form, key, model),
        }
    }

    fn in_list(&mut self, mut picker: Picker, key: KeyEvent, model: &dyn FormModel) -> FormResponse {
        let Some(way) = Way::of(key) else {
            let picked = picker.handle(key);
            return self.picked(picker, picked, model);
        };
        if !picker.is_typed() {
            return self.leave(way, None, model);
        }
        match picker.take() {
            Picked::Choose(key) => {
                let response = self.put(FormValue::Text(key.to_string()), model);
                self.leave(way, Some(response), model)
            }
            other => self.picked(picker, other, model),
        }
    }

    /// Goes on from a field whose list is done with; `put` is what became of what was chosen in it.
    fn leave(&mut self, way: Way, put: Option<FormResponse>, model: &dyn FormModel) -> FormResponse {
        match way {
            Way::Step(by) => {
                let moved = self.step(by, model);
                put.unwrap_or(moved)
            }
            Way::Save => self.submit(model),
        }
    }

    /// Does what a list says.
    pub(super) fn picked(
        &mut self,
        mut picker: Picker,
        picked: Picked,
        model: &dyn FormModel,
    ) -> FormResponse {
        match picked {
            Picked::Choose(key) => {
                let response = self.put(FormValue::Text(key.to_string()), model);
                let next = self.stop_from(self.focus, 1);
                self.go(next, model);
                return response;
            }
            Picked::Create(name) => {
                // The list stays open: whoever thinks better of it comes back to what was typed.
                self.overlay = Some(Overlay::One(picker));
                return self.create(name);
            }
            Picked::Cancel => return FormResponse::Redraw,
            Picked::Query => {
                if let Some(field) = self.focused_field() {
                    let found = model.options(&self.path(field), picker.input.text(), &self.values);
                    if found.partial {
                        picker.set_items(found.items);
                    }
                }
            }
            Picked::Ignored | Picked::Moved | Picked::Barred(_) => {}
        }
        self.overlay = Some(Overlay::One(picker));
        FormResponse::Redraw
    }

    fn create(&self, name: String) -> FormResponse {
        let field = self.focused_field();
        field.map_or(FormResponse::Redraw, |field| FormResponse::Create(self.path(field).into(), name))
    }

    fn in_lists(&mut self, mut multi: Multi, key: KeyEvent, model: &dyn FormModel) -> FormResponse {
        let Some(way) = Way::of(key) else {
            let chosen = multi.handle(key);
            return self.chosen(multi, chosen, model);
        };
        if !multi.picker.is_typed() {
            // What is chosen is in the form already.
            return self.leave(way, None, model);
        }
        match multi.enter() {
            Chosen::Changed => {
                let response = self.put(FormValue::List(multi.keys()), model);
                self.leave(way, Some(response), model)
            }
            other => self.chosen(multi, other, model),
        }
    }

    /// Does what a list of several says.
    pub(super) fn chosen(&mut self, mut multi: Multi, chosen: Chosen, model: &dyn FormModel) -> FormResponse {
        let mut response = FormResponse::Redraw;
        match &chosen {
            Chosen::Done => return response,
            Chosen::Changed => response = self.put(FormValue::List(multi.keys()), model),
            Chosen::Create(name) => response = self.create(name.clone()),
            Chosen::Ignored | Chosen::Redraw | Chosen::Query => {}
        }
        if let (Chosen::Changed | Chosen::Query, Some(field)) = (chosen, self.focused_field()) {
            let found = model.options(&self.path(field), multi.picker.input.text(), &self.values);
            if found.partial {
                multi.set_items(found.items);
            }
        }
        self.overlay = Some(Overlay::Many(multi));
        response
    }

    fn in_month(&mut self, mut month: Box<Calendar>, key: KeyEvent, model: &dyn FormModel) -> FormResponse {
        if chord(key) == (Held::Ctrl, KeyCode::Char('s')) {
            if !month.is_typed() {
                return self.submit(model);
            }
            let dated = month.choose();
            let response = self.dated(month, dated, model);
            return if self.overlay.is_none() { self.submit(model) } else { response };
        }
        let dated = month.handle(key, &|text| model.read_date(text).map(|day| (day, None)));
        self.dated(month, dated, model)
    }

    /// Does what a calendar says.
    pub(super) fn dated(
        &mut self,
        month: Box<Calendar>,
        dated: Dated,
        model: &dyn FormModel,
    ) -> FormResponse {
        let text = match dated {
            Dated::Choose(day, None) => day.to_string(),
            Dated::Choose(day, Some(time)) => format!("{day} {}", time.format("%H:%M")),
            Dated::Clear => String::new(),
            Dated::Cancel => return FormResponse::Redraw,
            Dated::Ignored | Dated::Moved => {
                self.overlay = Some(Overlay::Month(month));
                return FormResponse::Redraw;
            }
        };
        let response = self.put(FormValue::Text(text), model);
        self.load();
        let next = self.stop_from(self.focus, 1);
        self.go(next, model);
        response
    }

    fn in_line(
        &mut self,
        at: Option<usize>,
        mut form: Box<Form>,
        key: KeyEvent,
        model: &dyn FormModel,
    ) -> FormResponse {
        let response = match form.handle(key, model) {
            FormResponse::Submit => return self.put_line(at, form.values.clone(), model),
            FormResponse::Cancel => return FormResponse::Redraw,
            other => other,
        };
        self.overlay = Some(Overlay::Line(at, form));
        response
    }

    fn put_line(&mut self, at: Option<usize>, line: Values, model: &dyn FormModel) -> FormResponse {
        let Some(field) = self.focused_field() else { return FormResponse::Redraw };
        let mut lines = self.values.get(&field.name).lines().to_vec();
        match at.and_then(|at| lines.get_mut(at)) {
            Some(old) => *old = line,
            None => lines.push(line),
        }
        let response = self.put(FormValue::Lines(lines), model);
        self.focus = self.stop_from(self.focus, 1);
        response
    }
}

/// How a field is left whose list is open.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// To the field so many further on.
    Step(isize),
    /// By saving.
    Save,
}

impl Way {
    /// The way that a key goes. What is typed by then is taken first, so that nothing typed is lost.
    fn of(key: KeyEvent) -> Option<Way> {
        match chord(key) {
            (Held::Plain, KeyCode::Tab) => Some(Way::Step(1)),
            (Held::Plain, KeyCode::BackTab) => Some(Way::Step(-1)),
            (Held::Ctrl, KeyCode::Char('s')) => Some(Way::Save),
            _ => None,
        }
    }
}

/// A date and the time behind it, if there is one: `2026-11-21 14:00`, `2026-11-21T14:00:00+01:00`.
fn split_time(text: &str) -> (&str, Option<chrono::NaiveTime>) {
    let Some((date, time)) = text.split_once(['T', ' ']) else { return (text, None) };
    let time = time.get(..5).and_then(|time| chrono::NaiveTime::parse_from_str(time, "%H:%M").ok());
    if time.is_some() { (date, time) } else { (text, None) }
}
