//! How an import looks: what becomes of the rows in one line, under it what can be decided beside what there is to say,
//! and at the foot the row under the cursor in full.

use super::items::{NAME, SAMPLE, VALUE};
use super::report::{WHAT, WHERE};
use super::work::{Outcome, Worked};
use super::{Import, words};
use crate::base::show;
use crate::tr;
use crate::tr_n;
use crate::tui::layout::{Width, margins};
use crate::tui::parts::World;
use crate::tui::theme::Role;
use crate::tui::widgets::bar;
use crate::tui::widgets::grid::{Column, Grid};
use crate::tui::widgets::paint::{self, Pen, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Lines at the foot in which the row under the cursor is told in full, its rule included.
const FULL: u16 = 3;
/// A body lower than this has no room for them.
const FULL_FROM: u16 = 12;

/// A part of the screen that can have the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// What can be decided.
    Decide,
    /// What there is to say.
    Read,
}

impl Pane {
    /// The one beside it.
    pub fn other(self) -> Self {
        match self {
            Self::Decide => Self::Read,
            Self::Read => Self::Decide,
        }
    }
}

/// The lists of both panes.
pub fn grids() -> (Grid, Grid) {
    let mut deciding = Grid::new(vec![
        Column::new(NAME, "").width(12, 26).weight(1).priority(0),
        Column::new(VALUE, "").width(14, 26).weight(1).priority(0),
        Column::new(SAMPLE, "").width(12, u16::MAX).weight(2).priority(1),
    ]);
    let mut reading = Grid::new(vec![
        Column::new(WHERE, "").width(9, 10).weight(0).right().priority(1),
        Column::new(WHAT, "").width(16, u16::MAX).weight(1).priority(0),
    ]);
    for grid in [&mut deciding, &mut reading] {
        (grid.bare, grid.card_below) = (true, 0);
    }
    reading.focused = false;
    reading.quiet = true;
    reading.empty = (
        tr!("Nothing needs a word").into_owned(),
        tr!("every column and every row is taken as it is").into_owned(),
    );
    (deciding, reading)
}

/// `8,800 rows · 8 columns · UTF-8, comma · decimal point`
pub fn facts(outcome: &Outcome) -> String {
    let (table, format) = (&outcome.sheet.table, outcome.sheet.format);
    let style = outcome.book.settings().style();
    let mut facts = vec![
        tr_n!("{n} row", "{n} rows", table.rows.len(); &style).into_owned(),
        tr_n!("{n} column", "{n} columns", table.headers.len()).into_owned(),
        format!("{}, {}", format.encoding, format.delimiter),
    ];
    facts.extend(outcome.worked.iter().flat_map(|worked| worked.plan.styles.told()));
    facts.join(" · ")
}

/// Draws it.
pub fn draw(import: &Import, area: Rect, buf: &mut Buffer, world: &World) {
    let theme = &world.theme;
    import.both.set(false);
    verdict(import, Rect { height: area.height.min(1), ..area }, buf, world);
    let gap = u16::from(area.height >= FULL_FROM);
    let mut body = paint::below(area, 1 + gap);
    if import.outcome.is_none() {
        return;
    }
    if area.height >= FULL_FROM {
        let full = Rect { y: body.bottom() - FULL, height: FULL, ..body };
        body.height -= FULL;
        in_full(import, margins(full), buf, world);
    }
    if Width::of(area) == Width::Wide {
        import.both.set(true);
        let left = body.width * 11 / 20;
        let reading = Rect { x: body.x + left + 1, width: body.width - left - 1, ..body };
        list(import, Pane::Decide, Rect { width: left, ..body }, buf, world);
        list(import, Pane::Read, reading, buf, world);
        return;
    }
    let mut pen = Pen::new(buf, margins(paint::line(body, 0)));
    for pane in [Pane::Decide, Pane::Read] {
        let role = if import.pane == pane { Role::TabActive } else { Role::Tab };
        let count = import.said();
        match pane {
            Pane::Decide => pen.text(&tr!("Columns and rules"), theme.style(role)),
            Pane::Read => pen
                .text(&tr!("What comes of it"), theme.style(role))
                .gap(1)
                .text(&count, theme.style(Role::Faint)),
        };
        pen.gap(2);
    }
    list(import, import.pane, paint::below(body, 1), buf, world);
}

fn list(import: &Import, pane: Pane, area: Rect, buf: &mut Buffer, world: &World) {
    match pane {
        Pane::Decide => import.deciding.draw(area, buf, &world.theme, &import.items),
        Pane::Read => import.reading.draw(area, buf, &world.theme, &import.report),
    }
}

/// What would become of the rows, what is going on, or what is wrong: in one line.
fn verdict(import: &Import, area: Rect, buf: &mut Buffer, world: &World) {
    let theme = &world.theme;
    let mut pen = Pen::new(buf, margins(area));
    if let Some(importing) = world.importing {
        let style = world.style();
        let number = |n: usize| show::number(n.into(), &style);
        let said = match importing.total {
            0 => tr!("Checking every record …").into_owned(),
            total if importing.done == total => tr!("Waiting for the disk, and committing …").into_owned(),
            total => {
                tr!("Writing {done} of {total} files", done = number(importing.done), total = number(total))
                    .into_owned()
            }
        };
        pen.text(&said, theme.style(Role::Text)).gap(2);
        let share = importing.done as f64 / importing.total.max(1) as f64;
        return bar::progress(&mut pen, theme, share, 30);
    }
    if let Some(asked) = &import.asked
        && (import.outcome.is_none() || world.now.utc - asked.since >= super::LOOKED)
    {
        let said = match (import.outcome.is_none(), asked.pace.percent()) {
            (true, 0) => tr!("Reading {file} …", file = import.name()),
            _ => tr!("Working out what would come of it …"),
        };
        pen.text(&said, theme.style(Role::Muted)).gap(2);
        return bar::progress(&mut pen, theme, asked.pace.percent() as f64 / 100.0, 20);
    }
    if let Some(error) = &import.error {
        pen.text("! ", theme.style(Role::Bad)).text(error, theme.style(Role::Text));
        return;
    }
    let Some(outcome) = &import.outcome else { return };
    match &outcome.worked {
        Some(worked) => totals(worked, outcome, &mut pen, world),
        None => {
            let said = tr!("The headers do not say what the rows are: enter chooses it");
            pen.text("! ", theme.style(Role::Warn)).text(&said, theme.style(Role::Text));
        }
    }
}

fn totals(worked: &Worked, outcome: &Outcome, pen: &mut Pen<'_>, world: &World) {
    let (theme, style) = (&world.theme, outcome.book.settings().style());
    let counts = worked.plan.counts;
    let language = outcome.book.settings().language();
    let noun = words::noun(&worked.ty, counts.created, language);
    match (worked.plan.is_stopped(), worked.import.set.changes.is_empty()) {
        (true, _) => pen.text("! ", theme.style(Role::Bad)),
        (false, true) => pen.text("· ", theme.style(Role::Muted)),
        (false, false) => pen.text("✓ ", theme.style(Role::Good)),
    };
    let all = [
        (counts.created, tr!("new {noun}", noun = noun), Role::Text),
        (counts.updated, tr!("changed"), Role::Text),
        (counts.unchanged, tr!("the same already"), Role::Muted),
        (counts.skipped, tr!("left alone"), Role::Muted),
        (counts.rejected, if counts.rejected == 1 { tr!("stays out") } else { tr!("stay out") }, Role::Warn),
    ];
    let told = all.iter().filter(|(n, ..)| *n > 0);
    for (n, word, role) in told {
        let mark = if *role == Role::Warn { "! " } else { "" };
        pen.text(mark, theme.style(*role));
        pen.text(&show::number((*n).into(), &style), theme.style(Role::Heading).patch(theme.style(*role)));
        pen.gap(1).text(word, theme.style(Role::Muted)).gap(3);
    }
    if outcome.sheet.table.rows.is_empty() {
        pen.text(&tr!("There are no rows under the headers"), theme.style(Role::Muted));
    }
}

/// The row under the cursor, in full.
fn in_full(import: &Import, area: Rect, buf: &mut Buffer, world: &World) {
    let theme = &world.theme;
    paint::rule(buf, area, theme);
    let about = match import.pane {
        Pane::Decide => import
            .deciding
            .cursor(&import.items)
            .map_or_else(String::new, |at| import.items.about(at).to_owned()),
        Pane::Read => {
            import.reading.cursor(&import.report).map_or_else(String::new, |at| import.report.about(at))
        }
    };
    for (at, words) in
        wrap(&about, area.width.saturating_sub(2)).iter().take(usize::from(FULL) - 1).enumerate()
    {
        Pen::new(buf, paint::line(area, 1 + at as u16)).gap(1).text(words, theme.style(Role::Muted));
    }
}

impl Import {
    /// How much there is to read, for the tab.
    fn said(&self) -> String {
        let worked = self.outcome.as_ref().and_then(|outcome| outcome.worked.as_ref());
        match worked.map(|worked| (worked.plan.counts.rejected, worked.plan.book.settings().style())) {
            None | Some((0, _)) => String::new(),
            Some((n, style)) => tr_n!("! {n} stays out", "! {n} stay out", n; &style).into_owned(),
        }
    }
}
