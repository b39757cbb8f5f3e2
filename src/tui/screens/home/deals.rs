//! Open deals that want attention: those that close soon, and those that are stuck.

use super::account_of;
use super::content::{Content, Row};
use crate::base::show::{age, date, money};
use crate::base::{Id, Now};
use crate::crm::deal::Warning;
use crate::crm::pipeline::Pipelines;
use crate::crm::{Deal, Whose};
use crate::model::Book;
use crate::model::kinds::title_of;
use crate::tui::theme::Role;
use crate::tui::widgets::grid::{Cell, Column};
use crate::{tr, tr_n};
use chrono::{NaiveDate, TimeDelta};
use rayon::prelude::*;
use std::cmp::Reverse;

/// How far ahead "soon" looks.
const SOON: TimeDelta = TimeDelta::days(14);

/// The open deals of the current user, or everybody's for someone who has none.
pub fn deals(book: &Book, me: Option<&Id>, now: Now) -> (Whose, Vec<Deal>) {
    let pipelines = Pipelines::of(book);
    let records: Vec<_> = pipelines.open_deals(book).collect();
    let mine = me.cloned().map(Whose::User).filter(|mine| records.iter().any(|record| mine.owns(record)));
    let whose = mine.unwrap_or_default();
    let theirs = records.into_par_iter().filter(|record| whose.owns(record));
    let deals = theirs.map(|record| Deal::of(book, &pipelines, record, now)).collect();
    (whose, deals)
}

/// Those whose decision is expected in the next two weeks, the first first.
pub fn closing(book: &Book, deals: &[Deal], now: Now) -> Content {
    let today = now.today();
    let soon = |day: NaiveDate| (today..=today + SOON).contains(&day);
    let mut found: Vec<_> = deals.iter().filter(|deal| deal.close_date.is_some_and(soon)).collect();
    found.sort_by(|a, b| Deal::by_close_date(book, a, b));
    let sum = crate::crm::deal::total(book, found.iter().copied()).sum;
    let style = book.settings().style();
    let row = |deal: &&Deal| {
        let when = deal.close_date.map(|day| match (day - today).num_days() {
            0 => tr!("today").into_owned(),
            _ => date(day, today, &style),
        });
        let role = if deal.close_date.is_some_and(|day| day <= today + TimeDelta::days(3)) {
            Role::Warn
        } else {
            Role::Text
        };
        row(book, deal, Cell::of(format!("  {}", when.unwrap_or_default()), role))
    };
    let count = tr_n!("{n} deal", "{n} deals", found.len());
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

/// Those that rot, are past their date or have no next step; the worst first.
pub fn stuck(book: &Book, deals: &[Deal], now: Now) -> Content {
    let with = |deal: &Deal| deal.warnings(now).first().map(|first| (*first, deal.clone()));
    let mut found: Vec<_> = deals.iter().filter_map(with).collect();
    found.sort_by(|(why, a), (other, b)| {
        let days = |deal: &Deal| Reverse(deal.days_in_stage);
        why.cmp(other).then_with(|| days(a).cmp(&days(b))).then_with(|| Deal::by_amount(book, a, b))
    });
    let aimless = found.iter().filter(|(_, deal)| deal.next.is_none()).count();
    let count = tr_n!("{n} deal", "{n} deals", found.len()).into_owned();
    let detail = match (found.len(), aimless) {
        (0, _) => String::new(),
        (_, 0) => count,
        (_, n) => format!("{count} · {}", tr!("{n} without a next step", n = n)),
    };
    Content {
        title: tr!("STUCK").into_owned(),
        detail,
        count: found.len(),
        columns: columns(),
        rows: found.iter().map(|(why, deal)| row(book, deal, reason(*why, deal, now))).collect(),
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

fn reason(why: Warning, deal: &Deal, now: Now) -> Cell {
    let days = |n: i64| age(TimeDelta::days(n));
    match why {
        Warning::Rotting => Cell::of(format!("! {}", days(deal.days_in_stage.unwrap_or(0))), Role::Warn),
        Warning::CloseDatePassed => {
            let late = deal.close_date.map_or(0, |day| (now.today() - day).num_days());
            Cell::of(format!("! {}", tr!("{age} late", age = days(late))), Role::Bad)
        }
        Warning::NoNextStep => Cell::of(format!("? {}", tr!("no step")), Role::Muted),
    }
}
