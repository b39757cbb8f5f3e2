//! Quick find: type what you remember, from anywhere.
//!
//! While the line has the keys, enter opens the record under the cursor; tab hands them to the results, on which all the
//! actions of a list work. Searching is done on a worker; an answer to words that were typed over is thrown away.

mod ask;
mod rows;

use super::motion::motion;
use crate::actions::{Intent, Place, Scope};
use crate::base::show::count;
use crate::base::{Ref, Style};
use crate::search::{Progress, Told};
use crate::tui::keys::Key;
use crate::tui::layout;
use crate::tui::parts::{Done, Job, Msg, Response, Screen, World};
use crate::tui::runtime::Hits;
use crate::tui::theme::Role;
use crate::tui::widgets::grid::{Column, Grid, GridResponse, Rows as _, Slot};
use crate::tui::widgets::input::{Edit, Input};
use crate::tui::widgets::motion::Motion;
use crate::tui::widgets::paint::{self, Pen};
use crate::{tr, tr_n};
use ask::Ask;
use crossterm::event::{KeyCode, KeyModifiers, MouseEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use rows::{Rows, TITLE, TYPE, WHERE};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Nobody reads further down than this; another word is quicker.
const MOST: usize = 100;
/// So many records are offered before anything is typed.
const OFFERED: usize = 30;
/// So many commits are looked at for them.
const COMMITS: usize = 40;
/// From so many lines on every result has two.
const ROOMY: u16 = 30;

/// The line and what it finds.
pub struct Find {
    line: Input,
    typing: bool,
    grid: Grid,
    rows: Rows,
    /// The marked records, in the order of the list.
    marked: Vec<Ref>,
    /// How many there are in all.
    total: usize,
    /// What is wrong with the line as a query; then it was taken for words.
    fault: Option<String>,
    /// The order it asks for and the most records, in words.
    bounds: Vec<String>,
    progress: Progress,
    /// The number of the newest question. Workers leave out older ones.
    asked: Arc<AtomicU64>,
    /// Records that were changed lately; none until git has told.
    changed: Option<Vec<Ref>>,
}

/// What a worker found, with the number of the question.
type Answer = (u64, Option<Told>);

impl Find {
    /// An empty line, ready for typing.
    pub fn new() -> Self {
        let columns = vec![
            Column::new(TITLE, tr!("Name")).width(16, 44).weight(2).priority(0).slot(Slot::Title),
            Column::new(TYPE, tr!("Type")).width(8, 14).weight(0).priority(1).slot(Slot::Value),
            Column::new(WHERE, tr!("Where")).width(16, u16::MAX).weight(3).priority(2).slot(Slot::Subtitle),
        ];
        let mut grid = Grid::new(columns);
        grid.bare = true;
        Self {
            line: Input::new().placeholder(tr!("a name, a word from a note, part of a number, type:case …")),
            typing: true,
            grid,
            rows: Rows::default(),
            marked: Vec::new(),
            total: 0,
            fault: None,
            bounds: Vec::new(),
            progress: Progress::Opening,
            asked: Arc::default(),
            changed: None,
        }
    }

    fn words(&self) -> &str {
        self.line.text().trim()
    }

    /// Looks for what the line says now.
    fn look(&mut self, world: &World) -> Option<Job> {
        let number = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
        if self.words().is_empty() {
            self.offer(world);
            return self.changed.is_none().then(|| Job::Recent(world.book.clone(), COMMITS));
        }
        let (ask, newest) = (Ask::new(self.words(), world), self.asked.clone());
        Some(Job::Compute(Box::new(move || {
            let answer: Answer =
                (number, (newest.load(Ordering::Relaxed) == number).then(|| ask.answer(MOST)));
            Box::new(answer)
        })))
    }

    /// Shows what was opened and changed last.
    fn offer(&mut self, world: &World) {
        let mut seen: Vec<&Ref> = Vec::new();
        for reference in world.visited.iter().chain(self.changed.iter().flatten()) {
            if seen.len() < OFFERED && !seen.contains(&reference) {
                seen.push(reference);
            }
        }
        let records = seen.into_iter().filter_map(|reference| world.book.get(reference));
        let rows = Rows::offered(records, world, room(world));
        (self.fault, self.bounds) = (None, Vec::new());
        self.total = rows.len();
        self.progress = Progress::Ready;
        self.take(rows);
    }

    fn take(&mut self, rows: Rows) {
        self.rows = rows;
        self.grid.empty = self.nothing();
        self.grid.sync(&self.rows);
        self.grid.drop_lost_marks(&self.rows);
        self.tell_marks();
    }

    /// Finds the marked records, after the marks or the rows have changed.
    fn tell_marks(&mut self) {
        let marks = self.grid.marks();
        let is_marked =
            |reference: &&Ref| !marks.is_empty() && marks.contains(reference.to_string().as_str());
        self.marked = self.rows.references().filter(is_marked).cloned().collect();
    }

    fn mark(&mut self, mark: impl FnOnce(&mut Grid, &Rows)) -> Response {
        mark(&mut self.grid, &self.rows);
        self.tell_marks();
        Response::Redraw
    }

    /// What to say where there are no rows.
    fn nothing(&self) -> (String, String) {
        if let (Progress::Ready, Some(fault)) = (self.progress, &self.fault) {
            return (fault.clone(), tr!("as words alone it finds nothing").into_owned());
        }
        let (said, advice) = match (self.words(), self.progress) {
            ("", _) => {
                (tr!("Type what you remember of it"), tr!("every text of every record is looked through"))
            }
            (_, Progress::Ready) => (
                tr!("Nothing has all of these words"),
                tr!("fewer words find more; a part of a name or number will do"),
            ),
            _ => (tr!("The index is being made"), tr!("what is found appears here by itself")),
        };
        (said.into_owned(), advice.into_owned())
    }

    fn go(&mut self, motion: Motion) -> Response {
        self.grid.go(motion, &self.rows);
        Response::Redraw
    }

    fn changed(&mut self, world: &World) -> Response {
        // Other words find other records: the best of them is meant.
        self.grid.clear_cursor();
        match self.look(world) {
            Some(job) => Response::Job(job),
            None => Response::Redraw,
        }
    }

    /// How many were found, in which order, or what is shown before anything is typed.
    fn found(&self, style: &Style) -> String {
        let total = count(self.total, style);
        let found = match (self.words(), self.rows.len()) {
            ("", 0) => String::new(),
            ("", _) => tr!("lately opened and changed").into_owned(),
            (_, shown) if shown < self.total && self.bounds.is_empty() => {
                tr!("the best {shown} of {total}", shown = shown, total = total).into_owned()
            }
            (_, shown) if shown < self.total => {
                tr!("the first {shown} of {total}", shown = shown, total = total).into_owned()
            }
            (_, shown) => tr_n!("{n} found", "{n} found", shown; style).into_owned(),
        };
        [found].iter().chain(&self.bounds).map(String::as_str).collect::<Vec<_>>().join(" · ")
    }

    /// How far the index is, as long as it is not ready.
    fn building(&self, world: &World) -> Option<String> {
        let progress = if self.progress == Progress::Ready { return None } else { world.indexing };
        match progress {
            Progress::Ready => None,
            Progress::Building { done, total } => {
                let percent = done * 100 / total.max(1);
                Some(tr!("making the index: {percent} %", percent = percent).into_owned())
            }
            Progress::Opening => Some(tr!("opening the index …").into_owned()),
        }
    }
}

/// Columns for where the words stand: on a line of its own, or beside the title.
fn room(world: &World) -> usize {
    let width = usize::from(world.size.0);
    if world.size.1 >= ROOMY || width < 56 { width.saturating_sub(4) } else { width.saturating_sub(40) }
}

impl Screen for Find {
    fn place(&self) -> Place {
        Place::Find
    }

    fn crumb(&self, world: &World) -> String {
        super::name(&Place::Find, world)
    }

    fn note(&self, world: &World) -> String {
        if let Some(building) = self.building(world) {
            return building;
        }
        let found = self.found(&world.style());
        match self.fault.as_ref().filter(|_| !self.rows.is_empty()) {
            Some(fault) => tr!("{found} as words · {fault}", found = found, fault = fault).into_owned(),
            None => found,
        }
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::List]
    }

    fn hints(&self) -> &'static [&'static str] {
        match self.typing {
            true => &["open", "back"],
            false => &["open", "edit", "log", "copy-reference", "filter", "mark", "back"],
        }
    }

    fn foot(&self, world: &World) -> String {
        match self.grid.marks().len() {
            0 => String::new(),
            n => tr_n!("{n} marked", "{n} marked", n; &world.style()).into_owned(),
        }
    }

    fn sync(&mut self, world: &World) -> Vec<Job> {
        self.grid.card_below = if world.size.1 >= ROOMY { u16::MAX } else { 56 };
        Vec::from_iter(self.look(world))
    }

    fn done(&mut self, done: Done, world: &World) {
        match done {
            Done::History(events) => {
                let records = events.unwrap_or_default().into_iter().flat_map(|event| event.records);
                self.changed = Some(records.map(|record| record.reference).collect());
                if self.words().is_empty() {
                    self.offer(world);
                }
            }
            Done::Computed(answer) => {
                if let Ok(answer) = answer.downcast::<Answer>()
                    && let (number, Some(Told { found, fault, bounds })) = *answer
                    && number == self.asked.load(Ordering::Relaxed)
                {
                    (self.total, self.progress, self.bounds) = (found.total, found.progress, bounds);
                    self.fault = fault.map(|fault| fault.to_string());
                    self.take(Rows::found(&found.hits, world, room(world)));
                }
            }
            _ => {}
        }
    }

    fn awaits(&self, _progress: Progress) -> bool {
        true
    }

    fn intent(&mut self, intent: Intent, _world: &World) -> Response {
        if let Some(motion) = motion(intent) {
            return self.go(motion);
        }
        match intent {
            Intent::Open => self.here().map_or(Response::Ignored, |r| Response::Go(Place::Record(r))),
            Intent::Find | Intent::Filter => {
                self.typing = true;
                Response::Redraw
            }
            Intent::Mark => self.mark(|grid, rows| grid.toggle_mark(rows)),
            Intent::MarkAll => self.mark(|grid, rows| grid.toggle_all(rows)),
            Intent::Unmark => self.mark(|grid, _| grid.clear_marks()),
            Intent::Back if !self.typing && !self.marked.is_empty() => {
                self.mark(|grid, _| grid.clear_marks())
            }
            _ => Response::Ignored,
        }
    }

    fn typing(&mut self, key: Key, world: &World) -> Option<Response> {
        if !self.typing {
            return None;
        }
        let ctrl = key.event().modifiers == KeyModifiers::CONTROL;
        Some(match key.code() {
            KeyCode::Enter if self.rows.is_empty() => Response::Redraw,
            KeyCode::Enter => Response::Run("open"),
            KeyCode::Esc => Response::Run("back"),
            KeyCode::Tab => {
                self.typing = self.rows.is_empty();
                Response::Redraw
            }
            KeyCode::Down => self.go(Motion::Down(1)),
            KeyCode::Up => self.go(Motion::Up(1)),
            KeyCode::PageDown => self.go(Motion::PageDown),
            KeyCode::PageUp => self.go(Motion::PageUp),
            KeyCode::Char('n') if ctrl => self.go(Motion::Down(1)),
            KeyCode::Char('p') if ctrl => self.go(Motion::Up(1)),
            // The key that leads here does not take away what was typed.
            KeyCode::Char('k') if ctrl => Response::Redraw,
            _ => match self.line.handle(key.event()) {
                Edit::Changed => self.changed(world),
                Edit::Ignored | Edit::Moved => Response::Redraw,
            },
        })
    }

    fn is_typing(&self) -> bool {
        self.typing
    }

    fn paste(&mut self, text: &str, world: &World) -> Response {
        self.typing = true;
        self.line.paste(text);
        self.changed(world)
    }

    fn mouse(&mut self, event: MouseEvent, _world: &World) -> Response {
        match self.grid.mouse(event, &self.rows) {
            GridResponse::Ignored => Response::Ignored,
            GridResponse::Open(_) => Response::Run("open"),
            GridResponse::Redraw | GridResponse::Moved | GridResponse::Sort(_) => Response::Redraw,
        }
    }

    fn here(&self) -> Option<Ref> {
        self.grid.cursor(&self.rows).and_then(|at| self.rows.reference(at).cloned())
    }

    fn marked(&self) -> &[Ref] {
        &self.marked
    }

    fn select(&mut self, reference: &Ref, _world: &World) {
        self.grid.select(&reference.to_string(), &self.rows);
    }

    fn neighbours(&self) -> Box<dyn Iterator<Item = &Ref> + '_> {
        Box::new(self.rows.references())
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, world: &World, _hits: &mut Hits<Msg>) {
        let theme = &world.theme;
        let line = layout::margins(Rect { height: area.height.min(1), ..area });
        Pen::new(buf, line).text("› ", theme.style(Role::Accent));
        let rest = Rect { x: line.x + 2, width: line.width.saturating_sub(2), ..line };
        self.line.draw(rest, buf, theme, self.typing);
        let typed = paint::columns(&crate::base::text::safe(self.line.text()));
        let hint = match self.typing {
            true => tr!("tab: act on results"),
            false => tr!("/: type on"),
        };
        let wide = paint::columns(&hint);
        if !self.line.is_empty() && !self.rows.is_empty() && rest.width > typed + wide + 4 {
            let spot = Rect { x: rest.right() - wide, width: wide, ..rest };
            Pen::new(buf, spot).text(&hint, theme.style(Role::Faint));
        }
        let gap = u16::from(area.height >= 16);
        self.grid.draw(paint::below(area, 1 + gap), buf, theme, &self.rows);
    }
}
