//! What is to be done: overdue, today, in the coming days.

use super::content::{Content, Row};
use crate::base::show::{age, count, day, heading, time};
use crate::base::{Id, Now};
use crate::crm::Whose;
use crate::crm::due::{Due, agenda};
use crate::model::kinds::{choice_of, title_of, title_of_ref};
use crate::model::{Book, Moment, Record, Scope};
use crate::tui::theme::Role;
use crate::tui::widgets::grid::{Cell, Column};
use crate::{tr, tr_n};
use chrono::{DateTime, Utc};

/// The current user's agenda, or everybody's where nobody knows who that is; and when it changes by itself.
pub fn today(book: &Book, me: Option<&Id>, now: Now) -> (Content, DateTime<Utc>) {
    let whose = me.cloned().map_or(Whose::Everyone, Whose::User);
    let agenda = agenda(book, &whose, now);
    let next = agenda.today.iter().find(|due| matches!(due.when, Moment::At(_))).map(|due| &due.record);
    let row = |due: &Due| {
        let mut row = Row::about(&due.record.reference, cells(book, due, now));
        row.next = next.is_some_and(|next| next.reference == due.record.reference);
        if row.next {
            row.cells[0].role = Some(Role::Accent);
            row.cells[2].role = Some(Role::Heading);
        }
        row
    };
    let style = book.settings().style();
    let mut detail = heading(now.today(), &style);
    if me.is_none() {
        detail = format!("{detail} · {}", tr!("everyone"));
    }
    if !agenda.overdue.is_empty() {
        detail = format!("{detail} · {}", tr!("{n} overdue", n = count(agenda.overdue.len(), &style)));
    }
    let rows: Vec<Row> = agenda.shown().map(row).collect();
    let rest = agenda.later + agenda.undated.len();
    let content = Content {
        title: tr!("TODAY").into_owned(),
        detail,
        count: agenda.overdue.len() + agenda.today.len(),
        columns: vec![
            Column::new("when", "").width(5, 9).weight(0).priority(0),
            Column::new("kind", "").width(4, 9).weight(0).priority(3),
            Column::new("subject", "").width(20, 60).weight(2).priority(0),
            Column::new("about", "").width(9, 28).weight(1).priority(2),
        ],
        rows,
        empty: match rest {
            0 => tr!("Nothing due today: a logs a call, n makes a task").into_owned(),
            n => tr_n!(
                "Nothing due this week, {n} activity later",
                "Nothing due this week, {n} activities later",
                n; &style
            )
            .into_owned(),
        },
        measure: None,
    };
    (content.tighten(), agenda.next_change(now))
}

fn cells(book: &Book, due: &Due, now: Now) -> Vec<Cell> {
    let record = &due.record;
    let style = book.settings().style();
    let when = match due.overdue_by(now) {
        Some(late) => Cell::of(format!("! {}", lateness(due, late, now)), Role::Bad),
        None if due.days_ahead(now) > 0 => {
            Cell::of(format!("  {}", day(due.day, now.today(), &style)), Role::Muted)
        }
        None => match due.when {
            Moment::At(at) => Cell::of(format!("  {}", time(&at.with_timezone(&now.zone))), Role::Text),
            Moment::Day(_) => Cell::of(format!("  {}", tr!("today")), Role::Text),
        },
    };
    let quiet = due.days_ahead(now) > 0;
    let subject = title_of(book, record);
    let subject = if quiet { Cell::of(subject, Role::Muted) } else { subject.into() };
    vec![
        when,
        Cell::of(kind(book, record), Role::Muted),
        subject,
        Cell::of(customer(book, record), Role::Muted),
    ]
}

/// Days by the calendar, as people count them; hours only for what was due today.
fn lateness(due: &Due, late: chrono::TimeDelta, now: Now) -> String {
    match -due.days_ahead(now) {
        days @ 1.. => age(chrono::TimeDelta::days(days)).into_owned(),
        _ => age(late).into_owned(),
    }
}

fn kind(book: &Book, record: &Record) -> String {
    let label = Scope::of(book, record)
        .and_then(|scope| scope.ty.field("type").and_then(|field| choice_of(&scope, field)));
    label.map_or_else(|| record.text("type").to_owned(), |choice| choice.label.to_lowercase())
}

/// The customer an activity is for: the account of what it is about, else that itself.
fn customer(book: &Book, record: &Record) -> String {
    let Ok(about) = record.text("about").parse() else { return String::new() };
    let account = book.get(&about).and_then(|about| super::account_of(book, about));
    account.unwrap_or_else(|| title_of_ref(book, &about))
}
