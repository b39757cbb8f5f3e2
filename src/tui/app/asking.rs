//! Overlays and whom their answers go to.

use super::{App, Effect, Overlay, Response, Verdict};
use crate::actions::{Input, Question};
use crate::tui::questions;
use crate::tui::theme::Theme;
use crate::tui::widgets::toast::Kind;
use crate::workspace::Order;

/// An overlay with what its answer is for.
pub struct Asked {
    pub overlay: Box<dyn Overlay>,
    pub purpose: Purpose,
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
}

impl App {
    /// Puts a question on the screen.
    pub(super) fn ask(&mut self, question: Question, purpose: Purpose) -> Vec<Effect> {
        match questions::overlay(question, &self.world) {
            Ok(overlay) => self.overlays.push(Asked { overlay, purpose }),
            Err(message) => self.say(Kind::Warn, message),
        }
        Vec::new()
    }

    /// What the topmost overlay wants.
    pub(super) fn verdict(&mut self, verdict: Verdict) -> Vec<Effect> {
        match verdict {
            Verdict::Stay => Vec::new(),
            Verdict::Close => {
                if let Some(Asked { purpose: Purpose::Theme(before), .. }) = self.overlays.pop() {
                    self.world.theme = *before;
                }
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
                vec![Effect::KeepTheme(name)]
            }
            Verdict::Create(field, name) => self.create_for(&field, &name),
        }
    }

    /// The topmost overlay's question is answered.
    pub(super) fn answered(&mut self, answer: Input) -> Vec<Effect> {
        let Some(asked) = self.overlays.last() else { return Vec::new() };
        match asked.purpose.clone() {
            Purpose::Nothing | Purpose::Theme(_) => {
                self.overlays.pop();
                Vec::new()
            }
            Purpose::Screen(purpose) => {
                self.overlays.pop();
                let Some(layer) = self.stack.last_mut() else { return Vec::new() };
                let response = layer.screen.answer(purpose, answer, &self.world);
                self.respond(response)
            }
            Purpose::Action(name, before) => {
                let form = !answer.fields.is_empty();
                if !form {
                    self.overlays.pop();
                }
                self.run_with(name, merged(before, answer), form)
            }
        }
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
            Response::Job(job) => self.stack.last().map(|l| Effect::Job(l.number, job)).into_iter().collect(),
            Response::Ask(question, purpose) => self.ask(question, Purpose::Screen(purpose)),
            Response::Run(name) => self.run(name),
            Response::TakeBack(commit) => {
                let ticket = self.ticket(None, false);
                vec![Effect::Order(Order::Undo(ticket, Some(commit)))]
            }
            Response::Edit(path) => vec![Effect::Edit(path)],
        }
    }
}

/// What an action was told before, with the new answer.
fn merged(before: Input, answer: Input) -> Input {
    Input {
        type_name: answer.type_name.or(before.type_name),
        fields: if answer.fields.is_empty() { before.fields } else { answer.fields },
        answer: answer.answer.or(before.answer),
        confirmed: answer.confirmed || before.confirmed,
    }
}
