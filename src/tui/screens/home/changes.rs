//! What others changed since one last looked; else what changed lately, colleagues' work before one's own.

use super::content::{Content, Row};
use crate::actions::Place;
use crate::base::show::{day, moment, time};
use crate::base::{Id, Now};
use crate::crm::people::first_name;
use crate::model::Book;
use crate::tr;
use crate::tui::screens::history::tell;
use crate::tui::theme::Role;
use crate::tui::widgets::grid::{Cell, Column};
use crate::workspace::digest::{Digest, digest};
use crate::workspace::history::{Event, Lately};
use crate::workspace::seen::Seen;

/// The changes as rows; none while they are still being read.
pub fn changes(
    book: &Book,
    me: Option<&Id>,
    seen: Option<&Seen>,
    lately: Option<&Result<Lately, String>>,
    now: Now,
) -> Content {
    let mut content = Content {
        title: tr!("RECENT CHANGES").into_owned(),
        columns: vec![
            Column::new("who", "").width(4, 10).weight(0).priority(1),
            Column::new("what", "").width(16, u16::MAX).weight(1).priority(0),
            Column::new("when", "").width(5, 9).weight(0).right().priority(2),
        ],
        ..Content::default()
    };
    let lately = match lately {
        None => {
            content.empty = tr!("reading history …").into_owned();
            return content;
        }
        Some(Err(message)) => {
            content.empty = message.clone();
            return content;
        }
        Some(Ok(lately)) => lately,
    };
    let since = seen.map(|seen| moment(seen.at, now, &book.settings().style()));
    content.rows = news(book, me, &lately.since, now);
    match (content.rows.is_empty(), since) {
        (false, Some(since)) => {
            content.title = tr!("SINCE YOU LAST LOOKED").into_owned();
            content.detail = since;
        }
        (_, since) => {
            content.detail = since
                .map_or_else(String::new, |since| tr!("nothing new since {when}", when = since).into_owned());
            content.rows = recent(book, me, &lately.recent, now);
        }
    }
    content.count = content.rows.len();
    content.empty = tr!("Nothing has changed yet").into_owned();
    content.tighten()
}

/// What others did, a row a record: those that speak to the user before the rest.
fn news(book: &Book, me: Option<&Id>, events: &[Event], now: Now) -> Vec<Row> {
    let digests = digest(events);
    let rows = digests.iter().map(|Digest { event, others }| {
        let mut row = row(book, event, now);
        if *others > 0 {
            row.cells[0].text.push_str(&format!(" +{others}"));
        }
        let mention = me.zip(event.records.first()).and_then(|(me, record)| tell::mention(record, me));
        if let (Some(words), [record]) = (&mention, event.records.as_slice()) {
            let title = tell::title(book, record);
            let said = tr!("@you: “{words}” · {title}", words = words, title = title);
            row.cells[1] = Cell::of(said.into_owned(), Role::Accent);
        }
        (mention.is_none(), row)
    });
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by_key(|(quiet, _)| *quiet);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// What anybody did, a row a commit.
fn recent(book: &Book, me: Option<&Id>, events: &[Event], now: Now) -> Vec<Row> {
    let mine = |event: &&Event| me.is_some() && event.user.as_ref() == me;
    let others = events.iter().filter(|event| !mine(event));
    others.chain(events.iter().filter(mine)).map(|event| row(book, event, now)).collect()
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
