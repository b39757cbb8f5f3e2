//! A new workspace: in a new git repository, or at the top of one that is there.

use super::open::PATIENCE;
use crate::base::slug::slug;
use crate::base::{Clock, CommitId, Currency, Now, RepoPath};
use crate::disk::{self, DiskError, FileChange, Root, WriteLock};
use crate::git::{Environment, GitError, Identity, Message, NewCommit, Repo};
use crate::model::kinds::new_file;
use crate::model::{SETTINGS_FILE, Schema, Value, create};
use crate::yaml::{Data, to_text};
use chrono_tz::Tz;
use include_dir::{Dir, include_dir};
use std::path::{Path, PathBuf};

/// Settings that most people would make first.
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/workspace/starter");

/// What is in a new workspace besides its settings and its user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Furnished {
    /// A pipeline for deals and a queue for cases, so that both can be made at once.
    Starter,
    /// Nothing.
    Empty,
}

/// What a new workspace is called and goes by.
#[derive(Debug, Clone)]
pub struct Basics {
    /// Its name.
    pub name: String,
    /// Its base currency.
    pub currency: Currency,
    /// Its time zone.
    pub zone: Tz,
    /// What is in it from the start.
    pub furnished: Furnished,
}

/// A workspace that was made.
#[derive(Debug, Clone)]
pub struct Made {
    /// Where it is.
    pub path: PathBuf,
    /// Its first commit.
    pub commit: CommitId,
    /// The files of that commit.
    pub files: Vec<RepoPath>,
    /// Whether the git repository was made too.
    pub new_repository: bool,
}

/// Why there is no new workspace.
#[derive(Debug, thiserror::Error)]
pub enum InitError {
    /// There is one already.
    #[error("{} is a Kontor workspace already: open it with `kontor -C {}`", .0.display(), .0.display())]
    Already(PathBuf),
    /// The folder is inside a repository and not its top.
    #[error("{} is inside the git repository {}: a workspace is a repository of its own, so make it at that one's top or outside of it", folder.display(), top.display())]
    Inside {
        /// Where it was to be.
        folder: PathBuf,
        /// The repository's top.
        top: PathBuf,
    },
    /// A file that would have to be written is there.
    #[error("{0} is there already and is no settings file of ours: move it away first")]
    InTheWay(RepoPath),
    /// Git refused.
    #[error(transparent)]
    Git(#[from] GitError),
    /// The disk refused.
    #[error(transparent)]
    Disk(#[from] DiskError),
}

const ATTRIBUTES_FILE: &str = ".gitattributes";
const ATTRIBUTES: &str = "*.yaml merge=kontor\n";

/// Makes a workspace in `folder`, which is made too if it is not there.
///
/// # Errors
/// When there is one already, or the folder is inside another repository, or git or the disk refuse.
pub fn init(
    folder: &Path,
    environment: Environment,
    clock: &dyn Clock,
    basics: &Basics,
) -> Result<Made, InitError> {
    disk::outside::ensure_folder(folder)?;
    let root = Root::open(folder)?;
    let settings = path(SETTINGS_FILE);
    if root.stamp(&settings)?.is_some() {
        return Err(InitError::Already(root.path().to_owned()));
    }
    let (repo, new_repository) = match Repo::discover(root.path(), environment.clone()) {
        Ok(repo) => (repo, false),
        Err(GitError::NotARepository { .. }) => (Repo::init(root.path(), environment)?, true),
        Err(error) => return Err(error.into()),
    };
    let top = Root::open(repo.root())?;
    if top.path() != root.path() {
        return Err(InitError::Inside { folder: root.path().to_owned(), top: top.path().to_owned() });
    }
    let author = repo.identity()?;
    let now = Now::new(clock.now(), basics.zone);
    let mut files = vec![(settings, settings_text(basics)), (path(ATTRIBUTES_FILE), attributes(&root)?)];
    files.extend(user_file(&root, &author, now)?);
    if basics.furnished == Furnished::Starter {
        files.extend(starter_files(&root));
    }
    let commit = write(&repo, &root, files.clone(), &author, basics, now)?;
    let files = files.into_iter().map(|(path, _)| path).collect();
    Ok(Made { path: root.path().to_owned(), commit, files, new_repository })
}

fn write(
    repo: &Repo,
    root: &Root,
    files: Vec<(RepoPath, String)>,
    author: &Identity,
    basics: &Basics,
    now: Now,
) -> Result<CommitId, InitError> {
    let lock = WriteLock::acquire(&repo.state_folder(), PATIENCE)?;
    let staged: Vec<_> = files.iter().map(|(p, text)| FileChange::write(p.clone(), text.as_str())).collect();
    let staged = disk::apply(root, &lock, staged)?;
    let changes: Vec<_> = files.into_iter().map(|(p, text)| (p, Some(text.into_bytes()))).collect();
    let subject = format!("New workspace: {}", crate::base::text::safe(&basics.name));
    let message = Message::new(subject).with_trailer(super::message::ACTION, "init").to_string();
    let new = NewCommit { changes: &changes, message: &message, author, time: now.local().fixed_offset() };
    match repo.commit(&new) {
        Ok(commit) => {
            staged.settle()?;
            repo.refresh_index()?;
            Ok(commit)
        }
        Err(error) => {
            staged.rollback()?;
            Err(error.into())
        }
    }
}

/// The settings, with a word on each for whoever opens the file.
fn settings_text(basics: &Basics) -> String {
    let scalar = |text: &str| {
        let line = to_text(&Data::Map(vec![("name".into(), Data::text(text))]));
        line.trim_start_matches("name:").trim().to_owned()
    };
    format!(
        "\
# The settings of this workspace. The file marks its root: keep it at the top of the git repository.
name: {name}

# Amounts without a currency are in this one, and sums are shown in it.
currency: {currency}

# Days begin and end, and times are shown, by the clocks of this place.
time_zone: {zone}

# The month in which the business year starts, 1 to 12.
fiscal_year_start: 1

# What one unit of another currency is worth in {currency}.
# rates:
#   USD: 0.92

# What becomes of files edited without Kontor, once they are valid: auto commits them, ask asks, never leaves them
# to `kontor commit`.
hand_edits: auto

# How numbers and dates are written and read here.
# style:
#   decimal: point   # or comma
#   date: ymd        # or dmy, mdy
",
        name = scalar(&basics.name),
        currency = basics.currency,
        zone = basics.zone.name(),
    )
}

/// `.gitattributes` with our line; what it says already stays.
fn attributes(root: &Root) -> Result<String, InitError> {
    let bytes = root.read(&path(ATTRIBUTES_FILE))?.unwrap_or_default();
    let mut text = String::from_utf8(bytes).map_err(|_| InitError::InTheWay(path(ATTRIBUTES_FILE)))?;
    if text.lines().any(|line| line.trim() == ATTRIBUTES.trim()) {
        return Ok(text);
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    Ok(text + ATTRIBUTES)
}

/// A user record of whoever makes the workspace, so that `me` and new records' owners work at once.
fn user_file(root: &Root, author: &Identity, now: Now) -> Result<Option<(RepoPath, String)>, InitError> {
    let schema = Schema::builtin();
    let (Some(id), Some(ty)) = (slug(&author.name), schema.find("user")) else { return Ok(None) };
    let path = path(&format!("{}/{id}.yaml", ty.folder));
    if root.stamp(&path)?.is_some() {
        return Ok(None);
    }
    let own = [("name".into(), Value::text(&author.name)), ("email".into(), Value::text(&author.email))];
    let fields: Vec<_> = own.into_iter().chain(create::defaults(ty, None, now)).collect();
    Ok(Some((path, new_file(ty, &fields))))
}

/// The starter's settings, each kind where the repository has none of it.
fn starter_files(root: &Root) -> Vec<(RepoPath, String)> {
    let folders = STARTER.dirs().filter(|folder| {
        let place = folder.path().to_str().and_then(|place| RepoPath::new(place).ok());
        place.is_some_and(|place| disk::files_below(root, &place).is_empty())
    });
    let file = |file: &include_dir::File<'_>| {
        Some((
            RepoPath::new(&file.path().to_str()?.replace('\\', "/")).ok()?,
            file.contents_utf8()?.to_owned(),
        ))
    };
    folders.flat_map(Dir::files).filter_map(file).collect()
}

fn path(text: &str) -> RepoPath {
    // Names of our own, and ids, make good paths.
    RepoPath::try_from(text).unwrap_or_else(|_| unreachable!("{text} is a plain path"))
}
