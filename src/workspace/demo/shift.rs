//! Moving every date of a set of files by the same number of days, and times near the present moment with it.
//!
//! Dates are found in the text, wherever they stand: in values, in ids and the references to them, in the names of
//! files, in comments and in prose. All move alike, so references stay whole, and as a date keeps its length nothing
//! else of a file changes.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;

use super::Files;
use super::live::Live;
use super::offset::offset_in;
use crate::base::RepoPath;
use crate::yaml::{self, Span};

/// Folder whose files hold `holidays`, which stay on their day of the year.
const CALENDARS: &str = "sla_policies";

/// A move from one day to another.
#[derive(Clone, Debug)]
pub struct Shift {
    days: i64,
    years: i32,
    quarters: i32,
    zones: Vec<Tz>,
    live: Option<Live>,
}

impl Shift {
    /// What was `from` becomes `to`. A time with an offset belongs to the first of the zones that had this offset
    /// then, and gets the one that zone has on the new day.
    pub fn new(from: NaiveDate, to: NaiveDate, zones: Vec<Tz>) -> Shift {
        let quarter = |day: NaiveDate| day.year() * 4 + day.month0() as i32 / 3;
        Shift {
            days: (to - from).num_days(),
            years: to.year() - from.year(),
            quarters: quarter(to) - quarter(from),
            zones,
            live: None,
        }
    }

    /// The same from one moment to another: times near the first become times near the second, as [`Live`] says.
    pub fn between(from: DateTime<Tz>, to: DateTime<Tz>, zones: Vec<Tz>) -> Shift {
        let live = Some(Live::new(from, to));
        Shift { live, ..Shift::new(from.date_naive(), to.date_naive(), zones) }
    }

    /// The zones that `time_zone:` names anywhere in the files, that of `kontor.yaml` first.
    pub fn zones_in(files: &Files) -> Vec<Tz> {
        let mut zones: Vec<Tz> = Vec::new();
        let settings = files.iter().filter(|(path, _)| path.as_str() == "kontor.yaml");
        let others = files.iter().filter(|(path, _)| path.extension() == Some("yaml"));
        for (_, bytes) in settings.chain(others) {
            let text = String::from_utf8_lossy(bytes);
            let named = text.lines().filter_map(|line| line.strip_prefix("time_zone:"));
            for zone in named.filter_map(|rest| rest.split('#').next()?.trim().trim_matches('"').parse().ok())
            {
                if !zones.contains(&zone) {
                    zones.push(zone);
                }
            }
        }
        zones
    }

    /// All files, with their names and contents moved. What is not YAML keeps its content.
    pub fn files(&self, files: &Files) -> Files {
        let moved = |(path, bytes): (&RepoPath, &Vec<u8>)| (self.path(path), self.content(path, bytes));
        files.iter().map(moved).collect::<BTreeMap<_, _>>()
    }

    /// The name of a file. Folders for years and months follow the date in the name.
    pub fn path(&self, path: &RepoPath) -> RepoPath {
        let mut parts: Vec<String> = path.parts().map(|part| self.text(part)).collect();
        let date = |text: &str| date_at(text.as_bytes(), 0);
        if let [.., year, month, _] = parts.as_mut_slice() {
            let first = NaiveDate::parse_from_str(&format!("{year}-{month}-01"), "%Y-%m-%d").ok();
            if let (Some(first), 4, 2) = (first, year.len(), month.len()) {
                let old = date(path.file_name()).filter(|old| old.with_day(1) == Some(first));
                let new = self.date(old.unwrap_or(first));
                (*year, *month) = (new.format("%Y").to_string(), new.format("%m").to_string());
            }
        }
        RepoPath::new(&parts.join("/")).unwrap_or_else(|_| path.clone())
    }

    /// A day.
    pub fn date(&self, day: NaiveDate) -> NaiveDate {
        let by = Days::new(self.days.unsigned_abs());
        let moved = if self.days < 0 { day.checked_sub_days(by) } else { day.checked_add_days(by) };
        moved.unwrap_or(day)
    }

    /// A text with all dates in it moved.
    pub fn text(&self, text: &str) -> String {
        self.rewrite(text, &|day| self.date(day))
    }

    fn content(&self, path: &RepoPath, bytes: &[u8]) -> Vec<u8> {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) if path.extension() == Some("yaml") => text,
            _ => return bytes.to_vec(),
        };
        let calendar = (path.first() == CALENDARS).then(|| yaml::parse(text).ok()).flatten();
        let Some(Span { start, end }) =
            calendar.as_ref().and_then(|root| root.get("holidays")).map(|node| node.span)
        else {
            return self.text(text).into_bytes();
        };
        let holidays = self.rewrite(&text[start..end], &|day| self.same_day_of_year(day));
        [self.text(&text[..start]), holidays, self.text(&text[end..])].concat().into_bytes()
    }

    /// The day in another year; 29 February becomes the 28th where there is none.
    fn same_day_of_year(&self, day: NaiveDate) -> NaiveDate {
        let year = day.year() + self.years;
        let moved = NaiveDate::from_ymd_opt(year, day.month(), day.day());
        moved.or_else(|| NaiveDate::from_ymd_opt(year, day.month(), 28)).unwrap_or(day)
    }

    fn rewrite(&self, text: &str, moved: &dyn Fn(NaiveDate) -> NaiveDate) -> String {
        let bytes = text.as_bytes();
        let mut out = String::with_capacity(text.len());
        let (mut copied, mut at) = (0, 0);
        while at < bytes.len() {
            let starts = bytes[at].is_ascii_digit() && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric());
            let (len, new) = match (starts, starts.then(|| date_at(bytes, at)).flatten()) {
                (true, Some(day)) => {
                    let new = moved(day);
                    match time_at(text, at + 10) {
                        Some((len, offset)) => {
                            let written = &text[at..at + 10 + len];
                            (written.len(), self.moment(written, 10 + offset, day, new))
                        }
                        None => (10, new.to_string()),
                    }
                }
                (true, None) => match quarter_at(bytes, at) {
                    Some(quarter) => {
                        let new = quarter + self.quarters;
                        (7, format!("{:04}-Q{}", new.div_euclid(4), new.rem_euclid(4) + 1))
                    }
                    None => (1, String::new()),
                },
                _ => (1, String::new()),
            };
            if !new.is_empty() {
                out.push_str(&text[copied..at]);
                out.push_str(&new);
                copied = at + len;
            }
            at += len;
        }
        out.push_str(&text[copied..]);
        out
    }

    /// A moment such as `2026-11-21T14:00+01:00`, whose offset is written behind so many bytes: one of the scene at its
    /// new distance, others at their time of day, each with the offset its zone has then.
    fn moment(&self, written: &str, offset: usize, old: NaiveDate, new: NaiveDate) -> String {
        let (local, offset) = written.split_at(offset);
        let clock = &local[10..];
        let as_written = || format!("{new}{clock}{offset}");
        let Ok(time) = NaiveTime::parse_from_str(clock.get(1..6).unwrap_or_default(), "%H:%M") else {
            return as_written();
        };
        let Some(had) = offset_of(offset) else { return as_written() };
        let zone = match offset {
            "Z" => Some(Tz::UTC),
            _ => self.zones.iter().copied().find(|zone| offset_in(*zone, old.and_time(time)) == had),
        };
        let at = DateTime::from_naive_utc_and_offset(old.and_time(time) - had, Utc);
        if let Some(moved) = self.live.and_then(|live| live.moved(at)) {
            let has = zone.map_or(had, |zone| zone.offset_from_utc_datetime(&moved.naive_utc()).fix());
            let minute = moved.with_timezone(&has).format("%Y-%m-%dT%H:%M");
            let written = if offset == "Z" { offset.to_owned() } else { has.to_string() };
            return format!("{minute}{}{written}", &clock[6..]);
        }
        match zone {
            Some(zone) if offset != "Z" => format!("{new}{clock}{}", offset_in(zone, new.and_time(time))),
            _ => as_written(),
        }
    }
}

/// What `+01:00` or `Z` says.
fn offset_of(written: &str) -> Option<FixedOffset> {
    match written {
        "" => None,
        "Z" => FixedOffset::east_opt(0),
        _ => written.parse().ok(),
    }
}

/// The date at a place, if there is one and no number or word goes on behind it.
fn date_at(bytes: &[u8], at: usize) -> Option<NaiveDate> {
    let digits = |from: usize, len: usize| number(bytes.get(at + from..at + from + len)?);
    let dashes = bytes.get(at + 4) == Some(&b'-') && bytes.get(at + 7) == Some(&b'-');
    let ends = bytes.get(at + 10).is_none_or(|next| !next.is_ascii_alphanumeric() || *next == b'T');
    if !dashes || !ends {
        return None;
    }
    let year = digits(0, 4).filter(|year| (1900..2200).contains(year))?;
    NaiveDate::from_ymd_opt(year as i32, digits(5, 2)?, digits(8, 2)?)
}

/// The quarter at a place, such as `2026-Q4`, counted from the year 0.
fn quarter_at(bytes: &[u8], at: usize) -> Option<i32> {
    let year = number(bytes.get(at..at + 4)?)? as i32;
    let quarter = match bytes.get(at + 4..at + 7)? {
        [b'-', b'Q', quarter @ b'1'..=b'4'] => i32::from(quarter - b'1'),
        _ => return None,
    };
    let ends = bytes.get(at + 7).is_none_or(|next| !next.is_ascii_alphanumeric());
    ends.then_some(year * 4 + quarter)
}

/// The length of a time such as `T14:00+01:00` at a place, and where in it the offset starts.
fn time_at(text: &str, at: usize) -> Option<(usize, usize)> {
    let rest = text.as_bytes().get(at..)?;
    let digits = |from: usize| rest.get(from..from + 2).and_then(number).is_some();
    if rest.first() != Some(&b'T') || !digits(1) || rest.get(3) != Some(&b':') || !digits(4) {
        return None;
    }
    let seconds = rest.get(6) == Some(&b':') && digits(7);
    let clock = if seconds { 9 } else { 6 };
    match rest.get(clock) {
        Some(b'Z') => Some((clock + 1, clock)),
        Some(b'+' | b'-') if digits(clock + 1) && rest.get(clock + 3) == Some(&b':') && digits(clock + 4) => {
            Some((clock + 6, clock))
        }
        _ => Some((clock, clock)),
    }
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
}

#[cfg(test)]
#[path = "shift_tests.rs"]
mod tests;
