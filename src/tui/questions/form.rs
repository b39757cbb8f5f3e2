//! Fill in a record: the form engine over the schema.

mod model;
mod values;

use crate::actions::{FormQuestion, Input};
use crate::model::{Book, Scope, TypeDef, Value};
use crate::tui::keys::Key;
use crate::tui::parts::{Overlay, Verdict, World};
use crate::tui::widgets::form::{Form, FormResponse};
use crossterm::event::MouseEvent;
use model::SchemaModel;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use smol_str::SmolStr;
use std::sync::Arc;

/// A form over one record, existing or new.
pub struct FormOverlay {
    question: FormQuestion,
    ty: Arc<TypeDef>,
    /// The record's fields before, presets included.
    before: Vec<(SmolStr, Value)>,
    form: Form,
    /// Waiting for the change to be made.
    saving: bool,
}

impl FormOverlay {
    /// A form as the question describes it.
    ///
    /// # Errors
    /// When the type is unknown or the record is gone.
    pub fn new(question: FormQuestion, world: &World) -> Result<Self, String> {
        let ty = world.book.schema().find(&question.type_name).cloned();
        let ty = ty.ok_or_else(|| format!("there is no type '{}'", question.type_name))?;
        let stored = match &question.reference {
            Some(reference) => match world.book.get(reference) {
                Some(record) => record.fields.clone(),
                None => return Err(format!("there is no {reference} any more")),
            },
            None => Vec::new(),
        };
        let mut start = stored.clone();
        for (name, value) in &question.preset {
            match start.iter_mut().find(|(n, _)| n == name) {
                Some((_, old)) => old.clone_from(value),
                None => start.push((name.clone(), value.clone())),
            }
        }
        let model = SchemaModel { world, ty: &ty, fields: &start };
        let specs = values::specs(&model, &question.only);
        let form = Form::new(&question.title, specs, values::to_form(&model, &start), &model);
        let subtitle = question
            .reference
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_else(|| format!("new in {}", ty.folder));
        let form = form.subtitle(subtitle);
        drop(stored);
        Ok(Self { question, before: start, form, ty, saving: false })
    }

    /// Everything the form holds now, as fields of the record.
    fn now(&self, world: &World) -> Vec<(SmolStr, Value)> {
        let model = SchemaModel { world, ty: &self.ty, fields: &self.before };
        values::from_form(&model, self.form.values(), &self.before)
    }

    fn verdict(&mut self, response: FormResponse, world: &World) -> Verdict {
        match response {
            FormResponse::Changed(_) => {
                // What one field holds decides which others make sense.
                let fields = self.now(world);
                let model = SchemaModel { world, ty: &self.ty, fields: &fields };
                let specs = values::specs(&model, &self.question.only);
                self.form.set_fields(specs, &model);
                Verdict::Stay
            }
            FormResponse::Submit => {
                self.saving = true;
                let fields = self.now(world);
                let stored = self.question.reference.as_ref().and_then(|r| world.book.get(r));
                let stored = stored.map_or(&[][..], |r| &r.fields);
                let edits = values::edits(stored, &fields);
                match edits.is_empty() {
                    true => Verdict::Close,
                    false => Verdict::Answer(Input {
                        type_name: Some(self.ty.name.clone()),
                        fields: edits,
                        ..Input::default()
                    }),
                }
            }
            FormResponse::Cancel => Verdict::Close,
            FormResponse::Create(field, name) => Verdict::Create(field, name),
            FormResponse::Ignored
            | FormResponse::Redraw
            | FormResponse::Invalid(_)
            | FormResponse::External(_) => Verdict::Stay,
        }
    }
}

impl Overlay for FormOverlay {
    fn key(&mut self, key: Key, world: &World) -> Verdict {
        let fields = self.now(world);
        let model = SchemaModel { world, ty: &self.ty, fields: &fields };
        let response = self.form.handle(key.event(), &model);
        self.verdict(response, world)
    }

    fn paste(&mut self, text: &str, world: &World) -> Verdict {
        let fields = self.now(world);
        let model = SchemaModel { world, ty: &self.ty, fields: &fields };
        let response = self.form.paste(text, &model);
        self.verdict(response, world)
    }

    fn mouse(&mut self, event: MouseEvent, world: &World) -> Verdict {
        let fields = self.now(world);
        let model = SchemaModel { world, ty: &self.ty, fields: &fields };
        let response = self.form.mouse(event, &model);
        self.verdict(response, world)
    }

    fn sync(&mut self, _book: &Arc<Book>, _world: &World) {}

    fn refused(&mut self, field: Option<&str>, message: &str, world: &World) -> bool {
        self.saving = false;
        let named = field.map(str::to_owned).or_else(|| {
            let names = self.ty.fields.iter().map(|f| f.name.as_str());
            // The message of a refused change begins with the reference, then names the field.
            names.filter(|name| message.contains(&format!(": {name} "))).map(str::to_owned).next()
        });
        let Some(name) = named else { return false };
        self.form.set_problem(&name, message);
        self.form.focus_on(&name);
        let _ = world;
        true
    }

    fn draw(&self, body: Rect, buf: &mut Buffer, world: &World) {
        let fields = self.now(world);
        let scope = Scope { book: &world.book, ty: &self.ty, fields: &fields };
        let model = SchemaModel { world, ty: scope.ty, fields: scope.fields };
        self.form.draw_popup(body, buf, &world.theme, &model);
    }

    fn hints(&self) -> Vec<(String, String)> {
        let hints = [("ctrl-s", "save"), ("tab", "next"), ("⏎", "pick"), ("esc", "cancel")];
        hints.map(|(k, l)| (k.to_owned(), l.to_owned())).to_vec()
    }

    fn foot(&self) -> String {
        match (self.saving, self.form.changed().len()) {
            (true, _) => "saving …".to_owned(),
            (_, 0) => String::new(),
            (_, 1) => "1 field changed".to_owned(),
            (_, n) => format!("{n} fields changed"),
        }
    }

    fn is_dirty(&self) -> bool {
        self.form.is_dirty()
    }
}
