//! `kontor set`: fields of records.

use super::{DONE, Done};
use crate::actions::{Input, assign, records};
use crate::cli::Failure;
use crate::cli::find::references;
use crate::cli::format::FormatArg;
use crate::cli::session::{Session, context};
use clap::Args;

/// Change fields of records, in one commit
#[derive(Debug, Args)]
pub struct Set {
    /// The records, then the changes: `stage=proposal tags+=pilot tags-=old next_step=`
    #[arg(value_name = "REF… FIELD=VALUE…", required = true)]
    words: Vec<String>,
    #[command(flatten)]
    format: FormatArg,
}

impl Set {
    /// Changes the fields.
    pub fn run(self, session: &mut Session<'_>) -> Done {
        let (changes, refs): (Vec<_>, Vec<_>) = self.words.into_iter().partition(|word| word.contains('='));
        if refs.is_empty() {
            return Err(
                Failure::usage("usage", "no record is named").hint("write `kontor set REF… FIELD=VALUE…`")
            );
        }
        if changes.is_empty() {
            return Err(
                Failure::usage("usage", "no change is named").hint("write `kontor set REF… FIELD=VALUE…`")
            );
        }
        let mut workspace = session.open()?;
        let targets = references(session, &workspace, &refs)?;
        let fields = assign::for_targets(&context(&workspace, &workspace.book(), &targets), &changes)?;
        let input = Input { fields, ..Input::default() };
        let applied = session.act(&mut workspace, &records::set::ACTION, &targets, &input)?;
        session.tell_applied(&workspace, &applied, self.format)?;
        Ok(DONE)
    }
}
