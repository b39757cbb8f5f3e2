//! One record's page: who or what it is, everything that belongs to it, and what happened.
//!
//! What it shows is composed by [`sheet`] from the book alone; panes keep the cursors. Actions are about the record of
//! the page, unless the cursor is in a pane of other records: then they are about the row under it.

mod arrange;
mod draw;
mod fact;
mod factsheet;
mod head;
mod lines;
mod linked;
mod pane;
mod preview;
mod sheet;
mod story;

use super::motion::motion;
use crate::actions::{Input as Answer, Intent, PickOption, Place, Question, Scope};
use crate::base::Ref;
use crate::model::Record;
use crate::model::kinds::{title_of, title_of_ref};
use crate::tr;
use crate::tui::layout::Shell;
use crate::tui::parts::{Done, Job, Msg, Response, Screen, World};
use crate::tui::runtime::Hits;
use crate::tui::widgets::motion::Motion;
use crate::tui::widgets::section::Tabs;
use crate::workspace::history::Event;
use arrange::Arrangement;
use chrono::{DateTime, TimeDelta, Utc};
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use head::Head;
use pane::{Clicked, Lead, Pane};
pub use preview::Preview;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::cell::{Cell, RefCell};
use std::sync::Arc;
use story::Sort;

/// The page of one record.
pub struct Page {
    reference: Ref,
    head: Head,
    /// The facts first.
    panes: Vec<Pane>,
    focus: usize,
    tabs: Tabs,
    arrangement: Arrangement,
    /// What alone its timeline shows.
    only: Option<Sort>,
    changes: Arc<Vec<Event>>,
    /// The records as they were when their changes were asked for.
    asked: Vec<Arc<Record>>,
    /// Where the last frame put which pane, and the tabs.
    seen: RefCell<Vec<(usize, Rect)>>,
    tabs_seen: Cell<Rect>,
}

/// Most commits a timeline takes in.
const CHANGES: usize = 100;

/// Asks what alone the timeline is to show.
const ONLY: &str = "timeline";
/// Asks which of several records to open.
const WHICH: &str = "which";

impl Page {
    /// The page of a record.
    ///
    /// # Errors
    /// When there is no such record.
    pub fn new(reference: &Ref, world: &World) -> Result<Self, String> {
        if world.book.get(reference).is_none() {
            return Err(tr!("there is no {reference}", reference = reference).into_owned());
        }
        Ok(Self {
            reference: reference.clone(),
            head: Head::default(),
            panes: Vec::new(),
            focus: 0,
            tabs: Tabs::default(),
            arrangement: Arrangement::default(),
            only: None,
            changes: Arc::default(),
            asked: Vec::new(),
            seen: RefCell::default(),
            tabs_seen: Cell::default(),
        })
    }

    /// Composes the page afresh; cursors stay.
    fn compose(&mut self, world: &World) {
        let Some(sheet) = sheet::compose(world, &self.reference, self.changes.clone(), self.only) else {
            return;
        };
        self.head = sheet.head;
        let focused = self.panes.get(self.focus).map(|pane| pane.id.clone());
        let mut old = std::mem::take(&mut self.panes);
        let mut renewed = |part: sheet::Part| match old.iter().position(|pane| pane.id == part.id) {
            Some(at) => old.swap_remove(at).renewed(part),
            None => Pane::new(part),
        };
        let facts = sheet::Part::facts(sheet.facts);
        self.panes = std::iter::once(facts).chain(sheet.parts).map(&mut renewed).collect();
        let front = self.tabs.labels.get(self.tabs.current()).map(|(title, _)| title.clone());
        self.relabel(front.as_deref());
        let at = focused.and_then(|id| self.panes.iter().position(|pane| pane.id == id));
        self.focus_on(at.unwrap_or(0));
    }

    /// Names the tabs, and keeps that one in front.
    fn relabel(&mut self, front: Option<&str>) {
        let tabbed = self.tabbed();
        self.tabs.labels =
            tabbed.iter().map(|at| (self.panes[*at].title.clone(), self.panes[*at].count())).collect();
        let front = self.tabs.labels.iter().position(|(title, _)| Some(title.as_str()) == front);
        self.tabs.select(front.unwrap_or(0));
    }

    fn focus_on(&mut self, pane: usize) {
        self.focus = pane.min(self.panes.len().saturating_sub(1));
        let tabbed = self.tabbed();
        if let Some(tab) = tabbed.iter().position(|at| *at == self.focus) {
            self.tabs.select(tab);
        }
        for (at, pane) in self.panes.iter_mut().enumerate() {
            pane.focus(at == self.focus);
        }
    }

    fn step(&mut self, by: isize) -> Response {
        let stops = self.stops();
        if stops.is_empty() {
            return Response::Ignored;
        }
        let at = stops.iter().position(|stop| *stop == self.focus).unwrap_or(0) as isize;
        let next = (at + by).rem_euclid(stops.len() as isize) as usize;
        self.focus_on(stops[next]);
        Response::Redraw
    }

    /// Left and right: between the columns of facts, else from tab to tab.
    fn aside(&mut self, right: bool) -> Response {
        let Some(pane) = self.panes.get_mut(self.focus) else { return Response::Ignored };
        if pane.aside(right) {
            return Response::Redraw;
        }
        let tabbed = self.tabbed();
        if tabbed.contains(&self.focus) {
            self.tabs.step(if right { 1 } else { -1 });
            if let Some(front) = self.front() {
                self.focus_on(front);
            }
        }
        Response::Redraw
    }

    fn go(&mut self, motion: Motion) -> Response {
        if let Some(pane) = self.panes.get_mut(self.focus) {
            pane.go(motion);
        }
        Response::Redraw
    }

    fn open(&self, world: &World) -> Response {
        let Some(pane) = self.panes.get(self.focus) else { return Response::Ignored };
        match pane.lead() {
            Lead::Record(reference) => self.enter(reference, world),
            Lead::Choice(several) => {
                let option = |r: &Ref| PickOption {
                    value: r.to_string(),
                    label: title_of_ref(&world.book, r),
                    detail: r.to_string(),
                };
                let question = Question::Pick {
                    title: tr!("Open which?").into_owned(),
                    options: several.iter().map(option).collect(),
                    current: None,
                };
                Response::Ask(question, WHICH)
            }
            Lead::History => Response::Go(Place::History(Some(self.reference.clone()))),
            Lead::Edit => Response::Run("edit"),
            Lead::Nothing => Response::Unable(tr!("there is nothing to open here").into_owned()),
        }
    }

    fn enter(&self, reference: Ref, world: &World) -> Response {
        match world.book.get(&reference) {
            Some(_) => Response::Go(Place::Record(reference)),
            None => Response::Unable(tr!("there is no {reference}", reference = reference).into_owned()),
        }
    }

    fn ask_only(&self) -> Response {
        let option = |value: &str, label: &str| PickOption {
            value: value.to_owned(),
            label: label.to_owned(),
            detail: String::new(),
        };
        let all = std::iter::once(option("", &tr!("all")));
        let question = Question::Pick {
            title: tr!("Show in the timeline").into_owned(),
            options: all.chain(Sort::ALL.iter().map(|(_, words)| option(words, words))).collect(),
            current: Some(self.only.map_or("", Sort::words).to_owned()),
        };
        Response::Ask(question, ONLY)
    }

    fn show_only(&mut self, words: &str) -> Response {
        self.only = Sort::ALL.iter().find(|(_, known)| *known == words).map(|(sort, _)| *sort);
        for pane in &mut self.panes {
            pane.only(self.only);
        }
        if let Some(timeline) = self.panes.iter().position(|pane| pane.id == "timeline") {
            self.focus_on(timeline);
        }
        Response::Redraw
    }

    /// Asks git for what happened, where the records are others than when it was asked before.
    fn ask_changes(&mut self, world: &World) -> Option<Job> {
        let watched = story::watched(&world.book, world.book.get(&self.reference)?);
        let same = watched.len() == self.asked.len()
            && watched.iter().zip(&self.asked).all(|(new, old)| Arc::ptr_eq(new, old));
        if same {
            return None;
        }
        let paths = watched.iter().map(|record| record.path.clone()).collect();
        self.asked = watched;
        Some(Job::Changes(world.book.clone(), paths, CHANGES))
    }
}

impl Screen for Page {
    fn place(&self) -> Place {
        Place::Record(self.reference.clone())
    }

    fn crumb(&self, world: &World) -> String {
        world
            .book
            .get(&self.reference)
            .map_or_else(|| self.reference.id.to_string(), |record| title_of(&world.book, record))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Record, Scope::List]
    }

    fn hints(&self) -> &'static [&'static str] {
        match self.reference.folder.as_str() {
            "cases" => &[
                "open",
                "take",
                "done",
                "note",
                "move",
                "edit",
                "log",
                "task",
                "next-pane",
                "next-record",
                "history",
                "editor",
                "copy-reference",
            ],
            "opportunities" => &[
                "open",
                "edit",
                "log",
                "task",
                "note",
                "move-right",
                "deal-won",
                "deal-lost",
                "next-pane",
                "next-record",
                "history",
                "editor",
                "copy-reference",
            ],
            _ => &[
                "open",
                "edit",
                "log",
                "task",
                "note",
                "next-pane",
                "next-record",
                "history",
                "editor",
                "copy-reference",
                "filter",
            ],
        }
    }

    fn sync(&mut self, world: &World) -> Vec<Job> {
        let (width, height) = world.size;
        self.arrangement = Arrangement::of(Shell::of(Rect::new(0, 0, width, height)).body);
        self.compose(world);
        Vec::from_iter(self.ask_changes(world))
    }

    fn done(&mut self, done: Done, world: &World) {
        if let Done::History(Ok(events)) = done {
            self.changes = Arc::new(events);
            self.compose(world);
        }
    }

    fn intent(&mut self, intent: Intent, world: &World) -> Response {
        if let Some(motion) = motion(intent) {
            return self.go(motion);
        }
        match intent {
            Intent::Left => self.aside(false),
            Intent::Right => self.aside(true),
            Intent::NextPane => self.step(1),
            Intent::PreviousPane => self.step(-1),
            Intent::Open => self.open(world),
            Intent::Filter => self.ask_only(),
            Intent::Mark => match self.panes.get_mut(self.focus).is_some_and(Pane::unfold) {
                true => Response::Redraw,
                false => Response::Unable(tr!("only entries of the timeline unfold").into_owned()),
            },
            Intent::Sort | Intent::SortReverse | Intent::Columns | Intent::MarkAll | Intent::Unmark => {
                Response::Unable(tr!("that is for lists; this is a record's page").into_owned())
            }
            _ => Response::Ignored,
        }
    }

    fn mouse(&mut self, event: MouseEvent, world: &World) -> Response {
        let click = event.kind == MouseEventKind::Down(MouseButton::Left);
        if self.tabs.mouse(event) || (click && self.on_tabs(event)) {
            if let Some(front) = self.front() {
                self.focus_on(front);
            }
            return Response::Redraw;
        }
        let at = Position::new(event.column, event.row);
        let hit = self.seen.borrow().iter().find(|(_, area)| area.contains(at)).map(|(pane, _)| *pane);
        let Some(hit) = hit else { return Response::Ignored };
        let focused = hit == self.focus;
        let wheel = matches!(event.kind, MouseEventKind::ScrollUp | MouseEventKind::ScrollDown);
        if (click || wheel) && !focused {
            self.focus_on(hit);
        }
        match self.panes.get_mut(hit).map(|pane| pane.mouse(event)) {
            Some(Clicked::Open) if focused => self.open(world),
            Some(Clicked::Open | Clicked::Moved) => Response::Redraw,
            _ => Response::Ignored,
        }
    }

    fn answer(&mut self, purpose: &'static str, input: Answer, world: &World) -> Response {
        match (purpose, input.answer) {
            (ONLY, Some(words)) => self.show_only(&words),
            (WHICH, Some(reference)) => match reference.parse() {
                Ok(reference) => self.enter(reference, world),
                Err(_) => Response::Ignored,
            },
            _ => Response::Ignored,
        }
    }

    fn here(&self) -> Option<Ref> {
        let row = self.panes.get(self.focus).and_then(Pane::here);
        Some(row.unwrap_or_else(|| self.reference.clone()))
    }

    fn select(&mut self, reference: &Ref, _world: &World) {
        if let Some(pane) = self.panes.get_mut(self.focus) {
            pane.select(reference);
        }
    }

    fn neighbours(&self) -> Box<dyn Iterator<Item = &Ref> + '_> {
        Box::new(self.panes.get(self.focus).into_iter().flat_map(Pane::neighbours))
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, world: &World, _hits: &mut Hits<Msg>) {
        self.draw_page(area, buf, &world.theme);
    }

    /// Clocks and ages go on.
    fn deadline(&self, world: &World) -> Option<DateTime<Utc>> {
        let ticks = self.panes.iter().any(Pane::ticks) || self.head.ticks();
        let seconds = 60 - world.now.utc.timestamp().rem_euclid(60);
        ticks.then(|| world.now.utc + TimeDelta::seconds(seconds))
    }
}

impl Page {
    fn on_tabs(&self, event: MouseEvent) -> bool {
        let places = self.tabs_seen.get();
        places.contains(Position::new(event.column, event.row))
    }
}
