//! From records to the bytes of a snapshot.

use super::{FORMAT, Foot, Head, MAGIC, PAGE, Part, Parts, Row};
use crate::base::RepoPath;
use crate::disk::Stamp;
use crate::model::{Book, Record};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::hash::Hash;
use std::io::{self, Write};
use std::sync::Arc;

/// Pages that are made side by side before they are written.
const AT_ONCE: usize = 8;

/// Writes the records of a book as a snapshot, each with the stamp its file had.
///
/// # Errors
/// When it can't be written.
pub fn write(book: &Book, stamp: impl Fn(&RepoPath) -> Stamp + Sync, out: &mut dyn Write) -> io::Result<()> {
    let types = || book.schema().types().iter();
    let all: Vec<&[Arc<Record>]> = types().flat_map(|ty| book.of(&ty.folder).chunks(PAGE)).collect();
    let mut pages = Vec::with_capacity(all.len());
    out.write_all(MAGIC)?;
    for batch in all.chunks(AT_ONCE) {
        let made: Vec<_> = batch.par_iter().map(|records| page(records, &stamp)).collect();
        for page in made {
            let [head, stamps, values] = page.map_err(io::Error::other)?;
            [&head, &stamps, &values].into_iter().try_for_each(|part| out.write_all(part))?;
            pages.push(Parts { head: Part::of(&head), stamps: Part::of(&stamps), values: Part::of(&values) });
        }
    }
    let states = types().filter_map(|ty| Some((&ty.folder, &ty.state_field()?.name)));
    let lists = states.map(|(folder, field)| book.listed(folder, field)).collect();
    let foot = postcard::to_stdvec(&Foot { format: FORMAT, pages, lists }).map_err(io::Error::other)?;
    out.write_all(&foot)?;
    let Part { length, checksum } = Part::of(&foot);
    out.write_all(&(length as u32).to_le_bytes())?;
    out.write_all(&checksum.to_le_bytes())
}

/// The head, the stamps and the values of a page.
fn page(
    records: &[Arc<Record>],
    stamp: &impl Fn(&RepoPath) -> Stamp,
) -> Result<[Vec<u8>; 3], postcard::Error> {
    let (mut places, mut names) = (Numbers::default(), Numbers::default());
    let mut values = Vec::new();
    let mut rows = Vec::with_capacity(records.len());
    for record in records {
        let place = record.path.as_str().rsplit_once('/').map_or("", |(place, _)| place);
        let from = values.len();
        values = postcard::to_extend(record.fields.values(), values)?;
        rows.push(Row {
            id: record.id().as_str(),
            place: places.of(place),
            names: names.of(record.fields.names()),
            length: (values.len() - from) as u32,
        });
    }
    let folder = records.first().map_or("", |record| record.reference.folder.as_str());
    let names = names.all.iter().map(|list| list.iter().map(SmolStr::as_str).collect()).collect();
    let head = postcard::to_stdvec(&Head { folder, places: places.all, names, rows })?;
    let stamps: Vec<Stamp> = records.iter().map(|record| stamp(&record.path)).collect();
    Ok([head, postcard::to_stdvec(&stamps)?, values])
}

/// Gives each different thing a number.
struct Numbers<T> {
    known: FxHashMap<T, u32>,
    all: Vec<T>,
}

impl<T> Default for Numbers<T> {
    fn default() -> Self {
        Self { known: FxHashMap::default(), all: Vec::new() }
    }
}

impl<T: Copy + Eq + Hash> Numbers<T> {
    fn of(&mut self, thing: T) -> u32 {
        *self.known.entry(thing).or_insert_with(|| {
            self.all.push(thing);
            self.all.len() as u32 - 1
        })
    }
}
