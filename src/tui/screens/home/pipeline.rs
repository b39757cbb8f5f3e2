//! The default pipeline: what is to be closed this quarter, stage by stage, against the quota.

use super::content::{Content, Measure, Row};
use crate::actions::Place;
use crate::base::show::{compact, percent};
use crate::base::{Money, Now};
use crate::crm::board::{Board, board};
use crate::crm::deal::this_quarter;
use crate::crm::pipeline::{Pipeline, Pipelines};
use crate::crm::{Total, Whose};
use crate::model::{Book, Record};
use crate::tui::theme::Role;
use crate::tui::widgets::grid::{Cell, Column};
use crate::{tr, tr_n};
use rust_decimal::{Decimal, prelude::ToPrimitive};

/// The stages of the default pipeline with what closes in them this quarter.
pub fn pipeline(book: &Book, whose: &Whose, now: Now) -> Content {
    let title = tr!("PIPELINE").into_owned();
    let columns = vec![
        Column::new("stage", "").width(8, 18).weight(0).priority(0),
        Column::new("count", "").width(3, 5).weight(0).right().priority(2),
        Column::new("sum", "").width(6, 9).weight(0).right().priority(0),
        Column::new("bar", "").width(6, 32).weight(1).priority(1),
    ];
    let pipelines = Pipelines::of(book);
    let Some(pipeline) = pipelines.default() else {
        let empty = tr!("No pipeline yet: :pipelines, then n makes one").into_owned();
        return Content { title, columns, empty, ..Content::default() };
    };
    let quarter = this_quarter(book, now);
    let closing = |record: &Record| {
        let open = pipeline.stage(record.text("stage")).is_none_or(|stage| stage.is_open());
        !open || record.date("close_date").is_some_and(|day| quarter.days.contains(day))
    };
    let board = board(book, pipeline, whose, closing, now);
    let of_whom = match whose {
        Whose::Everyone => tr!("everyone, closing this quarter"),
        _ => tr!("closing this quarter"),
    };
    let content = Content {
        title,
        detail: format!("{} · {}", pipeline.name, of_whom),
        count: board.open.count,
        rows: rows(book, pipeline, &board),
        columns,
        empty: tr!("This pipeline has no stages").into_owned(),
        measure: Some(measure(book, pipeline, &board, quota(book, pipeline, whose, &quarter.to_string()))),
    };
    content.tighten()
}

fn rows(book: &Book, pipeline: &Pipeline, board: &Board) -> Vec<Row> {
    let style = book.settings().style();
    let open = || board.columns.iter().filter(|column| column.stage.is_open());
    let most = open().map(|column| column.total.sum.amount).max().unwrap_or_default();
    let row = |column: &crate::crm::board::Column| Row {
        key: column.stage.id.clone(),
        opens: Some(Place::Board(Some(pipeline.reference.id.clone()))),
        cells: vec![
            column.stage.name.as_str().into(),
            Cell::of(column.total.count.to_string(), Role::Muted),
            Cell::of(compact(column.total.sum.amount, &style), Role::Money),
            Cell::default(),
        ],
        share: Some(share(column.total.sum.amount, most)),
        ..Row::default()
    };
    open().map(row).collect()
}

/// What is won and what may be expected on top of it, against the quota if there is one.
fn measure(book: &Book, pipeline: &Pipeline, board: &Board, quota: Option<Decimal>) -> Measure {
    let style = book.settings().style();
    let mut won = Total::new(pipeline.currency);
    let closed = board.columns.iter().filter(|column| !column.stage.is_open());
    closed.for_each(|column| won.join(&column.total));
    let (won, weighted) = (won.weighted.amount, board.open.weighted.amount);
    let short = |amount: Decimal| compact(amount, &style);
    let mut label =
        tr!("won {won} + weighted {weighted}", won = short(won), weighted = short(weighted)).into_owned();
    let unknown = board.open.without_rate;
    if unknown > 0 {
        label.push_str(&tr_n!(", {n} without a rate", ", {n} without a rate", unknown));
    }
    let Some(quota) = quota else { return Measure { label, ..Measure::default() } };
    Measure {
        label,
        goal: tr!("of {quota} quota", quota = short(quota)).into_owned(),
        reached: share(won, quota),
        expected: share(won + weighted, quota),
        said: said(won + weighted, quota, &style),
    }
}

fn said(value: Decimal, of: Decimal, style: &crate::base::Style) -> String {
    value
        .checked_div(of)
        .map(|part| percent((part * Decimal::ONE_HUNDRED).round(), style))
        .unwrap_or_default()
}

fn share(value: Decimal, of: Decimal) -> f64 {
    value.checked_div(of).and_then(|part| part.to_f64()).unwrap_or(0.0)
}

/// What is to be won in the quarter, of those whose deals are looked at.
fn quota(book: &Book, pipeline: &Pipeline, whose: &Whose, quarter: &str) -> Option<Decimal> {
    let settings = book.settings();
    let asked = |user: &Record| match whose {
        Whose::User(id) => user.id() == id,
        Whose::Team(members, _) => members.contains(user.id()),
        Whose::Everyone => true,
        Whose::Nobody => false,
    };
    let lines =
        book.of_type("user").iter().filter(|user| asked(user)).flat_map(|user| user.get("quota").items());
    let here = lines.filter(|line| {
        let only = line.get("pipeline").as_str();
        line.get("quarter").as_str() == quarter && (only.is_empty() || only == pipeline.reference.id.as_str())
    });
    let amounts = here.filter_map(|line| Money::read(line.get("amount").as_str(), settings.currency()).ok());
    let converted = amounts.filter_map(|amount| settings.rates().convert(&amount, pipeline.currency));
    let total: Decimal = converted.map(|money| money.amount).sum();
    (!total.is_zero()).then_some(total)
}
