//! From files to a book: read and parsed in parallel; what is broken is a problem and nothing else suffers.

use crate::base::text::safe;
use crate::base::{Folder, RepoPath};
use crate::disk::{self, DiskError, Root, Stamps};
use crate::model::{
    Book, Fields, Listed, Names, Problem, Record, SETTINGS_FILE, Schema, Settings, Value, create,
};
use crate::yaml;
use rayon::prelude::*;
use std::sync::Arc;

/// The folder of a repository's own schema files.
pub const SCHEMA_FOLDER: &str = "schema";

/// Whether a change of this file changes how all others are read.
pub fn is_groundwork(path: &RepoPath) -> bool {
    path.as_str() == SETTINGS_FILE || path.as_str().starts_with("schema/")
}

/// The folders and files a workspace consists of: those of all record types, the schema and the settings.
pub fn tops(schema: &Schema) -> Vec<String> {
    let folders = schema.types().iter().map(|t| t.folder.to_string());
    folders.chain([SCHEMA_FOLDER.to_owned(), SETTINGS_FILE.to_owned()]).collect()
}

/// All that is read from the files of a workspace.
pub struct Everything {
    /// The records.
    pub book: Arc<Book>,
    /// What is wrong with the schema and the settings.
    pub groundwork: Vec<Problem>,
    /// What each record file looked like from outside when it was read.
    pub stamps: Stamps,
}

/// Reads the whole workspace. `progress` is told of every record file read, from any thread.
pub fn load(root: &Root, progress: impl Fn() + Sync) -> Everything {
    load_on(root, groundwork(root), progress)
}

/// Reads all records on groundwork that has been read.
pub fn load_on(root: &Root, groundwork: Groundwork, progress: impl Fn() + Sync) -> Everything {
    let Groundwork { schema, settings, problems, mut stamps } = groundwork;
    let folders: Vec<_> = schema.types().iter().map(|t| t.folder.to_string()).collect();
    let loaded = disk::load(root, &folders, progress);
    let parsed: Vec<Result<Record, Problem>> = loaded
        .files
        .par_iter()
        .map_init(Names::default, |names, file| {
            let mut record = record(&schema, &file.path, &file.bytes)?;
            names.share(&mut record.fields);
            Ok(record)
        })
        .collect();
    let mut records = Vec::with_capacity(parsed.len());
    let mut broken: Vec<_> = loaded.failures.iter().filter_map(unreadable).collect();
    for result in parsed {
        match result {
            Ok(record) => records.push(record),
            Err(problem) => broken.push(problem),
        }
    }
    stamps.extend(loaded.files.into_iter().map(|file| (file.path, file.stamp)));
    let book = Arc::new(Book::new(Arc::new(schema), Arc::new(settings), records, broken));
    Everything { book, groundwork: problems, stamps }
}

/// Everything as a snapshot has it, on the groundwork of now; but for the stamps of the records' files.
pub fn from_snapshot(
    groundwork: Groundwork,
    folders: Vec<(Folder, Vec<Arc<Record>>)>,
    lists: Vec<Listed>,
) -> Everything {
    let Groundwork { schema, settings, problems, stamps } = groundwork;
    // The schema may have lost a type since.
    let known = folders.into_iter().filter(|(folder, _)| schema.in_folder(folder).is_some()).collect();
    let mut book = Book::of_folders(Arc::new(schema), Arc::new(settings), known, Vec::new());
    lists.into_iter().for_each(|listed| book.take_listed(listed));
    Everything { book: Arc::new(book), groundwork: problems, stamps }
}

/// What all records are read by.
pub struct Groundwork {
    /// The record types.
    pub schema: Schema,
    settings: Settings,
    problems: Vec<Problem>,
    stamps: Stamps,
}

/// The schema and the settings, with what is wrong with them.
pub fn groundwork(root: &Root) -> Groundwork {
    let loaded = disk::load(root, &[SCHEMA_FOLDER, SETTINGS_FILE], || {});
    let stamps = loaded.files.iter().map(|file| (file.path.clone(), file.stamp)).collect();
    let mut problems: Vec<_> = loaded.failures.iter().filter_map(unreadable).collect();
    let mut texts = Vec::new();
    for file in loaded.files {
        match String::from_utf8(file.bytes) {
            Ok(text) => texts.push((file.path, text)),
            Err(_) => problems.push(not_utf8(file.path)),
        }
    }
    let at = texts.iter().position(|(path, _)| path.as_str() == SETTINGS_FILE);
    let settings = match at.map(|at| texts.remove(at)) {
        Some((path, text)) => {
            let (settings, faults) = Settings::load(&path, &text);
            problems.extend(faults);
            settings
        }
        None => Settings::default(),
    };
    let (schema, faults) = Schema::load(&texts);
    problems.extend(faults);
    Groundwork { schema, settings, problems, stamps }
}

/// One file as a record.
///
/// # Errors
/// What is wrong with it, where.
pub fn record(schema: &Schema, path: &RepoPath, bytes: &[u8]) -> Result<Record, Problem> {
    let folders = |folder: &str| schema.types().iter().any(|t| t.folder.as_str() == folder);
    let reference = create::reference_of(folders, path).ok_or_else(|| {
        let message = "the file's name is not an id: use a-z, 0-9 and -, and end in .yaml";
        Problem::error(path.clone(), 1, 1, "bad-name", message)
    })?;
    let root = yaml::parse_bytes(bytes).map_err(|e| syntax(path, &e))?;
    let fields = match Value::from(&root) {
        Value::Map(fields) => fields.into_vec().into(),
        _ => Fields::default(),
    };
    Ok(Record { reference, path: path.clone(), fields })
}

/// A file that is no YAML we read, as a problem.
pub fn syntax(path: &RepoPath, error: &yaml::YamlError) -> Problem {
    Problem::error(path.clone(), error.line, error.column, "syntax", error.kind.to_string())
}

fn not_utf8(path: RepoPath) -> Problem {
    Problem::error(path, 1, 1, "syntax", "the file is not UTF-8 text: save it as UTF-8")
}

/// The code of problems that only another look at the disk can end.
pub const UNREADABLE: &str = "unreadable";

/// A file the disk layer would not read, as a problem. Without a path it is about no file of ours.
pub fn unreadable(error: &DiskError) -> Option<Problem> {
    // A link on the way is wrong by itself, whatever was looked for behind it.
    if let DiskError::Link { path, link } = error
        && path != link
    {
        return unreadable(&DiskError::Link { path: link.clone(), link: link.clone() });
    }
    let path = match error {
        // A name that is no path of ours stands for the folder it is in.
        DiskError::Name { shown, .. } => {
            let folder = shown.rsplit_once('/').map_or(shown.as_str(), |(folder, _)| folder);
            shown.parse().or_else(|_| folder.parse()).ok()?
        }
        other => other.path()?.clone(),
    };
    let said = error.to_string();
    // The problem names the path by itself.
    let said = said.strip_prefix(&format!("{path}: ")).unwrap_or(&said);
    Some(Problem::error(path.clone(), 1, 1, UNREADABLE, safe(said)))
}
