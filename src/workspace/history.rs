//! What happened to records, commit by commit and field by field.

use super::load::record;
use super::message::{ACTION, REDOES, UNDOES};
use super::seen::Seen;
use crate::base::{CommitId, Id, Ref, RepoPath};
use crate::git::{FileVersions, GitError, Identity, LogEntry, LogQuery, Repo};
use crate::model::diff::{FieldChange, diff};
use crate::model::{Book, Fields, Record};
use chrono::{DateTime, FixedOffset};

/// One commit, as far as it touched records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The commit.
    pub commit: CommitId,
    /// When, on the author's clock.
    pub time: DateTime<FixedOffset>,
    /// Who, as git knows them.
    pub author: Identity,
    /// Who, as a user record of the workspace.
    pub user: Option<Id>,
    /// The commit's first line.
    pub subject: String,
    /// The action that made it; none for commits made without Kontor.
    pub action: Option<String>,
    /// The commit it undoes or redoes.
    pub reverts: Option<CommitId>,
    /// What it did to each record.
    pub records: Vec<RecordEvent>,
}

/// What a commit did to one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordEvent {
    /// The record.
    pub reference: Ref,
    /// In which way.
    pub kind: EventKind,
    /// The values that differ.
    pub fields: Vec<FieldChange>,
}

/// In which way a commit touched a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventKind {
    /// It was made.
    Created,
    /// Values changed.
    Changed,
    /// It was removed.
    Deleted,
    /// It got another id.
    Renamed {
        /// The one before.
        from: Ref,
    },
    /// One of the two states could not be parsed, so nobody knows which values changed.
    Unreadable,
}

/// What happened to one record, newest first, followed back through renames.
///
/// # Errors
/// When git cannot tell.
pub fn of_record(repo: &Repo, book: &Book, path: &RepoPath, limit: usize) -> Result<Vec<Event>, GitError> {
    let mut events: Vec<Event> = Vec::new();
    let (mut path, mut from) = (path.clone(), None);
    while events.len() < limit {
        let query = LogQuery {
            paths: &[path.clone()],
            from,
            limit: Some(limit - events.len()),
            ..LogQuery::default()
        };
        let found = read(repo, book, &query)?;
        // Under an earlier name it may have lived before, so the rest of what this path saw is another life.
        let mut earlier = None;
        for mut event in found.into_iter().filter(|event| !event.records.is_empty()) {
            let born = event.records.iter().any(|r| r.kind == EventKind::Created);
            if born && let Some(birth) = renamed_from(repo, book, &event, &path)? {
                for record in &mut event.records {
                    record.kind = EventKind::Renamed { from: birth.was.clone() };
                    record.fields.clone_from(&birth.fields);
                }
                events.push(event);
                earlier = Some(birth);
                break;
            }
            events.push(event);
        }
        match earlier {
            Some(Birth { path: old, parent: Some(parent), .. }) => (path, from) = (old, Some(parent)),
            _ => break,
        }
    }
    Ok(events)
}

/// The beginning of a record that went by another name before.
struct Birth {
    path: RepoPath,
    was: Ref,
    parent: Option<CommitId>,
    /// What changed along with the name: links of the record to itself.
    fields: Vec<FieldChange>,
}

/// What happened in the whole workspace lately, newest first. Commits that touched no record are left out.
///
/// # Errors
/// When git cannot tell.
pub fn recent(repo: &Repo, book: &Book, query: &LogQuery<'_>) -> Result<Vec<Event>, GitError> {
    let wanted = query.limit.unwrap_or(usize::MAX);
    let mut asked = query.limit;
    loop {
        let mut events = read(repo, book, &LogQuery { limit: asked, ..query.clone() })?;
        let all = asked.is_none_or(|asked| events.len() < asked);
        events.retain(|event| !event.records.is_empty());
        // So that fewer than were asked for are all there are.
        if all || events.len() >= wanted {
            events.truncate(wanted);
            return Ok(events);
        }
        asked = asked.map(|asked| asked.saturating_mul(2));
    }
}

/// The whole workspace lately.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lately {
    /// What others did since the user last looked, newest first; it may have been done before and come in since.
    pub since: Vec<Event>,
    /// What anybody did, newest first, whether the user has seen it or not.
    pub recent: Vec<Event>,
}

/// What happened lately, each of both at most `limit` commits; nothing is new to somebody who has never looked.
///
/// # Errors
/// When git cannot tell.
pub fn lately(repo: &Repo, book: &Book, seen: Option<&Seen>, limit: usize) -> Result<Lately, GitError> {
    let limit = Some(limit);
    let recently = recent(repo, book, &LogQuery { limit, ..LogQuery::default() })?;
    let Some(seen) = seen else { return Ok(Lately { since: Vec::new(), recent: recently }) };
    let new = LogQuery { without: seen.commit, limit, ..LogQuery::default() };
    let since = recent(repo, book, &new).or_else(|_| {
        // That commit is not there any more, as after a rebase; then the clocks must tell.
        let since = Some(seen.at.fixed_offset());
        recent(repo, book, &LogQuery { since, limit, ..LogQuery::default() })
    });
    let me = repo.identity()?;
    let my_user = super::open::me(book, Ok(me.clone()));
    let others = |event: &Event| {
        !event.author.email.eq_ignore_ascii_case(&me.email) && (my_user.is_none() || event.user != my_user)
    };
    Ok(Lately { since: since?.into_iter().filter(others).collect(), recent: recently })
}

fn read(repo: &Repo, book: &Book, query: &LogQuery<'_>) -> Result<Vec<Event>, GitError> {
    repo.log(query)?.into_iter().map(|entry| event(repo, book, entry)).collect()
}

/// A commit of thousands of records (an import) is summed up by its first ones.
const MAX_RECORDS: usize = 200;

fn event(repo: &Repo, book: &Book, entry: LogEntry) -> Result<Event, GitError> {
    let changes = entry.changes.iter().filter(|c| reference(book, &c.path).is_some()).take(MAX_RECORDS);
    let records = changes.map(|change| record_event(repo, book, change)).collect::<Result<Vec<_>, _>>()?;
    let message = &entry.message;
    let reverts = message.trailer(UNDOES).chain(message.trailer(REDOES)).find_map(|id| id.parse().ok());
    Ok(Event {
        commit: entry.commit,
        time: entry.time,
        user: super::open::me(book, Ok(entry.author.clone())),
        author: entry.author,
        subject: message.subject.clone(),
        action: message.trailer(ACTION).next().map(str::to_owned),
        reverts,
        records,
    })
}

fn record_event(repo: &Repo, book: &Book, change: &FileVersions) -> Result<RecordEvent, GitError> {
    let state = |blob: Option<crate::git::BlobId>| -> Result<Option<Option<Record>>, GitError> {
        let bytes = blob.map(|blob| repo.content(blob)).transpose()?;
        Ok(bytes.map(|bytes| record(book.schema(), &change.path, &bytes).ok()))
    };
    let (old, new) = (state(change.old)?, state(change.new)?);
    let (kind, fields) = match (&old, &new) {
        (Some(None), _) | (_, Some(None)) => (EventKind::Unreadable, Vec::new()),
        (None, Some(Some(new))) => (EventKind::Created, diff(&[], &new.fields)),
        (Some(Some(old)), None) => (EventKind::Deleted, diff(&old.fields, &[])),
        (Some(Some(old)), Some(Some(new))) => (EventKind::Changed, diff(&old.fields, &new.fields)),
        (None, None) => (EventKind::Unreadable, Vec::new()),
    };
    // The caller took only paths of records.
    let reference = reference(book, &change.path).ok_or(GitError::Answer { command: "log".into() })?;
    Ok(RecordEvent { reference, kind, fields })
}

/// A record that began in a commit which also ended another one of its folder was renamed there: if they hold
/// the same, or if the commit is a rename.
fn renamed_from(repo: &Repo, book: &Book, event: &Event, path: &RepoPath) -> Result<Option<Birth>, GitError> {
    let Some(born) = repo.version_at(&event.commit, path)? else { return Ok(None) };
    let Ok(folder) = path.first().parse() else { return Ok(None) };
    // An import may have made thousands besides.
    let Some(entry) = repo.removal(event.commit, &folder)? else { return Ok(None) };
    let gone: Vec<_> =
        entry.changes.iter().filter_map(|c| Some((c, c.old?, reference(book, &c.path)?))).collect();
    let same = gone.iter().find(|(_, old, _)| *old == born);
    let renames = matches!(event.action.as_deref(), Some("rename" | "undo" | "redo"));
    let Some((change, old, was)) = same.or(gone.first().filter(|_| renames && gone.len() == 1)) else {
        return Ok(None);
    };
    let state = |path: &RepoPath, blob| -> Result<Fields, GitError> {
        Ok(record(book.schema(), path, &repo.content(blob)?).map_or(Fields::default(), |r| r.fields))
    };
    let fields = diff(&state(&change.path, *old)?, &state(path, born)?);
    let parent = entry.parents.first().copied();
    Ok(Some(Birth { path: change.path.clone(), was: was.clone(), parent, fields }))
}

fn reference(book: &Book, path: &RepoPath) -> Option<Ref> {
    let folders = |folder: &str| book.schema().types().iter().any(|t| t.folder.as_str() == folder);
    crate::model::create::reference_of(folders, path)
}
