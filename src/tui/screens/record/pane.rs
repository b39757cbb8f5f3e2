//! One pane of a page: its rows, its cursor, and where they lead.

use super::fact::Fact;
use super::factsheet::Factsheet;
use super::lines::Lines;
use super::linked::Linked;
use super::sheet::{Content, List, Part, Side};
use super::story::{Sort, Story};
use crate::base::Ref;
use crate::tr;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::grid::{Column, Grid, GridResponse, Rows as _};
use crate::tui::widgets::motion::Motion;
use crate::tui::widgets::paint::{self, Pen};
use crate::tui::widgets::timeline::{Entries as _, Timeline};
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use smol_str::SmolStr;

/// A part of a page with the state that stays when records change.
pub struct Pane {
    /// Names it.
    pub id: SmolStr,
    /// Its heading.
    pub title: String,
    /// Beside the heading.
    pub detail: String,
    /// Where it goes on a wide screen.
    pub side: Side,
    body: Body,
}

enum Body {
    Facts(Factsheet),
    Linked { grid: Grid, rows: Linked },
    Lines { grid: Grid, rows: Lines },
    Story { timeline: Timeline, story: Story },
}

/// Where Enter leads.
pub enum Lead {
    /// To a record.
    Record(Ref),
    /// To one of several.
    Choice(Vec<Ref>),
    /// To the history of the page's own record.
    History,
    /// Nowhere, but what stands there can be changed.
    Edit,
    /// Nowhere.
    Nothing,
}

/// What the mouse did.
pub enum Clicked {
    /// Nothing here.
    Nothing,
    /// The cursor or the view moved.
    Moved,
    /// What was under the cursor already was clicked again.
    Open,
}

impl Pane {
    /// A pane for a part.
    pub fn new(part: Part) -> Pane {
        let empty = tr!("Nothing yet: a logs a call, a meeting or a note").into_owned();
        let body = match part.content {
            Content::Facts(facts) => Body::facts(Factsheet::default(), facts),
            Content::Story(story) => {
                let mut timeline = Timeline::new();
                timeline.empty = empty;
                Body::story(timeline, story)
            }
            Content::Lines(rows) => Body::lines(Grid::new(Vec::new()), rows),
            Content::Linked(linked) => Body::linked(Grid::new(Vec::new()), linked),
        };
        Pane { id: part.id, title: part.title, detail: part.detail, side: part.side, body }
    }

    /// The same pane with what it shows now; its cursor stays where it can.
    pub fn renewed(self, part: Part) -> Pane {
        let body = match (self.body, part.content) {
            (Body::Facts(sheet), Content::Facts(facts)) => Body::facts(sheet, facts),
            (Body::Story { timeline, .. }, Content::Story(story)) => Body::story(timeline, story),
            (Body::Lines { grid, .. }, Content::Lines(rows)) => Body::lines(grid, rows),
            (Body::Linked { grid, .. }, Content::Linked(linked)) => Body::linked(grid, linked),
            (_, content) => return Pane::new(Part { content, ..part }),
        };
        Pane { id: part.id, title: part.title, detail: part.detail, side: part.side, body }
    }

    /// Tells it whether keys go to it.
    pub fn focus(&mut self, focused: bool) {
        match &mut self.body {
            Body::Facts(_) => {}
            Body::Linked { grid, .. } | Body::Lines { grid, .. } => grid.focused = focused,
            Body::Story { timeline, .. } => timeline.focused = focused,
        }
    }

    /// How many rows it has, where a count says something.
    pub fn count(&self) -> String {
        match &self.body {
            Body::Facts(_) | Body::Story { .. } => String::new(),
            Body::Linked { rows, .. } => rows.len().to_string(),
            Body::Lines { rows, .. } => rows.len().to_string(),
        }
    }

    /// Lines all of it takes at this width, without its heading.
    pub fn height(&self, width: u16) -> u16 {
        let lines = match &self.body {
            Body::Facts(sheet) => return sheet.height(width),
            Body::Linked { grid, rows } => rows.len().max(1) + usize::from(!grid.bare),
            Body::Lines { rows, .. } => rows.len() + 1 + sums_height(rows),
            // As much as there is; most entries take a line.
            Body::Story { story, .. } => story.len().max(1) * 2,
        };
        u16::try_from(lines).unwrap_or(u16::MAX)
    }

    /// Moves its cursor.
    pub fn go(&mut self, motion: Motion) {
        match &mut self.body {
            Body::Facts(sheet) => {
                sheet.go(motion);
            }
            Body::Linked { grid, rows } => {
                grid.go(motion, rows);
            }
            Body::Lines { grid, rows } => {
                grid.go(motion, rows);
            }
            Body::Story { timeline, story } => {
                timeline.go(motion, story);
            }
        }
    }

    /// Moves its cursor sideways; false where there is nothing.
    pub fn aside(&mut self, right: bool) -> bool {
        match &mut self.body {
            Body::Facts(sheet) => sheet.aside(right),
            _ => false,
        }
    }

    /// Shows all of an entry, or less of it again; false where there are no entries.
    pub fn unfold(&mut self) -> bool {
        match &mut self.body {
            Body::Story { timeline, .. } => {
                timeline.toggle();
                true
            }
            _ => false,
        }
    }

    /// Shows one sort of entries, or all.
    pub fn only(&mut self, sort: Option<Sort>) {
        if let Body::Story { timeline, story } = &mut self.body {
            story.filter(sort);
            timeline.sync(story);
            self.detail = Sort::detail(sort);
        }
    }

    /// The record under the cursor; `None` where what stands there is part of the page's own.
    pub fn here(&self) -> Option<Ref> {
        match &self.body {
            Body::Facts(_) | Body::Lines { .. } => None,
            Body::Linked { grid, rows } => grid.cursor(rows).and_then(|at| rows.reference(at)),
            Body::Story { timeline, story } => story.target(timeline.cursor_key()?),
        }
    }

    /// Puts the cursor on a record; false where it is not there.
    pub fn select(&mut self, reference: &Ref) -> bool {
        match &mut self.body {
            Body::Linked { grid, rows } => {
                let at = (0..rows.len()).find(|at| rows.reference(*at).as_ref() == Some(reference));
                at.is_some_and(|at| grid.select(&rows.key(at), rows))
            }
            _ => false,
        }
    }

    /// Where Enter leads.
    pub fn lead(&self) -> Lead {
        match &self.body {
            Body::Facts(sheet) => match sheet.current().map(|fact| fact.to.as_slice()) {
                Some([]) => Lead::Edit,
                Some([one]) => Lead::Record(one.clone()),
                Some(several) => Lead::Choice(several.to_vec()),
                None => Lead::Nothing,
            },
            Body::Linked { .. } => self.here().map_or(Lead::Nothing, Lead::Record),
            Body::Lines { grid, rows } => {
                let target = grid.cursor(rows).and_then(|at| rows.target(at));
                target.map_or(Lead::Edit, Lead::Record)
            }
            Body::Story { story, .. } if story.is_empty() => Lead::Nothing,
            Body::Story { .. } => self.here().map_or(Lead::History, Lead::Record),
        }
    }

    /// The records in the order they stand here.
    pub fn neighbours(&self) -> impl Iterator<Item = &Ref> {
        let rows = match &self.body {
            Body::Linked { rows, .. } => Some(rows),
            _ => None,
        };
        rows.into_iter().flat_map(|rows| rows.references())
    }

    /// Whether something in it goes on with the clock.
    pub fn ticks(&self) -> bool {
        matches!(&self.body, Body::Linked { rows, .. } if rows.has_clocks())
    }

    /// The mouse did something where the pane is.
    pub fn mouse(&mut self, event: MouseEvent) -> Clicked {
        match &mut self.body {
            Body::Facts(sheet) => {
                let at = Position::new(event.column, event.row);
                match event.kind {
                    MouseEventKind::ScrollUp => {
                        sheet.go(Motion::Up(1));
                        Clicked::Moved
                    }
                    MouseEventKind::ScrollDown => {
                        sheet.go(Motion::Down(1));
                        Clicked::Moved
                    }
                    MouseEventKind::Down(MouseButton::Left) => match sheet.click(at) {
                        Some(true) => Clicked::Open,
                        _ => Clicked::Moved,
                    },
                    _ => Clicked::Nothing,
                }
            }
            Body::Linked { grid, rows } => of_grid(grid.mouse(event, rows)),
            Body::Lines { grid, rows } => of_grid(grid.mouse(event, rows)),
            Body::Story { timeline, story } => match timeline.mouse(event, story) {
                true => Clicked::Moved,
                false => Clicked::Nothing,
            },
        }
    }

    /// Draws it, without its heading.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focused: bool) {
        match &self.body {
            Body::Facts(sheet) => sheet.draw(area, buf, theme, focused),
            Body::Linked { grid, rows } if rows.is_empty() => {
                Pen::new(buf, area).gap(2).text(&grid.empty.0, theme.style(Role::Muted));
            }
            Body::Linked { grid, rows } => grid.draw(area, buf, theme, rows),
            Body::Lines { grid, rows } => draw_lines(grid, rows, area, buf, theme),
            Body::Story { timeline, story } => timeline.draw(area, buf, theme, story),
        }
    }
}

impl Body {
    fn facts(mut sheet: Factsheet, facts: Vec<Fact>) -> Body {
        sheet.set(facts);
        Body::Facts(sheet)
    }

    fn story(mut timeline: Timeline, story: Story) -> Body {
        timeline.sync(&story);
        Body::Story { timeline, story }
    }

    fn lines(grid: Grid, rows: Lines) -> Body {
        let mut grid = plain(grid, rows.columns());
        grid.sync(&rows);
        Body::Lines { grid, rows }
    }

    fn linked(grid: Grid, linked: List) -> Body {
        let mut grid = plain(grid, linked.columns);
        grid.bare = !linked.headings;
        grid.empty.0 = linked.empty;
        grid.sync(&linked.rows);
        Body::Linked { grid, rows: linked.rows }
    }
}

/// A table that shows its cursor only while it has the focus.
fn plain(mut grid: Grid, columns: Vec<Column>) -> Grid {
    grid.quiet = true;
    grid.card_below = 0;
    grid.set_columns(columns);
    grid
}

fn of_grid(response: GridResponse) -> Clicked {
    match response {
        GridResponse::Ignored => Clicked::Nothing,
        GridResponse::Open(_) => Clicked::Open,
        GridResponse::Redraw | GridResponse::Moved | GridResponse::Sort(_) => Clicked::Moved,
    }
}

fn sums_height(rows: &Lines) -> usize {
    match rows.sums().len() {
        0 => 0,
        sums => sums + 1,
    }
}

/// The table, and right under its last line what it comes to.
fn draw_lines(grid: &Grid, rows: &Lines, area: Rect, buf: &mut Buffer, theme: &Theme) {
    let sums = rows.sums();
    let below = u16::try_from(sums_height(rows)).unwrap_or(0);
    let table =
        u16::try_from(rows.len() + 1).unwrap_or(u16::MAX).min(area.height.saturating_sub(below).max(2));
    grid.draw(Rect { height: table.min(area.height), ..area }, buf, theme, rows);
    let rest = paint::below(area, table);
    if sums.is_empty() || rest.height < 2 {
        return;
    }
    let wide = sums.iter().map(|(_, amount)| paint::columns(amount)).max().unwrap_or(0);
    let width = (wide + 24).min(area.width);
    let rule = Rect { x: area.right().saturating_sub(width + 1), width, height: 1, ..rest };
    paint::rule(buf, rule, theme);
    for (at, (label, amount)) in sums.iter().enumerate() {
        let last = at + 1 == sums.len();
        let line = paint::line(paint::below(rest, 1), at as u16);
        let mut pen = Pen::new(buf, Rect { x: rule.x, width, ..line });
        let (words, money) = if last { (Role::Heading, Role::Money) } else { (Role::Muted, Role::Text) };
        pen.right(amount, theme.style(money)).gap_right(2).text(label, theme.style(words));
    }
}
