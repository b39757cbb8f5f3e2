//! A workspace to look at and to play with: the sample with a history, or any number of made-up records.

mod generate;
mod live;
mod offset;
mod sample;
mod save;
mod shift;
mod story;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Days, NaiveTime, Utc};
use chrono_tz::Tz;
use thiserror::Error;

use crate::base::RepoPath;
use crate::disk::{self, DiskError};
use crate::git::{Bulk, Environment, GitError, Identity, LogQuery, Repo};
use crate::model::{Schema, Settings};
use crate::workspace::seen::Seen;
use generate::Generated;
use save::{Save, Scribe, groundwork};

/// Files by their place in the repository.
pub type Files = BTreeMap<RepoPath, Vec<u8>>;

/// The name of the folder a demo is made in unless told otherwise; taken ones get a number.
pub const FOLDER: &str = "kontor-demo";

/// Whose workspace the demo is: edits are made in this user's name.
const ME: &str = "Lena Vogt";

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Making up records and their history.
    Story,
    /// Writing the commits, counted by the files in them.
    Commits,
    /// Writing the files.
    Files,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// How much of it is done.
    pub done: usize,
    /// How much there is to do; 0 where that is not known.
    pub total: usize,
}

/// A demo that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Where it is.
    pub path: PathBuf,
    /// How many files it has.
    pub files: usize,
    /// How many commits.
    pub commits: usize,
}

/// Why there is no demo.
#[derive(Debug, Error)]
pub enum DemoError {
    /// There is no place for it.
    #[error(transparent)]
    Place(#[from] DiskError),
    /// The repository could not be made.
    #[error("{path}: the demo is not complete, remove the folder and try again: {source}")]
    Repository {
        /// The folder.
        path: PathBuf,
        /// What git said.
        source: GitError,
    },
}

/// The attributes of a workspace's files.
const GIT_ATTRIBUTES: &str = "*.yaml merge=kontor\n";

pub use generate::Order;

/// What the demo is to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Content {
    /// The sample company, with months of history.
    #[default]
    Sample,
    /// Made-up records.
    Generated(Order),
}

/// Records and how they came to be.
struct Story {
    schema: Arc<Schema>,
    settings: Arc<Settings>,
    saves: Vec<Save>,
    files: usize,
}

impl Story {
    fn new(content: Content, now: DateTime<Utc>) -> Story {
        match content {
            Content::Sample => {
                let files = sample::at(now);
                let (schema, settings) = groundwork(&files);
                Story { schema, settings, saves: story::story(&files, now), files: files.len() }
            }
            Content::Generated(order) => {
                let Generated { schema, settings, saves, files } = generate::generate(order, now);
                Story { schema, settings, saves, files }
            }
        }
    }

    /// The demo's user.
    fn me(&self) -> Option<Identity> {
        self.saves.iter().map(|save| &save.by.who).find(|who| who.name == ME).cloned()
    }
}

/// Makes a demo in a new folder: `target`, which must not exist, or else a free one called [`FOLDER`].
///
/// # Errors
/// When there is something at the target already, which is left alone, or when disk or git refuse.
pub fn make(
    target: Option<&Path>,
    content: Content,
    now: DateTime<Utc>,
    environment: Environment,
    progress: &mut dyn FnMut(Progress),
) -> Result<Made, DemoError> {
    let path = match target {
        Some(path) => disk::new_folder(path).map(|()| path.to_path_buf())?,
        None => disk::new_folder_named(FOLDER)?,
    };
    progress(Progress { phase: Phase::Story, done: 0, total: 0 });
    let story = Story::new(content, now);
    let files = story.files;
    let evening = evening_before(now.with_timezone(&story.settings.zone()));
    let me = story.me();
    let made = Repo::init(&path, environment).and_then(|repo| {
        set_up(&repo, me.as_ref())?;
        let mut scribe = Scribe::new(story.schema, story.settings, Bulk::new(&repo)?);
        write(&mut scribe, story.saves, progress)?;
        progress(Progress { phase: Phase::Files, done: 0, total: files });
        let bulk = scribe.into_bulk();
        let commits = bulk.commits();
        bulk.finish()?;
        if let Some(me) = &me {
            look_up_to(&repo, me, evening)?;
        }
        progress(Progress { phase: Phase::Files, done: files, total: files });
        Ok(commits)
    });
    match made {
        Ok(commits) => Ok(Made { path, files, commits }),
        Err(source) => Err(DemoError::Repository { path, source }),
    }
}

fn write(
    scribe: &mut Scribe<'_>,
    saves: Vec<Save>,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), GitError> {
    let total = saves.iter().map(|save| save.files.len()).sum();
    let (mut done, mut told) = (0, 0);
    for save in saves {
        if done >= told {
            progress(Progress { phase: Phase::Commits, done, total });
            told = done + 200;
        }
        done += save.files.len();
        scribe.write(save)?;
    }
    progress(Progress { phase: Phase::Commits, done: total, total });
    Ok(())
}

/// Settings of the new repository, so that edits work at once and whatever the user's own settings are: in the name
/// of the demo's user, who has no key to sign with, and with the bytes that are in the commits.
fn set_up(repo: &Repo, me: Option<&Identity>) -> Result<(), GitError> {
    if let Some(Identity { name, email }) = me {
        repo.set("user.name", name)?;
        repo.set("user.email", email)?;
    }
    repo.set("commit.gpgsign", "false")?;
    repo.set("core.autocrlf", "false")
}

/// When the demo's user went home: at twenty past five the day before.
fn evening_before(now: DateTime<Tz>) -> DateTime<Utc> {
    let day = now.date_naive() - Days::new(1);
    let evening = day.and_time(NaiveTime::from_hms_opt(17, 20, 0).unwrap_or_default());
    DateTime::from_naive_utc_and_offset(evening - offset::offset_in(now.timezone(), evening), Utc)
}

/// The demo's user has looked at all that had happened by then, so the home screen has news for them.
fn look_up_to(repo: &Repo, me: &Identity, at: DateTime<Utc>) -> Result<(), GitError> {
    let log = repo.log(&LogQuery { limit: Some(LAST_DAY), ..LogQuery::default() })?;
    let commit = log.into_iter().find(|entry| entry.time <= at).map(|entry| entry.commit);
    if commit.is_some() {
        // Without the note the home screen shows recent changes instead.
        let _ = Seen { commit, at }.save(repo, me);
    }
    Ok(())
}

/// More commits than a day of the demo has.
const LAST_DAY: usize = 400;

#[cfg(test)]
mod scene_tests;
#[cfg(test)]
mod tests;
