//! All records of a type: the one list every type has.

mod arrange;
mod brief;
mod cells;
mod columns;
mod hints;
mod questions;
mod rows;
mod view;

pub use cells::{cell, spoken, tone};
pub use columns::{of_type as columns, usual};

use super::asked::{Asked, Reply};
use super::filter::{Filter, Typed};
use super::motion::motion;
use crate::actions::{Input as Answer, Intent, Place, Scope};
use crate::base::{Ref, show};
use crate::crm::Whose;
use crate::crm::views::{Layout, View};
use crate::model::TypeDef;
use crate::search::Progress;
use crate::tui::keys::Key;
use crate::tui::layout;
use crate::tui::parts::{Choice, Done, Job, Msg, Response, Screen, World};
use crate::tui::runtime::Hits;
use crate::tui::widgets::grid::{self, Grid, GridResponse, Order};
use crate::tui::widgets::motion::Motion;
use crate::{tr, tr_n};
use arrange::{Sorting, Wanted, arrange, finishes};
use brief::Brief;
use chrono::{DateTime, Utc};
use columns::{chosen, lead, of_paths};
use crossterm::event::MouseEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use rows::Rows;
use smol_str::SmolStr;
use std::sync::Arc;

/// Types whose lists are of things to do: what is done is hidden at first.
const TO_DO: [&str; 3] = ["case", "activity", "lead"];

/// The list of one type.
pub struct List {
    ty: Arc<TypeDef>,
    /// The query it was opened with, out of a number on another screen.
    query: Option<SmolStr>,
    /// The view it was opened as, with every field spelled in full.
    view: Option<View>,
    /// The columns that are its own and not those of all lists of the type.
    columns: Vec<SmolStr>,
    /// Sorted as it is shown: as chosen, or as the filter asks.
    grid: Grid,
    /// The order chosen, by the first column first.
    sort: Vec<Sorting>,
    /// The field whose values are headings.
    group: Option<SmolStr>,
    /// The filter whose order gave way to one chosen later.
    overruled: Option<String>,
    rows: Rows,
    filter: Filter,
    /// Whether finished records are shown too.
    closed: bool,
    mine: bool,
    preview: bool,
    brief: Brief,
    /// The marked records, in the order of the list.
    marked: Vec<Ref>,
    asked: Asked,
}

impl List {
    /// The list of the type of that name.
    ///
    /// # Errors
    /// When there is no such type.
    pub fn new(name: &str, world: &World) -> Result<Self, String> {
        let ty = world.book.schema().find(name).cloned();
        let ty = ty.ok_or_else(|| tr!("there is no type '{name}'", name = name).into_owned())?;
        Ok(Self {
            rows: Rows::default(),
            query: None,
            view: None,
            columns: Vec::new(),
            sort: vec![(lead(&ty), Order::Ascending)],
            group: None,
            overruled: None,
            grid: Grid::new(of_paths(&ty, &chosen(&ty, world), world)).folding(),
            filter: Filter::new(""),
            closed: !TO_DO.contains(&ty.name.as_str()),
            mine: false,
            preview: true,
            brief: Brief::default(),
            marked: Vec::new(),
            asked: Asked::default(),
            ty,
        })
    }

    /// The records of a type that a query finds, finished ones too.
    ///
    /// # Errors
    /// When there is no such type.
    pub fn found(name: &str, query: &SmolStr, world: &World) -> Result<Self, String> {
        let list = Self::new(name, world)?;
        Ok(Self { query: Some(query.clone()), filter: Filter::new(query), closed: true, ..list })
    }

    /// Takes in the records as they are now.
    fn arrange(&mut self, world: &World) -> Option<Job> {
        let me = world.me.clone().filter(|_| self.mine);
        let wanted = Wanted {
            ty: self.ty.clone(),
            filter: self.filter.wording(world),
            whose: me.map_or(Whose::Everyone, Whose::User),
            closed: self.closed,
            sort: self.sort.clone(),
            insists: self.overruled.as_deref() == Some(self.filter.good()),
            group: self.group.clone(),
        };
        let now = world.now;
        match self
            .asked
            .ask(&world.book, wanted.filter.is_searched(), move |book| arrange(&wanted, book, now))
        {
            Reply::Later(job) => Some(job),
            Reply::Now(rows) => {
                self.take(rows, world);
                None
            }
        }
    }

    fn take(&mut self, rows: Rows, world: &World) {
        self.rows = rows;
        self.filter.take(std::mem::take(&mut self.rows.reading));
        self.grid.highlight.clone_from(&self.rows.words);
        self.grid.sort.clone_from(&self.rows.sorted);
        self.grid.empty = self.nothing(world);
        self.grid.sync(&self.rows);
        self.grid.drop_lost_marks(&self.rows);
        self.tell_marks();
    }

    /// Finds the marked records, after the marks or the rows have changed.
    fn tell_marks(&mut self) {
        let marks = self.grid.marks();
        let is_marked = |reference: &&Ref| marks.contains(reference.id.as_str());
        let all = self.rows.references().take(if marks.is_empty() { 0 } else { usize::MAX });
        self.marked = all.filter(is_marked).cloned().collect();
    }

    fn mark(&mut self, mark: impl FnOnce(&mut Grid, &Rows)) -> Response {
        mark(&mut self.grid, &self.rows);
        self.tell_marks();
        Response::Redraw
    }

    /// What to say where there are no rows.
    fn nothing(&self, world: &World) -> (String, String) {
        let plural = self.ty.plural_label.get(world.book.settings().language()).to_lowercase();
        let (said, advice) = match (self.filter.is_empty(), self.mine, self.rows.hidden) {
            (false, ..) if self.filter.text() == self.first_query() => {
                (tr!("Nothing here now"), tr!("/ changes what is asked for"))
            }
            (false, ..) => (tr!("Nothing here matches"), tr!("esc shows everything again")),
            (true, true, _) => {
                (tr!("None of the {plural} are yours", plural = plural), tr!("M shows everyone's"))
            }
            (true, false, 0) => (tr!("No {plural} yet", plural = plural), tr!("n makes the first one")),
            (true, false, n) => (
                tr!("No open {plural}", plural = plural),
                tr!("z shows the {n} that are finished", n = show::count(n, &world.style())),
            ),
        };
        (said.into_owned(), advice.into_owned())
    }

    fn refilter(&mut self, world: &World) -> Response {
        match self.arrange(world) {
            Some(job) => Response::Job(job),
            None => Response::Redraw,
        }
    }

    fn typed(&mut self, typed: Typed, world: &World) -> Response {
        match typed {
            Typed::Changed => self.refilter(world),
            Typed::Redraw => Response::Redraw,
            Typed::Down => self.go(Motion::Down(1)),
            Typed::Up => self.go(Motion::Up(1)),
        }
    }

    fn go(&mut self, motion: Motion) -> Response {
        self.grid.go(motion, &self.rows);
        Response::Redraw
    }

    fn grid_response(&mut self, response: GridResponse, world: &World) -> Response {
        match response {
            GridResponse::Ignored => Response::Ignored,
            GridResponse::Redraw | GridResponse::Moved => Response::Redraw,
            GridResponse::Open(_) => Response::Run("open"),
            GridResponse::Sort(column) => self.sort_by(column, world),
        }
    }

    /// The same column again turns the order round.
    fn sort_by(&mut self, column: SmolStr, world: &World) -> Response {
        let order = match &self.grid.sort {
            Some((current, Order::Ascending)) if *current == column => Order::Descending,
            _ => Order::Ascending,
        };
        self.sort = vec![(column, order)];
        self.grid.sort = self.sort.first().cloned();
        self.overruled = Some(self.filter.good().to_owned());
        self.refilter(world)
    }

    /// To the first row under the next heading, or the one before.
    fn next_group(&mut self, forward: bool) -> Response {
        let at = self.grid.group(&self.rows);
        let to = at.and_then(|at| if forward { at.checked_add(1) } else { at.checked_sub(1) });
        match to.and_then(|to| self.rows.groups.get(to)).map(|group| group.start) {
            Some(start) => {
                self.grid.put(start, &self.rows);
                Response::Redraw
            }
            None => Response::Ignored,
        }
    }

    fn fold(&mut self, fold: fn(&mut Grid, &dyn grid::Rows) -> bool) -> Response {
        match fold(&mut self.grid, &self.rows) {
            true => Response::Redraw,
            false => Response::Unable(tr!("there are no headings to fold: b makes some").into_owned()),
        }
    }
}

impl Screen for List {
    fn place(&self) -> Place {
        match (&self.view, &self.query) {
            (Some(view), _) => Place::of_view(view),
            (None, Some(query)) => Place::Found(self.ty.name.clone(), query.clone()),
            (None, None) => Place::List(self.ty.name.clone()),
        }
    }

    /// A view's name with a star where the list shows something else by now.
    fn crumb(&self, world: &World) -> String {
        let Some(view) = &self.view else { return super::name(&self.place(), world) };
        let star = if self.is_changed(world) { "*" } else { "" };
        match world.size.0 < 60 {
            true => format!("{}{star}", view.name),
            false => {
                let list = super::name(&Place::List(self.ty.name.clone()), world);
                format!("{list} › {}{star}", view.name)
            }
        }
    }

    /// `show: open ▾   owner: everyone ▾   17 of 60`.
    fn note(&self, world: &World) -> String {
        let finished = finishes(&self.ty) && self.closed;
        let count = self.rows.count(finished, &world.style());
        let wide = world.size.0 >= 100;
        let mut parts = Vec::new();
        if wide && self.is_changed(world) {
            parts.push(tr!("* changed: + saves"));
        }
        // What a view shows its query says.
        let said = wide && self.view.is_none();
        if finishes(&self.ty) && (said || !self.closed) {
            parts.push(match (self.closed, wide) {
                (true, _) => tr!("show: all ▾"),
                (false, true) => tr!("show: open ▾"),
                (false, false) => tr!("open"),
            });
        }
        if self.mine || (said && self.ty.field("owner").is_some()) {
            parts.push(match (self.mine, wide) {
                (true, true) => tr!("owner: me ▾"),
                (true, false) => tr!("mine"),
                (false, _) => tr!("owner: everyone ▾"),
            });
        }
        parts.push(count.into());
        parts.join(if wide { "   " } else { " · " })
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::List]
    }

    fn hints(&self) -> &'static [&'static str] {
        hints::of(&self.ty.name, !self.rows.groups.is_empty())
    }

    /// `3 marked`, else the heading over the cursor's row.
    fn foot(&self, world: &World) -> String {
        let group = || {
            let group = self.grid.group(&self.rows)?;
            Some(self.rows.groups.get(group)?.title.clone())
        };
        match self.grid.marks().len() {
            0 => group().unwrap_or_default(),
            n => tr_n!("{n} marked", "{n} marked", n; &world.style()).into_owned(),
        }
    }

    fn shown(&self, world: &World) -> Option<View> {
        let origin = self.view.clone().unwrap_or_default();
        Some(View {
            type_name: self.ty.name.clone(),
            query: self.whole_query(world).into(),
            columns: match self.columns.is_empty() && self.paths(world) == usual(&self.ty) {
                true => Vec::new(),
                false if self.columns.is_empty() && self.view.is_some() => Vec::new(),
                false => self.paths(world).iter().map(view::spelled).collect(),
            },
            sort: view::sort_words(&self.sort),
            group: self.group.clone(),
            layout: Layout::List,
            ..origin
        })
    }

    fn again(&mut self, world: &World) -> Option<Job> {
        let id = &self.view.as_ref()?.id;
        let view = super::find_view(id, world)?;
        self.show(view, world);
        self.arrange(world)
    }

    fn sync(&mut self, world: &World) -> Vec<Job> {
        if let Some(ty) = world.book.schema().find(&self.ty.name) {
            self.ty = ty.clone();
        }
        self.follow(world);
        self.grid.set_columns(of_paths(&self.ty, &self.paths(world), world));
        Vec::from_iter(self.arrange(world))
    }

    fn done(&mut self, done: Done, world: &World) {
        if let Some(rows) = self.asked.answered(done) {
            self.take(rows, world);
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
            Intent::Open if self.grid.heading(&self.rows).is_some() => self.fold(Grid::toggle_fold),
            Intent::Open => self.here().map_or(Response::Ignored, |r| Response::Go(Place::Record(r))),
            Intent::Left if self.grid.scroll_columns(-1) => Response::Redraw,
            Intent::Right if self.grid.scroll_columns(1) => Response::Redraw,
            Intent::Mark => self.mark(|grid, rows| grid.toggle_mark(rows)),
            Intent::MarkAll => self.mark(|grid, rows| grid.toggle_all(rows)),
            Intent::Unmark => self.mark(|grid, _| grid.clear_marks()),
            Intent::Filter => {
                self.filter.open();
                Response::Redraw
            }
            Intent::Closed if !finishes(&self.ty) => {
                let plural = self.ty.plural_label.get(world.book.settings().language()).to_lowercase();
                Response::Unable(tr!("{plural} are never finished", plural = plural).into_owned())
            }
            Intent::Closed => {
                self.closed = !self.closed;
                self.refilter(world)
            }
            Intent::Mine if world.me.is_none() => Response::Unable(super::nobody()),
            Intent::Mine => {
                self.mine = !self.mine;
                self.refilter(world)
            }
            Intent::Sort => self.ask_column(world),
            Intent::Columns => self.ask_columns(world),
            Intent::Group => self.ask_group(world),
            Intent::Fold => self.fold(Grid::toggle_fold),
            Intent::FoldAll => self.fold(Grid::toggle_folds),
            Intent::NextPane | Intent::PreviousPane => self.next_group(intent == Intent::NextPane),
            Intent::SortReverse => match self.grid.sort.clone() {
                Some((column, _)) => self.sort_by(column, world),
                None => Response::Unable("nothing is sorted yet: s chooses a column".to_owned()),
            },
            Intent::Preview => {
                self.preview = !self.preview;
                Response::Redraw
            }
            Intent::Back if !self.grid.marks().is_empty() => self.mark(|grid, _| grid.clear_marks()),
            // What it was opened with is not taken away: then it would be another list.
            Intent::Back if self.first_query() != self.filter.text() => {
                let first = self.first_query().to_owned();
                self.filter.set(&first);
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

    fn mouse(&mut self, event: MouseEvent, world: &World) -> Response {
        let response = self.grid.mouse(event, &self.rows);
        self.grid_response(response, world)
    }

    fn answer(&mut self, purpose: &'static str, input: Answer, world: &World) -> Response {
        match (purpose, input.answer) {
            ("sort", Some(column)) => self.sort_by(column.into(), world),
            ("group", Some(path)) => {
                self.group = Some(SmolStr::from(path)).filter(|path| !path.is_empty());
                self.grid.unfold();
                self.refilter(world)
            }
            ("columns", Some(paths)) => {
                let paths: Vec<SmolStr> = paths.lines().map(SmolStr::new).collect();
                if self.view.is_some() {
                    self.columns = if paths == chosen(&self.ty, world) { Vec::new() } else { paths };
                    self.grid.set_columns(of_paths(&self.ty, &self.paths(world), world));
                    return Response::Redraw;
                }
                let paths = if paths == usual(&self.ty) { Vec::new() } else { paths };
                Response::Choose(Choice::Columns(self.ty.name.clone(), paths))
            }
            _ => Response::Ignored,
        }
    }

    fn here(&self) -> Option<Ref> {
        self.grid.cursor(&self.rows).and_then(|at| self.rows.reference(at)).cloned()
    }

    fn marked(&self) -> &[Ref] {
        &self.marked
    }

    fn select(&mut self, reference: &Ref, _world: &World) {
        self.grid.select(reference.id.as_str(), &self.rows);
    }

    fn neighbours(&self) -> Box<dyn Iterator<Item = &Ref> + '_> {
        let opened = self.grid.opened(&self.rows);
        let shown = move |(at, record)| opened(at).then_some(record);
        Box::new(self.rows.references().enumerate().filter_map(shown))
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, world: &World, _hits: &mut Hits<Msg>) {
        let whole = area;
        let area = self.filter.draw(area, buf, world);
        let (list, beside) = match self.preview {
            true => layout::with_preview(area),
            false => (area, None),
        };
        self.grid.draw(list, buf, &world.theme, &self.rows);
        if let (Some(beside), Some(here)) = (beside, self.here()) {
            self.brief.draw(&here, list, beside, buf, world);
        }
        self.filter.draw_offers(whole, buf, world);
    }

    fn deadline(&self, _world: &World) -> Option<DateTime<Utc>> {
        self.rows.tick
    }
}
