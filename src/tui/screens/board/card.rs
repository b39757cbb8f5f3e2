//! What stands on a card: who and how much, how long it has been here, what is wrong, what is next.

use crate::base::show::{date, money};
use crate::base::{Now, Style};
use crate::crm::Deal;
use crate::crm::deal::Warning;
use crate::crm::people::initials;
use crate::model::kinds::{show, title_of};
use crate::model::{Book, Scope};
use crate::tr;
use crate::tui::theme::Role;
use crate::tui::widgets::board::Card;
use crate::tui::widgets::grid::Cell;
use chrono::NaiveDate;

/// A card of four lines: name, account and amount, owner and age with what is wrong, what is next and when.
pub fn wide(book: &Book, deal: &Deal, now: Now) -> Card {
    let owner = initials(book, deal.record.text("owner"));
    let mut card = common(book, deal);
    if !deal.is_open() {
        card.foot = vec![owner.into(), outcome(deal, book, now)];
        card.next = lost_reason(book, deal, now).into();
        return card;
    }
    let mut warnings = deal.warnings(now).into_iter().map(warning);
    let age = age(deal);
    card.foot = vec![owner.into(), age.into(), warnings.next().unwrap_or_default()];
    match &deal.next {
        Some(step) => {
            card.next = format!("→ {}", step.text).into();
            let day = step.day.map(|day| when(day, now, &book.settings().style())).unwrap_or_default();
            // People write the day into the step too: "demo 30 Nov".
            card.when = if step.text.contains(&day.text) { Cell::default() } else { day };
        }
        None => card.next = warnings.next_back().unwrap_or_default(),
    }
    card
}

/// A card of two lines: name and amount, account and age with what is wrong and when something is next.
pub fn narrow(book: &Book, deal: &Deal, now: Now) -> Card {
    let style = book.settings().style();
    let mut card = common(book, deal);
    if !deal.is_open() {
        card.foot = vec![lost_reason(book, deal, now).into(), outcome(deal, book, now)];
        return card;
    }
    let age = age(deal);
    let age = match deal.is_rotting() {
        true => Cell::of(tr!("! rot {age}", age = age), Role::Warn),
        false => age.into(),
    };
    let next = match &deal.next {
        Some(step) => match step.day.map(|day| when(day, now, &style)) {
            Some(day) => Cell { text: format!("→ {}", day.text), ..day },
            None => "→".into(),
        },
        None => Cell::of("→ –", Role::Faint),
    };
    card.foot = vec![age, next];
    card
}

fn common(book: &Book, deal: &Deal) -> Card {
    let account = Scope::of(book, &deal.record).and_then(|scope| scope.linked("account"));
    let named = account.map(|account| title_of(book, account));
    Card {
        title: title_of(book, &deal.record).into(),
        name: named.unwrap_or_else(|| deal.record.text("account").to_owned()).into(),
        value: match &deal.amount {
            Some(amount) => Cell {
                text: money(amount, &book.settings().style()),
                role: deal.is_open().then_some(Role::Money),
            },
            None => Cell::of("–", Role::Faint),
        },
        tone: (!deal.is_open()).then_some(Role::Muted),
        ..Card::default()
    }
}

/// How long it has been in its stage.
fn age(deal: &Deal) -> String {
    match deal.days_in_stage {
        None => String::new(),
        Some(0) => tr!("today").into_owned(),
        Some(n) => tr!("{n} d", n = n).into_owned(),
    }
}

fn warning(warning: Warning) -> Cell {
    match warning {
        Warning::Rotting => Cell::of(tr!("! rotting"), Role::Warn),
        Warning::CloseDatePassed => Cell::of(tr!("! past close date"), Role::Bad),
        Warning::NoNextStep => Cell::of(tr!("! no next step"), Role::Warn),
    }
}

/// The day of what is next; one that is past is overdue.
fn when(day: NaiveDate, now: Now, style: &Style) -> Cell {
    let text = date(day, now.today(), style);
    if day < now.today() { Cell::of(format!("! {text}"), Role::Bad) } else { text.into() }
}

/// How it ended, and when.
fn outcome(deal: &Deal, book: &Book, now: Now) -> Cell {
    let day = deal.closed.map(|day| date(day, now.today(), &book.settings().style())).unwrap_or_default();
    match deal.is_won() {
        true => Cell::of(format!("✓ {day}"), Role::Good),
        false => format!("✗ {day}").into(),
    }
}

/// Why it was lost, where it was and somebody said.
fn lost_reason(book: &Book, deal: &Deal, now: Now) -> String {
    let scope = Scope::of(book, &deal.record).filter(|_| deal.is_lost());
    let found = scope.and_then(|scope| {
        let field = scope.ty.field("lost_reason")?;
        Some(show(&scope, field, scope.get("lost_reason"), now))
    });
    found.unwrap_or_default()
}
