//! A record on its way into a file.

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use fastrand::Rng;
use smol_str::SmolStr;

use super::super::offset::offset_in;
use crate::base::limits::MAX_ID;
use crate::base::slug::{random_tail, slug};
use crate::model::{Moment, Value};

/// The fields of a record, and its id.
#[derive(Debug, Default)]
pub struct Page {
    pub id: String,
    pub fields: Vec<(SmolStr, Value)>,
}

impl Page {
    /// An empty record of this id.
    pub fn new(id: impl Into<String>) -> Page {
        Page { id: id.into(), fields: Vec::new() }
    }

    /// Adds a field; an empty text is none.
    pub fn put(&mut self, name: &'static str, text: impl AsRef<str>) -> &mut Page {
        self.value(name, Value::text(text))
    }

    /// Adds a field that is a list.
    pub fn list<T: AsRef<str>>(
        &mut self,
        name: &'static str,
        items: impl IntoIterator<Item = T>,
    ) -> &mut Page {
        self.value(name, Value::texts(items))
    }

    /// Adds a field.
    pub fn value(&mut self, name: &'static str, value: Value) -> &mut Page {
        self.fields.push((SmolStr::new_static(name), value));
        self
    }
}

/// A map, for addresses and lines.
pub fn map(entries: &[(&'static str, String)]) -> Value {
    let filled = entries.iter().filter(|(_, text)| !text.is_empty());
    Value::Map(filled.map(|(name, text)| (SmolStr::new_static(name), Value::text(text))).collect())
}

/// An id of these words.
pub fn plain_id(text: &str) -> String {
    slug(text).map_or_else(|| "x".to_owned(), |id| id.to_string())
}

/// An id of these words and a random tail.
pub fn tailed_id(text: &str, rng: &mut Rng) -> String {
    let tail = random_tail(rng);
    let mut stem = plain_id(text);
    stem.truncate(MAX_ID - tail.len() - 1);
    format!("{}-{tail}", stem.trim_end_matches('-'))
}

/// A point in time as files spell it.
pub fn moment(day: NaiveDate, minutes: u32, zone: Tz) -> String {
    let time = NaiveTime::from_num_seconds_from_midnight_opt(minutes % 1440 * 60, 0).unwrap_or_default();
    let local = day.and_time(time);
    let at = local.and_local_timezone(offset_in(zone, local)).single();
    at.map_or_else(|| day.to_string(), |at| Moment::At(at).to_string())
}

/// A time within working hours, in minutes.
pub fn working_time(rng: &mut Rng) -> u32 {
    rng.u32(8 * 12..17 * 12) * 5
}
