//! What a watch tells.

use crate::base::RepoPath;

/// Something may have changed: a hint to look, never a fact. What Kontor itself writes is noticed too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// These files.
    Changed(Vec<RepoPath>),
    /// HEAD or a branch moved: a commit, a pull, a switch to another branch.
    Refs,
    /// Anything. The first notice is always this, for what changed before the watch began.
    Rescan,
    /// The system can't tell us about changes, so there will be a [`Notice::Rescan`] every few seconds.
    Polling {
        /// Why, and what to do about it.
        reason: String,
    },
}
