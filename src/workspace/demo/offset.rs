//! How far the clocks of a zone are from UTC.

use chrono::{FixedOffset, LocalResult, NaiveDateTime, Offset, TimeZone};
use chrono_tz::Tz;

/// The offset clocks of a zone had at a time they showed. Where they showed it twice, the first; where they skipped
/// it, the one they had afterwards.
pub fn offset_in(zone: Tz, local: NaiveDateTime) -> FixedOffset {
    match zone.offset_from_local_datetime(&local) {
        LocalResult::Single(offset) | LocalResult::Ambiguous(offset, _) => offset.fix(),
        LocalResult::None => zone.offset_from_utc_datetime(&local).fix(),
    }
}
