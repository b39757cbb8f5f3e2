//! From the bytes of a snapshot to records.

use super::page::Page;
use super::{END, FORMAT, Foot, Head, MAGIC, Part, Row};
use crate::base::{Folder, Id, Ref, RepoPath};
use crate::disk::{Derived, Stamp};
use crate::model::{Fields, Listed, Pack, Record};
use rayon::prelude::*;
use smol_str::SmolStr;
use std::sync::Arc;

/// What a snapshot holds.
pub struct Snapshot {
    /// The records of each folder in the order of their ids.
    pub folders: Vec<(Folder, Vec<Arc<Record>>)>,
    /// The stamps that their files had, in the same order.
    pub stamps: Vec<(Folder, Stamps)>,
    /// Who is in which state.
    pub lists: Vec<Listed>,
}

/// Stamps that are still packed, page by page.
pub struct Stamps(Vec<Vec<u8>>);

impl Stamps {
    /// They themselves; none where one can't be read, and then all of the files have to be.
    pub fn unpack(&self) -> Vec<Stamp> {
        let pages = self.0.iter().map(|page| postcard::from_bytes::<Vec<Stamp>>(page));
        pages.collect::<Result<Vec<_>, _>>().unwrap_or_default().concat()
    }
}

/// The snapshot in that file; none if it is not whole.
pub fn read(file: &Derived) -> Option<Snapshot> {
    let mark = file.part(0, MAGIC.len())?;
    let end = file.length().checked_sub(END)?;
    let last = file.part(end, END as usize)?;
    let (length, checksum) = (number(&last[..4])?, number(&last[4..])?);
    let at = end.checked_sub(u64::from(length))?;
    let foot = checked(file, at, Part { length: length.into(), checksum })?;
    let Foot { format, pages, lists } = postcard::from_bytes(&foot).ok()?;
    if mark != MAGIC || format != FORMAT {
        return None;
    }
    let mut from = MAGIC.len() as u64;
    let mut place = |part: Part| {
        let place = (from, part);
        from = from.checked_add(part.length)?;
        Some(place)
    };
    let places =
        pages.into_iter().map(|page| Some([place(page.head)?, place(page.stamps)?, place(page.values)?]));
    let places: Vec<_> = places.collect::<Option<_>>()?;
    if from != at {
        return None;
    }
    let page = |page: [(u64, Part); 3]| {
        let [head, stamps, values] = page.map(|(from, part)| checked(file, from, part));
        rows(&head?, stamps?, values?)
    };
    let pages: Vec<Rows> = places.into_par_iter().map(page).collect::<Option<_>>()?;
    let mut snapshot = Snapshot { folders: Vec::new(), stamps: Vec::new(), lists };
    pages.into_iter().try_for_each(|rows| snapshot.add(rows))?;
    Some(snapshot)
}

/// The records of a page and the stamps of their files.
struct Rows {
    folder: Folder,
    records: Vec<Arc<Record>>,
    stamps: Vec<u8>,
}

impl Snapshot {
    /// Adds a page behind those that are there; nothing if it does not belong there.
    fn add(&mut self, Rows { folder, records, stamps }: Rows) -> Option<()> {
        match (self.folders.last_mut(), self.stamps.last_mut()) {
            (Some((last, before)), Some((_, stamps_before))) if *last == folder => {
                let follows = before.last()?.id() < records.first()?.id();
                before.extend(records);
                stamps_before.0.push(stamps);
                follows.then_some(())
            }
            _ => {
                let is_new = self.folders.iter().all(|(known, _)| *known != folder);
                self.folders.push((folder.clone(), records));
                self.stamps.push((folder, Stamps(vec![stamps])));
                is_new.then_some(())
            }
        }
    }
}

fn number(bytes: &[u8]) -> Option<u32> {
    bytes.try_into().ok().map(u32::from_le_bytes)
}

fn checked(file: &Derived, from: u64, Part { length, checksum }: Part) -> Option<Vec<u8>> {
    let bytes = file.part(from, usize::try_from(length).ok()?)?;
    (crc32fast::hash(&bytes) == checksum).then_some(bytes)
}

fn rows(head: &[u8], stamps: Vec<u8>, values: Vec<u8>) -> Option<Rows> {
    let Head { folder, places, names, rows } = postcard::from_bytes(head).ok()?;
    let folder = Folder::new(folder).ok()?;
    let places =
        places.into_iter().map(|place| RepoPath::new(place).ok().filter(|p| p.first() == folder.as_str()));
    let places: Vec<RepoPath> = places.collect::<Option<_>>()?;
    let names: Vec<Arc<[SmolStr]>> =
        names.into_iter().map(|list| list.into_iter().map(SmolStr::new).collect()).collect();
    let page: Arc<dyn Pack> = Arc::new(Page::new(values, &rows)?);
    let record = |(row, number): (&Row<'_>, u32)| {
        let id = Id::new(row.id).ok()?;
        let path = places.get(row.place as usize)?.record(&id).ok()?;
        let fields = Fields::packed(names.get(row.names as usize)?.clone(), page.clone(), number);
        Some(Arc::new(Record { reference: Ref::new(folder.clone(), id), path, fields }))
    };
    let records: Vec<_> = rows.iter().zip(0..).map(record).collect::<Option<_>>()?;
    records.is_sorted_by(|a, b| a.id() < b.id()).then_some(Rows { folder, records, stamps })
}
