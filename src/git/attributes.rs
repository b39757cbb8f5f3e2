//! Whether attributes change what a file holds on its way into the repository.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use super::{GitError, Repo};
use crate::base::RepoPath;

/// Attributes that change a file's content in ways libgit2 does not know.
const FILTERS: &[&str] = &["filter", "ident", "working-tree-encoding"];

/// The library looks at every file that may set an attribute for each path anew; from so many paths on git is quicker.
const MANY: usize = 100;

/// The file in any folder that says which files have which attributes.
const NAME: &str = ".gitattributes";

impl Repo {
    /// Whether a filter, an encoding or `$Id$` applies to one of the files.
    ///
    /// libgit2 reads the whole index to answer that, which in a large repository takes many times longer than a commit
    /// does; so it is only asked where some file of attributes has such a word in it.
    pub(super) fn filters_any<'a>(
        &self,
        config: &git2::Config,
        paths: impl IntoIterator<Item = &'a RepoPath>,
    ) -> Result<bool, GitError> {
        let paths: Vec<&RepoPath> = paths.into_iter().collect();
        let named = self.outside_attributes(config).iter().any(|file| mentions_filters(file))
            || self.folders_mention_filters(&paths)?;
        if !named {
            return Ok(false);
        }
        // Where git does not answer, the library does.
        let asked = if paths.len() >= MANY { self.git_says(&paths).ok() } else { None };
        Ok(asked.unwrap_or_else(|| paths.iter().any(|path| self.attributes_say(path))))
    }

    /// Asks git for all of them at once.
    fn git_says(&self, paths: &[&RepoPath]) -> Result<bool, GitError> {
        let text: String = paths.iter().flat_map(|path| [path.as_str(), "\0"]).collect();
        let git = self.run_git("check-attr").args(["--stdin", "-z"]).args(FILTERS);
        let told = git.run(Some(text.as_bytes()))?;
        // A path, an attribute and its value, and so on.
        let mut values = told.split(|byte| *byte == 0).skip(2).step_by(3);
        Ok(values.any(|value| !matches!(value, b"unspecified" | b"unset")))
    }

    fn attributes_say(&self, path: &RepoPath) -> bool {
        let flags = git2::AttrCheckFlags::FILE_THEN_INDEX;
        FILTERS.iter().any(|name| {
            let value = self.git.get_attr_bytes(path.as_str().as_ref(), name, flags).ok().flatten();
            !matches!(
                git2::AttrValue::always_bytes(value),
                git2::AttrValue::Unspecified | git2::AttrValue::False
            )
        })
    }

    /// The attributes of the folders the files are in, up to the root. Where the working tree does not have the file of
    /// a folder, git takes the committed one.
    fn folders_mention_filters(&self, paths: &[&RepoPath]) -> Result<bool, GitError> {
        let above = |path: &RepoPath| std::iter::successors(path.parent(), RepoPath::parent);
        let folders: BTreeSet<RepoPath> = paths.iter().flat_map(|path| above(path)).collect();
        let names = folders.iter().map(|folder| folder.join(NAME)).chain([RepoPath::new(NAME)]);
        let tree = self.head_tree()?;
        for name in names.flatten() {
            let file = name.to_path(self.root());
            let there = fs::symlink_metadata(&file).is_ok();
            if there && mentions_filters(&file) || !there && self.blob_in(tree.as_ref(), &name)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The files of attributes outside the working tree: the repository's own, the user's and the machine's.
    fn outside_attributes(&self, config: &git2::Config) -> Vec<PathBuf> {
        let mut files = vec![self.common_dir().join("info/attributes")];
        if self.environment().outside_config {
            let home = env::var_os("HOME").map(|home| Path::new(&home).join(".config"));
            let user = env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).or(home);
            files.extend(user.map(|folder| folder.join("git/attributes")));
            files.push("/etc/gitattributes".into());
        }
        files.extend(config.get_path("core.attributesFile"));
        files
    }
}

/// Whether one of the words is in the file; it may mean something else, but not the other way round.
fn mentions_filters(file: &Path) -> bool {
    let text = fs::read(file).unwrap_or_default();
    FILTERS.iter().any(|name| text.windows(name.len()).any(|part| part == name.as_bytes()))
}
