//! The morning's screen: what is due, what runs out of time, how the pipeline stands, and what others changed.

mod cases;
mod changes;
mod content;
mod deals;
mod gather;
mod measure;
mod pane;
mod pipeline;
mod place;
mod today;

use super::asked::{Asked, Reply};
use super::filter::{Filter, Typed};
use super::history::AsOf;
use super::motion::motion;
use crate::actions::{Intent, Place, Scope};
use crate::base::show::count;
use crate::base::{Ref, Style};
use crate::model::kinds::title_of_ref;
use crate::model::{Book, Record};
use crate::tr;
use crate::tui::keys::Key;
use crate::tui::parts::{Done, Job, Msg, Response, Screen, World};
use crate::tui::runtime::Hits;
use crate::tui::widgets::motion::Motion;
use crate::tui::widgets::section::Tabs;
use crate::workspace::history::Lately;
use chrono::{DateTime, Utc};
use content::Content;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use gather::{Gathered, Wanted, gather};
use pane::Pane;
use place::{CHANGES, PANES, place};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::cell::RefCell;

/// How many commits the changes go back.
const COMMITS: usize = 100;

/// The home screen.
pub struct Home {
    panes: [Pane; PANES],
    focus: usize,
    tabs: Tabs,
    filter: Filter,
    /// Everyone's tasks and deals, not only those of the person at the keyboard.
    everyone: bool,
    lately: Option<Result<Lately, String>>,
    /// That as rows, whatever the filter.
    changes: Content,
    /// As of when history was asked for.
    as_of: Option<AsOf>,
    asked: Asked,
    /// When something on it changes by itself.
    changes_at: Option<DateTime<Utc>>,
    /// Where the last frame put the panes and their rows.
    seen: RefCell<Vec<Seen>>,
}

/// A pane as it was drawn.
struct Seen {
    pane: usize,
    area: Rect,
    rows: Vec<(usize, Rect)>,
}

impl Home {
    /// The home screen, its focus on what is due.
    pub fn new() -> Self {
        Self {
            panes: Default::default(),
            focus: place::TODAY,
            tabs: Tabs::new([
                tr!("Today"),
                tr!("Cases"),
                tr!("Pipeline"),
                tr!("Closing"),
                tr!("Stuck"),
                tr!("Changes"),
            ]),
            filter: Filter::of_words(),
            everyone: false,
            lately: None,
            changes: Content::default(),
            as_of: None,
            asked: Asked::default(),
            changes_at: None,
            seen: RefCell::default(),
        }
    }

    fn words(&self) -> Vec<String> {
        self.filter.text().to_lowercase().split_whitespace().map(str::to_owned).collect()
    }

    fn take(&mut self, gathered: Gathered, style: &Style) {
        self.changes_at = Some(gathered.changes_at);
        for (at, content) in gathered.contents.into_iter().enumerate() {
            self.put(at, content, style);
        }
    }

    fn put(&mut self, at: usize, content: Content, style: &Style) {
        let many = content.count;
        self.tabs.labels[at].1 = if many > 0 { count(many, style) } else { String::new() };
        self.panes[at].set(content);
    }

    fn tell_changes(&mut self, world: &World) {
        let (me, seen) = (world.me.as_ref(), world.seen.as_ref());
        self.changes = changes::changes(&world.book, me, seen, self.lately.as_ref(), world.now);
        self.put_changes(&world.style());
    }

    fn put_changes(&mut self, style: &Style) {
        let mut shown = self.changes.clone();
        shown.keep(&self.words(), style);
        self.put(CHANGES, shown, style);
    }

    /// Looks through the records again.
    fn look(&mut self, world: &World) -> Option<Job> {
        let me = world.me.clone().filter(|_| !self.everyone);
        let wanted = Wanted { me, words: self.words() };
        let now = world.now;
        match self.asked.ask(&world.book, false, move |book| gather(&wanted, book, now)) {
            Reply::Later(job) => Some(job),
            Reply::Now(gathered) => {
                self.take(gathered, &world.style());
                None
            }
        }
    }

    fn go(&mut self, motion: Motion) -> Response {
        self.panes[self.focus].go(motion);
        Response::Redraw
    }

    fn turn_to(&mut self, pane: usize) -> Response {
        self.focus = pane;
        self.tabs.select(pane);
        Response::Redraw
    }

    /// The pane beside the one with the focus, at about its place.
    fn aside(&mut self, step: isize, world: &World) -> Response {
        let columns = place::columns(world.size.0);
        let at = columns.iter().position(|column| column.contains(&self.focus)).unwrap_or(0);
        let Some(column) = at.checked_add_signed(step).and_then(|to| columns.get(to)) else {
            return Response::Redraw;
        };
        let row = columns[at].iter().position(|pane| *pane == self.focus).unwrap_or(0);
        self.turn_to(column[row.min(column.len() - 1)])
    }

    fn open(&self) -> Response {
        let to = self.panes[self.focus].row().and_then(|row| row.opens.clone());
        to.map_or(Response::Ignored, Response::Go)
    }

    fn typed(&mut self, typed: Typed, world: &World) -> Response {
        match typed {
            Typed::Changed => self.refilter(world),
            Typed::Redraw => Response::Redraw,
            Typed::Down => self.go(Motion::Down(1)),
            Typed::Up => self.go(Motion::Up(1)),
        }
    }

    fn refilter(&mut self, world: &World) -> Response {
        self.put_changes(&world.style());
        self.look(world).map_or(Response::Redraw, Response::Job)
    }

    fn click(&mut self, at: Position) -> Response {
        let seen = self.seen.borrow();
        let pane = seen.iter().find(|seen| seen.area.contains(at));
        let Some(Seen { pane, rows, .. }) = pane else { return Response::Ignored };
        let row = rows.iter().find(|(_, spot)| spot.contains(at)).map(|(row, _)| *row);
        let pane = *pane;
        drop(seen);
        let again = pane == self.focus && row == Some(self.panes[pane].cursor());
        if let Some(row) = row {
            self.panes[pane].put(row);
        }
        if again { self.open() } else { self.turn_to(pane) }
    }

    fn wheel(&mut self, at: Position, motion: Motion) -> Response {
        let pane = self.seen.borrow().iter().find(|seen| seen.area.contains(at)).map(|seen| seen.pane);
        let Some(pane) = pane else { return Response::Ignored };
        self.panes[pane].go(motion);
        self.turn_to(pane)
    }
}

impl Screen for Home {
    fn place(&self) -> Place {
        Place::Home
    }

    fn crumb(&self, world: &World) -> String {
        super::name(&Place::Home, world)
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::List]
    }

    fn hints(&self) -> &'static [&'static str] {
        &["open", "done", "reschedule", "log", "new", "mine", "filter", "go-to"]
    }

    fn sync(&mut self, world: &World) -> Vec<Job> {
        let as_of = AsOf::new(world);
        let ask = || Job::Lately(world.book.clone(), world.seen.clone(), COMMITS);
        let history = (self.as_of.as_ref() != Some(&as_of)).then(ask);
        self.as_of = Some(as_of);
        self.tell_changes(world);
        self.look(world).into_iter().chain(history).collect()
    }

    fn done(&mut self, done: Done, world: &World) {
        match done {
            Done::Lately(lately) => {
                self.lately = Some(lately);
                self.tell_changes(world);
            }
            answer => {
                if let Some(gathered) = self.asked.answered(answer) {
                    self.take(gathered, &world.style());
                }
            }
        }
    }

    fn intent(&mut self, intent: Intent, world: &World) -> Response {
        if let Some(motion) = motion(intent) {
            return self.go(motion);
        }
        match intent {
            Intent::NextPane => self.turn_to((self.focus + 1) % PANES),
            Intent::PreviousPane => self.turn_to((self.focus + PANES - 1) % PANES),
            Intent::Left => self.aside(-1, world),
            Intent::Right => self.aside(1, world),
            Intent::Open => self.open(),
            Intent::Mine if world.me.is_none() => Response::Unable(super::nobody()),
            Intent::Mine => {
                self.everyone = !self.everyone;
                self.refilter(world)
            }
            Intent::Filter => {
                self.filter.open();
                Response::Redraw
            }
            Intent::Back if !self.filter.is_empty() => {
                self.filter.clear();
                self.refilter(world)
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

    fn mouse(&mut self, event: MouseEvent, _world: &World) -> Response {
        let at = Position::new(event.column, event.row);
        if self.tabs.mouse(event) {
            return self.turn_to(self.tabs.current());
        }
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) => self.click(at),
            MouseEventKind::ScrollDown => self.wheel(at, Motion::Down(3)),
            MouseEventKind::ScrollUp => self.wheel(at, Motion::Up(3)),
            _ => Response::Ignored,
        }
    }

    fn here(&self) -> Option<Ref> {
        self.panes[self.focus].row().and_then(|row| row.reference.clone())
    }

    fn select(&mut self, reference: &Ref, _world: &World) {
        let pane = &mut self.panes[self.focus];
        if let Some(at) = pane.content.rows.iter().position(|row| row.reference.as_ref() == Some(reference)) {
            pane.put(at);
        }
    }

    fn neighbours(&self) -> Box<dyn Iterator<Item = &Ref> + '_> {
        Box::new(self.panes[self.focus].content.rows.iter().filter_map(|row| row.reference.as_ref()))
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, world: &World, _hits: &mut Hits<Msg>) {
        let body = self.filter.draw(area, buf, world);
        let wanted = std::array::from_fn(|at| self.panes[at].wanted());
        let placing = place(body, wanted, self.focus);
        match placing.tabs {
            Some(line) => self.tabs.draw(line, buf, &world.theme),
            None => self.tabs.forget(),
        }
        let mut seen = Vec::new();
        for (at, spot) in placing.panes {
            let rows = self.panes[at].draw(spot, buf, &world.theme, at == self.focus);
            seen.push(Seen { pane: at, area: spot, rows });
        }
        self.seen.replace(seen);
    }

    fn deadline(&self, _world: &World) -> Option<DateTime<Utc>> {
        self.changes_at
    }
}

/// The name of the account a record belongs to: itself, or the one it names.
fn account_of(book: &Book, record: &Record) -> Option<String> {
    let folder = book.schema().find("account")?.folder.clone();
    let reference = match record.reference.folder == folder {
        true => record.reference.clone(),
        false => Ref::new(folder, record.link("account")?),
    };
    Some(title_of_ref(book, &reference))
}
