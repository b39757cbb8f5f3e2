//! Open cases in the order in which their time runs out.

use super::account_of;
use super::content::{Content, Row};
use crate::base::Now;
use crate::base::show::{count, countdown};
use crate::crm::sla::{self, Case, Pick, State};
use crate::model::kinds::{choice_of, title_of};
use crate::model::schema::Tone;
use crate::model::{Book, Record, Scope};
use crate::tr;
use crate::tui::theme::Role;
use crate::tui::widgets::grid::{Cell, Column};
use chrono::{DateTime, Utc};

/// Everybody's open cases, the most urgent first; and when one of their clocks reads differently.
pub fn cases(book: &Book, now: Now) -> (Content, Option<DateTime<Utc>>) {
    let cases = sla::cases(book, &Pick::default(), now);
    let late = cases.iter().filter(|c| c.clock().is_some_and(|c| c.state == State::Breached)).count();
    let style = book.settings().style();
    let mut detail = format!("{} · {}", count(cases.len(), &style), tr!("by clock"));
    if late > 0 {
        detail = format!("{detail} · {}", tr!("{n} over time", n = count(late, &style)));
    }
    let left = |case: &Case| case.clock().map_or(0, |clock| countdown(clock.left).chars().count());
    let widest = cases.iter().map(left).max().unwrap_or(0);
    let row = |case: &Case| Row::about(&case.record.reference, cells(book, case, widest));
    let content = Content {
        title: tr!("CASES").into_owned(),
        detail,
        count: cases.len(),
        columns: vec![
            Column::new("clock", "").width(6, 10).weight(0).priority(0),
            Column::new("number", "").width(5, 10).weight(0).priority(3),
            Column::new("subject", "").width(20, 60).weight(2).priority(0),
            Column::new("priority", "").width(4, 8).weight(0).priority(4),
            Column::new("account", "").width(9, 28).weight(1).priority(2),
        ],
        rows: cases.iter().map(row).collect(),
        empty: tr!("No open cases").into_owned(),
        measure: None,
    };
    (content.tighten(), sla::next_change(&cases, now))
}

fn cells(book: &Book, case: &Case, widest: usize) -> Vec<Cell> {
    let record = &case.record;
    let number = if record.has("number") { record.text("number").to_owned() } else { tail(record) };
    vec![
        clock(case, widest),
        Cell::of(number, Role::Muted),
        title_of(book, record).into(),
        priority(book, record),
        Cell::of(account_of(book, record).unwrap_or_default(), Role::Muted),
    ]
}

/// The clock with a sign, so that its state can be told without colours; clocks end under each other.
fn clock(case: &Case, widest: usize) -> Cell {
    let Some(clock) = case.clock() else { return Cell::of(format!("  {:>widest$}", "–"), Role::Faint) };
    let (sign, role) = match clock.state {
        State::Breached => ("!", Role::Bad),
        State::Soon => ("▲", Role::Warn),
        State::Paused => ("⏸", Role::Muted),
        _ => (" ", Role::Text),
    };
    Cell::of(format!("{sign} {:>widest$}", countdown(clock.left)), role)
}

fn priority(book: &Book, record: &Record) -> Cell {
    let choice = Scope::of(book, record)
        .and_then(|scope| scope.ty.field("priority").and_then(|field| choice_of(&scope, field)));
    let Some(choice) = choice else { return Cell::of(record.text("priority"), Role::Muted) };
    let role = match choice.tone {
        Tone::Bad => Role::Bad,
        Tone::Warn => Role::Warn,
        Tone::Good => Role::Good,
        Tone::Accent => Role::Accent,
        Tone::Muted | Tone::Plain => Role::Muted,
    };
    Cell::of(choice.label.to_lowercase(), role)
}

/// The random end of the id tells cases apart that have no number of their own.
fn tail(record: &Record) -> String {
    record.id().as_str().rsplit('-').next().unwrap_or_default().to_uppercase()
}
