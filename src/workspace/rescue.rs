//! A hand edit that a change would overwrite is committed first, by itself: whoever made it finds it in the history.

use super::apply::COMPARED;
use super::draft::ATTACHMENTS;
use super::hand::Edited;
use super::load::record;
use super::{ChangeError, Workspace};
use crate::base::Now;
use crate::disk::FileChange;
use crate::git::{Head, Identity};
use crate::model::diff::diff;
use crate::model::edit::value_at;
use crate::model::{Fields, Record};

impl Workspace {
    /// Commits those of the files, as they are on the disk, that hold an uncommitted value which is gone once they
    /// are written. They are committed whether they keep the rules or not: the change that follows may be what puts
    /// them right.
    ///
    /// Gives the head the change is to be committed on.
    ///
    /// # Errors
    /// When git refuses; then nothing has been done.
    pub(super) fn rescue(
        &self,
        files: &[FileChange],
        who: &Identity,
        now: Now,
        planned: Head,
    ) -> Result<Head, ChangeError> {
        let head = planned.commit();
        // Many files are looked up at once instead of one by one.
        let edited = if files.len() > COMPARED { Some(self.hand_edited()?) } else { None };
        let mut found = Vec::new();
        let records = files.iter().filter(|f| f.path.first() != ATTACHMENTS);
        for file in records.filter(|f| edited.as_ref().is_none_or(|edited| edited.contains(&f.path))) {
            let Some(new) = self.root.read(&file.path)? else { continue };
            let old = head.map(|head| self.repo.content_at(&head, &file.path)).transpose()?.flatten();
            let moved = file.content.is_none() && files.iter().any(|f| f.content.as_ref() == Some(&new));
            if old.as_ref() != Some(&new) && !moved && self.loses(file, old.as_deref(), &new) {
                found.push(Edited { path: file.path.clone(), old, new: Some(new) });
            }
        }
        match found.is_empty() {
            true => Ok(planned),
            false => {
                self.commit_edited(found, who, now, &planned)?;
                Ok(self.repo.settled_head()?)
            }
        }
    }

    /// Whether a value that the file holds now, and did not when it was committed, is another after the change.
    fn loses(&self, file: &FileChange, committed: Option<&[u8]>, now: &[u8]) -> bool {
        let read = |bytes: &[u8]| record(self.book.schema(), &file.path, bytes).ok();
        let fields =
            |bytes: Option<&[u8]>| bytes.and_then(read).map_or(Fields::default(), |r: Record| r.fields);
        let after = fields(file.content.as_deref());
        let by_hand = diff(&fields(committed), &fields(Some(now)));
        file.content.is_none() || by_hand.iter().any(|change| *value_at(&after, &change.path) != change.new)
    }
}
