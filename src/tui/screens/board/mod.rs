//! The pipeline as a board: a column a stage, a card a deal.

mod card;
mod deck;

use super::asked::{Asked, Reply};
use super::filter::{Filter, Reading, Typed};
use super::motion::motion;
use crate::actions::{Intent, Place, Scope};
use crate::base::{Id, Ref};
use crate::crm::Whose;
use crate::model::Moment;
use crate::query::all_of;
use crate::search::Progress;
use crate::tui::keys::Key;
use crate::tui::parts::{Done, Job, Msg, Response, Screen, World};
use crate::tui::runtime::Hits;
use crate::tui::theme::Role;
use crate::tui::widgets::board::{self as widget, BoardResponse, Deck as _};
use crate::tui::widgets::motion::Motion;
use crate::tui::widgets::paint::{self, Pen};
use crate::{tr, tr_n};
use chrono::{DateTime, Utc};
use crossterm::event::MouseEvent;
use deck::{Deals, Wanted, pipeline};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The board of one pipeline.
pub struct Board {
    /// As the place names it.
    id: Option<Id>,
    board: widget::Board,
    deals: Option<Deals>,
    filter: Filter,
    mine: bool,
    /// A card to put the cursor on once it is there.
    wanted: Option<Ref>,
    /// The marked deals, column by column.
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
        let mut board = widget::Board::new();
        board.empty = (
            tr!("No pipeline yet").into_owned(),
            tr!("its stages are the columns of this board: :pipelines, then n makes one").into_owned(),
        );
        // The one last looked at, while there is such a one.
        let last = world.board.clone().filter(|last| pipeline(&world.book, Some(last)).is_some());
        Ok(Self {
            id: id.or(last),
            board,
            deals: None,
            filter: Filter::new(""),
            mine: false,
            wanted: None,
            marked: Vec::new(),
            asked: Asked::default(),
        })
    }

    /// Puts the deals in columns.
    fn arrange(&mut self, world: &World) -> Option<Job> {
        let me = world.me.clone().filter(|_| self.mine);
        let wanted = Wanted {
            pipeline: self.id.clone(),
            whose: me.map_or(Whose::Everyone, Whose::User),
            filter: self.filter.wording(world),
        };
        let now = world.now;
        match self
            .asked
            .ask(&world.book, wanted.filter.is_searched(), move |book| Deals::of(book, &wanted, now))
        {
            Reply::Later(job) => Some(job),
            Reply::Now(answer) => {
                self.take(answer, world);
                None
            }
        }
    }

    fn take(&mut self, (deals, reading): (Option<Deals>, Reading), world: &World) {
        self.filter.take(reading);
        self.deals = deals;
        let Some(deals) = &mut self.deals else { return };
        deals.narrow = widget::Board::is_narrow(board_width(world.size.0));
        self.board.sync(deals);
        self.board.drop_lost_marks(deals);
        if let Some(wanted) = self.wanted.take() {
            self.board.select(wanted.id.as_str(), deals);
        }
        self.tell_marks();
    }

    /// Finds the marked deals, after the marks or the deals have changed.
    fn tell_marks(&mut self) {
        let deals = self.deals.as_ref().filter(|_| !self.board.marks().is_empty());
        let all = deals.into_iter().flat_map(Deals::references);
        let is_marked = |deal: &&Ref| self.board.marks().contains(deal.id.as_str());
        self.marked = all.filter(is_marked).cloned().collect();
    }

    fn mark(&mut self, mark: impl FnOnce(&mut widget::Board, &Deals)) -> Response {
        let response = self.on(mark);
        self.tell_marks();
        response
    }

    fn rearrange(&mut self, world: &World) -> Response {
        self.arrange(world).map_or(Response::Redraw, Response::Job)
    }

    /// Does something with the cards that are here.
    fn on(&mut self, act: impl FnOnce(&mut widget::Board, &Deals)) -> Response {
        if let Some(deals) = &self.deals {
            act(&mut self.board, deals);
        }
        Response::Redraw
    }

    fn go(&mut self, motion: Motion) -> Response {
        self.on(|board, deals| {
            board.go(motion, deals);
        })
    }

    fn across(&mut self, by: isize) -> Response {
        self.on(|board, deals| {
            board.go_across(by, deals);
        })
    }

    fn typed(&mut self, typed: Typed, world: &World) -> Response {
        match typed {
            Typed::Changed => self.rearrange(world),
            Typed::Redraw => Response::Redraw,
            Typed::Down => self.go(Motion::Down(1)),
            Typed::Up => self.go(Motion::Up(1)),
        }
    }

    /// The deals of the column under the cursor as a list.
    fn drill(&self, world: &World) -> Response {
        let Some(deals) = &self.deals else { return Response::Ignored };
        let me = world.me.as_ref().filter(|_| self.mine);
        let owner = me.map(|me| format!("owner={me}")).unwrap_or_default();
        let column = deals.query(self.board.column());
        let query = all_of([column.as_str(), &owner, self.filter.good()]);
        Response::Go(Place::Found("opportunity".into(), query.into()))
    }

    fn is_empty(&self) -> bool {
        self.deals.as_ref().is_some_and(|deals| (0..deals.columns()).all(|column| deals.len(column) == 0))
    }

    /// What to say in the middle of a board without a card.
    fn draw_empty(&self, area: Rect, buf: &mut Buffer, world: &World) {
        let (said, advice) = match (self.filter.is_empty(), self.mine) {
            (false, _) => (tr!("Nothing here matches"), tr!("esc shows everything again")),
            (true, true) => (tr!("You have no deals here"), tr!("M shows everyone's")),
            (true, false) => (tr!("No deals yet"), tr!("n makes the first one")),
        };
        let head = if widget::Board::is_narrow(area.width) { 2 } else { 4 };
        let area = paint::inset_left(paint::below(area, head), 3);
        Pen::new(buf, area).text(&said, world.theme.style(Role::Text));
        Pen::new(buf, paint::below(area, 1)).text(&advice, world.theme.style(Role::Muted));
    }
}

impl Screen for Board {
    fn place(&self) -> Place {
        Place::Board(self.id.clone())
    }

    fn crumb(&self, world: &World) -> String {
        let Some(deals) = &self.deals else { return tr!("Pipeline").into_owned() };
        match deals.narrow {
            true => format!("{} › {}", deals.pipeline().name, self.board.position(deals)),
            false => {
                let one = world.book.of_type("pipeline").len() == 1;
                let more = if one { "" } else { " ▾" };
                format!("{} › {}{more}", tr!("Pipeline"), deals.pipeline().name)
            }
        }
    }

    fn note(&self, world: &World) -> String {
        let summary = self.deals.as_ref().map(Deals::summary).unwrap_or_default();
        let whose = if self.mine { tr!("owner: me ▾") } else { tr!("owner: everyone ▾") };
        match world.size.0 < 100 {
            true if !self.mine => summary,
            _ => format!("{whose}   {summary}"),
        }
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
            "mine",
            "switch-pipeline",
            "mark",
            "go-to",
        ]
    }

    fn foot(&self, _world: &World) -> String {
        match self.board.marks().len() {
            0 => String::new(),
            n => tr_n!("{n} marked", "{n} marked", n).into_owned(),
        }
    }

    fn sync(&mut self, world: &World) -> Option<Job> {
        self.arrange(world)
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
            Intent::Mark => self.mark(|board, deals| board.toggle_mark(deals)),
            Intent::MarkAll => self.mark(|board, deals| board.toggle_column(deals)),
            Intent::Unmark => self.mark(|board, _| board.clear_marks()),
            Intent::Filter => {
                self.filter.open();
                Response::Redraw
            }
            Intent::Mine if world.me.is_none() => Response::Unable(
                tr!("nobody here has your git e-mail address: :users makes you known").into(),
            ),
            Intent::Mine => {
                self.mine = !self.mine;
                self.rearrange(world)
            }
            Intent::Back if !self.board.marks().is_empty() => self.mark(|board, _| board.clear_marks()),
            Intent::Back if !self.filter.is_empty() => {
                self.filter.clear();
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
        let Some(deals) = &self.deals else { return Response::Ignored };
        match self.board.mouse(event, deals) {
            BoardResponse::Ignored => Response::Ignored,
            BoardResponse::Open(_) => Response::Run("open"),
            BoardResponse::Head => Response::Run("list-stage"),
            _ => Response::Redraw,
        }
    }

    fn here(&self) -> Option<Ref> {
        self.deals.as_ref()?.reference(self.board.cursor_key()?)
    }

    fn marked(&self) -> &[Ref] {
        &self.marked
    }

    fn select(&mut self, reference: &Ref, _world: &World) {
        let found = self.deals.as_ref().is_some_and(|deals| self.board.select(reference.id.as_str(), deals));
        self.wanted = (!found).then(|| reference.clone());
    }

    fn neighbours(&self) -> Box<dyn Iterator<Item = &Ref> + '_> {
        Box::new(self.deals.iter().flat_map(Deals::references))
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, world: &World, _hits: &mut Hits<Msg>) {
        let area = self.filter.draw(area, buf, world);
        // The last column ends where the rule does.
        let area = Rect { width: board_width(area.width), ..area };
        match &self.deals {
            Some(deals) => {
                self.board.draw(area, buf, &world.theme, deals);
                if self.is_empty() {
                    self.draw_empty(area, buf, world);
                }
            }
            None if pipeline(&world.book, self.id.as_ref()).is_none() => {
                self.board.draw(area, buf, &world.theme, &Nothing);
            }
            None => {}
        }
    }

    fn deadline(&self, world: &World) -> Option<DateTime<Utc>> {
        // Ages, rot and what is overdue count in days.
        Some(Moment::Day(world.now.today()).end(world.now.zone))
    }
}

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
