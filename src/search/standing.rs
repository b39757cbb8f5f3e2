//! What decides between records that match equally well: open before closed, recent before old, short names before
//! long ones, customers before what happened with them.

use super::role::{Role, Source};
use super::words::{Word, words};
use crate::crm::state;
use crate::model::{Book, Kind, Moment, Record};
use chrono::{Datelike, NaiveDate};

/// How a record stands, apart from any words. Packed into 64 bits it is kept beside its words in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The newest day it tells of itself, in days since the year 1; none if it tells of none.
    day: Option<u32>,
    /// Everything else, in thousandths.
    thousandths: u32,
}

/// Shares of the four, which add up to less than 1: less than one manner of matching differs from the next.
const OPEN: f32 = 0.4;
const RECENT: f32 = 0.3;
const TYPE: f32 = 0.2;
const SHORT: f32 = 0.09;

/// What happened so long ago counts half as much as what happens today.
const HALF_LIFE_DAYS: f32 = 365.0;

impl Standing {
    /// Of a record whose texts are these.
    pub fn of(book: &Book, record: &Record, sources: &[Source<'_>]) -> Self {
        let open = if state::is_closed(book, record) { 0.0 } else { OPEN };
        // The first name is the whole one.
        let name = sources.iter().find(|s| s.role == Role::Name);
        let length = name.map_or(1, |s| length(&s.text).max(1));
        let types = book.schema().types();
        let place = types.iter().position(|ty| ty.folder == record.reference.folder).unwrap_or(types.len());
        // Half as much for contacts as for accounts, a third for leads: no short name makes up for that.
        let sum = open + SHORT / length as f32 + TYPE / (place + 1) as f32;
        Self { day: newest_day(book, record), thousandths: (sum * 1000.0) as u32 }
    }

    /// As a number from 0 to less than 1. What has no date is as good as new: an account does not age.
    pub fn at(self, today: NaiveDate) -> f32 {
        let age = self.day.map_or(0, |day| today.num_days_from_ce().saturating_sub_unsigned(day).max(0));
        self.thousandths as f32 / 1000.0 + RECENT * (-(age as f32) / HALF_LIFE_DAYS).exp2()
    }

    /// For a column of the index.
    pub fn pack(self) -> u64 {
        u64::from(self.day.unwrap_or_default()) << 32 | u64::from(self.thousandths)
    }

    /// From a column of the index.
    pub fn unpack(packed: u64) -> Self {
        let day = (packed >> 32) as u32;
        Self { day: (day > 0).then_some(day), thousandths: packed as u32 }
    }
}

/// How many words a name has; characters without blanks between them are one.
fn length(name: &str) -> usize {
    let mut last = None;
    let starts_anew = |word: &Word<'_>| {
        let goes_on = word.ideograph && last == Some(word.start);
        last = word.ideograph.then(|| word.end());
        !goes_on
    };
    words(name).filter(starts_anew).count()
}

/// The latest of the day it has on a timeline and of what Kontor stamps into it.
fn newest_day(book: &Book, record: &Record) -> Option<u32> {
    let ty = book.schema().in_folder(&record.reference.folder)?;
    let stamped = ty.fields.iter().filter(|field| field.stamp.is_some());
    let dates =
        stamped.filter(|field| matches!(field.kind, Kind::Date | Kind::Datetime)).map(|f| f.name.as_str());
    let days = dates
        .chain(ty.date.as_deref())
        .chain(["created", "modified"])
        .filter_map(|field| record.moment(field))
        .map(Moment::day);
    days.max().and_then(|day| u32::try_from(day.num_days_from_ce()).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::testing::{book, reference};
    use crate::search::role::sources;

    #[test]
    fn open_before_closed_recent_before_old_short_before_long() {
        let book = book(
            "
accounts/acme: {name: Acme}
accounts/acme-works: {name: Acme Works of the North}
accounts/kuroda: {name: Kuroda 黒田製作所}
contacts/acme: {last_name: Acme}
cases/new: {subject: Pump, status: new, opened_at: 2026-11-20}
cases/old: {subject: Pump, status: new, opened_at: 2020-11-20}
cases/closed: {subject: Pump, status: closed, closed_at: 2026-11-20}
cases/long-closed: {subject: Pump, status: closed, closed_at: 2019-11-20}
",
        );
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let of = |r: &str| {
            let record = book.get(&reference(r)).unwrap();
            let standing = Standing::of(&book, record, &sources(&book, record));
            assert_eq!(Standing::unpack(standing.pack()), standing);
            standing.at(today)
        };
        let check = |better: &str, worse: &str| assert!(of(better) > of(worse), "{better} {worse}");
        check("accounts/acme", "accounts/acme-works");
        check("accounts/acme", "cases/new");
        check("accounts/acme-works", "contacts/acme");
        check("accounts/kuroda", "accounts/acme-works");
        check("contacts/acme", "cases/new");
        check("cases/new", "cases/old");
        check("cases/old", "cases/closed");
        check("cases/closed", "cases/long-closed");
        assert!(of("accounts/acme") < 1.0);
    }
}
