//! What may have been before: changes that led to a record as it is, newest first.

use std::sync::Arc;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use fastrand::Rng;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::super::offset::offset_in;
use super::super::save::Author;
use crate::base::Ref;
use crate::git::Identity;
use crate::model::{Book, Moment, Record, Value};

/// What a field held before a change.
#[derive(Clone, Debug, PartialEq)]
pub enum Earlier {
    /// Nothing.
    Absent,
    /// This.
    Held(Value),
    /// Less: no last paragraph, or no last sentence, or no last element.
    Shorter,
}

/// One change, seen from behind it.
#[derive(Clone, Debug)]
pub struct Turn {
    /// When.
    pub at: DateTime<Utc>,
    /// Who, a user's id.
    pub by: SmolStr,
    /// By which action.
    pub action: &'static str,
    /// What the fields held until then.
    pub fields: Vec<(SmolStr, Earlier)>,
}

/// How a record came to be what it is.
#[derive(Clone, Debug)]
pub struct Past {
    /// When it was created.
    pub born: DateTime<Utc>,
    /// Who created it, a user's id.
    pub by: SmolStr,
    /// The changes since.
    pub turns: Vec<Turn>,
}

/// The world the pasts are made up for.
pub struct World<'a> {
    /// The records as they are at the end.
    pub book: &'a Book,
    /// The moment of the end.
    pub now: DateTime<Utc>,
    /// When the history begins; what is older was there from the start.
    pub start: DateTime<Utc>,
    /// The workspace's zone.
    pub zone: Tz,
    /// The users by their ids.
    pub people: FxHashMap<SmolStr, Arc<Author>>,
    /// The user who sets things up.
    pub admin: SmolStr,
}

impl<'a> World<'a> {
    /// The world of these records, with a history of so many days.
    pub fn new(book: &'a Book, now: DateTime<Utc>, days: u64) -> Self {
        let zone = book.settings().zone();
        let users = book.of_type("user");
        let mut people: FxHashMap<_, _> = users
            .iter()
            .map(|user| {
                let who = Identity::new(user.text("name"), user.text("email"));
                let zone = user.text("time_zone").parse().unwrap_or(zone);
                (SmolStr::new(user.id().as_str()), Arc::new(Author { who, zone }))
            })
            .collect();
        let roles = ["admin", "operations", "manager"];
        let admin = roles.iter().find_map(|role| users.iter().find(|user| user.text("role") == *role));
        let admin = admin.or(users.first()).map_or("kontor", |user| user.id().as_str());
        let nobody = Author { who: Identity::new("Kontor", "demo@kontor.example"), zone };
        people.entry(admin.into()).or_insert_with(|| Arc::new(nobody));
        let first = now.with_timezone(&zone).date_naive() - Days::new(days);
        let start = in_zone(working_day(first), NaiveTime::from_hms_opt(8, 4, 0).unwrap_or_default(), zone);
        World { book, now, start, zone, people, admin: admin.into() }
    }

    /// The moment, or the start for what is older. What happened in the first hours was there from the start, too.
    pub fn settled(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        if at < self.start + TimeDelta::hours(4) { self.start } else { at }
    }

    /// The day the history ends.
    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.zone).date_naive()
    }

    /// Chance for one record, always the same whenever the sample is shown.
    pub fn rng(&self, reference: &Ref) -> Rng {
        let text = reference.to_string();
        // Dates in ids move with the day the sample is made on.
        let letters = text.bytes().filter(|byte| !byte.is_ascii_digit());
        Rng::with_seed(letters.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        }))
    }

    /// A moment within working hours of a day.
    pub fn hour(&self, day: NaiveDate, rng: &mut Rng) -> DateTime<Utc> {
        let seconds = rng.u32(8 * 3600 + 900..17 * 3600 + 2400);
        let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or_default();
        in_zone(day, time, self.zone)
    }

    /// A moment within working hours between two others.
    pub fn between(&self, from: DateTime<Utc>, to: DateTime<Utc>, rng: &mut Rng) -> DateTime<Utc> {
        let days = (to - from).num_days().max(0);
        let day = (from + TimeDelta::days(rng.i64(0..=days))).with_timezone(&self.zone).date_naive();
        self.hour(working_day(day), rng).clamp(from.min(to), to)
    }

    /// So many days before a moment, within working hours.
    pub fn before(&self, at: DateTime<Utc>, days: u64, rng: &mut Rng) -> DateTime<Utc> {
        let day = at.with_timezone(&self.zone).date_naive() - Days::new(days);
        self.hour(working_day(day), rng).min(at - TimeDelta::minutes(rng.i64(20..90)))
    }

    /// When a field says something happened; within working hours if it names the day only.
    pub fn known(&self, record: &Record, field: &str, rng: &mut Rng) -> Option<DateTime<Utc>> {
        match record.moment(field)? {
            // A moment after it: nobody is that quick.
            Moment::At(at) => Some(at.with_timezone(&Utc) + TimeDelta::seconds(rng.i64(5..55))),
            Moment::Day(day) => Some(self.hour(day, rng)),
        }
    }

    /// A user who may have had this record: another one of the same role.
    pub fn colleague(&self, user: &str, rng: &mut Rng) -> Option<SmolStr> {
        let users = self.book.of_type("user");
        let role = users.iter().find(|other| other.id().as_str() == user)?.text("role");
        let others: Vec<_> = users
            .iter()
            .filter(|other| other.text("role") == role && other.id().as_str() != user)
            .map(|other| SmolStr::new(other.id().as_str()))
            .collect();
        rng.choice(others)
    }

    /// Who looks after the record.
    pub fn owner(&self, record: &Record) -> SmolStr {
        let named = ["owner", "author", "technician", "signed_for_us"].map(|field| record.text(field));
        let owner = named.into_iter().find(|id| self.people.contains_key(*id));
        let account = || {
            let account = self.book.get(&format!("accounts/{}", record.text("account")).parse().ok()?)?;
            Some(account.text("owner")).filter(|id| self.people.contains_key(*id)).map(SmolStr::new)
        };
        owner.map(SmolStr::new).or_else(account).unwrap_or_else(|| self.admin.clone())
    }
}

/// The day itself, or the Friday before a weekend.
pub fn working_day(day: NaiveDate) -> NaiveDate {
    match day.weekday() {
        Weekday::Sat => day - Days::new(1),
        Weekday::Sun => day - Days::new(2),
        _ => day,
    }
}

fn in_zone(day: NaiveDate, time: NaiveTime, zone: Tz) -> DateTime<Utc> {
    let local = day.and_time(time);
    DateTime::from_naive_utc_and_offset(local - offset_in(zone, local), Utc)
}
