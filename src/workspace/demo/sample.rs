//! The sample company, compiled in, moved to where its "today" is today.

use chrono::NaiveDate;
use include_dir::{Dir, include_dir};

use super::Files;
use super::shift::Shift;
use crate::base::RepoPath;

static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/sample-repo");

/// The day the sample was written for.
fn written_for() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default()
}

/// The sample as it was written.
pub fn as_written() -> Files {
    let mut files = Files::new();
    collect(&SAMPLE, &mut files);
    files
}

/// The sample as it is on a day.
pub fn on(today: NaiveDate) -> Files {
    let files = as_written();
    Shift::new(written_for(), today, Shift::zones_in(&files)).files(&files)
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
