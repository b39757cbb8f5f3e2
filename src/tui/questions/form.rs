//! Fill in a record: the form engine over the schema.

mod model;
mod values;

use crate::actions::records::wanted::Wanted;
use crate::actions::{FormQuestion, Input};
use crate::base::Ref;
use crate::model::resolve::spell_link;
use crate::model::{TypeDef, Value};
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
        let model = SchemaModel { world, ty: &ty, fields: &start, stored: &stored };
        let specs = values::specs(&model, &question.only);
        let form = Form::new(&question.title, specs, values::to_form(&model, &start), &model);
        let form = if question.reference.is_some() { form.of_existing() } else { form };
        let subtitle = question
            .reference
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_else(|| format!("new in {}", ty.folder));
        let form = form.subtitle(subtitle);
        Ok(Self { question, before: start, form, ty })
    }

    /// The record as it is now, outside the form.
    fn stored<'w>(&self, world: &'w World) -> &'w [(SmolStr, Value)] {
        let stored = self.question.reference.as_ref().and_then(|r| world.book.get(r));
        stored.map_or(&[], |record| &record.fields)
    }

    /// Everything the form holds now, as fields of the record.
    fn now(&self, world: &World) -> Vec<(SmolStr, Value)> {
        let stored = self.stored(world);
        let model = SchemaModel { world, ty: &self.ty, fields: &self.before, stored };
        values::from_form(&model, self.form.values(), &self.before)
    }

    /// Lets the form act, knowing what it holds now.
    fn act(
        &mut self,
        world: &World,
        act: impl FnOnce(&mut Form, &SchemaModel<'_>) -> FormResponse,
    ) -> Verdict {
        let (fields, stored) = (self.now(world), self.stored(world));
        let model = SchemaModel { world, ty: &self.ty, fields: &fields, stored };
        let response = act(&mut self.form, &model);
        self.verdict(response, world)
    }

    fn verdict(&mut self, response: FormResponse, world: &World) -> Verdict {
        match response {
            FormResponse::Changed(_) => {
                // What one field holds decides which others make sense.
                let (fields, stored) = (self.now(world), self.stored(world));
                let model = SchemaModel { world, ty: &self.ty, fields: &fields, stored };
                let specs = values::specs(&model, &self.question.only);
                self.form.set_fields(specs, &model);
                Verdict::Stay
            }
            FormResponse::Submit | FormResponse::Invalid(_) => self.submit(response, world),
            FormResponse::Cancel => Verdict::Close,
            FormResponse::Create(link, called) => {
                let wanted = Wanted {
                    holder: self.ty.name.clone(),
                    reference: self.question.reference.clone(),
                    fields: self.now(world),
                    link,
                    called,
                };
                Verdict::Create(wanted, self.question.title.clone())
            }
            FormResponse::External(field) => {
                let text = self.form.text(&field);
                Verdict::Write(field, text)
            }
            FormResponse::Ignored | FormResponse::Redraw => Verdict::Stay,
        }
    }

    /// A record that would stay as it is is left alone, whatever is wrong with it.
    fn submit(&self, response: FormResponse, world: &World) -> Verdict {
        let (fields, stored) = (self.now(world), self.stored(world));
        let edits = match self.question.reference {
            Some(_) => values::edits(stored, &fields),
            None => values::all(&self.before, &fields),
        };
        match (self.question.reference.is_some() && edits.is_empty(), response) {
            (true, _) => Verdict::Unchanged,
            (false, FormResponse::Submit) => Verdict::Answer(Input {
                type_name: Some(self.ty.name.clone()),
                fields: edits,
                ..Input::default()
            }),
            (false, _) => Verdict::Stay,
        }
    }
}

impl Overlay for FormOverlay {
    fn key(&mut self, key: Key, world: &World) -> Verdict {
        self.act(world, |form, model| form.handle(key.event(), model))
    }

    fn paste(&mut self, text: &str, world: &World) -> Verdict {
        self.act(world, |form, model| form.paste(text, model))
    }

    fn mouse(&mut self, event: MouseEvent, world: &World) -> Verdict {
        self.act(world, |form, model| form.mouse(event, model))
    }

    fn refused(&mut self, field: Option<&str>, message: &str, _world: &World) -> bool {
        let named = field.map(str::to_owned).or_else(|| {
            let names = self.ty.fields.iter().map(|f| f.name.as_str());
            // The message of a refused change begins with the reference, then names the field.
            names.filter(|name| message.contains(&format!(": {name} "))).map(str::to_owned).next()
        });
        let Some(name) = named else { return false };
        self.form.set_problem(&name, message);
        true
    }

    fn made(&mut self, link: &str, record: &Ref, world: &World) {
        let Some(field) = self.ty.field_at(link) else { return };
        let key = spell_link(world.book.schema(), field, record);
        self.act(world, |form, model| form.link(link, &key, model));
    }

    fn written(&mut self, field: &str, text: String, world: &World) {
        self.act(world, |form, model| {
            form.set_value(field, text.into(), model);
            FormResponse::Changed(field.into())
        });
    }

    fn draw(&self, body: Rect, buf: &mut Buffer, world: &World) {
        let (fields, stored) = (self.now(world), self.stored(world));
        let model = SchemaModel { world, ty: &self.ty, fields: &fields, stored };
        self.form.draw_popup(body, buf, &world.theme, &model);
    }

    fn hints(&self) -> Vec<(String, String)> {
        self.form.hints().into_iter().map(|(key, label)| (key.to_owned(), label)).collect()
    }

    fn foot(&self) -> String {
        self.form.tally()
    }

    fn is_dirty(&self) -> bool {
        self.form.is_dirty()
    }
}
