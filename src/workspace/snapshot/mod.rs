//! All records as they were last read, in a form that is read back many times faster than the files: what a large
//! workspace starts from.
//!
//! It is derived and never the truth. A record from it counts only as long as its file's stamp says that the file
//! is still the one that was read. One that is damaged, cut short or of another format is no snapshot at all.
//!
//! The file: its mark; type by type the pages of up to [`PAGE`] records, each of them a head, the stamps and the values; a
//! foot with the format, the length and checksum of every part and the lists of who is in which state; and at the very end
//! the foot's own length and checksum. A page stands for itself, so that all cores read and write at once.
//!
//! All parts are read and summed up at the start, but of the pages only the heads are taken apart. The values of a
//! record are unpacked when somebody asks for them (the first screen asks for those of one record in ten), and the stamps
//! when the files are looked at.

mod page;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::{Snapshot, Stamps, read};
pub use write::write;

use crate::model::Listed;
use serde::{Deserialize, Serialize};

/// The file's name in Kontor's folder under the git directory.
pub const NAME: &str = "records.snapshot";

/// To be raised whenever the encoding changes; a test notices if that is forgotten.
const FORMAT: u32 = 3;
const MAGIC: &[u8; 8] = b"KONTORsn";

/// Records in a page: enough to share names, and few enough to keep all cores busy to the end.
const PAGE: usize = 2048;

/// The length of what stands at the very end: the foot's length and checksum.
const END: u64 = 8;

/// What is known of a page's records without their values. They are of one folder, in the order of their ids.
#[derive(Serialize, Deserialize)]
struct Head<'a> {
    folder: &'a str,
    /// The folders in it that they are in, which rows mention by number.
    places: Vec<&'a str>,
    /// Lists of names, which rows mention by number.
    #[serde(borrow)]
    names: Vec<Vec<&'a str>>,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize, Deserialize)]
struct Row<'a> {
    id: &'a str,
    place: u32,
    names: u32,
    /// How many bytes its values take, which follow those of the row before.
    length: u32,
}

#[derive(Serialize, Deserialize)]
struct Foot {
    format: u32,
    /// The pages, in their order.
    pages: Vec<Parts>,
    lists: Vec<Listed>,
}

/// The parts of a page.
#[derive(Serialize, Deserialize)]
struct Parts {
    head: Part,
    stamps: Part,
    values: Part,
}

/// How long a part is, which follows the part before, and what it must sum up to.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Part {
    length: u64,
    checksum: u32,
}

impl Part {
    fn of(bytes: &[u8]) -> Self {
        Self { length: bytes.len() as u64, checksum: crc32fast::hash(bytes) }
    }
}
