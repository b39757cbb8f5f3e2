//! Fill in a record: the form engine over the schema.

mod model;
mod values;

use crate::actions::records::wanted::Wanted;
use crate::actions::{FormQuestion, Input};
use crate::base::Ref;
use crate::model::kinds::show;
use crate::model::resolve::spell_link;
use crate::model::{FieldsRef, Record, Scope, TypeDef, Value};
use crate::tr;
use crate::tui::keys::Key;
use crate::tui::parts::{Overlay, Refusal, Verdict, World};
use crate::tui::widgets::form::{Form, FormResponse, Level};
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
    /// The record as it was when the form was opened; none for a new one. What became another value since is not
    /// overwritten before the person has seen it.
    opened: Option<Arc<Record>>,
    /// Its fields, presets included.
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
        let gone = |reference: &Ref| format!("there is no {reference} any more");
        let opened = question.reference.as_ref().map(|r| world.book.get(r).cloned().ok_or_else(|| gone(r)));
        let opened = opened.transpose()?;
        let stored = stored(opened.as_ref());
        let mut start = stored.to_vec();
        for (name, value) in &question.preset {
            match start.iter_mut().find(|(n, _)| n == name) {
                Some((_, old)) => old.clone_from(value),
                None => start.push((name.clone(), value.clone())),
            }
        }
        let model = SchemaModel { world, ty: &ty, fields: &start, stored };
        let specs = values::specs(&model, &question.only);
        let form = Form::new(&question.title, specs, values::to_form(&model, &start), &model);
        let form = if question.reference.is_some() { form.of_existing() } else { form };
        let subtitle = match &question.reference {
            Some(reference) => reference.to_string(),
            None if question.makes => tr!("new in {folder}", folder = ty.folder).into_owned(),
            None => String::new(),
        };
        let form = form.subtitle(subtitle);
        Ok(Self { question, before: start, form, ty, opened })
    }

    /// Everything the form holds now, as fields of the record.
    fn now(&self, world: &World) -> Vec<(SmolStr, Value)> {
        let stored = stored(self.opened.as_ref());
        let model = SchemaModel { world, ty: &self.ty, fields: &self.before, stored };
        values::from_form(&model, self.form.values(), &self.before)
    }

    /// Lets the form act, knowing what it holds now.
    fn act(
        &mut self,
        world: &World,
        act: impl FnOnce(&mut Form, &SchemaModel<'_>) -> FormResponse,
    ) -> Verdict {
        let (fields, opened) = (self.now(world), self.opened.clone());
        let model = SchemaModel { world, ty: &self.ty, fields: &fields, stored: stored(opened.as_ref()) };
        let response = act(&mut self.form, &model);
        self.verdict(response, world)
    }

    fn verdict(&mut self, response: FormResponse, world: &World) -> Verdict {
        match response {
            FormResponse::Changed(_) => {
                // What one field holds decides which others make sense.
                let (fields, opened) = (self.now(world), self.opened.clone());
                let model =
                    SchemaModel { world, ty: &self.ty, fields: &fields, stored: stored(opened.as_ref()) };
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

    /// A field holds something else by now than when the form was opened: from here on that counts as seen. Says both.
    fn look_again(&mut self, name: &str, world: &World) -> String {
        let newest = self.question.reference.as_ref().and_then(|r| world.book.get(r));
        let value = newest.map_or(Value::Empty, |record| record.get(name).clone());
        let shown =
            |value: &Value| match (self.ty.field(name), newest.and_then(|r| Scope::of(&world.book, r))) {
                _ if value.is_empty() => tr!("empty").into_owned(),
                (Some(field), Some(scope)) => show(&scope, field, value, world.now),
                _ => value.scalars().join(", "),
            };
        let was = self.opened.as_ref().map_or(Value::Empty, |record| record.get(name).clone());
        let message =
            tr!("meanwhile {was} → {now}: save again to overwrite", was = shown(&was), now = shown(&value));
        if let Some(opened) = &mut self.opened {
            let mut fields = opened.fields.to_vec();
            fields.retain(|(field, _)| field != name);
            fields.extend((!value.is_empty()).then(|| (SmolStr::new(name), value)));
            Arc::make_mut(opened).fields = fields.into();
        }
        message.into_owned()
    }

    /// A record that would stay as it is is left alone, whatever is wrong with it.
    fn submit(&self, response: FormResponse, world: &World) -> Verdict {
        let (fields, opened) = (self.now(world), self.opened.clone());
        let edits = match self.question.reference {
            Some(_) => values::edits(stored(opened.as_ref()), &fields),
            None => values::all(&self.before, &fields),
        };
        match (self.question.reference.is_some() && edits.is_empty(), response) {
            (true, _) => Verdict::Unchanged,
            (false, FormResponse::Submit) => Verdict::Answer(Input {
                type_name: Some(self.ty.name.clone()),
                fields: edits,
                seen: opened,
                ..Input::default()
            }),
            (false, _) => Verdict::Stay,
        }
    }
}

/// What a record holds outside its form; nothing if it is a new one.
fn stored(record: Option<&Arc<Record>>) -> FieldsRef<'_> {
    record.map_or(FieldsRef::NONE, |record| (&record.fields).into())
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

    fn refused(&mut self, refusal: &Refusal<'_>, world: &World) -> bool {
        let Some(name) = refusal.field.filter(|name| self.ty.field(name).is_some()) else { return false };
        match refusal.stale {
            true => {
                let message = self.look_again(name, world);
                self.form.set_problem(name, Level::Warn, message);
            }
            false => self.form.set_problem(name, Level::Error, refusal.message),
        }
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
        let (fields, opened) = (self.now(world), self.opened.clone());
        let model = SchemaModel { world, ty: &self.ty, fields: &fields, stored: stored(opened.as_ref()) };
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
