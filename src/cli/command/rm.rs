//! `kontor rm`: records go.

use super::{DONE, Done};
use crate::actions::{Input, records};
use crate::base::Ref;
use crate::cli::Failure;
use crate::cli::find::references;
use crate::cli::format::FormatArg;
use crate::cli::session::Session;
use crate::model::Book;
use crate::workspace::ChangeError;
use clap::Args;

/// Delete records
///
/// Refuses where other records point at them. `kontor undo` brings them back.
#[derive(Debug, Args)]
pub struct Rm {
    /// The records
    #[arg(value_name = "REF", required = true)]
    refs: Vec<String>,
    /// Empty the links that other records have to them
    #[arg(long)]
    unlink: bool,
    #[command(flatten)]
    format: FormatArg,
}

impl Rm {
    /// Deletes them, in one commit.
    pub fn run(self, session: &mut Session<'_>) -> Done {
        let mut workspace = session.open()?;
        let targets = references(session, &workspace, &self.refs)?;
        if !self.unlink {
            refuse_linked(&workspace.book(), &targets)?;
        }
        let input = Input { confirmed: true, ..Input::default() };
        let applied = session.act(&mut workspace, &records::delete::ACTION, &targets, &input)?;
        session.tell_applied(&workspace, &applied, self.format)?;
        Ok(DONE)
    }
}

fn refuse_linked(book: &Book, targets: &[Ref]) -> Result<(), Failure> {
    for reference in targets {
        let mut from: Vec<Ref> = book.backlinks(reference).iter().map(|link| link.from.clone()).collect();
        from.retain(|r| !targets.contains(r));
        from.sort();
        from.dedup();
        if !from.is_empty() {
            let error = ChangeError::StillLinked { reference: reference.clone(), from };
            return Err(Failure::from(error).hint("--unlink does that"));
        }
    }
    Ok(())
}
