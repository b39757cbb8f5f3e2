//! What a record shows in a column, and how that is spoken.

use super::columns::CLOCK;
use crate::base::show::{age, countdown, day, moment};
use crate::base::{Now, Style};
use crate::crm::due::Due;
use crate::crm::sla::{Case, Clocks, Policies, State};
use crate::crm::state::is_closed;
use crate::model::kinds::{choice_of, show, title_of};
use crate::model::schema::Tone;
use crate::model::{Book, Kind, Moment, Record, Scope, TypeDef};
use crate::query::title_path;
use crate::tr;
use crate::tui::theme::Role;
use crate::tui::widgets::grid::Cell;
use std::sync::Arc;

/// A record's cell.
pub fn cell(book: &Book, ty: &TypeDef, record: &Arc<Record>, column: &str, now: Now) -> Cell {
    let scope = Scope { book, ty, fields: (&record.fields).into() };
    match (ty.name.as_str(), column) {
        ("case", CLOCK) => return clock(&Case::of(book, &Policies::of(book), record, now)),
        ("case", "number") if !record.has("number") => return tail(record),
        _ if title_path(ty) == Some(column) => return title_of(book, record).into(),
        ("activity", "due") if !is_closed(book, record) => return due(record, now, &book.settings().style()),
        _ => {}
    }
    let found = scope.resolve(column);
    let (Some(field), Some(value)) = (found.field, found.values.first()) else {
        return found.values.first().map(|v| v.scalars().join(", ")).unwrap_or_default().into();
    };
    let text = show(&scope, field, value, now);
    match &field.kind {
        Kind::Choice(_) if !column.contains('.') => {
            Cell { text, role: choice_of(&scope, field).and_then(|choice| spoken(choice.tone)) }
        }
        Kind::Money => Cell::of(text, Role::Money),
        Kind::Link(_) | Kind::Links(_) => Cell::of(text, Role::Link),
        Kind::Date | Kind::Datetime if overdue(&scope, &field.name, now) => {
            Cell::of(format!("! {text}"), Role::Bad)
        }
        Kind::User | Kind::Date | Kind::Datetime | Kind::Tags => Cell::of(text, Role::Muted),
        _ => text.into(),
    }
}

/// How a whole record is spoken: what is finished, muted.
pub fn tone(book: &Book, ty: &TypeDef, record: &Record) -> Option<Role> {
    let scope = Scope { book, ty, fields: (&record.fields).into() };
    choice_of(&scope, ty.state_field()?).filter(|choice| choice.closed).map(|_| Role::Muted)
}

/// The role of a choice's tone.
pub fn spoken(tone: Tone) -> Option<Role> {
    match tone {
        Tone::Good => Some(Role::Good),
        Tone::Bad => Some(Role::Bad),
        Tone::Warn => Some(Role::Warn),
        Tone::Muted => Some(Role::Muted),
        Tone::Accent => Some(Role::Accent),
        Tone::Plain => None,
    }
}

/// The clock of a case that matters now: `▲ 0:12`, `⏸ 4:05`, `! -11:15` once it is over, `✓` when all was kept.
pub fn clock(case: &Case) -> Cell {
    match case.clock() {
        Some(clock) => {
            let left = countdown(clock.left);
            match clock.state {
                State::Breached => Cell::of(format!("! {left}"), Role::Bad),
                State::Soon => Cell::of(format!("▲ {left}"), Role::Warn),
                State::Paused => Cell::of(format!("⏸ {left}"), Role::Muted),
                _ => left.into(),
            }
        }
        None => kept(&case.clocks),
    }
}

/// Of a case whose clocks have all come to an end, whether in time.
fn kept(clocks: &Clocks) -> Cell {
    match (clocks.both().next(), clocks.is_breached()) {
        (None, _) => Cell::of("–", Role::Faint),
        (_, true) => Cell::of(tr!("✗ late"), Role::Muted),
        (_, false) => Cell::of("✓", Role::Good),
    }
}

/// The end of a case's id, for want of a number.
fn tail(record: &Record) -> Cell {
    let tail = record.id().as_str().rsplit('-').next().unwrap_or_default();
    Cell::of(tail.to_uppercase(), Role::Muted)
}

/// When something planned is due, as people say it: `! 2 d overdue`, `14:00`, `Mon`.
fn due(record: &Arc<Record>, now: Now, style: &Style) -> Cell {
    let Some(due) = Due::of(record, now) else { return Cell::of("–", Role::Faint) };
    if due.overdue_by(now).is_some() {
        let late = match (due.days_ahead(now), due.when) {
            (0, _) => now.utc - due.when.start(now.zone),
            (days, _) => chrono::TimeDelta::days(-days),
        };
        return Cell::of(tr!("! {age} overdue", age = age(late)), Role::Bad);
    }
    match due.when {
        Moment::At(at) if due.days_ahead(now) == 0 => moment(at.to_utc(), now, style).into(),
        Moment::At(at) => Cell::of(moment(at.to_utc(), now, style), Role::Muted),
        Moment::Day(at) if due.days_ahead(now) == 0 => day(at, now.today(), style).into(),
        Moment::Day(at) => Cell::of(day(at, now.today(), style), Role::Muted),
    }
}

/// A due date that has passed, of something not finished.
fn overdue(scope: &Scope<'_>, field: &str, now: Now) -> bool {
    let due = matches!(field, "due" | "close_date" | "resolution_by" | "response_by");
    let open = scope.ty.state_field().and_then(|f| choice_of(scope, f)).is_some_and(|c| !c.closed);
    due && open && Moment::read(scope.get(field).as_str()).is_some_and(|m| m.end(now.zone) < now.utc)
}
