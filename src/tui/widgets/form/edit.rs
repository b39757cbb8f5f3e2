//! The text under the focus, and how it gets into the form's values.

use super::spec::{Editor, FormModel, Level};
use super::value::FormValue;
use super::{Form, FormResponse, Stop};
use crate::tui::widgets::area::Area;
use crate::tui::widgets::input::Input;

/// The text being typed at the focus.
#[derive(Debug, Default)]
pub(super) enum Editing {
    /// The field is not typed but picked.
    #[default]
    Nothing,
    /// One line.
    Line(Input),
    /// Several.
    Area(Box<Area>),
}

impl Form {
    /// Takes up the text of the field under the focus.
    pub(super) fn load(&mut self) {
        self.editing = Editing::Nothing;
        let Some(field) = self.fields.get(self.focus.field).filter(|field| field.locked.is_none()) else {
            return;
        };
        let value = self.values.get(&field.name);
        self.editing = match &field.editor {
            Editor::Text | Editor::Number | Editor::Date | Editor::Datetime => {
                Editing::Line(Input::with(value.text()))
            }
            Editor::Multiline => Editing::Area(Box::new(Area::with(value.text()))),
            Editor::Parts(parts) => match parts.get(self.focus.part) {
                Some((part, _)) => Editing::Line(Input::with(value.part(part))),
                None => Editing::Nothing,
            },
            _ => Editing::Nothing,
        };
    }

    /// Puts what is typed at the focus into the values.
    pub(super) fn store(&mut self, model: &dyn FormModel) -> FormResponse {
        let Some(field) = self.fields.get(self.focus.field) else { return FormResponse::Redraw };
        let name = field.name.clone();
        let value = match (&self.editing, &field.editor) {
            (Editing::Line(input), Editor::Parts(parts)) => match parts.get(self.focus.part) {
                Some((part, _)) => self.values.get(&name).with_part(part, input.text().to_owned()),
                None => return FormResponse::Redraw,
            },
            (Editing::Line(input), _) => FormValue::Text(input.text().to_owned()),
            (Editing::Area(area), _) => FormValue::Text(area.text()),
            (Editing::Nothing, _) => return FormResponse::Redraw,
        };
        self.put(value, model)
    }

    /// Puts a value into the field under the focus.
    pub(super) fn put(&mut self, value: FormValue, model: &dyn FormModel) -> FormResponse {
        let Some(field) = self.fields.get(self.focus.field) else { return FormResponse::Redraw };
        let (name, path) = (field.name.clone(), self.path(field));
        self.problems.retain(|(problem, ..)| *problem != name);
        let before = model.follows(&path, &self.values);
        self.values.set(&name, value);
        for (other, follows) in model.follows(&path, &self.values) {
            let held = self.values.get(&other);
            let untouched = before.iter().any(|(name, value)| *name == other && value.same(held));
            if held.is_empty() || untouched {
                self.values.set(&other, follows);
            }
        }
        self.check(model);
        FormResponse::Changed(path.into())
    }

    /// Leaves the field under the focus: what was typed becomes what it was read as.
    pub(super) fn settle(&mut self, model: &dyn FormModel) {
        let Some(field) = self.fields.get(self.focus.field) else { return };
        let name = field.name.clone();
        let settled = self.statuses.get(self.focus.field).and_then(|status| status.settled.clone());
        // A text nobody has touched keeps its own spelling.
        let value = self.values.get(&name);
        let touched = value != self.initial.get(&name);
        if let Some(settled) = settled.filter(|settled| touched && settled != value.text()) {
            self.values.set(&name, FormValue::Text(settled));
            self.check(model);
        }
        self.touched.insert(name);
    }

    /// Moves the focus.
    pub(super) fn go(&mut self, stop: Stop, model: &dyn FormModel) -> FormResponse {
        if stop != self.focus {
            self.settle(model);
            self.focus = stop;
            self.load();
        }
        FormResponse::Redraw
    }

    /// Leaves the field and says whether the form can be saved, or goes to the first field that stands in the way.
    pub(super) fn submit(&mut self, model: &dyn FormModel) -> FormResponse {
        self.settle(model);
        self.touched.extend(self.fields.iter().map(|field| field.name.clone()));
        let wrong = self.errors().len();
        if wrong == 0 {
            self.load();
            return FormResponse::Submit;
        }
        self.go_to_error(model, 0);
        FormResponse::Invalid(wrong)
    }

    /// Goes to the first field with an error at or after a field, or to the first of all.
    pub(super) fn go_to_error(&mut self, model: &dyn FormModel, from: usize) -> FormResponse {
        let wrong = |index: &usize| self.verdict(*index).0 == Level::Error;
        let count = self.fields.len();
        match (from..count).find(wrong).or_else(|| (0..count).find(wrong)) {
            Some(field) => {
                let stop = self.nearest_stop(Stop { field, part: 0 });
                self.go(stop, model);
                FormResponse::Redraw
            }
            None => FormResponse::Redraw,
        }
    }
}
