//! A form: fields in groups, each with the editor its kind needs, checked by its owner as they are typed.
//!
//! Typing goes straight into the field under the focus; Up, Down and Tab move it; Enter opens the field's list,
//! calendar or line, or goes on to the next; Ctrl-S saves; Esc leaves and asks only if something would be lost.
//! After [`FormResponse::Changed`] the owner may hand in other fields ([`Form::set_fields`]): what was typed and
//! where the focus is stay.

mod draw;
mod edit;
mod field;
mod keys;
mod look;
mod overlay;
mod spec;
mod stops;
mod table;
mod value;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use ratatui::layout::Rect;
use smol_str::SmolStr;

pub use spec::{Editor, FieldSpec, FieldStatus, FormModel, Level, Options};
pub use stops::Stop;
pub use value::{FormValue, Values};

use edit::Editing;
use overlay::Overlay;

/// What a key did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormResponse {
    /// Nothing; the key is someone else's.
    Ignored,
    /// Something on the screen changed.
    Redraw,
    /// The content of the field at this path changed.
    Changed(SmolStr),
    /// Save what [`Form::values`] holds; every field can be read.
    Submit,
    /// It can't be saved: so many fields need a look, and the focus is on the first.
    Invalid(usize),
    /// Leave; nothing would be lost, or the person said so.
    Cancel,
    /// Edit the text of the field at this path in the person's own editor, then [`Form::set_value`].
    External(SmolStr),
    /// The person wants a new record, of this name, for the link at this path; once it is made, [`Form::link`].
    Create(SmolStr, String),
}

/// The state of a form.
#[derive(Debug, Default)]
pub struct Form {
    /// What it does: `Edit opportunity · Line 4 sensors`.
    pub title: String,
    /// What it is about, at the right of the title: a reference.
    pub subtitle: String,
    fields: Vec<FieldSpec>,
    values: Values,
    initial: Values,
    statuses: Vec<FieldStatus>,
    /// What saving found, until the field changes.
    problems: Vec<(SmolStr, Level, String)>,
    /// What was wrong with the record before anything was typed; it need not be put right to save something else.
    known: Vec<(SmolStr, String)>,
    /// Fields that have been left or saved once; only these show their errors.
    touched: BTreeSet<SmolStr>,
    /// What comes before field names in paths: `lines.` in a line's own form.
    prefix: String,
    focus: Stop,
    editing: Editing,
    overlay: Option<Overlay>,
    /// Whether it asks if what was typed may be lost.
    asking: bool,
    scroll: Cell<u16>,
    /// Where the last frame drew the stops, for the mouse.
    seen: RefCell<Vec<(Stop, Rect)>>,
}

impl Form {
    /// A form with these fields and what they hold now.
    pub fn new(
        title: impl Into<String>,
        fields: Vec<FieldSpec>,
        values: Values,
        model: &dyn FormModel,
    ) -> Form {
        let mut form = Form { title: title.into(), initial: values.clone(), values, ..Form::default() };
        form.set_fields(fields, model);
        form
    }

    /// With a subtitle at the right.
    pub fn subtitle(mut self, subtitle: impl Into<String>) -> Form {
        self.subtitle = subtitle.into();
        self
    }

    /// Over a record that exists: what is wrong with it already is told, but does not keep it from being saved.
    pub fn of_existing(mut self) -> Form {
        let known = self.errors().into_iter().map(|(field, note)| (field.name.clone(), note)).collect();
        self.known = known;
        self
    }

    /// Other fields: what was typed stays, and so does the focus if its field does.
    pub fn set_fields(&mut self, fields: Vec<FieldSpec>, model: &dyn FormModel) {
        let name = self.fields.get(self.focus.field).map(|field| field.name.clone());
        let first = self.fields.is_empty();
        self.fields = fields;
        self.check(model);
        let found = name.as_ref().and_then(|name| self.fields.iter().position(|field| field.name == *name));
        match found {
            Some(field) => self.focus.field = field,
            None => {
                self.focus = self.nearest_stop(Stop { field: self.focus.field, part: 0 });
                self.load();
            }
        }
        if first {
            self.load();
        }
    }

    /// What the fields hold now.
    pub fn values(&self) -> &Values {
        &self.values
    }

    /// Puts the content of the field at a path from outside: a default, the text of an external editor.
    pub fn set_value(&mut self, path: &str, value: FormValue, model: &dyn FormModel) {
        self.within(path, |form, name| {
            form.values.set(name, value);
            form.problems.retain(|(problem, ..)| *problem != name);
            form.check(model);
            if form.focused_field().is_some_and(|field| field.name == name) {
                form.load();
            }
        });
    }

    /// The text of the field at a path, as it stands now.
    pub fn text(&mut self, path: &str) -> String {
        self.within(path, |form, name| form.values.get(name).text().to_owned())
    }

    /// Puts a record just made into the link at a path that wanted it, as if it had been picked from the list.
    pub fn link(&mut self, path: &str, key: &str, model: &dyn FormModel) -> FormResponse {
        self.within(path, |form, name| {
            if form.focused_field().is_none_or(|field| field.name != name) {
                form.overlay = None;
                form.focus_on(name);
            }
            match form.overlay.take() {
                Some(Overlay::Many(mut multi)) => {
                    multi.take(key, model.label(path, key));
                    let response = form.put(FormValue::List(multi.keys()), model);
                    form.overlay = Some(Overlay::Many(multi));
                    response
                }
                _ => {
                    let response = form.put(FormValue::Text(key.to_owned()), model);
                    form.step(1, model);
                    response
                }
            }
        })
    }

    /// Does something to the form that the field at a path belongs to, this one or a line's that is open above it,
    /// told the field's name there.
    fn within<R>(&mut self, path: &str, act: impl FnOnce(&mut Form, &str) -> R) -> R {
        if let Some(Overlay::Line(_, form)) = &mut self.overlay
            && let Some(name) = path.strip_prefix(form.prefix.as_str())
        {
            return act(form, name);
        }
        act(self, path)
    }

    /// The fields whose content differs from what the form began with.
    pub fn changed(&self) -> Vec<&str> {
        self.values.iter().map(|(name, _)| name.as_str()).filter(|name| self.is_changed(name)).collect()
    }

    fn is_changed(&self, name: &str) -> bool {
        !self.values.get(name).same(self.initial.get(name))
    }

    /// Whether anything would be lost by leaving.
    pub fn is_dirty(&self) -> bool {
        !self.changed().is_empty()
    }

    /// Shows what saving found, and goes to its field. An error keeps it from being saved again as it is, a warning
    /// does not.
    pub fn set_problem(&mut self, name: &str, level: Level, message: impl Into<String>) {
        self.problems.retain(|(problem, ..)| problem != name);
        self.problems.push((name.into(), level, message.into()));
        if let Some(field) = self.fields.iter().position(|field| field.name == name) {
            self.focus = self.nearest_stop(Stop { field, part: 0 });
            self.load();
        }
    }

    /// The field with the focus.
    pub fn focused_field(&self) -> Option<&FieldSpec> {
        self.fields.get(self.focus.field)
    }

    /// Puts the focus on a field.
    pub fn focus_on(&mut self, name: &str) {
        if let Some(field) = self.fields.iter().position(|field| field.name == name) {
            self.focus = self.nearest_stop(Stop { field, part: 0 });
            self.load();
        }
    }

    /// Whether a list, a calendar or a line's own form is open above the fields.
    pub fn is_open(&self) -> bool {
        self.overlay.is_some()
    }

    /// The fields that can't be saved as they are, with what is wrong.
    pub fn errors(&self) -> Vec<(&FieldSpec, String)> {
        let of = |index: usize| {
            let (level, note) = self.verdict(index);
            (level == Level::Error).then(|| (&self.fields[index], note))
        };
        (0..self.fields.len()).filter_map(of).collect()
    }

    /// How a field stands: what saving said, else what the owner says of its content.
    fn verdict(&self, index: usize) -> (Level, String) {
        let field = &self.fields[index];
        if let Some((_, level, problem)) = self.problems.iter().find(|(name, ..)| *name == field.name) {
            return (*level, problem.clone());
        }
        let status = &self.statuses[index];
        let missing = field.required && self.values.get(&field.name).is_empty();
        let (level, note) = match missing && status.level < Level::Error {
            true => (Level::Error, crate::tr!("needs a value").to_string()),
            false => (status.level, status.note.clone()),
        };
        let known = self.known.iter().any(|(name, known)| *name == field.name && *known == note);
        (if known { level.min(Level::Warn) } else { level }, note)
    }

    /// Asks the owner about every field; one may depend on another.
    fn check(&mut self, model: &dyn FormModel) {
        let status = |field: &FieldSpec| {
            let path = format!("{}{}", self.prefix, field.name);
            model.check(&path, self.values.get(&field.name), &self.values)
        };
        self.statuses = self.fields.iter().map(status).collect();
    }

    fn path(&self, field: &FieldSpec) -> String {
        format!("{}{}", self.prefix, field.name)
    }
}

#[cfg(test)]
mod tests;
