//! The packed values of some records.

use super::Row;
use crate::model::{Pack, Value};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{PoisonError, RwLock};

/// The values of a page's records, which have been found to be what was written. When those of every record have been
/// unpacked, the bytes are let go.
pub struct Page {
    bytes: RwLock<Box<[u8]>>,
    /// Where each row's values end.
    ends: Box<[u32]>,
    left: AtomicUsize,
}

impl Page {
    /// The values of these rows; none if there are not as many bytes as they say.
    pub fn new(bytes: Vec<u8>, rows: &[Row<'_>]) -> Option<Self> {
        let mut end = 0_u32;
        let ends = rows.iter().map(|row| {
            end = end.checked_add(row.length)?;
            Some(end)
        });
        let ends: Box<[u32]> = ends.collect::<Option<_>>()?;
        let left = AtomicUsize::new(rows.len());
        (end as usize == bytes.len()).then(|| Self { bytes: RwLock::new(bytes.into()), ends, left })
    }
}

impl Pack for Page {
    #[expect(
        clippy::expect_used,
        reason = "the checksum holds: these are the bytes that were made of values"
    )]
    fn unpack(&self, row: u32) -> Box<[Value]> {
        let row = row as usize;
        let from = row.checked_sub(1).map_or(0, |before| self.ends[before]) as usize;
        let values: Vec<Value> = {
            let bytes = self.bytes.read().unwrap_or_else(PoisonError::into_inner);
            postcard::from_bytes(&bytes[from..self.ends[row] as usize]).expect("values, as they were written")
        };
        if self.left.fetch_sub(1, Ordering::AcqRel) == 1 {
            *self.bytes.write().unwrap_or_else(PoisonError::into_inner) = Box::default();
        }
        values.into()
    }
}
