//! From keys to actions, and from what actions come to, to effects.

use super::asking::Purpose;
use super::situation::Situation;
use super::{App, Effect, Layer, Offer, Overlay, Response, Verdict, Waiting, World};
use crate::actions::{self, ActionError, Input, Intent, Outcome, Place, Scope};
use crate::base::Ref;
use crate::base::limits::MAX_PASTE;
use crate::base::text::safe_lines;
use crate::tr;
use crate::tui::keys::{Key, Press};
use crate::tui::parts::{Refusal, spot_of};
use crate::tui::questions::{all_views, help, palette, places, themes, view_keys};
use crate::tui::widgets::toast::Kind;
use crate::workspace::{Order, Ticket};
use crossterm::event::MouseEvent;

/// The action that leaves; asked for again while work is under way it insists.
const QUIT: &str = "quit";

impl App {
    /// Where keys come from now, innermost first.
    pub(super) fn scopes(&self) -> Vec<&'static str> {
        let inner = self.top().map_or(&[][..], |l| l.screen.scopes());
        inner.iter().chain([&Scope::Global]).map(|s| s.name()).collect()
    }

    /// A key was pressed.
    pub(super) fn key(&mut self, key: Key) -> Vec<Effect> {
        // What went wrong lies on top of everything, so it is the first thing that Esc puts away.
        if key == Key::ESC && self.toasts.has_errors() && self.matcher.pressed().is_empty() {
            return self.dismiss();
        }
        let now = self.elapsed();
        self.toasts.noticed(now);
        if !self.overlays.is_empty() {
            return self.overlay_does(|overlay, world| overlay.key(key, world));
        }
        if let Some(layer) = self.stack.last_mut()
            && let Some(response) = layer.screen.typing(key, &self.world)
        {
            return self.respond(response);
        }
        let scopes = self.scopes();
        let waited = !self.matcher.pressed().is_empty();
        match self.matcher.press(key, &self.keymap, &scopes) {
            Press::Matched(name) => self.run_named(&name),
            Press::Pending(following) => {
                self.following = following;
                Vec::new()
            }
            Press::Cancelled => Vec::new(),
            Press::Unbound(_) if key == Key::ESC && !waited => self.dismiss(),
            Press::Unbound(keys) => {
                self.say(Kind::Info, format!("{keys} does nothing here: ? shows what does"));
                Vec::new()
            }
        }
    }

    /// Escape puts away errors, and with nothing else to do, whatever is said at the edge.
    fn dismiss(&mut self) -> Vec<Effect> {
        self.toasts.seen();
        Vec::new()
    }

    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        if text.len() > MAX_PASTE {
            self.say(
                Kind::Warn,
                tr!("that is too much to paste ({n} kB): put it into the file (E)", n = text.len() / 1000),
            );
            return Vec::new();
        }
        if !self.overlays.is_empty() {
            return self.overlay_does(|overlay, world| overlay.paste(text, world));
        }
        let Some(layer) = self.stack.last_mut() else { return Vec::new() };
        let response = layer.screen.paste(text, &self.world);
        self.respond(response)
    }

    pub(super) fn mouse(&mut self, event: MouseEvent) -> Vec<Effect> {
        let Some(layer) = self.stack.last_mut() else { return Vec::new() };
        let response = layer.screen.mouse(event, &self.world);
        self.respond(response)
    }

    pub(super) fn popup_mouse(&mut self, event: MouseEvent) -> Vec<Effect> {
        self.overlay_does(|overlay, world| overlay.mouse(event, world))
    }

    /// Lets the topmost overlay act, and does what it wants.
    fn overlay_does(&mut self, act: impl FnOnce(&mut dyn Overlay, &World) -> Verdict) -> Vec<Effect> {
        let Some(at) = self.listening() else { return Vec::new() };
        let verdict = act(self.overlays[at].overlay.as_mut(), &self.world);
        self.verdict(verdict)
    }

    fn run_named(&mut self, name: &str) -> Vec<Effect> {
        match actions::find(name) {
            Some(action) => self.run(action.name),
            None => Vec::new(),
        }
    }

    /// Runs an action in the situation on the screen.
    pub(super) fn run(&mut self, name: &'static str) -> Vec<Effect> {
        self.run_with(name, Input::default(), None)
    }

    /// Runs an action with what it has been told; `form` is the number of the form that waits for it.
    pub(super) fn run_with(&mut self, name: &'static str, input: Input, form: Option<u64>) -> Vec<Effect> {
        let situation = self.situation();
        self.run_at(situation, name, input, form)
    }

    /// As [`App::run_with`], as if that were what is on the screen.
    pub(super) fn run_at(
        &mut self,
        situation: Situation,
        name: &'static str,
        input: Input,
        form: Option<u64>,
    ) -> Vec<Effect> {
        let Some(action) = actions::find(name) else { return Vec::new() };
        self.seed = self.seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        let context = situation.context(&self.world, self.seed);
        match action.run(&context, &input) {
            Ok(outcome) => self.outcome(name, input, outcome, form),
            Err(error) => {
                self.complain(&error, form);
                Vec::new()
            }
        }
    }

    /// What actions see of the screen.
    pub(super) fn situation(&self) -> Situation {
        match self.top() {
            Some(Layer { screen, .. }) => Situation {
                place: screen.place(),
                here: screen.here(),
                marked: screen.marked().to_vec(),
                shown: screen.shown(&self.world),
            },
            None => Situation::at(Place::Home),
        }
    }

    /// As [`App::situation`], with as many marked records as it takes to say what can be done here: those of one
    /// screen are of one type, so what can be done with two can be done with all.
    pub(super) fn glance(&self) -> Situation {
        match self.top() {
            Some(Layer { screen, .. }) => Situation {
                here: screen.here(),
                marked: screen.marked().iter().take(2).cloned().collect(),
                place: screen.place(),
                shown: screen.shown(&self.world),
            },
            None => Situation::at(Place::Home),
        }
    }

    fn complain(&mut self, error: &ActionError, form: Option<u64>) {
        let field = match error {
            ActionError::BadValue { field, .. } => Some(field.as_str()),
            _ => None,
        };
        let message = error.to_string();
        if !self.form_refused(form, &Refusal { field, message: &message, stale: false }) {
            let role = if matches!(error, ActionError::Unavailable(_)) { Kind::Info } else { Kind::Warn };
            self.say(role, message);
        }
    }

    fn outcome(
        &mut self,
        name: &'static str,
        input: Input,
        outcome: Outcome,
        form: Option<u64>,
    ) -> Vec<Effect> {
        match outcome {
            Outcome::Change(mut set, then) => {
                set.seen.clone_from(&input.seen);
                let ticket = self.ticket(then, form);
                vec![Effect::Order(Order::Apply(ticket, set))]
            }
            Outcome::Ask(question) => self.ask(question, Purpose::Action(name, input), form),
            Outcome::Go(place) => self.go(&place),
            Outcome::Undo => {
                let ticket = self.undo_ticket();
                vec![Effect::Order(Order::Undo(ticket, None))]
            }
            Outcome::Redo => {
                let ticket = self.ticket(None, None);
                vec![Effect::Order(Order::Redo(ticket))]
            }
            Outcome::Commit => {
                let ticket = self.ticket(None, None);
                vec![Effect::Order(Order::Commit(ticket))]
            }
            Outcome::Edit(reference) => match self.world.book.get(&reference) {
                Some(record) => {
                    // Where something is wrong with it is where the person wants to be.
                    let worst = self.world.problems_of(&record.path).first().map(|p| spot_of(p));
                    vec![Effect::Edit(record.path.clone(), worst)]
                }
                None => Vec::new(),
            },
            Outcome::Copy(text) => {
                // What is pasted somewhere else must not drive that program either.
                let text = safe_lines(&text).collect::<Vec<_>>().join("\n");
                self.say(Kind::Info, format!("copied {text}"));
                vec![Effect::Copy(text)]
            }
            Outcome::View(intent) => self.intent(intent),
        }
    }

    pub(super) fn ticket(&mut self, then: Option<Place>, form: Option<u64>) -> Ticket {
        let ticket = self.number();
        self.waiting.push((ticket, Waiting { then, form, undoes: false }));
        ticket
    }

    /// A ticket for an order that takes something back.
    pub(super) fn undo_ticket(&mut self) -> Ticket {
        let ticket = self.number();
        self.waiting.push((ticket, Waiting { then: None, form: None, undoes: true }));
        ticket
    }

    fn intent(&mut self, intent: Intent) -> Vec<Effect> {
        match intent {
            Intent::Quit => self.quit(),
            Intent::Suspend => vec![Effect::Suspend],
            Intent::Refresh => {
                let own = self.tell_screen(Intent::Refresh);
                let mut effects = self.respond(own);
                effects.extend([Effect::Redraw, Effect::Order(Order::Reload), Effect::Order(Order::Check)]);
                effects
            }
            Intent::Help => self.open(Box::new(help(self.offers())), Purpose::Nothing),
            Intent::Palette => self.open(Box::new(palette(self.offers(), &self.world)), Purpose::Nothing),
            Intent::GoTo => self.open(Box::new(places(&self.world)), Purpose::Nothing),
            Intent::Views => self.open(Box::new(view_keys(&self.world)), Purpose::Nothing),
            Intent::AllViews => {
                let place = self.glance().place;
                self.open(Box::new(all_views(&self.world, place.type_name())), Purpose::Nothing)
            }
            Intent::Themes => {
                let picker = themes(&self.themes, &self.world.theme);
                self.open(Box::new(picker), Purpose::Theme(Box::new(self.world.theme.clone())))
            }
            Intent::Find => {
                let effects = self.go(&Place::Find);
                self.tell_screen(Intent::Find);
                effects
            }
            Intent::Back => match self.tell_screen(Intent::Back) {
                // A screen takes Back first for itself: a filter to leave, marks to clear.
                Response::Ignored => self.back(),
                response => self.respond(response),
            },
            Intent::NextRecord | Intent::PreviousRecord => self.neighbour(intent == Intent::NextRecord),
            _ => match self.tell_screen(intent) {
                Response::Ignored => Vec::new(),
                response => self.respond(response),
            },
        }
    }

    fn tell_screen(&mut self, intent: Intent) -> Response {
        match self.stack.last_mut() {
            Some(layer) => layer.screen.intent(intent, &self.world),
            None => Response::Ignored,
        }
    }

    fn open(&mut self, overlay: Box<dyn super::Overlay>, purpose: Purpose) -> Vec<Effect> {
        self.put_over(overlay, purpose, None)
    }

    /// From one record's page to that of its neighbour in the list below it.
    fn neighbour(&mut self, forward: bool) -> Vec<Effect> {
        let [.., below, top] = self.stack.as_slice() else { return Vec::new() };
        // On a page the cursor may be on another record than the page's own.
        let Place::Record(here) = top.screen.place() else { return Vec::new() };
        let next = beside(below.screen.neighbours(), &here, forward).cloned();
        let Some(next) = next else {
            self.say(Kind::Info, if forward { "this is the last one" } else { "this is the first one" });
            return Vec::new();
        };
        self.stack.pop();
        if let Some(layer) = self.stack.last_mut() {
            layer.screen.select(&next, &self.world);
        }
        self.go(&Place::Record(next))
    }

    fn quit(&mut self) -> Vec<Effect> {
        if !self.waiting.is_empty() && !self.quitting {
            self.quitting = true;
            let key = self.keys_of(QUIT);
            self.say(Kind::Warn, format!("still saving: {key} again leaves when that is done"));
            return Vec::new();
        }
        vec![Effect::Quit]
    }

    /// The keys that run an action here, as they are shown.
    pub(crate) fn keys_of(&self, name: &str) -> String {
        let scopes = self.scopes();
        self.keymap.keys_of(name, &scopes).first().map(|s| s.to_string()).unwrap_or_default()
    }

    /// Every action with its keys here and whether it can be used.
    fn offers(&self) -> Vec<Offer> {
        let glance = self.glance();
        let context = glance.context(&self.world, self.seed);
        let scopes = self.scopes();
        let hints = self.top().map_or(&[][..], |layer| layer.screen.hints());
        let offer = |action: &'static actions::Action| Offer {
            action,
            keys: self.keymap.keys_of(action.name, &scopes).iter().map(ToString::to_string).collect(),
            here: scopes.contains(&action.scope.name()),
            hinted: hints.iter().position(|hint| *hint == action.name),
            barred: (action.available)(&context).err().map(|reason| reason.into_owned()),
        };
        actions::all().iter().copied().map(offer).collect()
    }
}

/// The record after or before one of them; a record may stand there several times in a row.
fn beside<'r>(mut all: impl Iterator<Item = &'r Ref>, one: &Ref, after: bool) -> Option<&'r Ref> {
    let mut before = None;
    while let Some(record) = all.next() {
        if record == one {
            return if after { all.find(|next| *next != one) } else { before };
        }
        before = Some(record);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_record_to_record() {
        let all: Vec<Ref> = ["a/a", "a/b", "a/b", "b/a"].iter().map(|r| r.parse().unwrap()).collect();
        let check = |one: &str, after: bool, expect: Option<&str>| {
            let found = beside(all.iter(), &one.parse().unwrap(), after).map(ToString::to_string);
            assert_eq!(found.as_deref(), expect, "{one} {after}");
        };
        check("a/a", true, Some("a/b"));
        check("a/b", true, Some("b/a"));
        check("b/a", true, None);
        check("b/a", false, Some("a/b"));
        check("a/b", false, Some("a/a"));
        check("a/a", false, None);
        check("c/c", true, None);
        check("c/c", false, None);
    }
}
