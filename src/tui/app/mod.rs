//! The program: all state in one place, changed in one place.
//!
//! A stack of [`Screen`]s over the [`World`], at most a few [`Overlay`]s on top, and messages at the edge.
//! Keys become actions, actions become outcomes, outcomes become effects; `perform` alone does them.

mod asking;
mod dispatch;
mod draw;
mod news;
mod perform;
mod situation;

use crate::tui::parts::Asker;
pub use crate::tui::parts::{
    Choice, Done, Draft, Effect, Job, Msg, Offer, Overlay, Response, Screen, Verdict, World,
};
pub use perform::{Connector, Keep, Performer};

use crate::actions::Place;
use crate::base::{Now, Ref};
use crate::model::{Book, Schema, Settings};
use crate::search::{Progress, Searcher};
use crate::tui::keys::{Continuation, Keymap, Matcher};
use crate::tui::runtime::{Hits, Input, Program};
use crate::tui::screens;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::toast::{Kind, Toasts};
use crate::workspace::{Opened, Ticket};
use asking::Asked;
use chrono::{DateTime, TimeDelta, Utc};
use ratatui::Frame;
use ratatui::style::Style;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// The whole program.
pub struct App {
    world: World,
    stack: Vec<Layer>,
    overlays: Vec<Asked>,
    toasts: Toasts,
    keymap: Keymap,
    matcher: Matcher,
    /// What can follow the keys pressed so far.
    following: Vec<Continuation>,
    themes: Vec<Theme>,
    /// Orders under way: what to do when they are done.
    waiting: Vec<(Ticket, Waiting)>,
    /// Jobs under way: for which screen, and since when.
    working: Vec<(u64, DateTime<Utc>)>,
    next_number: u64,
    seed: u64,
    /// Where to go when the workspace is open.
    start: Place,
    quitting: bool,
}

/// Work that takes longer than this shows itself.
const SHOWN_AFTER: TimeDelta = TimeDelta::milliseconds(100);

/// A screen of the stack.
struct Layer {
    asker: Asker,
    screen: Box<dyn Screen>,
    /// The book changed while it was covered.
    stale: bool,
}

/// What follows when an order is carried out.
struct Waiting {
    /// Where to go.
    then: Option<Place>,
    /// The number of the form that waits for it.
    form: Option<u64>,
    /// Whether it takes back what was done before.
    undoes: bool,
}

/// What a program starts with besides the workspace.
pub struct Setup {
    /// The keys.
    pub keymap: Keymap,
    /// All themes to choose from.
    pub themes: Vec<Theme>,
    /// The one to start with.
    pub theme: Theme,
    /// The columns chosen before, by type.
    pub columns: BTreeMap<SmolStr, Vec<SmolStr>>,
    /// The first screen.
    pub start: Place,
    /// Seed of the random tails of ids.
    pub seed: u64,
}

impl App {
    /// A program whose workspace is still being opened.
    pub fn new(setup: Setup, size: (u16, u16), now: DateTime<Utc>) -> Self {
        let settings = Settings::default();
        let now = Now::new(now, settings.zone());
        let book = Arc::new(Book::empty(Arc::new(Schema::builtin()), Arc::new(settings)));
        let world = World {
            book,
            now,
            me: None,
            branch: String::new(),
            seen: None,
            standing: None,
            uncommitted: Vec::new(),
            problems: Vec::new(),
            board: None,
            columns: setup.columns,
            importing: None,
            loading: Some(0),
            searcher: Searcher::default(),
            indexing: Progress::Opening,
            visited: Vec::new(),
            theme: setup.theme,
            size,
        };
        Self {
            world,
            stack: Vec::new(),
            overlays: Vec::new(),
            toasts: Toasts::default(),
            keymap: setup.keymap,
            matcher: Matcher::default(),
            following: Vec::new(),
            themes: setup.themes,
            waiting: Vec::new(),
            working: Vec::new(),
            next_number: 1,
            seed: setup.seed,
            start: setup.start,
            quitting: false,
        }
    }

    /// A program over a workspace that is open already, as `render` has it.
    pub fn opened(setup: Setup, opened: Opened, size: (u16, u16), now: DateTime<Utc>) -> (Self, Vec<Effect>) {
        let mut app = Self::new(setup, size, now);
        let effects = app.open_workspace(opened);
        (app, effects)
    }

    /// What the screens see.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Says what is wrong with the user's own settings.
    pub fn warn(&mut self, text: String) {
        self.say(Kind::Warn, text);
    }

    fn number(&mut self) -> u64 {
        self.next_number += 1;
        self.next_number
    }

    fn top(&self) -> Option<&Layer> {
        self.stack.last()
    }

    /// Shows a screen on top of the stack; one that is on it already is gone back to.
    fn go(&mut self, place: &Place) -> Vec<Effect> {
        self.matcher.reset();
        match place {
            Place::Board(Some(id)) => self.world.board = Some(id.clone()),
            Place::Record(reference) => self.visit(reference),
            _ => {}
        }
        let is_here =
            |there: Place| there == *place || matches!((place, there), (Place::Board(None), Place::Board(_)));
        if let Some(at) = self.stack.iter().position(|l| is_here(l.screen.place())) {
            let shown = at + 1 == self.stack.len();
            self.stack.truncate(at + 1);
            let again = self.stack.last_mut().filter(|_| shown);
            let job = again.and_then(|layer| layer.screen.again(&self.world));
            let mut effects = self.work(job);
            effects.extend(self.freshen());
            return effects;
        }
        let depth = match place {
            Place::Record(_) | Place::History(_) | Place::Found(..) | Place::Find | Place::Import(_) => {
                self.stack.len()
            }
            // A screen reached by its number starts a new path, from home.
            _ => usize::from(self.stack.first().is_some_and(|l| l.screen.place() == Place::Home)),
        };
        match screens::make(place, &self.world) {
            Ok(screen) => {
                self.stack.truncate(depth);
                let asker = Asker::new(self.number());
                self.stack.push(Layer { asker, screen, stale: true });
                self.freshen()
            }
            Err(message) => {
                self.say(Kind::Warn, message);
                Vec::new()
            }
        }
    }

    /// Remembers that a record's page was opened.
    fn visit(&mut self, reference: &Ref) {
        const REMEMBERED: usize = 50;
        self.world.visited.retain(|visited| visited != reference);
        self.world.visited.insert(0, reference.clone());
        self.world.visited.truncate(REMEMBERED);
    }

    /// Back to the screen below.
    fn back(&mut self) -> Vec<Effect> {
        if self.stack.len() < 2 {
            return match self.stack.first().map(|l| l.screen.place()) {
                Some(Place::Home) | None => Vec::new(),
                Some(_) => self.go(&Place::Home),
            };
        }
        let left = self.stack.pop().and_then(|l| match l.screen.place() {
            Place::Record(page) => Some(page),
            _ => l.screen.here(),
        });
        let effects = self.freshen();
        if let (Some(reference), Some(layer)) = (left, self.stack.last_mut()) {
            layer.screen.select(&reference, &self.world);
        }
        effects
    }

    /// Lets the top screen take in what changed while it was covered.
    fn freshen(&mut self) -> Vec<Effect> {
        let Some(layer) = self.stack.last_mut() else { return Vec::new() };
        if !std::mem::take(&mut layer.stale) {
            return Vec::new();
        }
        let jobs = layer.screen.sync(&self.world);
        self.work(jobs)
    }

    /// Has jobs done for the top screen.
    fn work(&mut self, jobs: impl IntoIterator<Item = Job>) -> Vec<Effect> {
        let Some(layer) = self.stack.last() else { return Vec::new() };
        let asker = &layer.asker;
        let effects: Vec<_> = jobs.into_iter().map(|job| Effect::Job(asker.waiting(), job)).collect();
        self.working.extend(effects.iter().map(|_| (asker.number(), self.world.now.utc)));
        effects
    }

    /// When work that is under way has taken so long that it shows itself.
    fn shows_work_at(&self) -> Option<DateTime<Utc>> {
        self.working.first().map(|(_, since)| *since + SHOWN_AFTER)
    }

    /// The world changed: every screen has to look again, the top one now.
    fn changed(&mut self) -> Vec<Effect> {
        self.stack.iter_mut().for_each(|layer| layer.stale = true);
        let book = self.world.book.clone();
        for asked in &mut self.overlays {
            asked.overlay.sync(&book, &self.world);
        }
        self.freshen()
    }

    /// A word at the edge of the screen. Errors stay until seen.
    fn say(&mut self, kind: Kind, text: impl Into<String>) {
        let now = self.elapsed();
        self.toasts.push(kind, text, now);
    }

    /// The messages count time from somewhere; the epoch will do.
    fn elapsed(&self) -> Duration {
        Duration::from_millis(self.world.now.utc.timestamp_millis().unsigned_abs())
    }
}

impl Program for App {
    type Msg = Msg;
    type Effect = Effect;

    fn update(&mut self, message: Msg, now: DateTime<Utc>) -> Vec<Effect> {
        let due = self.screen_deadline().is_some_and(|at| at <= now);
        self.world.now = Now::new(now, self.world.book.settings().zone());
        match message {
            Msg::Input(input) => self.input(input, due),
            Msg::News(news) => self.news(news),
            Msg::Done(number, done) => {
                if let Some(at) = self.working.iter().position(|(of, _)| *of == number) {
                    self.working.remove(at);
                }
                if let Done::Saved(saved) = &done {
                    self.saved(saved);
                }
                if let Some(layer) = self.stack.iter_mut().find(|l| l.asker.number() == number) {
                    layer.screen.done(done, &self.world);
                } else if let Some(asked) = self.overlays.iter_mut().find(|a| a.asker.number() == number) {
                    asked.overlay.done(done, &self.world);
                }
                Vec::new()
            }
            Msg::Mouse(event) => self.mouse(event),
            Msg::PopupMouse(event) => self.popup_mouse(event),
            Msg::Run(name) => self.run(name),
            Msg::Answer(answer) => self.answered(answer),
            Msg::Edited(path, result) => self.edited(path, result),
            Msg::Written(draft, result) => self.written(&draft, result),
        }
    }

    fn view(&self, frame: &mut Frame<'_>, hits: &mut Hits<Msg>) {
        self.draw(frame, hits);
    }

    fn deadline(&self) -> Option<DateTime<Utc>> {
        let toast = self
            .toasts
            .deadline()
            .and_then(|at| DateTime::from_timestamp_millis(i64::try_from(at.as_millis()).ok()?));
        let work = self.shows_work_at().filter(|at| *at > self.world.now.utc);
        toast.into_iter().chain(self.screen_deadline()).chain(work).min()
    }

    fn ground(&self) -> Style {
        self.world.theme.style(Role::Text).patch(self.world.theme.style(Role::Background))
    }
}

impl App {
    /// When something on the screen changes by itself, as of the last message.
    fn screen_deadline(&self) -> Option<DateTime<Utc>> {
        self.top().and_then(|layer| layer.screen.deadline(&self.world))
    }

    /// An input; `due` if the screen's deadline has come.
    fn input(&mut self, input: Input, due: bool) -> Vec<Effect> {
        match input {
            Input::Key(key) => self.key(key),
            Input::Paste(text) => self.paste(&text),
            Input::Mouse(_) | Input::Focus(_) => Vec::new(),
            Input::Resize(width, height) => {
                self.world.size = (width, height);
                self.changed()
            }
            Input::Time => {
                let now = self.elapsed();
                self.toasts.tick(now);
                if due { self.changed() } else { Vec::new() }
            }
            Input::Resumed => vec![Effect::Redraw],
            Input::Crashed(what) => {
                // Nobody says whose work it was.
                self.working.clear();
                self.say(Kind::Error, format!("Something broke inside Kontor: {what}. Your files are safe."));
                Vec::new()
            }
            Input::Stop => vec![Effect::Quit],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::launch::default_keymap;
    use crate::tui::picture::text;
    use crate::tui::runtime::still;
    use crate::tui::theme::Depth;

    #[test]
    fn work_that_takes_long_shows_itself() {
        let theme = Theme::builtin()[0].clone().at(Depth::Mono);
        let setup = Setup {
            keymap: default_keymap(),
            themes: vec![theme.clone()],
            theme,
            columns: BTreeMap::new(),
            start: Place::History(None),
            seed: 1,
        };
        let book = Arc::new(Book::empty(Arc::new(Schema::builtin()), Arc::new(Settings::default())));
        let begun = DateTime::UNIX_EPOCH;
        let opened =
            Opened { book, me: None, branch: "main".to_owned(), seen: None, searcher: Searcher::default() };
        let (mut app, effects) = App::opened(setup, opened, (80, 24), begun);
        // Home waits for its history too.
        let jobs: Vec<u64> = effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Job(waiting, _) => Some(waiting.number()),
                _ => None,
            })
            .collect();
        assert_eq!(jobs.len(), 2);
        let is_busy = |app: &App| text(&still(app, 80, 24)).contains('◌');
        assert!(!is_busy(&app));
        let soon = app.deadline().unwrap();
        assert_eq!(soon, begun + SHOWN_AFTER);
        app.update(Msg::Input(Input::Time), soon);
        assert!(is_busy(&app));
        assert_ne!(app.deadline(), Some(soon));
        for job in jobs {
            app.update(Msg::Done(job, Done::History(Ok(Vec::new()))), soon);
        }
        assert!(!is_busy(&app));
    }
}
