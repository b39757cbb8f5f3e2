//! What can go wrong with a workspace, said so that a person knows what to do next.

use crate::base::{Ref, RepoPath};
use crate::disk::DiskError;
use crate::git::GitError;
use crate::model::Problem;
use crate::model::validate::Finding;
use crate::yaml::EditError;
use std::path::PathBuf;

/// Why a workspace could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// No `kontor.yaml` here or above.
    #[error("there is no Kontor workspace in {} or above it: run `kontor init` here, `kontor demo` to look around, or name one with -C", .0.display())]
    NotAWorkspace(PathBuf),
    /// `kontor.yaml` is below the top of the repository.
    #[error("{} is not at the top of its git repository: move kontor.yaml to {}", workspace.display(), top.display())]
    NotAtTop {
        /// Where `kontor.yaml` is.
        workspace: PathBuf,
        /// Where it should be.
        top: PathBuf,
    },
    /// Git could not open the repository.
    #[error(transparent)]
    Git(#[from] GitError),
    /// The files could not be reached.
    #[error(transparent)]
    Disk(#[from] DiskError),
}

/// Why a change was not made. Every file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// There is no such record.
    #[error("there is no {0}")]
    NoSuchRecord(Ref),
    /// The reference is in use.
    #[error("{0} is there already: choose another id")]
    Taken(Ref),
    /// No type has such a folder.
    #[error("no record type lives in '{0}'")]
    NoSuchType(String),
    /// The file cannot be parsed, so it is not touched.
    #[error("{0}: the file cannot be changed until that is mended; open it with `kontor edit`")]
    Broken(Problem),
    /// The file was deleted by another program.
    #[error("{0}: the file is gone from the disk; take it back with git, or look at the list again")]
    Gone(RepoPath),
    /// The new text cannot be taken.
    #[error("{0}: mend that; nothing was written")]
    Unreadable(Problem),
    /// A path where no record, schema file or attachment can be.
    #[error("{0}: is no record's file: records are <folder>/<id>.yaml, with an id of a-z, 0-9 and -")]
    NotARecord(RepoPath),
    /// The file says something else than what the change was made from.
    #[error("{field} of {reference} was changed meanwhile from '{was}' to '{now}': look at it and try again")]
    Stale {
        /// The record.
        reference: Ref,
        /// The field.
        field: String,
        /// What it held when the change was begun.
        was: String,
        /// What it holds now.
        now: String,
    },
    /// The result would break the schema's rules.
    #[error("{reference}: {}", said(findings))]
    Invalid {
        /// The record.
        reference: Ref,
        /// What would be wrong.
        findings: Vec<Finding>,
    },
    /// Other records point at what is to go.
    #[error(
        "{reference} is still pointed at by {}: change those first, or let them be changed along",
        list(from)
    )]
    StillLinked {
        /// The record that was to go.
        reference: Ref,
        /// Who points at it.
        from: Vec<Ref>,
    },
    /// The lossless edit was refused.
    #[error("{path}: {source}")]
    Edit {
        /// The file.
        path: RepoPath,
        /// Why.
        source: EditError,
    },
    /// A later change touched the same fields, so the older one cannot be taken back.
    #[error("cannot take back {subject}: {} changed since; change it by hand, or undo the later change first", fields.join(", "))]
    ChangedSince {
        /// What was to be undone.
        subject: String,
        /// `ref field`, each.
        fields: Vec<String>,
    },
    /// Git is told to pass over the file, so the change would be in no history.
    #[error(
        "{0}: git is told to ignore this file, so the change could not be kept: take it out of .gitignore, or commit it once with `git add --force`"
    )]
    Ignored(RepoPath),
    /// The file is in the newest commit and left out of the working tree.
    #[error(
        "{0}: is left out by the sparse checkout: bring it back with `git sparse-checkout add`, or look at everything with `git sparse-checkout disable`"
    )]
    LeftOut(RepoPath),
    /// Records that may point at what goes are left out of the working tree.
    #[error(
        "{0} records are left out by the sparse checkout, and what they link to could not be followed: run `git sparse-checkout disable` first"
    )]
    OutOfSight(usize),
    /// Files of which a merge, a stash or a checkout left several versions.
    #[error("{}: git has several versions of it and waits for a decision: mend the file, then `git add` it", paths(.0))]
    Unmerged(Vec<RepoPath>),
    /// Nothing to undo or redo.
    #[error("{0}")]
    Nothing(&'static str),
    /// The file that an import was worked out from is another one now.
    #[error("{0} has changed since it was read, so nothing was imported: read it again")]
    SourceChanged(String),
    /// Files could not be written.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// The commit was refused; the files are put back.
    #[error(transparent)]
    Git(#[from] GitError),
}

impl ChangeError {
    /// The field of a record that stands in the way.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Stale { field, .. } => field.split('.').next(),
            Self::Invalid { findings, .. } => findings.first().and_then(Finding::field),
            _ => None,
        }
    }
}

fn said(findings: &[Finding]) -> String {
    let one = |f: &Finding| match &f.suggestion {
        Some(s) => format!("{}: did you mean '{s}'?", f.message),
        None => f.message.clone(),
    };
    findings.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn paths(paths: &[RepoPath]) -> String {
    paths.iter().map(RepoPath::as_str).collect::<Vec<_>>().join(", ")
}

fn list(refs: &[Ref]) -> String {
    let shown: Vec<_> = refs.iter().take(3).map(ToString::to_string).collect();
    match refs.len() {
        n if n > 3 => format!("{} and {} more", shown.join(", "), n - 3),
        _ => shown.join(", "),
    }
}
