//! Which rows are about records that are there, and which are about each other.

use super::fold::folded;
use super::incoming::{Incoming, Out};
use super::names::Names;
use super::request::{Matched, Mode, Request};
use super::target::Target;
use crate::model::{FieldsRef, Record};
use crate::tr;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::sync::Arc;

/// The fields by which rows are matched; none where every row is a new record.
pub fn fields(request: &Request<'_>) -> Vec<SmolStr> {
    match &request.options.matched {
        Matched::Never => Vec::new(),
        Matched::By(fields) => fields.clone(),
        Matched::Best => {
            let known = &Names::get().of(&request.ty.name).matched_by;
            let filled = |field: &&String| {
                request
                    .columns
                    .iter()
                    .any(|c| matches!(&c.target, Target::Field(f, _) if f == field.as_str()))
            };
            let best = known.iter().find(filled).map(SmolStr::new);
            // A type of the user's own: by its name, where that is a field.
            let title = request.ty.title.single_field().filter(|_| known.is_empty()).cloned();
            best.or(title.filter(|title| filled(&&title.to_string()))).into_iter().collect()
        }
    }
}

/// Finds for each row the record it is about, and keeps out those that are about one that an earlier row is about.
pub fn settle(request: &Request<'_>, by: &[SmolStr], rows: &mut [Incoming]) {
    let mut there: FxHashMap<String, Vec<&Arc<Record>>> = FxHashMap::default();
    for record in request.book.of(&request.ty.folder).iter().filter(|_| !by.is_empty()) {
        for key in keys(by, &record.fields) {
            there.entry(key).or_default().push(record);
        }
    }
    let mut seen: FxHashMap<String, u64> = FxHashMap::default();
    for row in rows.iter_mut().filter(|row| row.comes()) {
        let keys = keys(by, &row.fields);
        if let Some(first) = keys.iter().find_map(|key| seen.get(key)) {
            let fields = by.join(", ");
            row.reject(tr!(
                "the same {fields} as line {first}: --match none takes both",
                fields = fields,
                first = first
            ));
            continue;
        }
        let mut found: Vec<&Arc<Record>> =
            keys.iter().filter_map(|key| there.get(key)).flatten().copied().collect();
        found.dedup_by_key(|record| &record.reference);
        match found.as_slice() {
            [] => {}
            [one] => row.existing = Some(Arc::clone(one)),
            [one, other, ..] => row.reject(tr!(
                "it could be {one} or {other}: --match another field",
                one = one.reference,
                other = other.reference
            )),
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

/// What a record is known by: one key, or one for each element of a list.
fn keys<'a>(by: &[SmolStr], fields: impl Into<FieldsRef<'a>>) -> Vec<String> {
    let fields = fields.into();
    let value = |name: &SmolStr| fields.get(name);
    match by {
        [] => Vec::new(),
        [one] => value(one).scalars().into_iter().map(folded).collect(),
        several => {
            let parts: Vec<String> =
                several.iter().map(|name| folded(&value(name).scalars().join(" "))).collect();
            if parts.iter().any(String::is_empty) { Vec::new() } else { vec![parts.join("\u{1f}")] }
        }
    }
}
