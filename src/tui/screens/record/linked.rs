//! Records that have to do with the page's record, as the rows of a pane.

use crate::base::{Now, Ref, show};
use crate::crm::deal::{Deal, Warning};
use crate::crm::pipeline::Pipelines;
use crate::crm::sla::{Case, Policies, State};
use crate::model::kinds::title_of;
use crate::model::{Book, FieldDef, Kind, Record, TypeDef};
use crate::tr;
use crate::tui::parts::World;
use crate::tui::screens::list;
use crate::tui::theme::Role;
use crate::tui::widgets::grid::{Cell, Column, Rows};
use smol_str::SmolStr;
use std::sync::Arc;

/// Records of one type. Cells are made when they are drawn.
pub struct Linked {
    book: Arc<Book>,
    now: Now,
    ty: Arc<TypeDef>,
    records: Vec<Arc<Record>>,
    pipelines: Pipelines,
    policies: Policies,
}

impl Linked {
    /// These records, in this order.
    pub fn new(world: &World, ty: &Arc<TypeDef>, records: Vec<Arc<Record>>) -> Self {
        Self {
            book: world.book.clone(),
            now: world.now,
            ty: ty.clone(),
            records,
            pipelines: Pipelines::of(&world.book),
            policies: Policies::of(&world.book),
        }
    }

    /// The record at an index.
    pub fn reference(&self, index: usize) -> Option<Ref> {
        self.records.get(index).map(|r| r.reference.clone())
    }

    /// Every record, in order.
    pub fn references(&self) -> impl Iterator<Item = &Ref> {
        self.records.iter().map(|record| &record.reference)
    }

    /// Whether what it shows goes on with the clock.
    pub fn has_clocks(&self) -> bool {
        self.ty.name == "case" && !self.records.is_empty()
    }

    /// ✉ and ☎ where a person can be written to and called; muted where they do not want it.
    fn reach(&self, record: &Record) -> Cell {
        let mail = record.has("emails");
        let phone = record.has("phones") || record.has("mobile");
        let refuses = record.flag("do_not_call") || record.flag("do_not_email");
        let sign = |has: bool, barred: bool, sign: &str| match (has, barred) {
            (true, false) => sign.to_owned(),
            (true, true) => "⊘".to_owned(),
            (false, _) => "–".to_owned(),
        };
        let text = format!(
            "{} {}",
            sign(mail, record.flag("do_not_email"), "✉"),
            sign(phone, record.flag("do_not_call"), "☎")
        );
        Cell::of(text, if refuses { Role::Warn } else { Role::Muted })
    }

    /// A job title, and that the person has left.
    fn post(&self, record: &Record) -> Cell {
        let title = record.text("title");
        let left = match record.text("status") {
            "left" => tr!("left"),
            "unreachable" => tr!("unreachable"),
            _ => return Cell::of(title, Role::Muted),
        };
        let parts = [title, &left];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        Cell::of(parts.join(" · "), Role::Muted)
    }

    fn deal(&self, record: &Arc<Record>) -> Deal {
        Deal::of(&self.book, &self.pipelines, record, self.now)
    }

    /// What is the matter with a deal, in a few letters.
    fn warning(&self, record: &Arc<Record>) -> Cell {
        let deal = self.deal(record);
        let text = match deal.warnings(self.now).first() {
            Some(Warning::Rotting) => tr!("! {n} d", n = deal.days_in_stage.unwrap_or_default()),
            Some(Warning::CloseDatePassed) => tr!("! late"),
            Some(Warning::NoNextStep) => tr!("! idle"),
            None => return Cell::default(),
        };
        Cell::of(text, Role::Warn)
    }

    /// The day a decision is expected, without the year where that is the next such day: `31 Jan`.
    fn closes(&self, record: &Record) -> Cell {
        let Some(day) = record.date("close_date") else { return Cell::of("–", Role::Faint) };
        let style = self.book.settings().style();
        let today = self.now.today();
        let role = if day < today { Role::Bad } else { Role::Muted };
        match (day - today).num_days() {
            -180..=180 => Cell::of(show::date(day, day, &style), role),
            _ => Cell::of(show::month_year(day).split(' ').next_back().unwrap_or_default(), role),
        }
    }

    fn clock(&self, record: &Arc<Record>) -> Cell {
        clock_cell(&Case::of(&self.book, &self.policies, record, self.now))
    }
}

/// The sign and the time of the clock that matters: `▲ 0:12`, `! -1:05`, `⏸ 4:05`.
pub fn clock_cell(case: &Case) -> Cell {
    let Some(clock) = case.clock() else { return Cell::default() };
    let left = show::countdown(clock.left);
    let (sign, role) = clock_sign(clock.state);
    Cell::of(format!("{sign} {left}"), role)
}

/// How a clock is spoken.
pub fn clock_sign(state: State) -> (&'static str, Role) {
    match state {
        State::Breached | State::Missed => ("!", Role::Bad),
        State::Soon => ("▲", Role::Warn),
        State::Paused => ("⏸", Role::Muted),
        State::Met => ("✓", Role::Good),
        State::Ok => (" ", Role::Text),
    }
}

impl Rows for Linked {
    fn len(&self) -> usize {
        self.records.len()
    }

    fn key(&self, index: usize) -> SmolStr {
        self.records.get(index).map(|r| r.id().as_str().into()).unwrap_or_default()
    }

    fn cell(&self, index: usize, column: &str) -> Cell {
        let Some(record) = self.records.get(index) else { return Cell::default() };
        match column {
            TITLE => title_of(&self.book, record).into(),
            REACH => self.reach(record),
            POST => self.post(record),
            WARNING => self.warning(record),
            CLOSES => self.closes(record),
            CLOCK => self.clock(record),
            _ => list::cell(&self.book, &self.ty, record, column, self.now),
        }
    }

    fn tone(&self, index: usize) -> Option<Role> {
        list::tone(&self.book, &self.ty, self.records.get(index)?)
    }
}

const TITLE: &str = "~title";
const REACH: &str = "~reach";
const POST: &str = "~post";
const CLOSES: &str = "~closes";
const WARNING: &str = "~warning";
const CLOCK: &str = "~clock";

/// Columns of a pane of people.
pub fn people() -> Vec<Column> {
    vec![
        Column::new(TITLE, "").width(10, 24).weight(2).priority(0),
        Column::new(POST, "").width(8, 34).weight(3).priority(2),
        Column::new(REACH, "").width(3, 3).weight(0).priority(1),
    ]
}

/// Columns of a pane of open deals.
pub fn deals(separator: char) -> Vec<Column> {
    vec![
        Column::new("stage", "").width(11, 14).priority(4),
        Column::new("name", "").width(12, 30).weight(9).priority(0),
        Column::new("amount", "").width(9, 12).decimal(separator).priority(1),
        Column::new(CLOSES, "").width(6, 6).weight(0).right().priority(2),
        Column::new(WARNING, "").width(6, 6).weight(0).priority(3),
    ]
}

/// Columns of a pane of open cases.
pub fn cases() -> Vec<Column> {
    vec![
        Column::new(CLOCK, "").width(7, 8).weight(0).priority(1),
        Column::new("number", "").width(5, 8).weight(0).priority(4),
        Column::new("subject", "").width(12, 40).weight(4).priority(0),
        Column::new("priority", "").width(6, 7).weight(0).priority(3),
    ]
}

/// Columns of any other type: those of its list, its title first, without the fields that all rows share.
pub fn generic(ty: &TypeDef, without: &[SmolStr], world: &World) -> Vec<Column> {
    let numeric = |field: Option<&FieldDef>| field.is_some_and(|f| f.kind.is_numeric());
    let mut columns: Vec<Column> = list::columns(ty, world)
        .into_iter()
        .filter(|column| !without.contains(&column.id))
        .map(|mut column| {
            column.slot = None;
            column
        })
        .collect();
    let titled = ty.title.single_field().and_then(|title| columns.iter().position(|c| c.id == *title));
    match titled {
        Some(at) => {
            let title = columns.remove(at);
            columns.insert(0, title.priority(0));
        }
        None => {
            let parts: Vec<SmolStr> = ty.title.fields().cloned().collect();
            columns.retain(|c| !parts.contains(&c.id));
            let label = ty.label.get(world.book.settings().language()).to_owned();
            columns.insert(0, Column::new(TITLE, label).width(12, 44).weight(2).priority(0));
        }
    }
    // State and money say most; they stay the longest.
    for column in &mut columns {
        let field = ty.field(&column.id);
        if numeric(field) || field.is_some_and(|f| matches!(f.kind, Kind::Choice(_))) {
            column.priority = column.priority.min(1);
        }
    }
    columns
}
