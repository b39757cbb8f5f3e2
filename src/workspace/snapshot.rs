//! All records as they were last read, in a form that is read back many times faster than the files: what a large
//! workspace starts from.
//!
//! It is derived and never the truth. A record from it counts only as long as its file's stamp says that the file
//! is still the one that was read. One that is damaged, cut short or of another format is no snapshot at all.
//!
//! The file: its mark, the chunks one after the other, a foot with the format and each chunk's length and checksum, and
//! at the very end the foot's own length and checksum. A chunk stands for itself, so that all cores read and write at
//! once, and nobody ever has all of them in memory.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::base::RepoPath;
use crate::disk::{Derived, Stamp};
use crate::model::{Book, Fields, Record, Value, create};

/// The file's name in Kontor's folder under the git directory.
pub const NAME: &str = "records.snapshot";

/// To be raised whenever the encoding changes; a test notices if that is forgotten.
const FORMAT: u32 = 2;
const MAGIC: &[u8; 8] = b"KONTORsn";

/// Records in a chunk: enough to share names and few enough to keep all cores busy to the end.
const CHUNK: usize = 2048;

/// Chunks that are made side by side before they are written.
const AT_ONCE: usize = 8;

/// The length of what stands at the very end: the foot's length and checksum.
const END: u64 = 8;

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
struct Foot {
    format: u32,
    chunks: Vec<Piece>,
}

/// Where a chunk ends, and what it must sum up to.
#[derive(Serialize, Deserialize)]
struct Piece {
    length: u64,
    checksum: u32,
}

/// Writes the records of a book as a snapshot, each with the stamp its file had.
///
/// # Errors
/// When it can't be written.
pub fn write(book: &Book, stamp: impl Fn(&RepoPath) -> Stamp + Sync, out: &mut dyn Write) -> io::Result<()> {
    let records: Vec<&Record> = book.records().map(|record| &**record).collect();
    let mut chunks = Vec::new();
    out.write_all(MAGIC)?;
    for batch in records.chunks(CHUNK * AT_ONCE) {
        let made: Vec<_> =
            batch.par_chunks(CHUNK).map(|records| postcard::to_stdvec(&chunk(records, &stamp))).collect();
        for chunk in made {
            let chunk = chunk.map_err(io::Error::other)?;
            out.write_all(&chunk)?;
            chunks.push(Piece { length: chunk.len() as u64, checksum: crc32fast::hash(&chunk) });
        }
    }
    let foot = postcard::to_stdvec(&Foot { format: FORMAT, chunks }).map_err(io::Error::other)?;
    out.write_all(&foot)?;
    out.write_all(&(foot.len() as u32).to_le_bytes())?;
    out.write_all(&crc32fast::hash(&foot).to_le_bytes())
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

/// A record out of a snapshot, and the stamp its file had.
pub type Kept = (Arc<Record>, Stamp);

/// The records of a snapshot, chunk by chunk; none if it is not whole.
pub fn read(file: &Derived) -> Option<Vec<Vec<Kept>>> {
    let mark = file.part(0, MAGIC.len())?;
    let end = file.length().checked_sub(END)?;
    let last = file.part(end, END as usize)?;
    let (length, checksum) = (number(&last[..4])?, number(&last[4..])?);
    let at = end.checked_sub(u64::from(length))?;
    let foot = file.part(at, length as usize)?;
    let foot: Foot = (crc32fast::hash(&foot) == checksum).then(|| postcard::from_bytes(&foot).ok())??;
    if mark != MAGIC || foot.format != FORMAT {
        return None;
    }
    let mut places = Vec::with_capacity(foot.chunks.len());
    let mut from = MAGIC.len() as u64;
    for Piece { length, checksum } in foot.chunks {
        places.push((from, usize::try_from(length).ok()?, checksum));
        from = from.checked_add(length)?;
    }
    let whole = from == at;
    let chunk = |(from, length, checksum)| {
        let chunk = file.part(from, length)?;
        (crc32fast::hash(&chunk) == checksum).then(|| rows(&chunk))?
    };
    whole.then(|| places.into_par_iter().map(chunk).collect())?
}

fn number(bytes: &[u8]) -> Option<u32> {
    bytes.try_into().ok().map(u32::from_le_bytes)
}

fn rows(chunk: &[u8]) -> Option<Vec<Kept>> {
    let chunk: Chunk<'_> = postcard::from_bytes(chunk).ok()?;
    let names: Vec<Arc<[SmolStr]>> =
        chunk.names.into_iter().map(|list| list.into_iter().map(SmolStr::new).collect()).collect();
    let rows = chunk.rows.into_iter().map(|row| {
        let path = RepoPath::new(row.path).ok()?;
        let reference = create::reference_of(|_| true, &path)?;
        let fields = Fields::new(names.get(row.names as usize)?.clone(), row.values.into_owned())?;
        Some((Arc::new(Record { reference, path, fields }), row.stamp))
    });
    rows.collect()
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

    fn written(book: &Book) -> Vec<u8> {
        let mut bytes = Vec::new();
        write(book, stamp, &mut bytes).unwrap();
        bytes
    }

    #[test]
    fn comes_back_as_it_was() {
        let book = book();
        let folder = tempfile::tempdir().unwrap();
        crate::disk::replace_derived(folder.path(), NAME, &written(&book)).unwrap();
        let file = Derived::open(folder.path(), NAME).unwrap();
        let mut kept = read(&file).unwrap().concat();
        assert!(kept.iter().all(|(record, s)| *s == stamp(&record.path)));
        kept.sort_by(|(a, _), (b, _)| a.reference.cmp(&b.reference));
        let mut records: Vec<_> = book.records().collect();
        records.sort_by(|a, b| a.reference.cmp(&b.reference));
        assert!(records.into_iter().eq(kept.iter().map(|(record, _)| record)));
    }

    #[test]
    fn the_format_has_a_number() {
        let book = Book::new(
            Arc::new(Schema::builtin()),
            Arc::new(Settings::default()),
            book().records().filter(|r| r.path == path(3)).cloned().collect(),
            Vec::new(),
        );
        let sum = crc32fast::hash(&written(&book));
        assert_eq!((FORMAT, sum), (2, 2_763_735_645), "the encoding has changed: raise FORMAT");
    }
}
