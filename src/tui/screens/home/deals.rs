//! Open deals that want attention: those that close soon, and those that are stuck.

use super::account_of;
use super::content::{Content, Row};
use crate::base::show::{self, age, date, money};
use crate::base::{Id, Now};
use crate::crm::attention::Attention;
use crate::crm::deal::{Warning, total};
use crate::crm::pipeline::Pipelines;
use crate::crm::{Deal, Whose};
use crate::model::Book;
use crate::model::kinds::title_of;
use crate::tui::theme::Role;
use crate::tui::widgets::grid::{Cell, Column};
use crate::{tr, tr_n};
use chrono::TimeDelta;

/// Whose deals to look at: those of the current user, or everybody's for someone who has none.
pub fn whose(book: &Book, me: Option<&Id>) -> Whose {
    let pipelines = Pipelines::of(book);
    let mine = me.cloned().map(Whose::User);
    mine.filter(|mine| pipelines.open_deals(book).any(|deal| mine.owns(deal))).unwrap_or_default()
}

/// Those whose decision is expected in the next two weeks, the first first.
pub fn closing(book: &Book, found: &[Deal], now: Now) -> Content {
    let today = now.today();
    let sum = total(book, found).sum;
    let style = book.settings().style();
    let when = |deal: &Deal| match deal.close_date {
        Some(day) if day == today => tr!("today").into_owned(),
        Some(day) => date(day, today, &style),
        None => String::new(),
    };
    let widest = found.iter().map(|deal| when(deal).chars().count()).max().unwrap_or(0);
    let row = |deal: &Deal| {
        let role = if deal.close_date.is_some_and(|day| day <= today + TimeDelta::days(3)) {
            Role::Warn
        } else {
            Role::Text
        };
        row(book, deal, Cell::of(format!("  {:>widest$}", when(deal)), role))
    };
    let count = tr_n!("{n} deal", "{n} deals", found.len(); &style);
    Content {
        title: tr!("CLOSING SOON").into_owned(),
        detail: if found.is_empty() { String::new() } else { format!("{count} · {}", money(&sum, &style)) },
        count: found.len(),
        columns: columns(),
        rows: found.iter().map(row).collect(),
        empty: tr!("No decision is expected in the next two weeks").into_owned(),
        measure: None,
    }
    .tighten()
}

/// Those that rot, are past their date or have no next step; the longest in their stage first.
pub fn stuck(book: &Book, attention: &Attention, now: Now) -> Content {
    let found = &attention.deals;
    let style = book.settings().style();
    let aimless = attention.count(Warning::NoNextStep);
    let count = tr_n!("{n} deal", "{n} deals", found.len(); &style).into_owned();
    let detail = match (found.len(), aimless) {
        (0, _) => String::new(),
        (_, 0) => count,
        (_, n) => format!("{count} · {}", tr!("{n} without a next step", n = show::count(n, &style))),
    };
    Content {
        title: tr!("STUCK").into_owned(),
        detail,
        count: found.len(),
        columns: columns(),
        rows: found.iter().map(|(deal, why)| row(book, deal, reason(why, deal, now))).collect(),
        empty: tr!("Every deal moves and has a next step").into_owned(),
        measure: None,
    }
    .tighten()
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("when", "").width(6, 12).weight(0).priority(0),
        Column::new("name", "").width(16, 44).weight(2).priority(0),
        Column::new("account", "").width(8, 24).weight(1).priority(3),
        Column::new("amount", "").width(8, 14).weight(0).right().priority(1),
    ]
}

fn row(book: &Book, deal: &Deal, first: Cell) -> Row {
    let record = &deal.record;
    let amount = deal.amount.map(|amount| money(&amount, &book.settings().style()));
    Row::about(
        &record.reference,
        vec![
            first,
            title_of(book, record).into(),
            Cell::of(account_of(book, record).unwrap_or_default(), Role::Muted),
            Cell::of(amount.unwrap_or_default(), Role::Money),
        ],
    )
}

fn reason(why: &[Warning], deal: &Deal, now: Now) -> Cell {
    let days = |n: i64| age(TimeDelta::days(n));
    match why.first() {
        Some(Warning::Rotting) => {
            Cell::of(format!("! {}", days(deal.days_in_stage.unwrap_or(0))), Role::Warn)
        }
        Some(Warning::CloseDatePassed) => {
            let late = deal.close_date.map_or(0, |day| (now.today() - day).num_days());
            Cell::of(format!("! {}", tr!("{age} late", age = days(late))), Role::Bad)
        }
        Some(Warning::NoNextStep) => Cell::of(format!("? {}", tr!("no step")), Role::Muted),
        None => Cell::default(),
    }
}
