//! The files that belong to a record: everything below `attachments/<folder>/<id>/`.
//!
//! They go where the record goes. A rename moves them along, but for those that git ignores, and to take it back moves
//! them back. A deletion removes those that git has as they are, so that undo brings them back; what only the disk has
//! stays.

use super::draft::ATTACHMENTS;
use super::message::ACTION;
use super::plan::Touched;
use super::{ChangeError, Workspace};
use crate::base::{Ref, RepoPath};
use crate::disk::{self, FileChange};
use crate::git::LogEntry;
use crate::model::{Change, create};

/// A file that goes elsewhere as it is.
struct Move {
    old: RepoPath,
    new: RepoPath,
    bytes: Vec<u8>,
}

/// How large a file of this path may be.
pub fn limit_of(path: &RepoPath) -> u64 {
    if path.first() == ATTACHMENTS { disk::MAX_ATTACHMENT_BYTES } else { disk::MAX_FILE_BYTES }
}

impl Workspace {
    /// The files attached to a record, sorted.
    pub fn attachments(&self, reference: &Ref) -> Vec<RepoPath> {
        folder_of(reference).map_or(Vec::new(), |folder| disk::files_below(&self.root, &folder))
    }

    /// What becomes of the attachments of records that were renamed or deleted.
    pub(super) fn attachment_changes(&self, touched: &[Touched]) -> Result<Vec<FileChange>, ChangeError> {
        let mut changes = Vec::new();
        for touched in touched {
            let Some(before) = &touched.before else { continue };
            match &touched.after {
                Some(after) if after.reference != before.reference => {
                    self.move_attachments(&before.reference, &after.reference, &mut changes)?;
                }
                None => self.drop_attachments(&before.reference, &mut changes)?,
                Some(_) => {}
            }
        }
        Ok(changes)
    }

    fn move_attachments(
        &self,
        from: &Ref,
        to: &Ref,
        changes: &mut Vec<FileChange>,
    ) -> Result<(), ChangeError> {
        for Move { old, new, bytes } in self.moves(from, to)? {
            changes.push(FileChange::delete(old).expecting(Some(bytes.clone())));
            changes.push(FileChange::write(new, bytes).expecting(None));
        }
        Ok(())
    }

    /// What moves when a record goes by another name: every attachment that git does not ignore.
    fn moves(&self, from: &Ref, to: &Ref) -> Result<Vec<Move>, ChangeError> {
        let mut moves = Vec::new();
        for old in self.attachments(from) {
            if self.repo.is_ignored(&old)? {
                continue;
            }
            let rest = old.as_str().strip_prefix(&format!("{ATTACHMENTS}/{from}/")).unwrap_or_default();
            let new = RepoPath::try_from(format!("{ATTACHMENTS}/{to}/{rest}").as_str());
            let (Ok(new), Some(bytes)) = (new, self.root.read_up_to(&old, disk::MAX_ATTACHMENT_BYTES)?)
            else {
                continue;
            };
            moves.push(Move { old, new, bytes });
        }
        Ok(moves)
    }

    /// The record to which a commit gave another id, by its names before and after it.
    pub(super) fn renamed_in(&self, entry: &LogEntry) -> Option<(Ref, Ref)> {
        let is_folder = |folder: &str| self.book.schema().types().iter().any(|t| t.folder.as_str() == folder);
        let named = |path: &RepoPath| create::reference_of(is_folder, path);
        let gone: Vec<_> =
            entry.changes.iter().filter(|c| c.new.is_none() && named(&c.path).is_some()).collect();
        let made: Vec<_> =
            entry.changes.iter().filter(|c| c.old.is_none() && named(&c.path).is_some()).collect();
        let ([gone], [made]) = (gone.as_slice(), made.as_slice()) else { return None };
        let (from, to) = (named(&gone.path)?, named(&made.path)?);
        let said = entry.message.trailer(ACTION).any(|a| matches!(a, "rename" | "undo" | "redo"));
        (from.folder == to.folder && from != to && (said || gone.old == made.new)).then_some((from, to))
    }

    /// What moves the attachments back when a rename is taken back: all that the record has now, whether git had them
    /// before or not. One whose old place is taken stays where it is.
    pub(super) fn attachments_back(&self, from: &Ref, to: &Ref) -> Result<Vec<Change>, ChangeError> {
        let mut changes = Vec::new();
        for Move { old, new, bytes } in self.moves(to, from)? {
            if self.root.stamp(&new)?.is_none() {
                changes.push(Change::Restore { path: new, content: Some(bytes) });
                changes.push(Change::Restore { path: old, content: None });
            }
        }
        Ok(changes)
    }

    fn drop_attachments(&self, reference: &Ref, changes: &mut Vec<FileChange>) -> Result<(), ChangeError> {
        let Some(head) = self.repo.head()?.commit() else { return Ok(()) };
        for path in self.attachments(reference) {
            let on_disk = self.root.read_up_to(&path, disk::MAX_ATTACHMENT_BYTES)?;
            if on_disk.is_some() && self.repo.content_at(&head, &path)? == on_disk {
                changes.push(FileChange::delete(path).expecting(on_disk));
            }
        }
        Ok(())
    }
}

fn folder_of(reference: &Ref) -> Option<RepoPath> {
    RepoPath::try_from(format!("{ATTACHMENTS}/{reference}").as_str()).ok()
}
