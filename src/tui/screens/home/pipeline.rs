//! The default pipeline: what is to be closed this quarter, stage by stage, against the quota.

use super::content::{Content, Measure, Row};
use crate::actions::Place;
use crate::base::show::{compact, count, percent};
use crate::base::{Now, Style};
use crate::crm::forecast::{Forecast, forecast};
use crate::crm::pipeline::{Pipeline, Pipelines, Stage};
use crate::crm::{Total, Whose};
use crate::model::Book;
use crate::query::all_of;
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
    let forecast = forecast(book, Some(pipeline), whose, now);
    let style = book.settings().style();
    let of_whom = match whose {
        Whose::Everyone => tr!("everyone, closing this quarter"),
        _ => tr!("closing this quarter"),
    };
    let content = Content {
        title,
        detail: format!("{} · {of_whom}", pipeline.name),
        count: forecast.open.count,
        rows: rows(pipeline, &forecast, whose, &style),
        columns,
        empty: tr!("This pipeline has no stages").into_owned(),
        measure: Some(measure(&forecast, &style)),
    };
    content.tighten()
}

fn rows(pipeline: &Pipeline, forecast: &Forecast, whose: &Whose, style: &Style) -> Vec<Row> {
    let sum = |total: &Total| total.sum.amount;
    let most = forecast.stages.iter().map(|(_, total)| sum(total)).max().unwrap_or_default();
    let rows = forecast.stages.iter().map(|(stage, total)| Row {
        key: stage.id.clone(),
        opens: Some(Place::Found("opportunity".into(), query(pipeline, stage, whose).into())),
        cells: vec![
            stage.name.as_str().into(),
            Cell::of(count(total.count, style), Role::Muted),
            Cell::of(compact(sum(total), style), Role::Money),
            Cell::default(),
        ],
        share: Some(share(sum(total), most)),
        ..Row::default()
    });
    rows.collect()
}

/// What finds the deals counted in a stage's row.
fn query(pipeline: &Pipeline, stage: &Stage, whose: &Whose) -> String {
    let owner = match whose {
        Whose::User(id) => format!("owner={id}"),
        _ => String::new(),
    };
    all_of([&pipeline.query(stage), "close_date=\"this quarter\"", owner.as_str()])
}

/// What is won and what may be expected on top of it, against the quota if there is one.
fn measure(forecast: &Forecast, style: &Style) -> Measure {
    let short = |amount: Decimal| compact(amount, style);
    let (won, weighted) = (forecast.won.sum.amount, forecast.open.weighted.amount);
    let mut label =
        tr!("won {won} + weighted {weighted}", won = short(won), weighted = short(weighted)).into_owned();
    let unknown = forecast.open.without_rate + forecast.won.without_rate;
    if unknown > 0 {
        label.push_str(&tr_n!(", {n} without a rate", ", {n} without a rate", unknown; style));
    }
    let (Some(quota), Some(attained)) = (forecast.quota, forecast.attainment()) else {
        return Measure { label, ..Measure::default() };
    };
    Measure {
        label,
        goal: tr!("of {quota} quota", quota = short(quota.amount)).into_owned(),
        reached: share(won, quota.amount),
        expected: share(forecast.expected().amount, quota.amount),
        said: percent(attained.round(), style),
    }
}

fn share(value: Decimal, of: Decimal) -> f64 {
    value.checked_div(of).and_then(|part| part.to_f64()).unwrap_or(0.0)
}
