//! The history of generated records: how they come in, and the changes after that.

use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use fastrand::Rng;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::super::save::{Author, Save};
use super::super::story::working_day;
use super::cast::Cast;
use super::deals::{ends, stages};
use super::page::{moment, working_time};
use super::words::{WORDS, chance, notes, one, pick, prose};
use super::{File, Order};
use crate::base::Folder;
use crate::git::Identity;
use crate::model::kinds::data_of;
use crate::model::schema::TypeDef;
use crate::model::{Book, Value};
use crate::yaml::{Document, Path};

/// The longest time the changes are spread over, in days.
const LONGEST: u64 = 180;

/// All saves: the settings, the records, the changes.
pub fn saves(
    order: Order,
    cast: &Cast,
    now: DateTime<Utc>,
    base: Vec<File>,
    mut sheets: Vec<Vec<File>>,
    book: &Book,
) -> Vec<Save> {
    let authors = authors(cast);
    let times = times(order.commits, cast, now);
    let first = times.first().copied().unwrap_or(now) - TimeDelta::minutes(150);
    let settings = std::mem::take(&mut sheets[0]);
    let mut coming =
        newest(sheets.pop().unwrap_or_default(), cast.today, order.commits * 3 / 10, &mut sheets);
    let parts: Vec<usize> = sheets.iter().map(Vec::len).collect();
    let records: Vec<File> = sheets.into_iter().flatten().collect();
    let save = |at, action, subject: String, files| Save {
        at,
        by: authors[0].clone(),
        action,
        subject: Some(subject),
        files,
    };
    let mut saves = Vec::with_capacity(order.commits + 2);
    let begun = base.into_iter().chain(settings).collect();
    saves.push(save(first, "init", "Set up the workspace".to_owned(), begun));
    let mut desk = Editing { cast, book, by_folder: index(&records), changed: FxHashMap::default() };
    let count = coming.len();
    for (n, at) in times.iter().enumerate() {
        let rng = &mut cast.rng("edit", n);
        let by = authors[rng.usize(..authors.len())].clone();
        // New records come in between, evenly.
        let comes = n * count / times.len().max(1) < (n + 1) * count / times.len().max(1);
        let made = match comes.then(|| coming.next()).flatten() {
            Some(file) => Some(("new", file)),
            None => desk.edit(&records, *at, rng),
        };
        let Some((action, file)) = made else { continue };
        saves.push(Save { at: *at, by, action, subject: None, files: vec![file] });
    }
    let mut rest = records.into_iter();
    let imports: Vec<Save> = imports(&parts)
        .enumerate()
        .map(|(n, count)| {
            let files: Vec<File> = rest.by_ref().take(count).collect();
            let mut folders: Vec<_> = files.iter().map(|(path, _)| path.first().to_owned()).collect();
            folders.dedup();
            let subject = format!("Import {count} {}", folders.join(", "));
            save(first + TimeDelta::minutes(7 * (n as i64 + 1)), "import", subject, files)
        })
        .collect();
    saves.splice(1..1, imports);
    saves
}

/// How many records come in together: each type by itself, but for accounts and contacts, which link to each other.
fn imports(parts: &[usize]) -> impl Iterator<Item = usize> {
    let [_, products, campaigns, accounts, contacts, others @ ..] = parts else {
        return Vec::new().into_iter();
    };
    let first = [*products, campaigns + accounts + contacts];
    let counts: Vec<usize> = first.into_iter().chain(others.iter().copied()).filter(|n| *n > 0).collect();
    counts.into_iter()
}

fn authors(cast: &Cast) -> Vec<Arc<Author>> {
    let author = |user: &super::cast::User| {
        let who = Identity::new(user.name.as_str(), super::basics::email(user));
        Arc::new(Author { who, zone: user.country.zone.parse().unwrap_or(cast.zone) })
    };
    let nobody =
        || Arc::new(Author { who: Identity::new("Kontor", "demo@kontor-demo.example"), zone: cast.zone });
    match cast.users.is_empty() {
        true => vec![nobody()],
        false => cast.users.iter().map(author).collect(),
    }
}

/// Moments within working hours, oldest first.
fn times(count: usize, cast: &Cast, now: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let days = (count as u64 / 25).clamp(20, LONGEST);
    let rng = &mut cast.rng("times", 0);
    let mut times: Vec<_> = (0..count)
        .map(|_| {
            let day = working_day(cast.ago(1 + rng.u64(0..days)));
            let seconds = i64::from(working_time(rng) * 60 + rng.u32(..300));
            let noon = day.and_time(chrono::NaiveTime::MIN).and_utc();
            // Near enough to the zone's own working hours.
            noon + TimeDelta::seconds(seconds - 3600)
        })
        .collect();
    times.sort();
    times.iter_mut().for_each(|at| *at = (*at).min(now));
    times
}

/// Takes the newest activities out that lie behind us, to come in one by one; the others go with the other records.
fn newest(
    activities: Vec<File>,
    today: NaiveDate,
    count: usize,
    sheets: &mut Vec<Vec<File>>,
) -> std::vec::IntoIter<File> {
    let today = today.to_string();
    let (mut past, planned): (Vec<_>, Vec<_>) =
        activities.into_iter().partition(|(path, _)| path.file_name() < today.as_str());
    past.sort_by(|(a, _), (b, _)| a.file_name().cmp(b.file_name()));
    let coming = past.split_off(past.len().saturating_sub(count));
    sheets.extend([past, planned]);
    coming.into_iter()
}

fn index(records: &[File]) -> FxHashMap<String, Vec<usize>> {
    let mut by_folder: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, (path, _)) in records.iter().enumerate() {
        by_folder.entry(path.first().to_owned()).or_default().push(at);
    }
    by_folder
}

/// Changes made so far.
struct Editing<'a> {
    cast: &'a Cast,
    book: &'a Book,
    by_folder: FxHashMap<String, Vec<usize>>,
    changed: FxHashMap<usize, String>,
}

/// One field and what it is to hold; nothing to remove it.
type Put = (&'static str, Option<Value>);

fn put(name: &'static str, text: impl AsRef<str>) -> Put {
    (name, Some(Value::text(text)))
}

impl Editing<'_> {
    /// Some change of some record, and the file it leaves.
    fn edit(&mut self, records: &[File], at: DateTime<Utc>, rng: &mut Rng) -> Option<(&'static str, File)> {
        const FOLDERS: &[&str] = &[
            "opportunities",
            "opportunities",
            "opportunities",
            "opportunities",
            "cases",
            "cases",
            "cases",
            "contacts",
            "accounts",
            "leads",
        ];
        // A closed case or deal is left alone, and the next record looked at.
        (0..60).find_map(|_| {
            let folder = one(rng, FOLDERS);
            let at_row = *rng.choice(self.by_folder.get(folder)?)?;
            let (path, bytes) = &records[at_row];
            let text = match self.changed.get(&at_row) {
                Some(text) => text.clone(),
                None => String::from_utf8_lossy(bytes).into_owned(),
            };
            let mut document = Document::parse(text).ok()?;
            let local = at.with_timezone(&self.cast.zone);
            let clock = Clock { day: local.date_naive(), now: moment_of(local) };
            let (action, puts) = change(folder, &document, &clock, rng)?;
            let ty = self.book.schema().in_folder(&Folder::new(folder).ok()?)?;
            let before = document.text().to_owned();
            puts.iter().try_for_each(|put| write(&mut document, ty, put))?;
            if document.text() == before {
                return None;
            }
            let text = document.into_text();
            self.changed.insert(at_row, text.clone());
            Some((action, (path.clone(), text.into_bytes())))
        })
    }
}

fn write(document: &mut Document, ty: &TypeDef, (name, value): &Put) -> Option<()> {
    let place = Path::root().key(*name);
    let order: Vec<&str> = ty.fields.iter().map(|field| field.name.as_str()).collect();
    match value {
        Some(value) => document.set_in_order(&place, &data_of(ty.field(name), value), &order).ok(),
        None if document.get(&place).is_some() => document.remove(&place).ok(),
        None => Some(()),
    }
}

/// When a change is made.
struct Clock {
    day: NaiveDate,
    now: String,
}

fn moment_of(local: DateTime<chrono_tz::Tz>) -> String {
    use chrono::Timelike;
    moment(local.date_naive(), local.hour() * 60 + local.minute(), local.timezone())
}

/// A change that makes sense for the record as it is.
fn change(
    folder: &str,
    document: &Document,
    clock: &Clock,
    rng: &mut Rng,
) -> Option<(&'static str, Vec<Put>)> {
    let text = |name: &str| {
        let node = document.get(&Path::root().key(name))?;
        node.as_text().map(SmolStr::new)
    };
    match folder {
        "opportunities" => deal(&text, clock, rng),
        "cases" => case(&text, clock, rng),
        "contacts" => Some(("set", vec![contact(&text, clock, rng)])),
        "accounts" => Some(("set", vec![account(&text, rng)])),
        _ => lead(&text, rng),
    }
}

type Text<'a> = dyn Fn(&str) -> Option<SmolStr> + 'a;

fn deal(text: &Text<'_>, clock: &Clock, rng: &mut Rng) -> Option<(&'static str, Vec<Put>)> {
    let renewal = text("pipeline")? == "renewals";
    let stage = text("stage")?;
    let at = stages(renewal).iter().position(|open| stage == *open)?;
    let day = clock.day.to_string();
    let due = |rng: &mut Rng| (clock.day + Days::new(rng.u64(1..90))).to_string();
    if chance(rng, 45) {
        let next = stages(renewal).get(at + 1).copied().filter(|_| chance(rng, 75));
        let closed = |won: bool| ends(renewal)[usize::from(!won)];
        let won = chance(rng, 30 + 20 * at as u32);
        let mut puts = vec![put("stage", next.unwrap_or(closed(won))), put("stage_since", &day)];
        if next.is_none() {
            puts.extend([put("close_date", &day), put("closed_at", &clock.now)]);
            puts.extend([("next_step", None), ("next_step_date", None)]);
        }
        if next.is_none() && !won {
            puts.push(put("lost_reason", one(rng, &["price", "competitor", "no_budget", "no_decision"])));
        }
        return Some(("move-stage", puts));
    }
    let put = match rng.u32(..3) {
        0 => vec![put("next_step", pick(rng, &WORDS.steps)), put("next_step_date", due(rng))],
        1 => vec![put("close_date", due(rng))],
        _ => {
            let amount = text("amount")?;
            let (number, currency) = amount.split_once(' ')?;
            let (whole, cents) = number.split_once('.').map_or((number, ""), |(whole, _)| (whole, ".00"));
            let whole = whole.parse::<u64>().ok()? * rng.u64(80..125) / 100;
            vec![put("amount", format!("{whole}{cents} {currency}"))]
        }
    };
    Some(("set", put))
}

fn case(text: &Text<'_>, clock: &Clock, rng: &mut Rng) -> Option<(&'static str, Vec<Put>)> {
    let puts = match text("status")?.as_str() {
        "new" => vec![put("status", "open"), put("first_response_at", &clock.now)],
        "open" if chance(rng, 40) => {
            vec![put("status", "waiting_customer"), put("waiting_since", &clock.now)]
        }
        "open" => vec![
            put("status", "resolved"),
            put("resolved_at", &clock.now),
            put("resolution", prose(rng, 1..3)),
            put("cause", one(rng, &["defect", "configuration", "handling", "documentation"])),
        ],
        "waiting_customer" | "waiting_supplier" => vec![put("status", "open"), ("waiting_since", None)],
        "resolved" => vec![put("status", "closed"), put("closed_at", &clock.now)],
        _ if text("csat").is_none() => {
            vec![put("csat", rng.u32(2..6).to_string()), put("csat_comment", prose(rng, 1..2))]
        }
        _ => vec![put("priority", one(rng, &["low", "normal", "high"]))],
    };
    Some(("set", puts))
}

fn contact(text: &Text<'_>, clock: &Clock, rng: &mut Rng) -> Put {
    match rng.u32(..5) {
        0 => put("mobile", format!("+49 151 555 {:05}", rng.u32(..100_000))),
        1 => put("title", pick(rng, &WORDS.titles)),
        2 => put("last_review", clock.day.to_string()),
        3 => put("best_time", one(rng, &["mornings", "after 15:00", "not on Fridays", "by mail first"])),
        _ => longer(text, rng),
    }
}

fn account(text: &Text<'_>, rng: &mut Rng) -> Put {
    match rng.u32(..4) {
        0 => put("tier", one(rng, &["standard", "small", "priority", "strategic"])),
        1 => put("rating", one(rng, &["hot", "warm", "cold"])),
        2 => put("employees", rng.u32(5..4000).to_string()),
        _ => longer(text, rng),
    }
}

fn lead(text: &Text<'_>, rng: &mut Rng) -> Option<(&'static str, Vec<Put>)> {
    let puts = match text("status")?.as_str() {
        "new" => vec![put("status", "working"), put("rating", one(rng, &["hot", "warm", "cold"]))],
        "working" if chance(rng, 50) => vec![
            put("status", "unqualified"),
            put("unqualified_reason", one(rng, &["no_budget", "no_need", "no_answer"])),
        ],
        "working" => vec![put("status", "qualified")],
        _ => vec![put("score", rng.u32(5..96).to_string())],
    };
    Some(("set", puts))
}

/// A note with one more line.
fn longer(text: &Text<'_>, rng: &mut Rng) -> Put {
    let old = text("description").unwrap_or_default();
    put("description", format!("{}\n{}\n", old.trim_end(), notes(rng, 1..2)))
}
