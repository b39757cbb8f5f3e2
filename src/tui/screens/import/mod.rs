//! Records out of a CSV file: the choice of the file, then what would come of it, and all that can be decided.
//!
//! Nothing is written before it is confirmed. A worker reads the file and works out what would come of it, and does so
//! again whenever something is decided or the records change; the answer to an earlier question is stopped and thrown
//! away. The import itself is one change of the writer's.

mod choose;
mod draw;
mod items;
mod questions;
mod report;
mod wish;
mod words;
mod work;

pub use choose::Choose;

use super::motion::motion;
use crate::actions::{Input, Intent, Place, Question, Scope};
use crate::base::Ref;
use crate::exchange::import::{MappingFile, Pace, Target};
use crate::model::Book;
use crate::tr;
use crate::tui::parts::{Done, Job, Msg, Response, Screen, World};
use crate::tui::runtime::Hits;
use crate::tui::widgets::grid::{Grid, GridResponse};
use crate::tui::widgets::motion::Motion;
use chrono::{DateTime, TimeDelta, Utc};
use crossterm::event::MouseEvent;
use draw::Pane;
use items::{Item, Items};
use questions::{DEFAULT, GUESS, LOAD, SAVE};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use report::Report;
use smol_str::SmolStr;
use std::cell::Cell;
use std::path::Path;
use std::sync::Arc;
use wish::Wish;
use work::{Answer, Asked, Outcome};

/// What the answer about the row that was opened is for.
const DECIDED: &str = "decided";

/// How often progress is looked at.
const LOOKED: TimeDelta = TimeDelta::milliseconds(100);

/// What would come of a file, and all that can be decided.
pub struct Import {
    /// The file, as typed.
    file: SmolStr,
    /// What is wished; once it is worked out, the outcome's.
    wish: Wish,
    outcome: Option<Outcome>,
    /// What went wrong with the last question.
    error: Option<String>,
    /// The question that is being worked out.
    asked: Option<Pending>,
    number: u64,
    /// The records it was last asked against.
    book: Option<Arc<Book>>,
    items: Items,
    report: Report,
    deciding: Grid,
    reading: Grid,
    pane: Pane,
    /// What the open question is about.
    about: Option<Item>,
    /// The field that the question is to fill where rows leave it empty.
    filling: Option<Target>,
    /// Whether the last frame had room for both panes.
    both: Cell<bool>,
}

/// A question under way.
struct Pending {
    number: u64,
    pace: Arc<Pace>,
    since: DateTime<Utc>,
}

impl Import {
    /// What would come of the file that is meant.
    pub fn new(file: &SmolStr) -> Self {
        let (deciding, reading) = draw::grids();
        Self {
            file: file.clone(),
            wish: Wish::default(),
            outcome: None,
            error: None,
            asked: None,
            number: 0,
            book: None,
            items: Items::default(),
            report: Report::default(),
            deciding,
            reading,
            pane: Pane::Decide,
            about: None,
            filling: None,
            both: Cell::new(false),
        }
    }

    fn name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or_default()
    }

    /// A new question; the one before is stopped.
    fn ask(&mut self, world: &World) -> Asked {
        self.stop();
        self.number += 1;
        let pace = Arc::new(Pace::default());
        self.asked = Some(Pending { number: self.number, pace: pace.clone(), since: world.now.utc });
        self.book = Some(world.book.clone());
        Asked::new(self.number, pace, world)
    }

    fn stop(&mut self) {
        if let Some(asked) = self.asked.take() {
            asked.pace.stop();
        }
    }

    fn read(&mut self, wish: Wish, world: &World) -> Job {
        let file = self.file.clone();
        self.ask(world).read(&file, wish)
    }

    /// Works it out as it is wished now: from the file where that has to be read in another way.
    fn rework(&mut self, wish: Wish, world: &World) -> Job {
        let same = |outcome: &&Outcome| {
            (outcome.wish.encoding, outcome.wish.delimiter) == (wish.encoding, wish.delimiter)
        };
        match self.outcome.as_ref().filter(same).map(|outcome| outcome.sheet.clone()) {
            Some(sheet) => self.ask(world).work(sheet, wish),
            None => self.read(wish, world),
        }
    }

    fn take(&mut self, outcome: Result<Outcome, String>, world: &World) {
        match outcome {
            Ok(outcome) => {
                let language = world.book.settings().language();
                self.items = Items::new(&outcome, language);
                self.report = outcome.worked.as_ref().map(Report::new).unwrap_or_default();
                self.deciding.sync(&self.items);
                self.reading.sync(&self.report);
                self.wish = outcome.wish.clone();
                self.outcome = Some(outcome);
                self.error = None;
            }
            Err(message) => self.error = Some(message),
        }
    }

    /// Asks about the row under the cursor.
    fn open(&mut self, world: &World) -> Response {
        let (Pane::Decide, Some(outcome)) = (self.pane, self.outcome.as_ref()) else {
            return Response::Ignored;
        };
        let Some(item) = self.deciding.cursor(&self.items).and_then(|at| self.items.at(at)) else {
            return Response::Ignored;
        };
        self.about = Some(item);
        match questions::question(item, outcome, world.book.settings().language()) {
            Some(question) => Response::Ask(question, DECIDED),
            None => Response::Ignored,
        }
    }

    fn decided(&mut self, answer: &str, world: &World) -> Response {
        let (Some(item), Some(outcome)) = (self.about, self.outcome.as_ref()) else {
            return Response::Ignored;
        };
        if item == Item::Mapping && answer != GUESS {
            return self.ask_for_mapping(answer);
        }
        if item == Item::Defaults {
            return self.ask_for_default(answer, world);
        }
        match questions::answer(item, answer, outcome) {
            Ok(wish) => Response::Job(self.rework(wish, world)),
            Err(message) => Response::Unable(message),
        }
    }

    /// Asks what is to fill a field.
    fn ask_for_default(&mut self, field: &str, world: &World) -> Response {
        let Some(outcome) = &self.outcome else { return Response::Ignored };
        let Some(worked) = &outcome.worked else { return Response::Ignored };
        let target = match Target::read(field, &worked.ty) {
            Ok(target) => target,
            Err(error) => return Response::Unable(error.to_string()),
        };
        let question = questions::value(&target, outcome, world.book.settings().language());
        self.filling = Some(target);
        question.map_or(Response::Ignored, |question| Response::Ask(question, DEFAULT))
    }

    fn fill(&mut self, text: &str, world: &World) -> Response {
        let (Some(target), Some(outcome)) = (self.filling.take(), self.outcome.as_ref()) else {
            return Response::Ignored;
        };
        let mut wish = outcome.wish.clone();
        // Another guess of the type would not know the field.
        wish.type_name = outcome.worked.as_ref().map(|worked| worked.ty.name.clone());
        wish.set_default(target, text.trim());
        Response::Job(self.rework(wish, world))
    }

    fn ask_for_mapping(&self, answer: &str) -> Response {
        let (title, purpose) = match answer {
            LOAD => (tr!("Use the mapping in"), LOAD),
            _ => (tr!("Save the mapping as"), SAVE),
        };
        let beside = Path::new(self.file.as_str()).with_extension("map.yaml");
        let initial = self.wish.mapping.clone().unwrap_or_else(|| beside.to_string_lossy().into_owned());
        let hint = tr!("a file; the command line takes it too: --mapping FILE").into_owned();
        let question = Question::Path { title: title.into_owned(), initial, hint, endings: &["yaml", "yml"] };
        Response::Ask(question, purpose)
    }

    fn load(&mut self, path: &str, world: &World) -> Response {
        let (sheet, wish) = match &self.outcome {
            Some(outcome) => (outcome.sheet.clone(), outcome.wish.clone()),
            None => return Response::Ignored,
        };
        Response::Job(self.ask(world).load(path, sheet, wish))
    }

    fn save(&self, path: &str) -> Response {
        let worked = self.outcome.as_ref().and_then(|outcome| outcome.worked.as_ref());
        let Some(worked) = worked.filter(|_| !path.trim().is_empty()) else { return Response::Ignored };
        let text = self.wish.mapping_text(&worked.ty.name, &worked.columns);
        Response::Job(Job::Save(path.to_owned(), MappingFile::HEAD, text.into_bytes()))
    }

    /// Has the import carried out, if it is ready for that.
    fn import(&self, world: &World) -> Response {
        let unable = |why: std::borrow::Cow<'_, str>| Response::Unable(why.into_owned());
        let outcome = self.outcome.as_ref().filter(|_| self.error.is_none());
        let worked = outcome.and_then(|outcome| outcome.worked.as_ref());
        match worked {
            _ if world.importing.is_some() => unable(tr!("it is being imported already")),
            _ if self.asked.is_some() => unable(tr!("what would come of it is still being worked out")),
            None if outcome.is_some() => unable(tr!("say first what the rows become")),
            None => unable(tr!("there is nothing to import: see what is wrong with the file")),
            Some(worked) if worked.plan.is_stopped() => unable(tr!("decide first what is marked with !")),
            Some(worked) if worked.import.set.changes.is_empty() => {
                unable(tr!("there is nothing to import: no row is new or changes anything"))
            }
            Some(worked) => Response::Import(worked.import.clone(), Place::List(worked.ty.name.clone())),
        }
    }

    fn go(&mut self, motion: Motion) -> Response {
        match self.pane {
            Pane::Decide => self.deciding.go(motion, &self.items),
            Pane::Read => self.reading.go(motion, &self.report),
        };
        Response::Redraw
    }

    fn turn_to(&mut self, pane: Pane) -> Response {
        self.pane = pane;
        (self.deciding.focused, self.reading.focused) = (pane == Pane::Decide, pane == Pane::Read);
        Response::Redraw
    }
}

impl Drop for Import {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Screen for Import {
    fn place(&self) -> Place {
        Place::Import(Some(self.file.clone()))
    }

    fn crumb(&self, _world: &World) -> String {
        self.name().to_owned()
    }

    fn note(&self, _world: &World) -> String {
        self.outcome.as_ref().map(draw::facts).unwrap_or_default()
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Import]
    }

    fn hints(&self) -> &'static [&'static str] {
        &["import-now", "open", "next-pane", "refresh", "back"]
    }

    fn sync(&mut self, world: &World) -> Vec<Job> {
        let same = self.book.as_ref().is_some_and(|book| Arc::ptr_eq(book, &world.book));
        if same || world.importing.is_some() {
            return Vec::new();
        }
        let wish = self.wish.clone();
        vec![self.rework(wish, world)]
    }

    fn done(&mut self, done: Done, world: &World) {
        let Done::Computed(answer) = done else { return };
        let Ok(answer) = answer.downcast::<Answer>() else { return };
        let (number, outcome) = *answer;
        if self.asked.take_if(|asked| asked.number == number).is_some()
            && let Some(outcome) = outcome
        {
            self.take(outcome, world);
        }
    }

    fn intent(&mut self, intent: Intent, world: &World) -> Response {
        if let Some(motion) = motion(intent) {
            return self.go(motion);
        }
        match intent {
            Intent::Open => self.open(world),
            Intent::Import => self.import(world),
            Intent::NextPane | Intent::PreviousPane => self.turn_to(self.pane.other()),
            Intent::Left => self.turn_to(Pane::Decide),
            Intent::Right => self.turn_to(Pane::Read),
            Intent::Refresh if world.importing.is_none() => {
                let wish = self.wish.clone();
                Response::Job(self.read(wish, world))
            }
            Intent::Back if world.importing.is_some() => Response::Unable(
                tr!("it is being imported: once that is done, it can be taken back").into_owned(),
            ),
            _ => Response::Ignored,
        }
    }

    fn answer(&mut self, purpose: &'static str, input: Input, world: &World) -> Response {
        let answer = input.answer.unwrap_or_default();
        match purpose {
            LOAD => self.load(&answer, world),
            SAVE => self.save(&answer),
            DEFAULT => self.fill(&answer, world),
            _ => self.decided(&answer, world),
        }
    }

    fn mouse(&mut self, event: MouseEvent, world: &World) -> Response {
        let mut panes = vec![self.pane];
        if self.both.get() {
            panes.push(self.pane.other());
        }
        for pane in panes {
            let response = match pane {
                Pane::Decide => self.deciding.mouse(event, &self.items),
                Pane::Read => self.reading.mouse(event, &self.report),
            };
            if response == GridResponse::Ignored {
                continue;
            }
            let there = self.pane == pane;
            self.turn_to(pane);
            return match response {
                GridResponse::Open(_) if there => self.open(world),
                _ => Response::Redraw,
            };
        }
        Response::Ignored
    }

    fn here(&self) -> Option<Ref> {
        None
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, world: &World, _hits: &mut Hits<Msg>) {
        draw::draw(self, area, buf, world);
    }

    fn deadline(&self, world: &World) -> Option<DateTime<Utc>> {
        self.asked.as_ref().map(|asked| (asked.since + LOOKED).max(world.now.utc + LOOKED))
    }
}
