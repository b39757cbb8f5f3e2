//! Where an index is kept: a folder named after all that decides its form, or memory where nothing can be written.
#![allow(clippy::disallowed_methods)] // the index is this layer's own, and tantivy touches its files by itself

use super::error::SearchError;
use super::guard::guarded;
use super::schema::{Fields, SCHEMA_VERSION, schema};
use super::seal;
use super::tokens::{TOKENS_VERSION, tokenizers};
use std::fs;
use std::path::{Path, PathBuf};
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::{Index, IndexBuilder, IndexSettings};

/// An index with its columns.
pub struct Place {
    /// The index.
    pub index: Index,
    /// Its columns.
    pub fields: Fields,
    /// Where it is, unless it is in memory.
    pub folder: Option<PathBuf>,
}

/// The name of the folder: another tantivy, schema, tokenizer or language makes another index.
pub fn folder_name(language: &str) -> String {
    let tantivy: String =
        tantivy::version_string().chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let tantivy = tantivy.split('.').take(2).collect::<Vec<_>>().join(".");
    let language: String = language.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    format!("tantivy-{tantivy}-{SCHEMA_VERSION}-{TOKENS_VERSION}-{language}")
}

/// Opens the index in the folder `home` keeps for it, or makes an empty one. What is damaged or of another form is
/// thrown away; folders of earlier forms are too.
///
/// # Errors
/// When the folder cannot be written, or another process writes a damaged index.
pub fn on_disk(home: &Path, language: &str) -> Result<Place, SearchError> {
    let folder = home.join(folder_name(language));
    make(&folder)?;
    let place = match guarded(|| open(&folder, language)) {
        Ok(place) => place,
        Err(_) => {
            // Whoever holds the lock is about to mend it.
            let lock = MmapDirectory::open(&folder)
                .ok()
                .map(|directory| directory.acquire_lock(&INDEX_WRITER_LOCK).map_err(|_| SearchError::Busy))
                .transpose()?;
            empty(&folder)?;
            drop(lock);
            make(&folder)?;
            open(&folder, language)?
        }
    };
    forget_others(home, &folder);
    Ok(place)
}

/// An index that lasts as long as the process.
pub fn in_memory(language: &str) -> Result<Place, SearchError> {
    let (builder, fields) = builder(language);
    Ok(Place { index: builder.create_in_ram()?, fields, folder: None })
}

fn builder(language: &str) -> (IndexBuilder, Fields) {
    let (schema, fields) = schema();
    let settings = IndexSettings { docstore_compress_dedicated_thread: false, ..IndexSettings::default() };
    (Index::builder().schema(schema).settings(settings).tokenizers(tokenizers(language)), fields)
}

/// The bytes a footer has at least: its length and its mark.
const FOOTER: u64 = 8;

/// Opens or makes it, and reads every byte once: what tantivy finds later is what it wrote.
fn open(folder: &Path, language: &str) -> Result<Place, SearchError> {
    let io = |source| SearchError::Folder { path: folder.to_owned(), source };
    for entry in fs::read_dir(folder).map_err(io)?.flatten() {
        // Files with a dot in front are tantivy's locks and lists; all others end in a footer, without which it panics.
        let has_footer = !entry.file_name().to_string_lossy().starts_with('.');
        if has_footer && entry.metadata().map_err(io)?.len() < FOOTER {
            return Err(SearchError::Damaged(entry.path()));
        }
    }
    if !seal::holds(folder) {
        return Err(SearchError::Damaged(folder.to_owned()));
    }
    let directory = MmapDirectory::open(folder).map_err(tantivy::TantivyError::from)?;
    let (builder, fields) = builder(language);
    let index = builder.open_or_create(directory)?;
    match index.validate_checksum()?.is_empty() {
        true => Ok(Place { index, fields, folder: Some(folder.to_owned()) }),
        false => Err(SearchError::Damaged(folder.to_owned())),
    }
}

fn make(folder: &Path) -> Result<(), SearchError> {
    fs::create_dir_all(folder).map_err(|source| SearchError::Folder { path: folder.to_owned(), source })
}

fn empty(folder: &Path) -> Result<(), SearchError> {
    fs::remove_dir_all(folder).map_err(|source| SearchError::Folder { path: folder.to_owned(), source })
}

/// Removes the indexes of earlier versions. Should one stay, it only takes room.
fn forget_others(home: &Path, own: &Path) {
    let entries = fs::read_dir(home).into_iter().flatten().flatten();
    let others: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path != own).collect();
    for other in others {
        let is_folder = other.symlink_metadata().is_ok_and(|meta| meta.is_dir());
        if is_folder {
            let _ = fs::remove_dir_all(other);
        }
    }
}
