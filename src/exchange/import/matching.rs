//! Which rows are about records that are there, and which are about each other.

use super::fold::folded;
use super::incoming::{Incoming, Out};
use super::links::EXTERNAL_ID;
use super::names::Names;
use super::notes::{Level, Notes};
use super::request::{Matched, Mode, Request};
use super::same;
use super::target::Target;
use super::work::Work;
use crate::base::Ref;
use crate::model::Record;
use crate::model::resolve::link_targets;
use crate::model::schema::FieldDef;
use crate::tr;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use std::sync::Arc;

/// The fields by which rows are matched; none where every row is a new record.
pub fn fields(request: &Request<'_>, notes: &mut Notes) -> Vec<SmolStr> {
    match &request.options.matched {
        Matched::Never => Vec::new(),
        Matched::By(fields) => {
            for field in fields.iter().filter(|field| !is_filled(request, field)) {
                let text = tr!("rows cannot be matched by {field}, which no column fills", field = field);
                notes.file(Level::Stop, "match", text);
            }
            fields.clone()
        }
        Matched::Best => {
            let known = usual(request);
            let best = known.first().cloned();
            // A type of the user's own: by its name, where that is a field.
            let has_none = Names::get().of(&request.ty.name).matched_by.is_empty();
            let title = request.ty.title.single_field().filter(|title| has_none && is_filled(request, title));
            best.or(title.cloned()).into_iter().collect()
        }
    }
}

/// The fields by which records of the type are usually known and that the file has, the best first.
fn usual(request: &Request<'_>) -> Vec<SmolStr> {
    let known = Names::get().of(&request.ty.name).matched_by.iter().map(SmolStr::new);
    known.filter(|field| is_filled(request, field)).collect()
}

fn is_filled(request: &Request<'_>, field: &str) -> bool {
    request.columns.iter().any(|column| match &column.target {
        Target::Field(filled, _) => filled == field,
        Target::FullName => matches!(field, "first_name" | "last_name"),
        _ => false,
    })
}

/// Finds for each row the record it is about, and keeps out those that are about one that an earlier row is about.
pub fn settle(work: &mut Work<'_>, by: &[SmolStr], rows: &mut [Incoming], notes: &mut Notes) {
    let request = work.request;
    let there = Known::new(request, by, |_| true);
    let mut without_id = WithoutId::new(request, by);
    let mut seen: FxHashMap<String, u64> = FxHashMap::default();
    for row in rows.iter_mut().filter(|row| row.comes()) {
        let keys = keys_of_row(work, by, row);
        if let Some(first) = keys.iter().find_map(|key| seen.get(key)) {
            let fields = by.join(", ");
            row.reject(tr!(
                "the same {fields} as line {first}: --match none takes both",
                fields = fields,
                first = first
            ));
            continue;
        }
        match there.find(&keys).as_slice() {
            [] => without_id.settle(work, row, notes),
            [one] => row.existing = Some(one.clone()),
            [one, other, ..] => row.reject(ambiguous(one, other)),
        }
        for key in keys {
            seen.insert(key, row.line);
        }
        match (request.options.mode, &row.existing) {
            (Mode::Create, Some(_)) | (Mode::Update, None) if row.comes() => row.out = Some(Out::Skipped),
            _ => {}
        }
    }
}

fn ambiguous(one: &Record, other: &Record) -> String {
    let (one, other) = (&one.reference, &other.reference);
    tr!("it could be {one} or {other}: --match another field", one = one, other = other).into()
}

/// Records by what they are known by.
struct Known(FxHashMap<String, Vec<Arc<Record>>>);

impl Known {
    fn new(request: &Request<'_>, by: &[SmolStr], of: impl Fn(&Record) -> bool) -> Self {
        let mut known: FxHashMap<String, Vec<Arc<Record>>> = FxHashMap::default();
        let records = request.book.of(&request.ty.folder).iter();
        for record in records.filter(|record| !by.is_empty() && of(record)) {
            for key in keys_of_record(request, by, record) {
                known.entry(key).or_default().push(record.clone());
            }
        }
        Self(known)
    }

    /// The records known by one of the keys, each once.
    fn find(&self, keys: &[String]) -> Vec<Arc<Record>> {
        let mut found: Vec<Arc<Record>> = Vec::new();
        for record in keys.iter().filter_map(|key| self.0.get(key)).flatten() {
            if found.iter().all(|known| known.reference != record.reference) {
                found.push(record.clone());
            }
        }
        found
    }
}

/// Records that were there before anything came from the other program, and so have no id of it: a row whose id is
/// unknown may be about one of them.
struct WithoutId {
    /// By which field, and the records; the best first.
    known: Vec<(SmolStr, Known)>,
    taken: FxHashSet<Ref>,
}

impl WithoutId {
    fn new(request: &Request<'_>, by: &[SmolStr]) -> Self {
        let by_id = request.options.matched == Matched::Best && by.iter().eq([EXTERNAL_ID]);
        let others = usual(request).into_iter().filter(|field| by_id && field != EXTERNAL_ID);
        let known = others.map(|field| {
            let records = Known::new(request, std::slice::from_ref(&field), |record| {
                record.get(EXTERNAL_ID).is_empty()
            });
            (field, records)
        });
        Self { known: known.collect(), taken: FxHashSet::default() }
    }

    /// Each such record is taken by one row only: what has another id is another record.
    fn settle(&mut self, work: &mut Work<'_>, row: &mut Incoming, notes: &mut Notes) {
        for (field, known) in &self.known {
            let keys = keys_of_row(work, std::slice::from_ref(field), row);
            let mut found = known.find(&keys);
            found.retain(|record| !self.taken.contains(&record.reference));
            match found.as_slice() {
                [] => continue,
                [one] => {
                    let rule = tr!(
                        "known by {field}: the record there has no {id} yet, and is given that of the row",
                        field = field,
                        id = EXTERNAL_ID
                    );
                    notes.row(Level::Rule, "known-by", rule, row.line);
                    self.taken.insert(one.reference.clone());
                    row.existing = Some(one.clone());
                }
                [one, other, ..] => row.reject(ambiguous(one, other)),
            }
            return;
        }
    }
}

fn keys_of_record(request: &Request<'_>, by: &[SmolStr], record: &Record) -> Vec<String> {
    let values = by.iter().map(|name| match request.ty.field(name) {
        Some(field) if field.is_link() => {
            let targets = link_targets(request.book.schema(), field, record.get(name));
            targets.iter().map(ToString::to_string).collect()
        }
        field => plain(field, record.get(name).scalars()),
    });
    keys(values.collect())
}

/// As [`keys_of_record`], with what the row's cells name.
fn keys_of_row(work: &mut Work<'_>, by: &[SmolStr], row: &Incoming) -> Vec<String> {
    let values = by.iter().map(|name| match work.request.ty.field(name) {
        Some(field) if field.is_link() => {
            let own = row.links.iter().filter(|link| link.field == *name && link.part.is_none());
            let key = |text: &str| match work.links.only(&work.book, field, text) {
                Some(found) => found.to_string(),
                // No record is known by that, but another row may say the same.
                None => format!("?{}", folded(text)),
            };
            own.map(|link| link.text.as_str()).map(key).collect()
        }
        field => plain(field, row.get(name).scalars()),
    });
    keys(values.collect())
}

fn plain(field: Option<&FieldDef>, texts: Vec<&str>) -> Vec<String> {
    let key = |text| field.map_or_else(|| folded(text), |field| same::key(field, text));
    texts.into_iter().map(key).collect()
}

/// One key for each value of a single field; of several fields all values together, if none is empty.
fn keys(mut values: Vec<Vec<String>>) -> Vec<String> {
    match values.len() {
        0 => Vec::new(),
        1 => values.swap_remove(0),
        _ => {
            let parts: Vec<String> = values.iter().map(|values| values.join(" ")).collect();
            if parts.iter().any(String::is_empty) { Vec::new() } else { vec![parts.join("\u{1f}")] }
        }
    }
}
