//! What happened: to one record, or to everything lately; who, when, and which values.

mod brief;
mod draw;
mod item;
mod lines;
pub mod tell;

pub use brief::briefly;

use super::filter::{Filter, Typed};
use super::motion::motion;
use crate::actions::{Input, Intent, Place, Question, Scope};
use crate::base::show::count;
use crate::base::{Ref, RepoPath};
use crate::model::Book;
use crate::model::kinds::title_of_ref;
use crate::tui::keys::Key;
use crate::tui::parts::{Done, Job, Msg, Response, Screen, World};
use crate::tui::runtime::Hits;
use crate::tui::widgets::motion::Motion;
use crate::workspace::history::Event;
use crate::{tr, tr_n};
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use draw::View;
use item::Item;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use smol_str::SmolStr;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many changes are read at once; so many more each time the last one is reached.
const COMMITS: usize = 300;
/// What a question of this screen is for.
const TAKE_BACK: &str = "take back";

/// As of when something was read from git: another book, or fewer hand edits, mean there may be new commits.
#[derive(Clone)]
pub struct AsOf(Arc<Book>, Vec<RepoPath>);

impl AsOf {
    /// Now.
    pub fn new(world: &World) -> Self {
        Self(world.book.clone(), world.uncommitted.clone())
    }
}

impl PartialEq for AsOf {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) && self.1 == other.1
    }
}

/// A history.
pub struct History {
    /// The record it is of; `None` for everything.
    about: Option<Ref>,
    /// Where the record's file was last.
    path: Option<RepoPath>,
    asked: Option<AsOf>,
    /// How many changes are read.
    limit: usize,
    events: Option<Result<Vec<Event>, String>>,
    /// All of them, told.
    told: Vec<Arc<Item>>,
    /// Those that pass the filter.
    items: Vec<Arc<Item>>,
    filter: Filter,
    cursor: usize,
    key: Option<SmolStr>,
    opened: BTreeSet<SmolStr>,
    view: View,
}

impl History {
    /// The history of a record, or of everything.
    ///
    /// # Errors
    /// When there is no such record.
    pub fn new(about: Option<Ref>, world: &World) -> Result<Self, String> {
        let path = match &about {
            None => None,
            Some(reference) => match world.book.get(reference) {
                Some(record) => Some(record.path.clone()),
                None => return Err(tr!("there is no {reference}", reference = reference).into_owned()),
            },
        };
        Ok(Self {
            about,
            path,
            asked: None,
            limit: COMMITS,
            events: None,
            told: Vec::new(),
            items: Vec::new(),
            filter: Filter::of_words(),
            cursor: 0,
            key: None,
            opened: BTreeSet::new(),
            view: View::default(),
        })
    }

    fn tell(&mut self, world: &World) {
        let Some(Ok(events)) = &self.events else { return };
        let alone = self.about.is_some();
        let told = events.iter().map(|event| Arc::new(Item::new(&world.book, event, alone, world.now)));
        self.told = told.collect();
        self.narrow();
    }

    /// Shows what has the words of the filter. The cursor stays on its change; where that is gone, on its line.
    fn narrow(&mut self) {
        let words: Vec<String> =
            self.filter.text().to_lowercase().split_whitespace().map(str::to_owned).collect();
        self.items = self.told.iter().filter(|item| item.has(&words)).cloned().collect();
        let found = self.key.as_ref().and_then(|key| self.items.iter().position(|item| item.key == *key));
        self.put(found.unwrap_or(self.cursor));
    }

    fn put(&mut self, index: usize) {
        self.cursor = index.min(self.items.len().saturating_sub(1));
        // While nothing passes the filter, the change is remembered that the cursor was on.
        if let Some(item) = self.items.get(self.cursor) {
            self.key = Some(item.key.clone());
        }
    }

    fn typed(&mut self, typed: Typed, world: &World) -> Response {
        match typed {
            Typed::Changed => {
                self.narrow();
                Response::Redraw
            }
            Typed::Redraw => Response::Redraw,
            Typed::Down => self.go(Motion::Down(1), world),
            Typed::Up => self.go(Motion::Up(1), world),
        }
    }

    /// Whether there may be older changes than those that were read.
    fn goes_on(&self) -> bool {
        self.told.len() >= self.limit
    }

    fn go(&mut self, motion: Motion, world: &World) -> Response {
        // A change that is longer than the screen is read to its end first.
        let scrolled = match motion {
            Motion::Down(count) => self.view.scroll(count),
            Motion::Up(count) => self.view.scroll_back(count),
            _ => false,
        };
        if !scrolled {
            self.put(motion.from(self.cursor, self.view.page()));
        }
        if self.cursor + 1 >= self.items.len() && self.goes_on() {
            self.limit = self.told.len() + COMMITS;
            return Response::Job(self.job(world));
        }
        Response::Redraw
    }

    fn job(&self, world: &World) -> Job {
        match &self.path {
            Some(path) => Job::History(world.book.clone(), path.clone(), self.limit),
            None => Job::Recent(world.book.clone(), self.limit),
        }
    }

    fn set_open(&mut self, open: bool) -> Response {
        if let Some(key) = self.items.get(self.cursor).map(|item| item.key.clone()) {
            match open {
                true => self.opened.insert(key),
                false => self.opened.remove(&key),
            };
        }
        Response::Redraw
    }

    /// Enter opens a change in place; where it is open already it goes on to the record, or shuts it again on the
    /// record's own history.
    fn open(&mut self) -> Response {
        let Some(Item { key, .. }) = self.items.get(self.cursor).map(Arc::as_ref) else {
            return Response::Ignored;
        };
        match (self.opened.contains(key), self.about.is_none().then(|| self.here()).flatten()) {
            (false, _) => self.set_open(true),
            (true, Some(record)) => Response::Go(Place::Record(record)),
            (true, None) => self.set_open(false),
        }
    }

    fn take_back(&self) -> Response {
        let Some(item) = self.items.get(self.cursor) else {
            return Response::Unable(tr!("there is no change under the cursor").into_owned());
        };
        let question = Question::Confirm {
            title: tr!("Take back: {subject}", subject = item.subject).into_owned(),
            details: vec![
                tr!("{who}, {day} {time}", who = item.author, day = item.day, time = item.time).into_owned(),
                tr!("As a new commit; refused where a later change touched the same values.").into_owned(),
            ],
            yes: 'y',
            verb: tr!("take it back").into_owned(),
        };
        Response::Ask(question, TAKE_BACK)
    }
}

impl Screen for History {
    fn place(&self) -> Place {
        Place::History(self.about.clone())
    }

    fn crumb(&self, world: &World) -> String {
        match &self.about {
            Some(record) => tr!("History of {title}", title = title_of_ref(&world.book, record)).into_owned(),
            None => tr!("Recent changes").into_owned(),
        }
    }

    fn note(&self, world: &World) -> String {
        let (style, all) = (world.style(), self.told.len());
        if !matches!(self.events, Some(Ok(_))) {
            return String::new();
        }
        let read = match self.goes_on() {
            true => tr!("newest {n}", n = count(all, &style)),
            false => tr_n!("{n} change", "{n} changes", all; &style),
        };
        match self.filter.is_empty() {
            true => read.into_owned(),
            false => tr!("{n} of {read}", n = count(self.items.len(), &style), read = read).into_owned(),
        }
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::History]
    }

    fn hints(&self) -> &'static [&'static str] {
        match self.about {
            Some(_) => &["open", "filter", "take-back", "edit", "undo", "go-to"],
            None => &["open", "filter", "history", "take-back", "undo", "go-to"],
        }
    }

    fn sync(&mut self, world: &World) -> Vec<Job> {
        if let Some(record) = self.about.as_ref().and_then(|about| world.book.get(about)) {
            self.path = Some(record.path.clone());
        }
        self.tell(world);
        let as_of = AsOf::new(world);
        if self.asked.as_ref() == Some(&as_of) {
            return Vec::new();
        }
        self.asked = Some(as_of);
        vec![self.job(world)]
    }

    fn done(&mut self, done: Done, world: &World) {
        if let Done::History(events) = done {
            self.events = Some(events);
            self.tell(world);
        }
    }

    fn intent(&mut self, intent: Intent, world: &World) -> Response {
        if let Some(motion) = motion(intent) {
            return self.go(motion, world);
        }
        match intent {
            Intent::Right => self.set_open(true),
            Intent::Left => self.set_open(false),
            Intent::Open => self.open(),
            Intent::TakeBack => self.take_back(),
            Intent::Filter => {
                self.filter.open();
                Response::Redraw
            }
            Intent::Back if !self.filter.is_empty() => {
                self.filter.clear();
                self.narrow();
                Response::Redraw
            }
            _ => Response::Ignored,
        }
    }

    fn typing(&mut self, key: Key, world: &World) -> Option<Response> {
        let typed = self.filter.key(key)?;
        Some(self.typed(typed, world))
    }

    fn paste(&mut self, text: &str, world: &World) -> Response {
        match self.filter.paste(text) {
            Some(typed) => self.typed(typed, world),
            None => Response::Ignored,
        }
    }

    fn mouse(&mut self, event: MouseEvent, world: &World) -> Response {
        match event.kind {
            MouseEventKind::ScrollDown => self.go(Motion::Down(1), world),
            MouseEventKind::ScrollUp => self.go(Motion::Up(1), world),
            MouseEventKind::Down(MouseButton::Left) => {
                match self.view.item_at(Position::new(event.column, event.row)) {
                    Some(index) if index == self.cursor => self.open(),
                    Some(index) => {
                        self.put(index);
                        Response::Redraw
                    }
                    None => Response::Ignored,
                }
            }
            _ => Response::Ignored,
        }
    }

    fn answer(&mut self, purpose: &'static str, input: Input, _world: &World) -> Response {
        match self.items.get(self.cursor) {
            Some(item) if purpose == TAKE_BACK && input.confirmed => Response::TakeBack(item.commit),
            _ => Response::Ignored,
        }
    }

    fn here(&self) -> Option<Ref> {
        let under_cursor = || self.items.get(self.cursor).and_then(|item| item.reference.clone());
        self.about.clone().or_else(under_cursor)
    }

    fn select(&mut self, reference: &Ref, _world: &World) {
        let about = |item: &Arc<Item>| item.reference.as_ref() == Some(reference);
        if !self.items.get(self.cursor).is_some_and(about)
            && let Some(index) = self.items.iter().position(about)
        {
            self.put(index);
        }
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, world: &World, _hits: &mut Hits<Msg>) {
        let area = self.filter.draw(area, buf, world);
        let said = match &self.events {
            None => Some(tr!("reading history …").into_owned()),
            Some(Err(message)) => Some(message.clone()),
            Some(Ok(_)) if self.items.is_empty() && self.goes_on() => Some(
                tr!("Nothing here matches: ↓ looks further back, esc shows everything again").into_owned(),
            ),
            Some(Ok(_)) if self.items.is_empty() && !self.told.is_empty() => {
                Some(tr!("Nothing here matches: esc shows everything again").into_owned())
            }
            Some(Ok(_)) if self.items.is_empty() => Some(match self.about {
                Some(_) => tr!("Not committed yet: ctrl-s commits what was edited by hand").into_owned(),
                None => tr!("Nothing has changed yet").into_owned(),
            }),
            Some(Ok(_)) => None,
        };
        let theme = &world.theme;
        match said {
            Some(text) => draw::say(area, buf, theme, &text),
            None => self.view.draw(area, buf, theme, &self.items, self.cursor, &self.opened),
        }
    }
}
