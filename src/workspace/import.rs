//! An import that was worked out, carried out: one change, and what stays out as a file to be mended.

use super::{Applied, ChangeError, Workspace};
use crate::disk::{DiskError, Stamp, outside};
use crate::model::ChangeSet;
use std::path::{Path, PathBuf};

/// An import that was worked out.
#[derive(Debug, Clone)]
pub struct Import {
    /// The change it comes to.
    pub set: ChangeSet,
    /// The file it was worked out from, which must still be as it was then, if that matters.
    pub source: Option<(PathBuf, Stamp)>,
    /// What stays out, if anything does.
    pub rejects: Option<Rejects>,
}

/// Rows that stay out.
#[derive(Debug, Clone)]
pub struct Rejects {
    /// The name of the file they come from.
    pub file: String,
    /// How many they are.
    pub count: usize,
    /// They, as a file of their own.
    pub text: Vec<u8>,
}

/// An import that was carried out.
#[derive(Debug)]
pub struct Imported {
    /// The change.
    pub applied: Applied,
    /// Where what stays out was put. That it could not be is no reason to take the change back.
    pub rejects: Option<Result<PathBuf, DiskError>>,
}

/// The folder under Kontor's own, in the git directory and never committed, for rows that stay out.
const REJECTS: &str = "rejects";

impl Workspace {
    /// Makes the change of an import and keeps what stays out. `told` hears how many files have been written, and of
    /// how many.
    ///
    /// # Errors
    /// When the file is another one now, or anything stands in the way of the change; then nothing has been written.
    pub fn import(
        &mut self,
        import: &Import,
        told: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Imported, ChangeError> {
        if let Some((path, stamp)) = &import.source
            && !outside::is_unchanged(path, *stamp)
        {
            let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            return Err(ChangeError::SourceChanged(name));
        }
        let applied = self.apply_telling(&import.set, &[], told)?;
        let keep = |rejects: &Rejects| self.keep_rejects(&rejects.file, &rejects.text);
        Ok(Imported { applied, rejects: import.rejects.as_ref().map(keep) })
    }

    /// Keeps the rows of a file that stay out, beside those of earlier imports, and says where.
    ///
    /// # Errors
    /// When they can't be written.
    pub fn keep_rejects(&self, file: &str, text: &[u8]) -> Result<PathBuf, DiskError> {
        let stem = Path::new(file).file_stem().map_or_else(|| file.into(), |stem| stem.to_string_lossy());
        outside::save_beside(&self.repo.state_folder().join(REJECTS).join(format!("{stem}.csv")), text)
    }

    /// Whether a file at this place would be taken for a record or a schema.
    pub fn is_among_records(&self, path: &Path) -> bool {
        let place = outside::real(path);
        let below = place.parent().and_then(|folder| folder.strip_prefix(self.root.path()).ok());
        let first = below.and_then(|below| below.components().next());
        let Some(first) = first.and_then(|first| first.as_os_str().to_str()) else { return false };
        first == "schema" || self.book.schema().types().iter().any(|ty| ty.folder.as_str() == first)
    }
}
