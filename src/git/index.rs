//! Keeping git's index in step with our commits, off the path of whoever saves.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use git2::{ErrorCode, IndexEntry, IndexTime, ObjectType, Oid};

use super::commit::{PATIENCE, locked, pause};
use super::error::Doing;
use super::holding::Held;
use super::tree::Files;
use super::{GitError, Repo};
use crate::base::RepoPath;

impl Repo {
    /// Notes that the index will be behind for these files, so that even after a crash it is brought up to date.
    pub(super) fn note_pending<'a>(
        &self,
        paths: impl IntoIterator<Item = &'a RepoPath>,
    ) -> Result<(), GitError> {
        let place = self.pending();
        let text: String = paths.into_iter().flat_map(|path| [path.as_str(), "\0"]).collect();
        let written = fs::create_dir_all(self.state_folder())
            .and_then(|()| fs::OpenOptions::new().create(true).append(true).open(&place))
            .and_then(|mut file| file.lock().and_then(|()| file.write_all(text.as_bytes())));
        written.map_err(|source| GitError::Io { path: place, source })
    }

    /// Whether commits have been made that the index does not know of yet.
    pub fn index_is_behind(&self) -> bool {
        // The note stays when it is empty: a file that others wait to write to must not be removed.
        fs::metadata(self.pending()).is_ok_and(|note| note.len() > 0) || self.taken().exists()
    }

    /// Brings the index up to date for the files of all commits made so far, and leaves the rest of it alone.
    pub fn refresh_index(&self) -> Result<(), GitError> {
        if !self.index_is_behind() {
            return Ok(());
        }
        let _turn = self.turn()?;
        let paths = self.take_pending()?;
        if !paths.is_empty() {
            self.refresh(&paths)?;
        }
        let taken = self.taken();
        remove(&taken).map_err(|source| GitError::Io { path: taken, source })
    }

    /// One Kontor at a time refreshes the index; libgit2 reads it before it locks it.
    fn turn(&self) -> Result<File, GitError> {
        let place = self.state_folder().join("index-turn");
        let opened = fs::OpenOptions::new().create(true).truncate(false).write(true).open(&place);
        let locked = opened.and_then(|file| file.lock().map(|()| file));
        locked.map_err(|source| GitError::Io { path: place, source })
    }

    /// Moves what is noted to where commits made meanwhile don't add to it.
    fn take_pending(&self) -> Result<BTreeSet<RepoPath>, GitError> {
        let (pending, taken) = (self.pending(), self.taken());
        let io = |path: &PathBuf| {
            let path = path.clone();
            move |source| GitError::Io { path, source }
        };
        let mut paths = read_paths(&taken).map_err(io(&taken))?;
        let note = match fs::OpenOptions::new().read(true).write(true).open(&pending) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(paths),
            opened => opened.map_err(io(&pending))?,
        };
        note.lock().map_err(io(&pending))?;
        paths.extend(read_paths(&pending).map_err(io(&pending))?);
        let text: String = paths.iter().flat_map(|path| [path.as_str(), "\0"]).collect();
        fs::write(&taken, text).map_err(io(&taken))?;
        note.set_len(0).map_err(io(&pending))?;
        Ok(paths)
    }

    fn refresh(&self, paths: &BTreeSet<RepoPath>) -> Result<(), GitError> {
        let lock = self.git_dir().join("index.lock");
        let since = Instant::now();
        self.remove_if_orphaned(Held::Index, &lock);
        loop {
            match self.refresh_by_library(paths) {
                Err(GitError::Library { source, .. }) if source.code() == ErrorCode::Locked => {
                    if since.elapsed() >= PATIENCE {
                        return Err(locked(&lock));
                    }
                    pause();
                }
                // Split and sparse indexes are beyond libgit2.
                Err(GitError::Library { .. }) => return self.refresh_by_git(paths),
                done => return done,
            }
        }
    }

    fn refresh_by_library(&self, paths: &BTreeSet<RepoPath>) -> Result<(), GitError> {
        const DOING: &str = "updating the index";
        let tree = self.head_tree()?;
        let mut index = self.git.index().doing(DOING)?;
        index.read(true).doing(DOING)?;
        let mut files = Files::of(self, tree.as_ref());
        // To look for one goes through the whole index.
        let has_conflicts = index.has_conflicts();
        for path in paths {
            let place: &Path = path.as_str().as_ref();
            if has_conflicts {
                let _ = index.conflict_remove(place);
            }
            match files.blob(path)? {
                Some((blob, mode)) => index.add(&self.index_entry(path, blob, mode)).doing(DOING)?,
                None if index.get_path(place, 0).is_some() => index.remove(place, 0).doing(DOING)?,
                None => {}
            }
        }
        let _holding = self.holding(Held::Index, &self.git_dir().join("index.lock"))?;
        index.write().doing(DOING)
    }

    /// The entry for a committed file. It carries the file's stamp if the file is the committed one, so that git
    /// need not read it again.
    fn index_entry(&self, path: &RepoPath, id: Oid, mode: i32) -> IndexEntry {
        let mut entry = IndexEntry {
            ctime: IndexTime::new(0, 0),
            mtime: IndexTime::new(0, 0),
            dev: 0,
            ino: 0,
            mode: mode as u32,
            uid: 0,
            gid: 0,
            file_size: 0,
            id,
            flags: 0,
            flags_extended: 0,
            path: path.as_str().as_bytes().to_vec(),
        };
        let place = path.to_path(self.root());
        let before = fs::symlink_metadata(&place).ok().filter(fs::Metadata::is_file);
        let content = before.as_ref().and_then(|_| fs::read(&place).ok());
        let same = content
            .is_some_and(|content| Oid::hash_object(ObjectType::Blob, &content).is_ok_and(|hash| hash == id));
        if let Some(metadata) = before.filter(|_| same) {
            stamp(&mut entry, &metadata);
        }
        entry
    }

    fn refresh_by_git(&self, paths: &BTreeSet<RepoPath>) -> Result<(), GitError> {
        let text: String = paths.iter().flat_map(|path| [path.as_str(), "\0"]).collect();
        let git =
            self.run_git_on_files("reset")?.args(["-q", "--pathspec-from-file=-", "--pathspec-file-nul"]);
        git.run(Some(text.as_bytes())).map(drop)
    }

    fn pending(&self) -> PathBuf {
        self.state_folder().join("index-behind")
    }

    fn taken(&self) -> PathBuf {
        self.state_folder().join("index-behind.taken")
    }
}

#[cfg(unix)]
fn stamp(entry: &mut IndexEntry, metadata: &fs::Metadata) {
    use std::os::unix::fs::MetadataExt;
    // The index keeps 32 bits of each, as does git.
    entry.ctime = IndexTime::new(metadata.ctime() as i32, metadata.ctime_nsec() as u32);
    entry.mtime = IndexTime::new(metadata.mtime() as i32, metadata.mtime_nsec() as u32);
    entry.dev = metadata.dev() as u32;
    entry.ino = metadata.ino() as u32;
    entry.uid = metadata.uid();
    entry.gid = metadata.gid();
    entry.file_size = metadata.len() as u32;
}

#[cfg(not(unix))]
fn stamp(_: &mut IndexEntry, _: &fs::Metadata) {}

fn read_paths(place: &Path) -> std::io::Result<BTreeSet<RepoPath>> {
    match fs::read_to_string(place) {
        // A path cut short by a crash was of a commit that was not made.
        Ok(text) => Ok(text.split_terminator('\0').filter_map(|path| path.parse().ok()).collect()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(error) => Err(error),
    }
}

fn remove(place: &Path) -> std::io::Result<()> {
    match fs::remove_file(place) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
