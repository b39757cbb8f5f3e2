//! All records as they were last read, in a form that is read back many times faster than the files: what a large
//! workspace starts from.
//!
//! It is derived and never the truth. A record from it counts only as long as its file's stamp says that the file
//! is still the one that was read. One that is damaged, cut short or of another format is no snapshot at all.
//!
//! The file: a head with the format and each chunk's length and checksum, the head's own checksum, then the chunks.
//! A chunk stands for itself, so that all cores read at once.

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::base::RepoPath;
use crate::disk::Stamp;
use crate::model::{Book, Fields, Record, Value, create};

/// The file's name in Kontor's folder under the git directory.
pub const NAME: &str = "records.snapshot";

/// To be raised whenever the encoding changes; a test notices if that is forgotten.
const FORMAT: u32 = 2;
const MAGIC: &[u8; 8] = b"KONTORsn";

/// Records in a chunk: enough to share names and few enough to keep all cores busy to the end.
const CHUNK: usize = 2048;

#[derive(Serialize, Deserialize)]
struct Chunk<'a> {
    /// Lists of names, which rows mention by number.
    #[serde(borrow)]
    names: Vec<Vec<&'a str>>,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize, Deserialize)]
struct Row<'a> {
    path: &'a str,
    stamp: Stamp,
    names: u32,
    /// As many as there are names.
    values: Cow<'a, [Value]>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    format: u32,
    chunks: Vec<Piece>,
}

/// Where a chunk ends, and what it must sum up to.
#[derive(Serialize, Deserialize)]
struct Piece {
    length: u64,
    checksum: u32,
}

/// The records of a book as a snapshot, each with the stamp its file had.
pub fn encode(book: &Book, stamp: impl Fn(&RepoPath) -> Stamp + Sync) -> Vec<u8> {
    let records: Vec<&Record> = book.records().map(|record| &**record).collect();
    let chunks: Vec<Vec<u8>> = records
        .par_chunks(CHUNK)
        .map(|records| postcard::to_stdvec(&chunk(records, &stamp)).unwrap_or_default())
        .collect();
    let pieces =
        chunks.iter().map(|c| Piece { length: c.len() as u64, checksum: crc32fast::hash(c) }).collect();
    let head = postcard::to_stdvec(&Head { format: FORMAT, chunks: pieces }).unwrap_or_default();
    let mut bytes = Vec::with_capacity(16 + head.len() + chunks.iter().map(Vec::len).sum::<usize>());
    bytes.extend(MAGIC);
    bytes.extend((head.len() as u32).to_le_bytes());
    bytes.extend(crc32fast::hash(&head).to_le_bytes());
    bytes.extend(head);
    chunks.iter().for_each(|chunk| bytes.extend(chunk));
    bytes
}

fn chunk<'a>(records: &[&'a Record], stamp: &impl Fn(&RepoPath) -> Stamp) -> Chunk<'a> {
    let mut names: Vec<Vec<&'a str>> = Vec::new();
    let mut numbers: FxHashMap<&'a [SmolStr], u32> = FxHashMap::default();
    let rows = records.iter().map(|record| {
        let list = record.fields.names();
        let number = *numbers.entry(list).or_insert_with(|| {
            names.push(list.iter().map(SmolStr::as_str).collect());
            names.len() as u32 - 1
        });
        let (path, values) = (record.path.as_str(), Cow::Borrowed(record.fields.values()));
        Row { path, stamp: stamp(&record.path), names: number, values }
    });
    let rows = rows.collect();
    Chunk { names, rows }
}

/// The records of a snapshot that are in one of these folders, and the stamps their files had; none if it is not
/// whole.
pub fn decode(bytes: &[u8], folder: impl Fn(&str) -> bool + Sync) -> Option<Vec<(Record, Stamp)>> {
    let bytes = bytes.strip_prefix(MAGIC)?;
    let (length, bytes) = number(bytes)?;
    let (checksum, bytes) = number(bytes)?;
    let (head, mut bytes) = bytes.split_at_checked(length as usize)?;
    let head: Head = (crc32fast::hash(head) == checksum).then(|| postcard::from_bytes(head).ok())??;
    if head.format != FORMAT {
        return None;
    }
    let mut chunks = Vec::with_capacity(head.chunks.len());
    for piece in head.chunks {
        let (chunk, rest) = bytes.split_at_checked(usize::try_from(piece.length).ok()?)?;
        chunks.push((chunk, piece.checksum));
        bytes = rest;
    }
    if !bytes.is_empty() {
        return None;
    }
    let rows: Option<Vec<Vec<(Record, Stamp)>>> = chunks
        .into_par_iter()
        .map(|(chunk, checksum)| (crc32fast::hash(chunk) == checksum).then(|| rows(chunk, &folder))?)
        .collect();
    Some(rows?.into_iter().flatten().collect())
}

fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    bytes.split_first_chunk().map(|(number, rest)| (u32::from_le_bytes(*number), rest))
}

fn rows(chunk: &[u8], folder: &impl Fn(&str) -> bool) -> Option<Vec<(Record, Stamp)>> {
    let chunk: Chunk<'_> = postcard::from_bytes(chunk).ok()?;
    let names: Vec<Arc<[SmolStr]>> =
        chunk.names.into_iter().map(|list| list.into_iter().map(SmolStr::new).collect()).collect();
    let mut records = Vec::with_capacity(chunk.rows.len());
    for row in chunk.rows {
        let path = RepoPath::new(row.path).ok()?;
        // The schema may have lost a type since.
        let Some(reference) = create::reference_of(folder, &path) else { continue };
        let fields = Fields::new(names.get(row.names as usize)?.clone(), row.values.into_owned())?;
        records.push((Record { reference, path, fields }, row.stamp));
    }
    Some(records)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Schema, Settings, test_fields};

    fn book() -> Book {
        let record = |n: usize| {
            let reference = create::reference_of(|_| true, &path(n)).unwrap();
            let text = format!(
                "name: Firm {n}\nnote: ~\ntags: [a, \"007\"]\nlines:\n  - {{id: k{n}, more: {{x: [{n}]}}}}\n"
            );
            Record { reference, path: path(n), fields: test_fields(&text).into() }
        };
        let records = (0..CHUNK + 10).map(record).collect();
        Book::new(Arc::new(Schema::builtin()), Arc::new(Settings::default()), records, Vec::new())
    }

    fn path(n: usize) -> RepoPath {
        let folder = if n.is_multiple_of(3) { "accounts" } else { "leads" };
        RepoPath::new(&format!("{folder}/a/firm-{n}.yaml")).unwrap()
    }

    fn stamp(path: &RepoPath) -> Stamp {
        Stamp { modified: -1, changed: 2, size: path.as_str().len() as u64, inode: u64::MAX }
    }

    #[test]
    fn comes_back_as_it_was() {
        let book = book();
        let bytes = encode(&book, stamp);
        let mut kept = decode(&bytes, |_| true).unwrap();
        assert!(kept.iter().all(|(record, s)| *s == stamp(&record.path)));
        kept.sort_by(|(a, _), (b, _)| a.reference.cmp(&b.reference));
        let mut records: Vec<&Record> = book.records().map(|r| &**r).collect();
        records.sort_by(|a, b| a.reference.cmp(&b.reference));
        assert!(records.into_iter().eq(kept.iter().map(|(record, _)| record)));
        assert!(decode(&bytes, |folder| folder == "accounts").unwrap().len() < kept.len());
    }

    #[test]
    fn the_format_has_a_number() {
        let book = Book::new(
            Arc::new(Schema::builtin()),
            Arc::new(Settings::default()),
            book().records().filter(|r| r.path == path(3)).map(|r| (**r).clone()).collect(),
            Vec::new(),
        );
        let sum = crc32fast::hash(&encode(&book, stamp));
        assert_eq!((FORMAT, sum), (2, 1_649_413_699), "the encoding has changed: raise FORMAT");
    }
}
