//! Boards: the pipeline, a column a stage, a card a deal; and those of views, of any type with a field to go by.

mod card;
mod cards;
mod contents;
mod deck;
mod wanted;

use super::asked::{Asked, Reply};
use super::filter::{Filter, Reading, Typed};
use super::find_view;
use super::motion::motion;
use crate::actions::deals::switch;
use crate::actions::{Input as Answered, Intent, Place, Scope};
use crate::base::{Id, Ref};
use crate::crm::Whose;
use crate::crm::pipeline::Pipelines;
use crate::crm::views::{Layout, View};
use crate::model::kinds::Entry;
use crate::model::{Moment, TypeDef};
use crate::query::{all_of, asking};
use crate::search::Progress;
use crate::tui::keys::Key;
use crate::tui::parts::{Done, Job, Msg, Response, Screen, World};
use crate::tui::runtime::Hits;
use crate::tui::theme::Role;
use crate::tui::widgets::board::{self as widget, BoardResponse};
use crate::tui::widgets::motion::Motion;
use crate::tui::widgets::paint::{self, Pen};
use crate::{tr, tr_n};
use chrono::{DateTime, Utc};
use contents::Contents;
use crossterm::event::MouseEvent;
use deck::pipeline;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;
use wanted::{Columns, Wanted, contents};

/// What is asked when a view is to show another pipeline.
const PIPELINE: &str = "pipeline";

/// The type of record on the board of a pipeline.
const DEAL: &str = "opportunity";

/// The board of one pipeline, or of a view.
pub struct Board {
    ty: Arc<TypeDef>,
    /// As the place names it.
    id: Option<Id>,
    /// The view it was opened as.
    view: Option<View>,
    board: widget::Board,
    contents: Option<Box<dyn Contents>>,
    filter: Filter,
    mine: bool,
    /// A card to put the cursor on once it is there.
    wanted: Option<Ref>,
    /// The marked records, column by column.
    marked: Vec<Ref>,
    asked: Asked,
}

impl Board {
    /// The board of that pipeline, or of the first one.
    ///
    /// # Errors
    /// When there is no such pipeline.
    pub fn new(id: Option<Id>, world: &World) -> Result<Self, String> {
        if let Some(id) = &id
            && pipeline(&world.book, Some(id)).is_none()
        {
            return Err(tr!("there is no pipeline '{id}'", id = id).into_owned());
        }
        let ty = world.book.schema().find(DEAL).cloned();
        let ty = ty.ok_or_else(|| tr!("there is no type '{name}'", name = DEAL).into_owned())?;
        let mut board = widget::Board::new();
        board.empty = (
            tr!("No pipeline yet").into_owned(),
            tr!("its stages are the columns of this board: :pipelines, then n makes one").into_owned(),
        );
        // The one last looked at, while there is such a one.
        let last = world.board.clone().filter(|last| pipeline(&world.book, Some(last)).is_some());
        Ok(Self {
            ty,
            id: id.or(last),
            view: None,
            board,
            contents: None,
            filter: Filter::new(""),
            mine: false,
            wanted: None,
            marked: Vec::new(),
            asked: Asked::default(),
        })
    }

    /// The board of a view: of deals by the stages of the pipeline its query is about, of anything else by the field
    /// it names.
    ///
    /// # Errors
    /// When there is no such type, or nothing in it to make columns of.
    pub fn of_view(view: View, world: &World) -> Result<Self, String> {
        let ty = world.book.schema().find(&view.type_name).cloned();
        let ty = ty.ok_or_else(|| tr!("there is no type '{name}'", name = view.type_name).into_owned())?;
        let view = view.spelled_out(&world.book);
        if view.columns_by(&ty).is_none() {
            let message =
                tr!("{name} has nothing to make columns of: group: names a field", name = view.name);
            return Err(message.into_owned());
        }
        let filter = Filter::new(&view.query);
        Ok(Self { ty, id: None, view: Some(view), filter, ..Self::new(None, world)? })
    }

    /// What its columns are.
    fn columns(&self) -> Columns {
        let Some(view) = &self.view else { return Columns::Stages(self.id.clone()) };
        match view.columns_by(&self.ty) {
            Some(field) if !self.is_pipeline() => {
                Columns::Values { field: field.name.clone(), sort: view.sort.clone() }
            }
            _ => Columns::StagesFound,
        }
    }

    /// Whether its columns are the stages of a pipeline.
    fn is_pipeline(&self) -> bool {
        let group = self.view.as_ref().and_then(|view| view.group.as_deref());
        self.ty.name == DEAL && group.is_none_or(|group| group == "stage")
    }

    /// Whether it shows something else than its view says.
    fn is_changed(&self, world: &World) -> bool {
        self.view.as_ref().is_some_and(|view| view.query != self.whole_query(world))
    }

    /// What the filter says, with what else is left out of the board said in the same language.
    fn whole_query(&self, world: &World) -> String {
        let whole = self.contents.as_ref().filter(|_| self.view.is_none()).map(|contents| contents.whole());
        let mine = if self.mine && world.me.is_some() { "owner:me" } else { "" };
        all_of([whole.as_deref().unwrap_or_default(), self.filter.text(), mine])
    }

    /// Takes in that the record of its view has changed. What was typed here stays.
    fn follow(&mut self, world: &World) {
        let Some(view) = &self.view else { return };
        let Some(now) = find_view(&view.id, world).map(|now| now.spelled_out(&world.book)) else { return };
        if now.type_name != view.type_name {
            return;
        }
        if !self.is_changed(world) && self.filter.text() != now.query {
            self.filter.set(&now.query);
        }
        self.view = Some(now);
    }

    /// The query it goes back to.
    fn first_query(&self) -> &str {
        self.view.as_ref().map(|view| view.query.as_str()).unwrap_or_default()
    }

    /// Puts the records in columns.
    fn arrange(&mut self, world: &World) -> Option<Job> {
        let me = world.me.clone().filter(|_| self.mine);
        let wanted = Wanted {
            ty: self.ty.clone(),
            columns: self.columns(),
            whose: me.map_or(Whose::Everyone, Whose::User),
            filter: self.filter.wording(world),
        };
        let now = world.now;
        match self
            .asked
            .ask(&world.book, wanted.filter.is_searched(), move |book| contents(book, &wanted, now))
        {
            Reply::Later(job) => Some(job),
            Reply::Now(answer) => {
                self.take(answer, world);
                None
            }
        }
    }

    fn take(&mut self, (contents, reading): Answer, world: &World) {
        self.filter.take(reading);
        self.contents = contents;
        let Some(contents) = &mut self.contents else { return };
        contents.set_narrow(widget::Board::is_narrow(board_width(world.size.0)));
        let contents = contents.as_ref();
        self.board.sync(contents);
        self.board.drop_lost_marks(contents);
        if let Some(wanted) = self.wanted.take() {
            self.board.select(wanted.id.as_str(), contents);
        }
        self.tell_marks();
    }

    /// Finds the marked records, after the marks or the cards have changed.
    fn tell_marks(&mut self) {
        let contents = self.contents.as_ref().filter(|_| !self.board.marks().is_empty());
        let all = contents.into_iter().flat_map(|contents| contents.references());
        let is_marked = |record: &&Ref| self.board.marks().contains(record.id.as_str());
        self.marked = all.filter(is_marked).cloned().collect();
    }

    fn mark(&mut self, mark: impl FnOnce(&mut widget::Board, &dyn Contents)) -> Response {
        let response = self.on(mark);
        self.tell_marks();
        response
    }

    fn rearrange(&mut self, world: &World) -> Response {
        self.arrange(world).map_or(Response::Redraw, Response::Job)
    }

    /// Does something with the cards that are here.
    fn on(&mut self, act: impl FnOnce(&mut widget::Board, &dyn Contents)) -> Response {
        if let Some(contents) = &self.contents {
            act(&mut self.board, contents.as_ref());
        }
        Response::Redraw
    }

    fn go(&mut self, motion: Motion) -> Response {
        self.on(|board, deals| board.go(motion, deals))
    }

    fn across(&mut self, by: isize) -> Response {
        self.on(|board, deals| board.go_across(by, deals))
    }

    fn typed(&mut self, typed: Typed, world: &World) -> Response {
        match typed {
            Typed::Changed => self.rearrange(world),
            Typed::Redraw => Response::Redraw,
            Typed::Down => self.go(Motion::Down(1)),
            Typed::Up => self.go(Motion::Up(1)),
        }
    }

    /// The records of the column under the cursor as a list.
    fn drill(&self, world: &World) -> Response {
        let Some(contents) = &self.contents else { return Response::Ignored };
        let me = world.me.as_ref().filter(|_| self.mine);
        let owner = me.map(|me| format!("owner={me}")).unwrap_or_default();
        let column = contents.query(self.board.column());
        let query = all_of([column.as_str(), &owner, self.filter.good()]);
        Response::Go(Place::Found(self.ty.name.clone(), query.into()))
    }

    /// Asks which pipeline a view is to show.
    fn ask_pipeline(&self, world: &World) -> Response {
        let current = self.contents.as_ref().map(|contents| contents.name());
        let pipelines = Pipelines::of(&world.book);
        let current =
            pipelines.all().iter().find(|pipeline| Some(pipeline.name.as_str()) == current.as_deref());
        let current = current.map(|pipeline| pipeline.reference.id.to_string());
        Response::Ask(switch::question(&world.book, current), PIPELINE)
    }

    /// The same view of another pipeline's deals.
    fn switch(&mut self, pipeline: &str, world: &World) -> Response {
        let entry = Entry { me: world.me.as_ref(), now: world.now };
        let query = asking(self.filter.text(), &self.ty, ("pipeline", pipeline), &world.book, entry);
        self.filter.set(&query);
        self.rearrange(world)
    }

    fn is_empty(&self) -> bool {
        let empty = |contents: &dyn Contents| (0..contents.columns()).all(|column| contents.len(column) == 0);
        self.contents.as_deref().is_some_and(empty)
    }

    /// What to say in the middle of a board without a card.
    fn draw_empty(&self, area: Rect, buf: &mut Buffer, world: &World) {
        let (said, advice) = match (self.filter.is_empty(), self.mine) {
            (false, _) if self.filter.text() == self.first_query() => {
                (tr!("Nothing here now"), tr!("/ changes what is asked for"))
            }
            (false, _) => (tr!("Nothing here matches"), tr!("esc shows everything again")),
            (true, true) => (tr!("None of this is yours"), tr!("M shows everyone's")),
            (true, false) => (tr!("Nothing here yet"), tr!("n makes the first one")),
        };
        let head = if widget::Board::is_narrow(area.width) { 2 } else { 4 };
        let area = paint::inset_left(paint::below(area, head), 3);
        Pen::new(buf, area).text(&said, world.theme.style(Role::Text));
        Pen::new(buf, paint::below(area, 1)).text(&advice, world.theme.style(Role::Muted));
    }
}

impl Screen for Board {
    fn place(&self) -> Place {
        match &self.view {
            Some(view) => Place::of_view(view),
            None => Place::Board(self.id.clone()),
        }
    }

    fn shown(&self, world: &World) -> Option<View> {
        Some(View {
            type_name: self.ty.name.clone(),
            query: self.whole_query(world).into(),
            layout: Layout::Board,
            ..self.view.clone().unwrap_or_default()
        })
    }

    fn again(&mut self, world: &World) -> Option<Job> {
        let view = find_view(&self.view.as_ref()?.id, world)?.spelled_out(&world.book);
        (self.filter, self.mine) = (Filter::new(&view.query), false);
        self.view = Some(view);
        self.arrange(world)
    }

    fn crumb(&self, world: &World) -> String {
        let list = match self.is_pipeline() {
            true => tr!("Pipeline").into_owned(),
            false => super::name(&Place::List(self.ty.name.clone()), world),
        };
        let Some(contents) = &self.contents else { return list };
        let position = || self.board.position(contents.as_ref());
        let (name, narrow) = (contents.name(), contents.is_narrow());
        match &self.view {
            Some(view) => {
                let star = if self.is_changed(world) { "*" } else { "" };
                match narrow {
                    true => format!("{}{star} › {}", view.name, position()),
                    false => format!("{list} › {}{star}", view.name),
                }
            }
            None if narrow => format!("{name} › {}", position()),
            None => {
                let more = if world.book.of_type("pipeline").len() == 1 { "" } else { " ▾" };
                format!("{list} › {name}{more}")
            }
        }
    }

    /// `owner: everyone ▾   87 deals · 1.24 M · weighted 486 k`; of a view the pipeline or the field first.
    fn note(&self, world: &World) -> String {
        let wide = world.size.0 >= 100;
        let changed = (wide && self.is_changed(world)).then(|| tr!("* changed: + saves").into_owned());
        let contents = self.contents.as_ref();
        let of_view = |name: &String| wide && self.view.as_ref().is_some_and(|view| view.name != *name);
        let name = contents.map(|contents| contents.name()).filter(of_view);
        let whose = match (self.mine, wide && self.view.is_none()) {
            (true, _) => Some(tr!("owner: me ▾").into_owned()),
            (false, true) => Some(tr!("owner: everyone ▾").into_owned()),
            (false, false) => None,
        };
        let summary = contents.map(|contents| contents.summary());
        let parts = [changed, name, whose, summary];
        parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("   ")
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Board, Scope::List]
    }

    fn hints(&self) -> &'static [&'static str] {
        &[
            "open",
            "move-right",
            "deal-won",
            "deal-lost",
            "move",
            "log",
            "new",
            "filter",
            "views",
            "switch-pipeline",
            "mine",
            "mark",
            "go-to",
        ]
    }

    fn foot(&self, world: &World) -> String {
        match self.board.marks().len() {
            0 => String::new(),
            n => tr_n!("{n} marked", "{n} marked", n; &world.style()).into_owned(),
        }
    }

    fn sync(&mut self, world: &World) -> Vec<Job> {
        self.follow(world);
        Vec::from_iter(self.arrange(world))
    }

    fn done(&mut self, done: Done, world: &World) {
        if let Some(answer) = self.asked.answered(done) {
            self.take(answer, world);
        }
    }

    fn awaits(&self, progress: Progress) -> bool {
        progress == Progress::Ready && self.filter.is_unsearched()
    }

    fn intent(&mut self, intent: Intent, world: &World) -> Response {
        if let Some(motion) = motion(intent) {
            return self.go(motion);
        }
        match intent {
            Intent::Left | Intent::PreviousPane => self.across(-1),
            Intent::Right | Intent::NextPane => self.across(1),
            Intent::Open => self.here().map_or(Response::Ignored, |r| Response::Go(Place::Record(r))),
            Intent::Drill => self.drill(world),
            Intent::Mark => self.mark(|board, contents| board.toggle_mark(contents)),
            Intent::MarkAll => self.mark(|board, contents| board.toggle_column(contents)),
            Intent::Unmark => self.mark(|board, _| board.clear_marks()),
            Intent::Filter => {
                self.filter.open();
                Response::Redraw
            }
            Intent::SwitchPipeline => self.ask_pipeline(world),
            Intent::Mine if world.me.is_none() => Response::Unable(super::nobody()),
            Intent::Mine => {
                self.mine = !self.mine;
                self.rearrange(world)
            }
            Intent::Back if !self.board.marks().is_empty() => self.mark(|board, _| board.clear_marks()),
            Intent::Back if self.filter.text() != self.first_query() => {
                let first = self.first_query().to_owned();
                self.filter.set(&first);
                self.rearrange(world)
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
        let Some(contents) = &self.contents else { return Response::Ignored };
        match self.board.mouse(event, contents.as_ref()) {
            BoardResponse::Ignored => Response::Ignored,
            BoardResponse::Open(_) => Response::Run("open"),
            BoardResponse::Head => Response::Run("list-stage"),
            _ => Response::Redraw,
        }
    }

    fn answer(&mut self, purpose: &'static str, input: Answered, world: &World) -> Response {
        match (purpose, input.answer) {
            (PIPELINE, Some(id)) => self.switch(&id, world),
            _ => Response::Ignored,
        }
    }

    fn here(&self) -> Option<Ref> {
        let folder = self.contents.as_ref()?.folder();
        Some(Ref::new(folder.clone(), Id::new(self.board.cursor_key()?).ok()?))
    }

    fn marked(&self) -> &[Ref] {
        &self.marked
    }

    fn select(&mut self, reference: &Ref, _world: &World) {
        let contents = self.contents.as_deref();
        let found = contents.is_some_and(|contents| self.board.select(reference.id.as_str(), contents));
        self.wanted = (!found).then(|| reference.clone());
    }

    fn neighbours(&self) -> Box<dyn Iterator<Item = &Ref> + '_> {
        Box::new(self.contents.iter().flat_map(|contents| contents.references()))
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, world: &World, _hits: &mut Hits<Msg>) {
        let whole = area;
        let area = self.filter.draw(area, buf, world);
        // The last column ends where the rule does.
        let area = Rect { width: board_width(area.width), ..area };
        match &self.contents {
            Some(contents) => {
                self.board.draw(area, buf, &world.theme, contents.as_ref());
                if self.is_empty() {
                    self.draw_empty(area, buf, world);
                }
            }
            None if self.view.is_none() && pipeline(&world.book, self.id.as_ref()).is_none() => {
                self.board.draw(area, buf, &world.theme, &Nothing);
            }
            None => {}
        }
        self.filter.draw_offers(whole, buf, world);
    }

    fn deadline(&self, world: &World) -> Option<DateTime<Utc>> {
        // Ages, rot and what is overdue count in days.
        Some(Moment::Day(world.now.today()).end(world.now.zone))
    }
}

/// What was asked of the book.
type Answer = (Option<Box<dyn Contents>>, Reading);

/// How much of a screen's width the board takes.
fn board_width(screen: u16) -> u16 {
    screen.saturating_sub(1)
}

/// The deck of a board without a pipeline.
struct Nothing;

impl widget::Deck for Nothing {
    fn columns(&self) -> usize {
        0
    }
    fn head(&self, _: usize) -> widget::Head {
        widget::Head::default()
    }
    fn len(&self, _: usize) -> usize {
        0
    }
    fn key(&self, _: usize, _: usize) -> smol_str::SmolStr {
        smol_str::SmolStr::default()
    }
    fn card(&self, _: usize, _: usize) -> widget::Card {
        widget::Card::default()
    }
}
