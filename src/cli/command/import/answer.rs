//! What an import comes to, for programs.

use super::Job;
use crate::cli::json;
use crate::exchange::import::{Found, How, Plan};
use crate::workspace::Applied;
use serde_json::{Map, Value as Json, json};
use std::path::Path;

/// The whole answer.
pub fn json(job: &Job<'_>, plan: &Plan, applied: Option<&Applied>, rejects: Option<&Path>) -> Json {
    let columns = job.columns.iter().map(|column| {
        json!({
            "header": column.header,
            "field": column.target.to_string(),
            "how": how(column.how),
            "samples": plan.samples(&column.target, 3),
        })
    });
    let notes = plan.notes.iter().map(|note| {
        json!({"level": note.level, "code": note.code, "message": note.text, "rows": note.rows, "line": note.line})
    });
    let rejected = plan.rejects.iter().map(|reject| json!({"line": reject.line, "reason": reject.reason}));
    let preview = plan.taken.iter().take(3).map(|taken| {
        let mut object = Map::new();
        object.insert("ref".into(), taken.reference.to_string().into());
        object.insert("new".into(), taken.is_new.into());
        let fields = taken.fields.iter().map(|(name, value)| (name.to_string(), json::value(value)));
        object.insert("fields".into(), Json::Object(fields.collect()));
        let changes = taken.changes.iter().map(|change| {
            let (before, after) = (json::value(&change.before), json::value(&change.after));
            json!({"field": change.path.to_string(), "before": before, "after": after, "added": change.is_added})
        });
        object.insert("changes".into(), changes.collect());
        Json::Object(object)
    });
    let pipelines = plan.pipelines.iter().map(|pipeline| {
        let stages = pipeline.stages.iter().map(|(name, probability, kind)| {
            json!({"name": name, "probability": probability, "kind": kind.as_str()})
        });
        json!({"name": pipeline.name, "stages": stages.collect::<Vec<_>>()})
    });
    let stages = plan.stages.iter().map(|stage| {
        let pipeline = stage.pipeline.to_string();
        json!({"pipeline": pipeline, "name": stage.name, "probability": stage.chance, "after": stage.after})
    });
    let (encoding, delimiter) = (job.format.encoding.to_string(), job.format.delimiter.to_string());
    json!({
        "file": job.name,
        "type": job.ty.name.as_str(),
        "encoding": encoding,
        "delimiter": delimiter,
        "dates": found(plan.styles.dates).map(|order| format!("{order:?}").to_lowercase()),
        "decimal": found(plan.styles.decimals).map(|mark| format!("{mark:?}").to_lowercase()),
        "columns": columns.collect::<Vec<_>>(),
        "match": plan.matched_by.iter().map(|field| field.as_str()).collect::<Vec<_>>(),
        "rows": job.table.rows.len(),
        "counts": plan.counts,
        "pipelines": pipelines.collect::<Vec<_>>(),
        "stages": stages.collect::<Vec<_>>(),
        "made": plan.made.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "notes": notes.collect::<Vec<_>>(),
        "rejected": rejected.collect::<Vec<_>>(),
        "rejects": rejects.map(|path| path.display().to_string()),
        "preview": preview.collect::<Vec<_>>(),
        "commit": applied.and_then(|a| a.commit.as_ref()).map(ToString::to_string),
        "subject": applied.map(|a| a.subject.clone()),
    })
}

fn found<T: Copy>(found: Found<T>) -> Option<T> {
    found.get()
}

fn how(how: How) -> &'static str {
    match how {
        How::Given => "given",
        How::Known => "known-file",
        How::Named => "name",
        How::Usual => "usual-name",
        How::Like => "similar-name",
        How::Unknown => "unknown",
    }
}
