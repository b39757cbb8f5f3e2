//! What the writer tells, taken into the world.

use super::{App, Effect};
use crate::actions::Place;
use crate::base::{Now, RepoPath};
use crate::model::Severity;
use crate::search::Progress;
use crate::tui::parts::{Importing, Refusal};
use crate::tui::screens::briefly;
use crate::tui::widgets::toast::Kind;
use crate::workspace::{Applied, ChangeError, HandCommit, News, Opened, Order, Ticket};
use crate::{tr, tr_n};
use std::path::PathBuf;

/// The action that takes the last change back.
const UNDO: &str = "undo";

/// The problems of a workspace of so many records are counted again at once; those of a larger one when asked for.
const SMALL: usize = 5000;

impl App {
    pub(super) fn news(&mut self, news: News) -> Vec<Effect> {
        match news {
            News::Loading(count) => {
                self.world.loading = Some(count);
                Vec::new()
            }
            News::Open(opened) => self.open_workspace(*opened),
            News::Failed(error) => {
                self.say(Kind::Error, error.to_string());
                Vec::new()
            }
            News::Book(book, me) => {
                (self.world.book, self.world.me) = (book, me);
                let mut effects = self.changed();
                // What was wrong may be right now.
                if !self.world.problems.is_empty() && self.world.book.len() <= SMALL {
                    effects.push(Effect::Order(Order::Check));
                }
                effects
            }
            News::Done(ticket, applied) => self.done(ticket, &applied),
            News::Importing(ticket, done, total) => {
                if self.world.importing.is_some_and(|importing| importing.ticket == ticket) {
                    self.world.importing = Some(Importing { ticket, done, total });
                }
                Vec::new()
            }
            News::Rejected(count, path) => {
                let path = path.display();
                let said = tr_n!(
                    "{n} row stays out: it is in {path}, with the reason",
                    "{n} rows stay out: they are in {path}, with the reasons",
                    count,
                    path = path
                );
                self.say(Kind::Warn, said);
                Vec::new()
            }
            News::Refused(ticket, error) => {
                self.refused(ticket, &error);
                Vec::new()
            }
            News::HandCommitted(ticket, commit) => self.hand_committed(ticket, &commit),
            News::Uncommitted(paths) => {
                self.world.uncommitted = paths;
                vec![Effect::Order(Order::Check)]
            }
            News::Problems(problems) => {
                self.toasts.settle(|path| problems.iter().any(|problem| problem.path.as_str() == path));
                self.world.problems = problems;
                self.changed()
            }
            News::Standing(standing) => {
                self.world.standing = standing;
                Vec::new()
            }
            News::Search(progress) => self.indexed(progress),
            News::Notice(text) => {
                self.say(Kind::Warn, text);
                Vec::new()
            }
            News::Stopped => Vec::new(),
        }
    }

    /// The workspace has been read: show the first screen.
    pub(super) fn open_workspace(&mut self, opened: Opened) -> Vec<Effect> {
        self.world.book = opened.book;
        self.world.me = opened.me;
        self.world.branch = opened.branch;
        self.world.seen = opened.seen;
        self.world.searcher = opened.searcher;
        self.world.loading = None;
        self.world.now = Now::new(self.world.now.utc, self.world.book.settings().zone());
        let start = self.start.clone();
        let mut effects = Vec::new();
        if start != Place::Home {
            effects.extend(self.go(&Place::Home));
        }
        // A record to begin with is one of its list.
        if let Place::Record(reference) = &start
            && let Some(ty) = self.world.book.schema().in_folder(&reference.folder)
        {
            let list = Place::List(ty.name.clone());
            effects.extend(self.go(&list));
        }
        effects.extend(self.go(&start));
        effects.push(Effect::Order(Order::Check));
        effects
    }

    /// The index has grown.
    fn indexed(&mut self, progress: Progress) -> Vec<Effect> {
        self.world.indexing = progress;
        for layer in &mut self.stack {
            layer.stale |= layer.screen.awaits(progress);
        }
        self.freshen()
    }

    fn done(&mut self, ticket: Ticket, applied: &Applied) -> Vec<Effect> {
        let Some(at) = self.waiting.iter().position(|(t, _)| *t == ticket) else { return Vec::new() };
        let (_, waiting) = self.waiting.swap_remove(at);
        let was_import = self.imported(ticket);
        let then = match waiting.form {
            Some(form) => self.form_done(form, waiting.then),
            None => waiting.then,
        };
        match applied.commit {
            Some(_) if was_import => {
                let key = self.keys_of(UNDO);
                self.say(Kind::Done, tr!("{what} · {key} takes it back", what = applied.subject, key = key));
            }
            Some(_) => self.say_applied(applied, waiting.undoes),
            None => self.say(Kind::Info, "nothing to change: it is so already"),
        }
        if let Some(note) = applied.altered_note() {
            self.say(Kind::Warn, note);
        }
        let deleted = |place: &Place| match place {
            Place::Record(reference) => self.world.book.get(reference).is_none(),
            _ => false,
        };
        let here_gone = self.top().is_some_and(|layer| deleted(&layer.screen.place()));
        let mut effects = match then {
            Some(place) => self.go(&place),
            None if here_gone => self.back(),
            None => Vec::new(),
        };
        if self.world.book.len() <= SMALL {
            effects.push(Effect::Order(Order::Check));
        }
        if self.quitting && self.waiting.is_empty() {
            effects.push(Effect::Quit);
        }
        effects
    }

    /// What was done, by what people call it.
    fn say_applied(&mut self, applied: &Applied, undone: bool) {
        let said = briefly(&self.world.book, applied, self.world.now);
        match undone {
            true => self.say(Kind::Done, tr!("taken back: {what}", what = said)),
            false => self.say(Kind::Done, said),
        }
    }

    /// An order is over, done or refused; whether it was an import.
    fn imported(&mut self, ticket: Ticket) -> bool {
        self.world.importing.take_if(|importing| importing.ticket == ticket).is_some()
    }

    /// A file outside was written, or could not be.
    pub(super) fn saved(&mut self, saved: &Result<PathBuf, String>) {
        match saved {
            Ok(path) => self.say(Kind::Done, tr!("saved as {path}", path = path.display())),
            Err(message) => self.say(Kind::Error, message),
        }
    }

    fn refused(&mut self, ticket: Ticket, error: &ChangeError) {
        self.imported(ticket);
        let at = self.waiting.iter().position(|(t, _)| *t == ticket);
        let form = at.and_then(|at| self.waiting.swap_remove(at).1.form);
        self.quitting = false;
        let message = error.to_string();
        let stale = matches!(error, ChangeError::Stale { .. });
        if !self.form_refused(form, &Refusal { field: error.field(), message: &message, stale }) {
            self.say(Kind::Error, message);
        }
    }

    fn hand_committed(&mut self, ticket: Option<Ticket>, commit: &HandCommit) -> Vec<Effect> {
        if let Some(at) = ticket.and_then(|t| self.waiting.iter().position(|(w, _)| *w == t)) {
            self.waiting.swap_remove(at);
        }
        match (&commit.applied, commit.held_back.first()) {
            (Some(applied), _) => self.say_applied(applied, false),
            (None, None) if ticket.is_some() => self.say(Kind::Info, "nothing was edited by hand"),
            _ => {}
        }
        self.toasts.settle(|path| commit.held_back.iter().any(|problem| problem.path.as_str() == path));
        let mut effects = vec![Effect::Order(Order::Check)];
        match commit.held_back.first() {
            // As after a refusal, whoever was leaving sees it first.
            Some(problem) => {
                self.quitting = false;
                let said = tr!("not committed: {problem}", problem = problem);
                self.toasts.push_about(problem.path.as_str(), said);
            }
            None if self.quitting && self.waiting.is_empty() => effects.push(Effect::Quit),
            None => {}
        }
        effects
    }

    /// The editor has returned: look at the file, and commit it if it is valid.
    pub(super) fn edited(&mut self, path: RepoPath, result: Result<(), String>) -> Vec<Effect> {
        if let Err(message) = result {
            self.say(Kind::Error, message);
            return vec![Effect::Redraw];
        }
        let ticket = self.number();
        self.waiting.push((ticket, super::Waiting { then: None, form: None, undoes: false }));
        vec![Effect::Redraw, Effect::Order(Order::Refresh(vec![path])), Effect::Order(Order::Commit(ticket))]
    }

    /// How many errors and warnings there are.
    pub(super) fn trouble(&self) -> (usize, usize) {
        let count = |severity| self.world.problems.iter().filter(|p| p.severity == severity).count();
        (count(Severity::Error), count(Severity::Warning))
    }
}
