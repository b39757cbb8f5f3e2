//! Overlays and whom their answers go to.

use super::situation::Situation;
use super::{App, Choice, Draft, Effect, Overlay, Response, Verdict};
use crate::actions::records::new;
use crate::actions::records::wanted::Wanted;
use crate::actions::{Input, Place, Question};
use crate::tr;
use crate::tui::parts::{Asker, Importing, Refusal};
use crate::tui::questions;
use crate::tui::theme::Theme;
use crate::tui::widgets::toast::Kind;
use crate::workspace::Order;
use smol_str::SmolStr;

/// An overlay with what its answer is for.
pub struct Asked {
    /// Waits for what comes back to it.
    pub asker: Asker,
    pub overlay: Box<dyn Overlay>,
    pub purpose: Purpose,
    /// The form whose answer made this question necessary. It waits beneath, and both are done with together.
    pub after: Option<u64>,
}

/// Whom an answer goes to.
#[derive(Clone)]
pub enum Purpose {
    /// The overlay only runs actions or goes places.
    Nothing,
    /// Run this action again, with what it was told before and the answer.
    Action(&'static str, Input),
    /// The current screen, for this.
    Screen(&'static str),
    /// The theme before the picker was opened, to go back to.
    Theme(Box<Theme>),
    /// Which type a wanted record is to be of; the text is what the form that wants it is called.
    Type(Wanted, String),
    /// Make a record for the form beneath, which puts it into this link.
    Link(SmolStr),
}

impl App {
    /// Puts an overlay on top of all others; `after` is the form whose answer made it necessary.
    pub(super) fn put_over(
        &mut self,
        mut overlay: Box<dyn Overlay>,
        purpose: Purpose,
        after: Option<u64>,
    ) -> Vec<Effect> {
        let asker = Asker::new(self.number());
        let job = overlay.job(&self.world).map(|job| Effect::Job(asker.waiting(), job));
        self.overlays.push(Asked { asker, overlay, purpose, after });
        job.into_iter().collect()
    }

    /// Puts a question on the screen, as [`App::put_over`].
    pub(super) fn ask(&mut self, question: Question, purpose: Purpose, after: Option<u64>) -> Vec<Effect> {
        match questions::overlay(question, &self.world) {
            Ok(overlay) => self.put_over(overlay, purpose, after),
            Err(message) => {
                self.say(Kind::Warn, message);
                Vec::new()
            }
        }
    }

    /// Whether the change that the overlay asked for is being made.
    pub(super) fn is_saving(&self, asked: &Asked) -> bool {
        self.waiting.iter().any(|(_, waiting)| waiting.form == Some(asked.asker.number()))
    }

    /// Where the topmost overlay is, unless its answer is being carried out: until then it takes no further word,
    /// or a second press of the key that saves would save twice.
    pub(super) fn listening(&self) -> Option<usize> {
        let top = self.overlays.len().checked_sub(1)?;
        (!self.is_saving(&self.overlays[top])).then_some(top)
    }

    /// Tells a form that its change was refused; says whether it shows that.
    pub(super) fn form_refused(&mut self, form: Option<u64>, refusal: &Refusal<'_>) -> bool {
        let asked = self.overlays.iter_mut().find(|asked| Some(asked.asker.number()) == form);
        asked.is_some_and(|asked| asked.overlay.refused(refusal, &self.world))
    }

    /// What the topmost overlay wants.
    pub(super) fn verdict(&mut self, verdict: Verdict) -> Vec<Effect> {
        match verdict {
            Verdict::Stay => Vec::new(),
            Verdict::Job(job) => {
                let asked = self.overlays.last();
                asked.map(|asked| Effect::Job(asked.asker.waiting(), job)).into_iter().collect()
            }
            Verdict::Close => {
                if let Some(Asked { purpose: Purpose::Theme(before), .. }) = self.overlays.pop() {
                    self.world.theme = *before;
                }
                Vec::new()
            }
            Verdict::Unchanged => {
                self.overlays.pop();
                self.say(Kind::Info, tr!("nothing changed"));
                Vec::new()
            }
            Verdict::Answer(input) => self.answered(input),
            Verdict::Run(name) => {
                self.overlays.pop();
                self.run(name)
            }
            Verdict::Go(place) => {
                self.overlays.pop();
                self.go(&place)
            }
            Verdict::Try(theme) => {
                self.world.theme = theme;
                Vec::new()
            }
            Verdict::Keep(theme) => {
                self.overlays.pop();
                let name = theme.name().to_owned();
                self.world.theme = theme;
                vec![Effect::Keep(Choice::Theme(name))]
            }
            Verdict::Create(wanted, outer) => self.create_for(wanted, outer),
            Verdict::Write(field, text) => {
                let asked = self.overlays.last().map(|asked| asked.asker.number());
                asked.map(|asked| Effect::Write(Draft { asked, field }, text)).into_iter().collect()
            }
        }
    }

    /// The topmost overlay's question is answered. A form stays until its change has been made.
    pub(super) fn answered(&mut self, answer: Input) -> Vec<Effect> {
        let Some(Asked { asker, purpose, after, .. }) = self.overlays.last() else { return Vec::new() };
        let (number, purpose, after) = (asker.number(), purpose.clone(), *after);
        match purpose {
            Purpose::Link(_) => {
                let list = answer.type_name.clone().map_or(Place::Home, Place::List);
                return self.run_at(Situation::at(list), new::ACTION.name, answer, Some(number));
            }
            Purpose::Action(name, before) if !answer.fields.is_empty() => {
                return self.run_with(name, merged(before, answer), Some(number));
            }
            _ => {}
        }
        self.overlays.pop();
        match purpose {
            Purpose::Screen(purpose) => {
                let Some(layer) = self.stack.last_mut() else { return Vec::new() };
                let response = layer.screen.answer(purpose, answer, &self.world);
                self.respond(response)
            }
            Purpose::Type(wanted, outer) => match answer.answer {
                Some(type_name) => self.create_one(&wanted, &type_name, &outer),
                None => Vec::new(),
            },
            Purpose::Action(name, before) => self.run_with(name, merged(before, answer), after),
            Purpose::Nothing | Purpose::Theme(_) | Purpose::Link(_) => Vec::new(),
        }
    }

    /// A form wants a record made for one of its links. It waits beneath another form, or first beneath the question
    /// what the record is to be.
    fn create_for(&mut self, wanted: Wanted, outer: String) -> Vec<Effect> {
        match wanted.types(&self.world.book).as_slice() {
            [] => Vec::new(),
            [one] => self.create_one(&wanted, &one.name, &outer),
            _ => self.ask(wanted.which(&self.world.book), Purpose::Type(wanted, outer), None),
        }
    }

    fn create_one(&mut self, wanted: &Wanted, type_name: &str, outer: &str) -> Vec<Effect> {
        let Some(ty) = self.world.book.schema().find(type_name).cloned() else { return Vec::new() };
        let situation = self.situation();
        let context = situation.context(&self.world, self.seed);
        let mut question = wanted.question(&context, &ty);
        question.title = format!("{outer} › {}", question.title);
        self.ask(Question::Form(question), Purpose::Link(wanted.link.clone()), None)
    }

    /// The change that a form asked for has been made: it goes away, with the forms it followed. A record made for
    /// a link is handed to the form beneath; then there is nowhere else to go.
    pub(super) fn form_done(&mut self, number: u64, then: Option<Place>) -> Option<Place> {
        let Some(at) = self.overlays.iter().position(|asked| asked.asker.number() == number) else {
            return then;
        };
        let done = self.overlays.remove(at);
        let beneath = at.checked_sub(1).and_then(|at| self.overlays.get_mut(at));
        match (done.purpose, beneath, then) {
            (Purpose::Link(link), Some(asked), Some(Place::Record(made))) => {
                asked.overlay.made(&link, &made, &self.world);
                None
            }
            (_, _, then) => match done.after {
                Some(before) => self.form_done(before, then),
                None => then,
            },
        }
    }

    /// The editor has returned from a field's text.
    pub(super) fn written(&mut self, draft: &Draft, result: Result<Option<String>, String>) -> Vec<Effect> {
        match result {
            Ok(Some(text)) => {
                if let Some(at) = self.overlays.iter().position(|asked| asked.asker.number() == draft.asked) {
                    self.overlays[at].overlay.written(&draft.field, text, &self.world);
                }
            }
            Ok(None) => self.say(Kind::Info, tr!("the text came back unchanged")),
            Err(message) => self.say(Kind::Error, message),
        }
        vec![Effect::Redraw]
    }

    /// What a screen wants.
    pub(super) fn respond(&mut self, response: Response) -> Vec<Effect> {
        match response {
            Response::Ignored | Response::Redraw => Vec::new(),
            Response::Unable(reason) => {
                self.say(Kind::Info, reason);
                Vec::new()
            }
            Response::Go(place) => self.go(&place),
            Response::Job(job) => self.work(Some(job)),
            Response::Ask(question, purpose) => self.ask(question, Purpose::Screen(purpose), None),
            Response::Run(name) => self.run(name),
            Response::Import(import, then) => {
                let ticket = self.ticket(Some(then), None);
                self.world.importing = Some(Importing { ticket, done: 0, total: 0 });
                vec![Effect::Order(Order::Import(ticket, import))]
            }
            Response::TakeBack(commit) => {
                let ticket = self.undo_ticket();
                vec![Effect::Order(Order::Undo(ticket, Some(commit)))]
            }
            Response::Edit(path, spot) => vec![Effect::Edit(path, Some(spot))],
            Response::Choose(choice) => self.choose(choice),
        }
    }
}

impl App {
    /// A screen was told to be another from now on; the others of its kind are too.
    fn choose(&mut self, choice: Choice) -> Vec<Effect> {
        match &choice {
            Choice::Columns(ty, paths) if paths.is_empty() => drop(self.world.columns.remove(ty)),
            Choice::Columns(ty, paths) => drop(self.world.columns.insert(ty.clone(), paths.clone())),
            // A theme is chosen in its picker.
            Choice::Theme(_) => {}
        }
        let mut effects = self.changed();
        effects.push(Effect::Keep(choice));
        effects
    }
}

/// What an action was told before, with the new answer.
fn merged(before: Input, answer: Input) -> Input {
    let mut fields = before.fields;
    fields.retain(|(path, _)| answer.fields.iter().all(|(newer, _)| newer != path));
    fields.extend(answer.fields);
    Input {
        type_name: answer.type_name.or(before.type_name),
        fields,
        answer: answer.answer.or(before.answer),
        confirmed: answer.confirmed || before.confirmed,
        seen: answer.seen.or(before.seen),
    }
}
