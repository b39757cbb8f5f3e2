//! A workspace to look at and to play with: the sample with a history, or any number of made-up records.

mod shift;

use std::collections::BTreeMap;

use crate::base::RepoPath;

/// Files by their place in the repository.
pub type Files = BTreeMap<RepoPath, Vec<u8>>;
