//! Everything that is wrong with the files, file by file, with what was probably meant.

mod rows;

use super::motion::motion;
use crate::actions::{Intent, Place, Scope};
use crate::base::Ref;
use crate::model::Severity;
use crate::tui::parts::{Job, Msg, Response, Screen, World, spot_of};
use crate::tui::runtime::Hits;
use crate::tui::theme::Role;
use crate::tui::widgets::grid::{Column, Grid, GridResponse, Slot};
use crate::tui::widgets::motion::Motion;
use crate::tui::widgets::paint::{self, Pen, wrap};
use crate::{tr, tr_n};
use crossterm::event::MouseEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use rows::Rows;

/// Lines under the list in which the problem under the cursor is told in full, its rule included.
const FULL: u16 = 4;
/// A body lower than this has no room for them.
const FULL_FROM: u16 = 12;

/// The list of problems.
pub struct Problems {
    grid: Grid,
    rows: Rows,
}

impl Problems {
    /// The list, empty until it is synced.
    pub fn new() -> Self {
        let mut grid = Grid::new(vec![
            Column::new("sign", "").width(1, 1).weight(0).priority(0).slot(Slot::Title),
            Column::new("at", tr!("Line")).width(5, 9).weight(0).right().priority(1).slot(Slot::Value),
            Column::new("message", tr!("Problem"))
                .width(20, u16::MAX)
                .weight(3)
                .priority(0)
                .slot(Slot::Title),
            Column::new("suggestion", tr!("Suggestion"))
                .width(14, 44)
                .weight(1)
                .priority(3)
                .slot(Slot::Subtitle),
            Column::new("code", tr!("Kind")).width(18, 22).weight(0).priority(4).slot(Slot::Subtitle),
        ]);
        grid.empty = (tr!("No problems: every file reads and fits its schema").into_owned(), String::new());
        Self { grid, rows: Rows::default() }
    }

    fn go(&mut self, motion: Motion) -> Response {
        self.grid.go(motion, &self.rows);
        Response::Redraw
    }

    fn open(&self) -> Response {
        match (self.here(), self.grid.cursor(&self.rows)) {
            (Some(record), _) => Response::Go(Place::Record(record)),
            (None, Some(_)) => Response::Unable(
                tr!("this file can't be read as a record: E opens it in your editor").into_owned(),
            ),
            (None, None) => Response::Ignored,
        }
    }
}

impl Screen for Problems {
    fn place(&self) -> Place {
        Place::Problems
    }

    fn crumb(&self, world: &World) -> String {
        super::name(&Place::Problems, world)
    }

    fn note(&self, world: &World) -> String {
        let count = |severity| world.problems.iter().filter(|p| p.severity == severity).count();
        let style = world.style();
        let said = [
            (count(Severity::Error), tr_n!("{n} error", "{n} errors", count(Severity::Error); &style)),
            (
                count(Severity::Warning),
                tr_n!("{n} warning", "{n} warnings", count(Severity::Warning); &style),
            ),
            (count(Severity::Hint), tr_n!("{n} hint", "{n} hints", count(Severity::Hint); &style)),
        ];
        let said: Vec<_> =
            said.into_iter().filter(|(n, _)| *n > 0).map(|(_, words)| words.into_owned()).collect();
        said.join(" · ")
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Problems]
    }

    fn hints(&self) -> &'static [&'static str] {
        &["mend", "open", "edit", "history", "refresh", "go-to"]
    }

    fn sync(&mut self, world: &World) -> Vec<Job> {
        self.rows = Rows::new(&world.problems, &world.book);
        self.grid.sync(&self.rows);
        Vec::new()
    }

    fn intent(&mut self, intent: Intent, _world: &World) -> Response {
        if let Some(motion) = motion(intent) {
            return self.go(motion);
        }
        match intent {
            Intent::Open => self.open(),
            Intent::Mend => match self.grid.cursor(&self.rows).and_then(|at| self.rows.problem(at)) {
                Some(problem) => Response::Edit(problem.path.clone(), spot_of(problem)),
                None => Response::Unable(tr!("there is nothing to mend").into_owned()),
            },
            _ => Response::Ignored,
        }
    }

    fn mouse(&mut self, event: MouseEvent, _world: &World) -> Response {
        match self.grid.mouse(event, &self.rows) {
            GridResponse::Ignored => Response::Ignored,
            GridResponse::Open(_) => self.open(),
            GridResponse::Redraw | GridResponse::Moved | GridResponse::Sort(_) => Response::Redraw,
        }
    }

    fn here(&self) -> Option<Ref> {
        self.grid.cursor(&self.rows).and_then(|at| self.rows.record(at))
    }

    fn neighbours(&self) -> Box<dyn Iterator<Item = &Ref> + '_> {
        Box::new(self.rows.records())
    }

    fn draw(&self, area: Rect, buf: &mut Buffer, world: &World, _hits: &mut Hits<Msg>) {
        let theme = &world.theme;
        let under_cursor = self.grid.cursor(&self.rows).and_then(|at| self.rows.problem(at));
        let Some(problem) = under_cursor.filter(|_| area.height >= FULL_FROM) else {
            return self.grid.draw(area, buf, theme, &self.rows);
        };
        let list = Rect { height: area.height - FULL, ..area };
        self.grid.draw(list, buf, theme, &self.rows);
        let full = crate::tui::layout::margins(paint::below(area, list.height));
        paint::rule(buf, full, theme);
        let place = format!("{}:{}:{}", problem.path, problem.line, problem.column);
        let mut pen = Pen::new(buf, paint::line(full, 1));
        pen.gap(1).text(&place, theme.style(Role::Link)).gap(2).text(problem.code, theme.style(Role::Faint));
        for (at, words) in wrap(&problem.text(), full.width.saturating_sub(2)).iter().take(2).enumerate() {
            Pen::new(buf, paint::line(full, 2 + at as u16)).gap(1).text(words, theme.style(Role::Text));
        }
    }
}
