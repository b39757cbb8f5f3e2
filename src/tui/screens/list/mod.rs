//! All records of a type: the one list every type has.

mod columns;
mod rows;

use super::record::Preview;
use crate::actions::{Input as Answer, Intent, PickOption, Place, Question, Scope};
use crate::base::Ref;
use crate::model::TypeDef;
use crate::tr_n;
use crate::tui::app::{Done, Job, Msg, Response, Screen, World};
use crate::tui::keys::Key;
use crate::tui::layout;
use crate::tui::runtime::Hits;
use crate::tui::theme::Role;
use crate::tui::widgets::grid::{Grid, GridResponse, Motion, Order, Rows as _};
use crate::tui::widgets::input::{Edit, Input};
use crate::tui::widgets::paint::{self, Pen};
pub use columns::of_type as columns;
use crossterm::event::{KeyCode, MouseEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use rows::{Rows, Wanted, arrange};
pub use rows::{cell, spoken, tone};
use smol_str::SmolStr;
use std::cell::RefCell;
use std::sync::Arc;

/// A list longer than this is sorted and filtered on a worker thread.
const LONG: usize = 5000;

/// The list of one type.
pub struct List {
    ty: Arc<TypeDef>,
    grid: Grid,
    rows: Rows,
    filter: Input,
    filtering: bool,
    /// The filter before it was opened, for Esc.
    kept: String,
    preview: bool,
    /// The preview last drawn.
    brief: RefCell<Option<Preview>>,
    /// How many arrangements were asked for; an older answer is thrown away.
    asked: u64,
}

impl List {
    /// The list of the type of that name.
    ///
    /// # Errors
    /// When there is no such type.
    pub fn new(name: &str, world: &World) -> Result<Self, String> {
        let ty =
            world.book.schema().find(name).cloned().ok_or_else(|| format!("there is no type '{name}'"))?;
        let mut grid = Grid::new(columns::of_type(&ty, world));
        grid.sort = columns::first_order(&ty);
        let plural = ty.plural_label.get(world.book.settings().language()).to_lowercase();
        grid.empty = (format!("No {plural} yet"), "n makes the first one".to_owned());
        Ok(Self {
            rows: Rows::default(),
            grid,
            ty,
            filter: Input::new().placeholder("filter"),
            filtering: false,
            kept: String::new(),
            preview: true,
            brief: RefCell::default(),
            asked: 0,
        })
    }

    fn wanted(&self) -> Wanted {
        Wanted {
            ty: self.ty.clone(),
            filter: self.filter.text().trim().to_owned(),
            sort: self.grid.sort.clone(),
        }
    }

    /// Takes in the records as they are now, off this thread where there are many.
    fn arrange(&mut self, world: &World) -> Option<Job> {
        self.grid.highlight =
            self.filter.text().to_lowercase().split_whitespace().map(str::to_owned).collect();
        self.asked += 1;
        let (wanted, book, now, me, asked) =
            (self.wanted(), world.book.clone(), world.now, world.me.clone(), self.asked);
        if world.book.of(&self.ty.folder).len() > LONG {
            return Some(Job::Compute(Box::new(move || {
                Box::new((asked, arrange(&wanted, &book, now, me.as_ref())))
            })));
        }
        let arranged = arrange(&wanted, &book, now, me.as_ref());
        self.take(arranged);
        None
    }

    fn take(&mut self, rows: Rows) {
        self.rows = rows;
        self.grid.sync(&self.rows);
        self.grid.drop_lost_marks(&self.rows);
    }

    fn refilter(&mut self, world: &World) -> Response {
        match self.arrange(world) {
            Some(job) => Response::Job(job),
            None => Response::Redraw,
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
        self.grid.sort = Some((column, order));
        self.refilter(world)
    }

    fn ask_column(&self, world: &World) -> Response {
        let language = world.book.settings().language();
        let shown: Vec<_> = self.grid.columns().iter().map(|c| c.id.clone()).collect();
        let mut fields: Vec<_> = self.ty.fields.iter().collect();
        fields.sort_by_key(|f| shown.iter().position(|id| *id == f.name).unwrap_or(usize::MAX));
        let option = |f: &&crate::model::FieldDef| PickOption {
            value: f.name.to_string(),
            label: f.label.get(language).to_owned(),
            detail: String::new(),
        };
        let question = Question::Pick {
            title: "Sort by".to_owned(),
            options: fields.iter().map(option).collect(),
            current: self.grid.sort.as_ref().map(|(column, _)| column.to_string()),
        };
        Response::Ask(question, "sort")
    }

    /// The record under the cursor in brief. It is composed once, however often it is drawn.
    fn draw_preview(&self, list: Rect, area: Rect, buf: &mut Buffer, world: &World) {
        let Some(here) = self.here() else { return };
        let rule = world.theme.style(Role::Rule);
        if area.y > list.y {
            paint::rule(buf, layout::margins(Rect { y: area.y - 1, height: 1, ..area }), &world.theme);
        } else {
            for y in area.y..area.bottom() {
                Pen::new(buf, Rect { x: area.x - 1, y, width: 1, height: 1 }).text("│", rule);
            }
        }
        let mut brief = self.brief.borrow_mut();
        if !brief.as_ref().is_some_and(|brief| brief.shows(world, &here)) {
            *brief = Preview::of(world, &here);
        }
        if let Some(brief) = &*brief {
            brief.draw(area, buf, &world.theme);
        }
    }

    fn draw_filter(&self, area: Rect, buf: &mut Buffer, world: &World) {
        let line = layout::margins(area);
        let theme = &world.theme;
        let mut pen = Pen::new(buf, line);
        pen.text("/ ", theme.style(Role::Accent));
        let rest = Rect { x: line.x + 2, width: line.width.saturating_sub(2), ..line };
        self.filter.draw(rest, buf, theme, self.filtering);
    }
}

impl Screen for List {
    fn place(&self) -> Place {
        Place::List(self.ty.name.clone())
    }

    fn crumb(&self, world: &World) -> String {
        super::name(&self.place(), world)
    }

    fn note(&self, world: &World) -> String {
        let total = world.book.of(&self.ty.folder).len();
        let shown = self.rows.len();
        let sum = self.rows.sum.as_ref().map(|sum| format!(" · {sum}")).unwrap_or_default();
        match shown == total {
            true => format!("{total}{sum}"),
            false => format!("{shown} of {total}{sum}"),
        }
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::List]
    }

    fn hints(&self) -> &'static [&'static str] {
        &["open", "new", "edit", "log-activity", "filter", "sort", "mark", "delete", "go-to"]
    }

    fn foot(&self, _world: &World) -> String {
        match self.grid.marks().len() {
            0 => String::new(),
            n => tr_n!("{n} marked", "{n} marked", n).into_owned(),
        }
    }

    fn sync(&mut self, world: &World) -> Option<Job> {
        if let Some(ty) = world.book.schema().find(&self.ty.name) {
            self.ty = ty.clone();
        }
        self.grid.set_columns(columns::of_type(&self.ty, world));
        self.arrange(world)
    }

    fn done(&mut self, done: Done, _world: &World) {
        if let Done::Computed(answer) = done
            && let Ok(answer) = answer.downcast::<(u64, Rows)>()
            && answer.0 == self.asked
        {
            self.take(answer.1);
        }
    }

    fn intent(&mut self, intent: Intent, world: &World) -> Response {
        match intent {
            Intent::Down => self.go(Motion::Down(1)),
            Intent::Up => self.go(Motion::Up(1)),
            Intent::HalfDown => self.go(Motion::HalfDown),
            Intent::HalfUp => self.go(Motion::HalfUp),
            Intent::PageDown => self.go(Motion::PageDown),
            Intent::PageUp => self.go(Motion::PageUp),
            Intent::Top => self.go(Motion::Home),
            Intent::Bottom => self.go(Motion::End),
            Intent::Open => self.here().map_or(Response::Ignored, |r| Response::Go(Place::Record(r))),
            Intent::Mark => {
                self.grid.toggle_mark(&self.rows);
                Response::Redraw
            }
            Intent::MarkAll => {
                self.grid.toggle_all(&self.rows);
                Response::Redraw
            }
            Intent::Unmark => {
                self.grid.clear_marks();
                Response::Redraw
            }
            Intent::Filter => {
                self.filtering = true;
                self.kept = self.filter.text().to_owned();
                Response::Redraw
            }
            Intent::Sort => self.ask_column(world),
            Intent::SortReverse => match self.grid.sort.clone() {
                Some((column, _)) => self.sort_by(column, world),
                None => Response::Unable("nothing is sorted yet: s chooses a column".to_owned()),
            },
            Intent::Preview => {
                self.preview = !self.preview;
                Response::Redraw
            }
            Intent::Back if !self.grid.marks().is_empty() => {
                self.grid.clear_marks();
                Response::Redraw
            }
            Intent::Back if !self.filter.is_empty() => {
                self.filter.set("");
                self.refilter(world)
            }
            _ => Response::Ignored,
        }
    }

    fn typing(&mut self, key: Key, world: &World) -> Option<Response> {
        if !self.filtering {
            return None;
        }
        Some(match key.code() {
            KeyCode::Enter | KeyCode::Tab => {
                self.filtering = false;
                Response::Redraw
            }
            KeyCode::Esc => {
                self.filtering = false;
                self.filter.set(std::mem::take(&mut self.kept));
                self.refilter(world)
            }
            KeyCode::Down => self.go(Motion::Down(1)),
            KeyCode::Up => self.go(Motion::Up(1)),
            _ => match self.filter.handle(key.event()) {
                Edit::Changed => self.refilter(world),
                Edit::Ignored | Edit::Moved => Response::Redraw,
            },
        })
    }

    fn paste(&mut self, text: &str, world: &World) -> Response {
        if !self.filtering {
            return Response::Ignored;
        }
        self.filter.paste(text);
        self.refilter(world)
    }

    fn mouse(&mut self, event: MouseEvent, world: &World) -> Response {
        let response = self.grid.mouse(event, &self.rows);
        self.grid_response(response, world)
    }

    fn answer(&mut self, purpose: &'static str, input: Answer, world: &World) -> Response {
        match (purpose, input.answer) {
            ("sort", Some(column)) => self.sort_by(column.into(), world),
            _ => Response::Ignored,
        }
    }

    fn here(&self) -> Option<Ref> {
        self.grid.cursor(&self.rows).and_then(|at| self.rows.reference(at))
    }

    fn marked(&self) -> Vec<Ref> {
        if self.grid.marks().is_empty() {
            return Vec::new();
        }
        let all = (0..self.rows.len()).filter(|at| self.grid.marks().contains(&self.rows.key(*at)));
        all.filter_map(|at| self.rows.reference(at)).collect()
    }

    fn select(&mut self, reference: &Ref, _world: &World) {
        self.grid.select(reference.id.as_str(), &self.rows);
    }

    fn neighbours(&self) -> Vec<Ref> {
        (0..self.rows.len()).filter_map(|at| self.rows.reference(at)).collect()
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, world: &World, _hits: &mut Hits<Msg>) {
        let filter = self.filtering || !self.filter.is_empty();
        let (top, area) = match filter {
            true => (
                Rect { height: area.height.min(1), ..area },
                Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area },
            ),
            false => (Rect::ZERO, area),
        };
        if filter {
            self.draw_filter(top, buf, world);
        }
        let (list, preview) = match self.preview {
            true => layout::with_preview(area),
            false => (area, None),
        };
        self.grid.draw(list, buf, &world.theme, &self.rows);
        if let Some(preview) = preview {
            self.draw_preview(list, preview, buf, world);
        }
    }
}
