//! The rows that stay out, as a file to be mended and imported again.

use super::plan::Reject;
use crate::exchange::csv::{self, Table};
use crate::tr;

/// The rows with their columns' names, and behind them why each stays out.
pub fn rejects(table: &Table, rejects: &[Reject]) -> Vec<u8> {
    let reason = tr!("reason");
    let width = table.headers.len();
    let head: Vec<&str> = table.headers.iter().map(String::as_str).chain([&*reason]).collect();
    let rows = rejects.iter().map(|reject| {
        let cells = table.rows.get(reject.at).map_or(&[][..], |row| &row.cells);
        let padded = cells.iter().map(String::as_str).chain(std::iter::repeat(""));
        let own = padded.take(width.max(cells.len()));
        own.chain([reject.reason.as_str()]).collect::<Vec<_>>()
    });
    csv::write(std::iter::once(head).chain(rows))
}
