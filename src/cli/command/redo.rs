//! `kontor redo`: takes back an undo.

use super::{DONE, Done};
use crate::cli::format::FormatArg;
use crate::cli::session::Session;
use clap::Args;

/// Take back the last undo
#[derive(Debug, Args)]
pub struct Redo {
    #[command(flatten)]
    format: FormatArg,
}

impl Redo {
    /// Takes it back.
    pub fn run(self, session: &mut Session<'_>) -> Done {
        let mut workspace = session.open()?;
        let applied = workspace.redo()?;
        session.tell_applied(&workspace, &applied, self.format)?;
        Ok(DONE)
    }
}
