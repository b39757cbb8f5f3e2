//! `kontor mv`: a record gets another id.

use super::{DONE, Done};
use crate::actions::{Input, records};
use crate::cli::find::to_change;
use crate::cli::format::FormatArg;
use crate::cli::session::Session;
use clap::Args;

/// Give a record another id, and rewrite every link to it
#[derive(Debug, Args)]
pub struct Mv {
    /// The record
    #[arg(value_name = "REF")]
    reference: String,
    /// Its new id: a-z, 0-9 and -
    #[arg(value_name = "NEW-ID")]
    id: String,
    #[command(flatten)]
    format: FormatArg,
}

impl Mv {
    /// Renames it, in one commit with all links to it.
    pub fn run(self, session: &mut Session<'_>) -> Done {
        let mut workspace = session.open()?;
        let from = to_change(session, &workspace, &self.reference)?;
        let input = Input::answer(&self.id);
        let applied = session.act(&mut workspace, &records::rename::ACTION, &[from], &input)?;
        session.tell_applied(&workspace, &applied, self.format)?;
        Ok(DONE)
    }
}
