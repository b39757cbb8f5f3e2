//! A tree with some files changed.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use git2::{FileMode, ObjectType, Oid, Tree};

use super::error::Doing;
use super::{GitError, Repo};
use crate::base::RepoPath;

/// A file to set to a blob, or to delete.
pub(super) type Edit<'a> = (&'a RepoPath, Option<Oid>);

impl Repo {
    /// The tree that `base` becomes by the edits. Folders come and go with their files. All trees that are written for
    /// it are added to `written`.
    pub(super) fn edited_tree(
        &self,
        base: Option<&Tree<'_>>,
        edits: &[Edit<'_>],
        written: &mut Vec<Oid>,
    ) -> Result<Oid, GitError> {
        let edits: Vec<_> = edits.iter().map(|&(path, blob)| (path.as_str(), path, blob)).collect();
        if let Some(tree) = self.edited_folder(base, &edits, written)? {
            return Ok(tree);
        }
        let empty = self.git.treebuilder(None).and_then(|empty| empty.write()).doing("writing a tree")?;
        written.push(empty);
        Ok(empty)
    }

    /// The same below one folder, for edits given by the rest of their path; none if no file is left.
    fn edited_folder(
        &self,
        base: Option<&Tree<'_>>,
        edits: &[(&str, &RepoPath, Option<Oid>)],
        written: &mut Vec<Oid>,
    ) -> Result<Option<Oid>, GitError> {
        const DOING: &str = "writing a tree";
        let mut builder = self.git.treebuilder(base).doing(DOING)?;
        let mut folders: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for &(rest, path, blob) in edits {
            if let Some((folder, rest)) = rest.split_once('/') {
                folders.entry(folder).or_default().push((rest, path, blob));
                continue;
            }
            let now = builder.get(rest).doing(DOING)?.map(|entry| (entry.kind(), entry.filemode()));
            let mode = match now {
                None => FileMode::Blob,
                Some((Some(ObjectType::Blob), mode)) if mode != i32::from(FileMode::Link) => match mode {
                    mode if mode == i32::from(FileMode::BlobExecutable) => FileMode::BlobExecutable,
                    _ => FileMode::Blob,
                },
                // Deleting the file where a folder is now: the file is gone already.
                Some((Some(ObjectType::Tree), _)) if blob.is_none() => continue,
                Some(_) => return Err(GitError::NotAFile { path: path.clone() }),
            };
            match blob {
                Some(blob) => drop(builder.insert(rest, blob, mode.into()).doing(DOING)?),
                None if now.is_some() => builder.remove(rest).doing(DOING)?,
                None => {}
            }
        }
        for (folder, edits) in folders {
            let now = builder.get(folder).doing(DOING)?.map(|entry| (entry.kind(), entry.id()));
            let below = match now {
                None => None,
                Some((Some(ObjectType::Tree), id)) => Some(self.git.find_tree(id).doing(DOING)?),
                // A file, link or submodule is in the way, unless there is nothing to put below it.
                Some(_) if edits.iter().all(|(_, _, blob)| blob.is_none()) => continue,
                Some(_) => return Err(GitError::NotAFile { path: edits[0].1.clone() }),
            };
            match self.edited_folder(below.as_ref(), &edits, written)? {
                Some(tree) => drop(builder.insert(folder, tree, FileMode::Tree.into()).doing(DOING)?),
                None if now.is_some() => builder.remove(folder).doing(DOING)?,
                None => {}
            }
        }
        if builder.is_empty() {
            return Ok(None);
        }
        let tree = builder.write().doing(DOING)?;
        written.push(tree);
        Ok(Some(tree))
    }

    /// The blob a tree has at a path; none if it has none.
    pub(super) fn blob_in(&self, tree: Option<&Tree<'_>>, path: &RepoPath) -> Result<Option<Oid>, GitError> {
        Ok(Files::of(self, tree).blob(path)?.map(|(id, _)| id))
    }
}

/// The files of a tree, for looking up many of them: libgit2 would read a large folder anew for each, and a folder of
/// 5,000 files takes a millisecond to read.
pub(super) struct Files<'a> {
    repo: &'a Repo,
    top: Option<&'a Tree<'a>>,
    /// Folders below the top that were looked for.
    read: BTreeMap<RepoPath, Option<Tree<'a>>>,
}

impl<'a> Files<'a> {
    /// Those of this tree; without a tree there are none.
    pub fn of(repo: &'a Repo, tree: Option<&'a Tree<'a>>) -> Self {
        Files { repo, top: tree, read: BTreeMap::new() }
    }

    /// The blob at a path with its mode; none if there is none.
    pub fn blob(&mut self, path: &RepoPath) -> Result<Option<(Oid, i32)>, GitError> {
        let Some(top) = self.top else { return Ok(None) };
        let folder = match path.parent() {
            None => Some(top),
            Some(folder) => match self.read.entry(folder) {
                Entry::Occupied(known) => known.into_mut().as_ref(),
                Entry::Vacant(new) => {
                    let found = folder_in(self.repo, top, new.key())?;
                    new.insert(found).as_ref()
                }
            },
        };
        let entry = folder.and_then(|folder| folder.get_name(path.file_name()));
        let blob = entry.filter(|entry| entry.kind() == Some(ObjectType::Blob));
        Ok(blob.map(|entry| (entry.id(), entry.filemode())))
    }
}

fn folder_in<'a>(repo: &'a Repo, top: &Tree<'_>, folder: &RepoPath) -> Result<Option<Tree<'a>>, GitError> {
    const DOING: &str = "reading a tree";
    match top.get_path(folder.as_str().as_ref()) {
        Ok(entry) if entry.kind() == Some(ObjectType::Tree) => {
            repo.git.find_tree(entry.id()).doing(DOING).map(Some)
        }
        // A file where a folder was looked for, or a submodule.
        Ok(_) => Ok(None),
        Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(None),
        Err(error) => Err(error).doing(DOING),
    }
}
