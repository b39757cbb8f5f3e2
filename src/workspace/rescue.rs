//! A hand edit in a file that a change writes is committed first, by itself: whoever made it finds it in the history, and
//! undo stops at it.

use super::apply::COMPARED;
use super::draft::ATTACHMENTS;
use super::hand::Edited;
use super::{ChangeError, Workspace};
use crate::base::Now;
use crate::disk::FileChange;
use crate::git::{Head, Identity};

impl Workspace {
    /// Commits those of the files, as they are on the disk, that hold what is not committed: to take the change back
    /// later is not to take that back too. They are committed whether they keep the rules or not: the change that
    /// follows may be what puts them right.
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
            if old.as_ref() != Some(&new) {
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
}
