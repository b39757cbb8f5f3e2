//! Small books made of text, for the tests of this layer.

use crate::base::{Now, Ref, RepoPath};
use crate::model::{Book, Record, Schema, Settings, test_fields};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use std::sync::Arc;

/// A book of records written one a line, `accounts/acme: {name: Acme}`, or in blocks with deeper lines. The line
/// `kontor: {…}` holds settings; the time zone is Berlin's unless they say otherwise.
pub fn book(text: &str) -> Book {
    let mut settings = "time_zone: Europe/Berlin\n".to_owned();
    let mut records = Vec::new();
    for (name, value) in test_fields(text) {
        let crate::model::Value::Map(fields) = value else { panic!("{name} holds no fields") };
        match name.as_str() {
            "kontor" => {
                settings = crate::yaml::to_text(&crate::yaml::Data::from(&crate::model::Value::Map(fields)))
            }
            _ => records.push(Record {
                reference: reference(&name),
                path: RepoPath::try_from(format!("{name}.yaml").as_str()).unwrap(),
                fields: fields.into_vec().into(),
            }),
        }
    }
    let path = RepoPath::try_from("kontor.yaml").unwrap();
    let (settings, problems) = Settings::load(&path, &settings);
    assert!(problems.is_empty(), "{problems:?}");
    Book::new(Arc::new(Schema::builtin()), Arc::new(settings), records, Vec::new())
}

/// The sample company's records.
pub fn sample() -> Book {
    fn walk(folder: &std::path::Path, files: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => walk(&path, files),
                false => files.push(path),
            }
        }
    }
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-repo");
    let mut files = Vec::new();
    walk(&root, &mut files);
    let text = |path: &std::path::Path| std::fs::read_to_string(path).unwrap();
    let inside = |path: &std::path::Path| {
        RepoPath::try_from(path.strip_prefix(&root).unwrap().to_str().unwrap()).unwrap()
    };
    files.retain(|path| path.extension().is_some_and(|e| e == "yaml"));
    let schema: Vec<_> = files.iter().filter(|p| p.starts_with(root.join("schema"))).collect();
    let schema: Vec<_> = schema.into_iter().map(|p| (inside(p), text(p))).collect();
    let (schema, problems) = Schema::load(&schema);
    assert!(problems.is_empty(), "{problems:?}");
    let (settings, _) =
        Settings::load(&RepoPath::try_from("kontor.yaml").unwrap(), &text(&root.join("kontor.yaml")));
    let is_record = |path: &RepoPath| {
        crate::model::create::reference_of(|f| f.parse().is_ok_and(|f| schema.in_folder(&f).is_some()), path)
    };
    let records = files.iter().filter_map(|file| {
        let path = inside(file);
        let reference = is_record(&path)?;
        Some(Record { reference, fields: test_fields(&text(file)).into(), path })
    });
    let records = records.collect();
    Book::new(Arc::new(schema), Arc::new(settings), records, Vec::new())
}

/// A moment in Berlin: `2026-11-21 13:30`.
pub fn now(text: &str) -> Now {
    Now::new(utc(text), Tz::Europe__Berlin)
}

/// The same moment as an instant.
pub fn utc(text: &str) -> DateTime<Utc> {
    let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    local.and_local_timezone(Tz::Europe__Berlin).earliest().unwrap().with_timezone(&Utc)
}

/// A reference.
pub fn reference(text: &str) -> Ref {
    text.parse().unwrap()
}

/// The ids of records, blank-separated: what most tests expect.
pub fn ids<'a>(records: impl IntoIterator<Item = &'a Arc<Record>>) -> String {
    records.into_iter().map(|r| r.id().as_str()).collect::<Vec<_>>().join(" ")
}
