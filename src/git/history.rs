//! What happened: commits, the files they changed, and the contents these had.

use chrono::{DateTime, FixedOffset};
use git2::{ErrorCode, Oid};

use super::cli::Git;
use super::error::Doing;
use super::repo::commit_id;
use super::{GitError, Identity, Message, Repo};
use crate::base::{CommitId, RepoPath};

/// The name of a file's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlobId(Oid);

/// One commit of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Its name.
    pub commit: CommitId,
    /// What it is based on; more than one for a merge.
    pub parents: Vec<CommitId>,
    /// Who made the change.
    pub author: Identity,
    /// When, on the author's clock.
    pub time: DateTime<FixedOffset>,
    /// What was said about it.
    pub message: Message,
    /// The files it changed, of those asked for. A merge only names files that differ from all it merged.
    pub changes: Vec<FileVersions>,
}

/// A file before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileVersions {
    /// The file.
    pub path: RepoPath,
    /// Its content before; none if it did not exist.
    pub old: Option<BlobId>,
    /// Its content after; none if it does not exist any more.
    pub new: Option<BlobId>,
}

/// Which commits to list.
#[derive(Clone, Debug, Default)]
pub struct LogQuery<'a> {
    /// Only those that changed one of these files or folders; all if empty.
    pub paths: &'a [RepoPath],
    /// Starting from this commit backwards, instead of from the newest.
    pub from: Option<CommitId>,
    /// Leaving out this commit and all it is based on.
    pub without: Option<CommitId>,
    /// Only those made since then.
    pub since: Option<DateTime<FixedOffset>>,
    /// At most so many.
    pub limit: Option<usize>,
}

impl Repo {
    /// The commits asked for, newest first. None if there is no commit at all.
    pub fn log(&self, query: &LogQuery<'_>) -> Result<Vec<LogEntry>, GitError> {
        let Some(from) = query.from.map_or_else(|| Ok(self.head()?.commit()), |from| Ok(Some(from)))? else {
            return Ok(Vec::new());
        };
        self.tree_of(&from)?;
        let mut git = self.git_log();
        if let Some(limit) = query.limit {
            git = git.arg(format!("--max-count={limit}"));
        }
        if let Some(since) = query.since {
            git = git.arg(format!("--since=@{}", since.timestamp()));
        }
        git = git.arg(from.as_str());
        if let Some(without) = query.without {
            git = git.arg(format!("^{without}"));
        }
        let output = git.arg("--").args(query.paths.iter().map(RepoPath::as_str)).run(None)?;
        parse_log(&output).ok_or(GitError::Answer { command: "log".into() })
    }

    /// The commit with the files below the folder that it removed; none if it removed none there. However many files it
    /// changed, only those are told.
    pub fn removal(&self, commit: CommitId, folder: &RepoPath) -> Result<Option<LogEntry>, GitError> {
        const DOING: &str = "reading a commit";
        let id = Oid::from_str(commit.as_str()).doing(DOING)?;
        if self.git.find_commit(id).doing(DOING)?.parent_count() == 0 {
            return Ok(None);
        }
        let git =
            self.git_log().args(["--no-walk", "--diff-filter=D", commit.as_str(), "--", folder.as_str()]);
        let entries = parse_log(&git.run(None)?).ok_or(GitError::Answer { command: "log".into() })?;
        Ok(entries.into_iter().next())
    }

    /// `git log` as [`parse_log`] reads it.
    fn git_log(&self) -> Git {
        self.run_git_set(&["core.hooksPath=/dev/null", "i18n.logOutputEncoding=UTF-8"], "log")
            .args(["-z", "--raw", "--abbrev=40", "--no-renames", "--no-ext-diff", "--no-textconv", "-c"])
            .args(["--no-color", "--no-notes", "--no-decorate"])
            .arg("--format=tformat:commit%x00%H%x00%P%x00%aN%x00%aE%x00%at%x00%ai%x00%B%x00")
    }

    /// What a file held in a commit; none if the commit does not have it.
    pub fn version_at(&self, commit: &CommitId, path: &RepoPath) -> Result<Option<BlobId>, GitError> {
        Ok(self.blob_in(Some(&self.tree_of(commit)?), path)?.map(BlobId))
    }

    /// A content.
    pub fn content(&self, blob: BlobId) -> Result<Vec<u8>, GitError> {
        self.git.find_blob(blob.0).map(|blob| blob.content().to_vec()).doing("reading an earlier content")
    }

    /// The content a file had in a commit; none if the commit does not have the file.
    pub fn content_at(&self, commit: &CommitId, path: &RepoPath) -> Result<Option<Vec<u8>>, GitError> {
        self.version_at(commit, path)?.map(|blob| self.content(blob)).transpose()
    }

    /// The commit a name such as `main`, `v1`, `HEAD~3` or a shortened hash stands for; none if there is none.
    pub fn resolve(&self, name: &str) -> Result<Option<CommitId>, GitError> {
        match self.git.revparse_single(name).and_then(|object| object.peel_to_commit()) {
            Ok(commit) => Ok(Some(commit_id(commit.id()))),
            Err(error) => match error.code() {
                ErrorCode::NotFound | ErrorCode::InvalidSpec | ErrorCode::Ambiguous | ErrorCode::Peel => {
                    Ok(None)
                }
                _ => Err(error).doing("looking up a commit"),
            },
        }
    }
}

/// Reads what `git log -z --raw` prints in our format: everything is ended by a NUL. A commit is the word
/// `commit` and seven fields; what follows in pairs are its files, a line of modes and names and a path.
fn parse_log(output: &[u8]) -> Option<Vec<LogEntry>> {
    let mut fields = output.split(|&byte| byte == 0);
    let mut entries: Vec<LogEntry> = Vec::new();
    while let Some(field) = fields.next() {
        let field = field.trim_ascii_start();
        if field.is_empty() {
            continue;
        } else if field == b"commit" {
            entries.push(parse_commit(&mut fields)?);
        } else {
            let path = fields.next()?;
            let (old, new) = parse_versions(std::str::from_utf8(field).ok()?)?;
            // Files Kontor can't name are none of its records.
            if let Some(path) = std::str::from_utf8(path).ok().and_then(|path| path.parse().ok()) {
                entries.last_mut()?.changes.push(FileVersions { path, old, new });
            }
        }
    }
    Some(entries)
}

fn parse_commit<'a>(fields: &mut impl Iterator<Item = &'a [u8]>) -> Option<LogEntry> {
    let mut text = || fields.next().map(String::from_utf8_lossy);
    let commit = text()?.parse().ok()?;
    let parents = text()?.split_whitespace().map(|id| id.parse().ok()).collect::<Option<_>>()?;
    let author = Identity::new(text()?, text()?);
    let seconds: i64 = text()?.parse().ok()?;
    let zone = text()?.rsplit(' ').next().and_then(parse_zone);
    let time =
        DateTime::from_timestamp(seconds, 0)?.with_timezone(&zone.unwrap_or(FixedOffset::east_opt(0)?));
    let message = Message::parse(&text()?);
    Some(LogEntry { commit, parents, author, time, message, changes: Vec::new() })
}

/// `+0530`
fn parse_zone(text: &str) -> Option<FixedOffset> {
    let number: i32 = text.parse().ok()?;
    FixedOffset::east_opt((number / 100 * 60 + number % 100) * 60)
}

/// `:100644 100644 <old> <new> M`, or with one more colon, mode and name for every further parent of a merge.
fn parse_versions(text: &str) -> Option<(Option<BlobId>, Option<BlobId>)> {
    let parents = text.bytes().take_while(|&byte| byte == b':').count();
    let mut names = text.split(' ').skip(parents + 1).take(parents + 1);
    let blob = |name: &str| Oid::from_str(name).ok().map(|id| Some(BlobId(id)).filter(|_| !id.is_zero()));
    Some((blob(names.next()?)?, blob(names.last()?)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::sandbox::{Sandbox, change, path, time};

    fn read(repo: &Repo, versions: &FileVersions) -> (Option<String>, Option<String>) {
        let text =
            |blob: Option<BlobId>| blob.map(|blob| String::from_utf8(repo.content(blob).unwrap()).unwrap());
        (text(versions.old), text(versions.new))
    }

    #[test]
    fn the_log_of_a_file_and_of_everything() {
        let sandbox = Sandbox::with_files();
        let repo = sandbox.repo();
        let first = repo.head().unwrap().commit().unwrap();
        sandbox
            .save(&repo, &[change("c.yaml", Some("c: 2\n")), change("odd name é.yaml", Some("x"))])
            .unwrap();
        sandbox.git(&["commit", "--quiet", "--allow-empty", "--message=empty"]);
        let last = sandbox.save(&repo, &[change("c.yaml", None)]).unwrap();

        let all = repo.log(&LogQuery::default()).unwrap();
        assert_eq!(all.len(), 4);
        assert_eq!(all[0].commit, last);
        assert_eq!(all[0].author, Identity::new("Jonas Öz", "jonas@example.com"));
        assert_eq!(all[0].time, time());
        assert_eq!(all[0].time.offset(), time().offset());
        assert_eq!(all[0].message.subject, "subject → here");
        assert_eq!(all[0].message.body, "body");
        assert_eq!(all[0].message.trailer("Kontor-Action").collect::<Vec<_>>(), ["set"]);
        assert_eq!(all[0].parents, [all[1].commit]);
        assert!(all[1].changes.is_empty());
        let names: Vec<_> = all[2].changes.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(names, ["c.yaml", "odd name é.yaml"]);
        assert_eq!(read(&repo, &all[2].changes[0]), (Some("c: 1\n".into()), Some("c: 2\n".into())));
        assert_eq!(read(&repo, &all[2].changes[1]), (None, Some("x".into())));
        assert_eq!(all[3].changes.len(), 3);

        let paths = [path("c.yaml")];
        let query = LogQuery { paths: &paths, ..LogQuery::default() };
        let of_file = repo.log(&query).unwrap();
        assert_eq!(of_file.iter().map(|entry| entry.changes.len()).collect::<Vec<_>>(), [1, 1, 1]);
        assert_eq!(read(&repo, &of_file[0].changes[0]), (Some("c: 2\n".into()), None));
        let count = |query: LogQuery<'_>| repo.log(&query).unwrap().len();
        assert_eq!(count(LogQuery { limit: Some(1), ..query.clone() }), 1);
        assert_eq!(count(LogQuery { from: Some(all[2].commit), ..query.clone() }), 2);
        assert_eq!(count(LogQuery { without: Some(first), ..query.clone() }), 2);
        assert_eq!(count(LogQuery { since: Some(time() + chrono::Days::new(40_000)), ..query.clone() }), 0);

        assert_eq!(repo.content_at(&first, &path("c.yaml")).unwrap().unwrap(), b"c: 1\n");
        assert_eq!(repo.content_at(&last, &path("c.yaml")).unwrap(), None);
        let nowhere = "0123456789012345678901234567890123456789".parse().unwrap();
        assert!(matches!(repo.content_at(&nowhere, &path("c.yaml")), Err(GitError::NoSuchCommit { .. })));
        assert_eq!(repo.resolve("HEAD~3").unwrap(), Some(first));
        assert_eq!(repo.resolve(first.short()).unwrap(), Some(first));
        for name in ["nope", "HEAD~9", "", "..", "HEAD:c.yaml"] {
            assert_eq!(repo.resolve(name).unwrap(), None, "{name:?}");
        }
    }

    #[test]
    fn a_merge_names_what_it_decided_itself() {
        let sandbox = Sandbox::with_files();
        let repo = sandbox.repo();
        sandbox.git(&["checkout", "--quiet", "-b", "side"]);
        sandbox.save(&repo, &[change("c.yaml", Some("c: side\n")), change("s.yaml", Some("s"))]).unwrap();
        sandbox.git(&["checkout", "--quiet", "main"]);
        sandbox.save(&repo, &[change("c.yaml", Some("c: main\n"))]).unwrap();
        assert!(!sandbox.try_git(&["merge", "side"]).status.success());
        sandbox.write("c.yaml", "c: both\n");
        sandbox.git(&["commit", "--quiet", "--all", "--message=merge"]);
        let log = repo.log(&LogQuery::default()).unwrap();
        assert_eq!(log[0].parents.len(), 2);
        assert_eq!(log[0].changes.len(), 1);
        assert_eq!(read(&repo, &log[0].changes[0]), (Some("c: main\n".into()), Some("c: both\n".into())));
    }

    #[test]
    fn no_commit_no_log() {
        let sandbox = Sandbox::new();
        assert_eq!(sandbox.repo().log(&LogQuery::default()).unwrap(), []);
    }

    #[test]
    fn hostile_names_and_messages_do_not_confuse_the_reading() {
        let sandbox = Sandbox::with_files();
        for name in ["commit", ":100644 x", "\ncommit", "--all", "*.yaml"] {
            sandbox.write(name, "x");
        }
        sandbox.git(&["add", "."]);
        sandbox.git(&[
            "-c",
            "user.name=commit",
            "commit",
            "--quiet",
            "--message=commit\n\n:100644 100644 a b M\ncommit",
        ]);
        let log = sandbox.repo().log(&LogQuery::default()).unwrap();
        assert_eq!(log.len(), 2);
        assert_eq!(log[0].message.subject, "commit");
        let names: Vec<_> = log[0].changes.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(names, ["*.yaml", "--all", ":100644 x", "commit"]);
        let paths = [path("*.yaml"), path("--all")];
        let of_files = sandbox.repo().log(&LogQuery { paths: &paths, ..LogQuery::default() }).unwrap();
        assert_eq!((of_files.len(), of_files[0].changes.len()), (1, 2));
    }

    #[test]
    fn zones() {
        let seconds = |text| parse_zone(text).map(|zone| zone.local_minus_utc());
        assert_eq!(seconds("+0530"), Some(19_800));
        assert_eq!(seconds("-0330"), Some(-12_600));
        assert_eq!((seconds("+0000"), seconds("?"), seconds("+9999")), (Some(0), None, None));
    }
}
