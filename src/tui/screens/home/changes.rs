//! What changed lately, colleagues' work before one's own.

use super::content::{Content, Row};
use crate::actions::Place;
use crate::base::show::{day, time};
use crate::base::{Id, Now};
use crate::crm::people::first_name;
use crate::model::Book;
use crate::tr;
use crate::tui::screens::history::tell;
use crate::tui::theme::Role;
use crate::tui::widgets::grid::{Cell, Column};
use crate::workspace::history::Event;

/// Recent commits as rows; `None` while they are still being read.
pub fn changes(
    book: &Book,
    me: Option<&Id>,
    events: Option<&Result<Vec<Event>, String>>,
    now: Now,
) -> Content {
    let mut content = Content {
        title: tr!("RECENT CHANGES").into_owned(),
        columns: vec![
            Column::new("who", "").width(4, 9).weight(0).priority(1),
            Column::new("what", "").width(16, u16::MAX).weight(1).priority(0),
            Column::new("when", "").width(5, 9).weight(0).right().priority(2),
        ],
        ..Content::default()
    };
    let events = match events {
        None => {
            content.empty = tr!("reading history …").into_owned();
            return content;
        }
        Some(Err(message)) => {
            content.empty = message.clone();
            return content;
        }
        Some(Ok(events)) => events,
    };
    let mine = |event: &&Event| me.is_some() && event.user.as_ref() == me;
    let others = events.iter().filter(|event| !mine(event));
    content.rows = others.chain(events.iter().filter(mine)).map(|event| row(book, event, now)).collect();
    content.count = content.rows.len();
    content.empty = tr!("Nothing has changed yet").into_owned();
    content.tighten()
}

fn row(book: &Book, event: &Event, now: Now) -> Row {
    let who = match &event.user {
        Some(id) => first_name(book, id.as_str()),
        None => event.author.name.split_whitespace().next().unwrap_or_default().to_owned(),
    };
    let local = event.time.with_timezone(&now.zone);
    let when = match local.date_naive() == now.today() {
        true => time(&local),
        false => day(local.date_naive(), now.today(), &book.settings().style()),
    };
    let reference = match event.records.as_slice() {
        [one] => book.get(&one.reference).map(|record| record.reference.clone()),
        _ => None,
    };
    Row {
        key: event.commit.to_string().into(),
        opens: Some(reference.clone().map_or(Place::History(None), Place::Record)),
        reference,
        cells: vec![
            Cell::of(who, Role::Link),
            tell::told(book, event, now).into(),
            Cell::of(when, Role::Muted),
        ],
        ..Row::default()
    }
}
