//! The sample company, compiled in, moved to where its "today" is today.

use chrono::{DateTime, DurationRound, NaiveDate, TimeDelta, TimeZone, Utc};
use include_dir::{Dir, include_dir};

use super::Files;
use super::save::groundwork;
use super::shift::Shift;
use crate::base::RepoPath;

static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/sample-repo");

/// The sample as it was written.
pub fn as_written() -> Files {
    let mut files = Files::new();
    collect(&SAMPLE, &mut files);
    files
}

/// The sample as it is at a moment: its "now", half past one on 21 November 2026, becomes the minute that has begun then.
pub fn at(now: DateTime<Utc>) -> Files {
    let files = as_written();
    let zone = groundwork(&files).1.zone();
    let written_for = NaiveDate::from_ymd_opt(2026, 11, 21).and_then(|day| day.and_hms_opt(13, 30, 0));
    let written_for = zone.from_local_datetime(&written_for.unwrap_or_default()).earliest();
    let now = now.duration_trunc(TimeDelta::minutes(1)).unwrap_or(now);
    let now = now.with_timezone(&zone);
    Shift::between(written_for.unwrap_or(now), now, Shift::zones_in(&files)).files(&files)
}

fn collect(folder: &Dir<'_>, files: &mut Files) {
    for file in folder.files() {
        if let Some(path) = file.path().to_str().and_then(|path| RepoPath::new(&path.replace('\\', "/")).ok())
        {
            files.insert(path, file.contents().to_vec());
        }
    }
    folder.dirs().for_each(|folder| collect(folder, files));
}
