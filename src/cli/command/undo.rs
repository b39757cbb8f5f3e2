//! `kontor undo`: takes back what was done, as a new commit.

use super::{DONE, Done};
use crate::cli::Failure;
use crate::cli::format::FormatArg;
use crate::cli::session::Session;
use clap::Args;

/// Take back your last action, or the one of a commit
///
/// It is a new commit; nothing is rewritten. Several in a row go further back. Where a later change touched the same
/// fields nothing happens, and the exit code is 3.
#[derive(Debug, Args)]
pub struct Undo {
    /// Take back this commit, whoever made it
    #[arg(value_name = "COMMIT")]
    commit: Option<String>,
    #[command(flatten)]
    format: FormatArg,
}

impl Undo {
    /// Takes it back.
    pub fn run(self, session: &mut Session<'_>) -> Done {
        let mut workspace = session.open()?;
        let commit = match &self.commit {
            None => None,
            Some(name) => {
                let missing = || {
                    Failure::problem("no-such-commit", format!("there is no commit '{name}'"))
                        .hint("`kontor log` lists them")
                };
                Some(workspace.repo().resolve(name)?.ok_or_else(missing)?)
            }
        };
        let applied = workspace.undo(commit)?;
        session.tell_applied(&workspace, &applied, self.format)?;
        Ok(DONE)
    }
}
