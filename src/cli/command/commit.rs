//! `kontor commit`: what was edited by hand.

use super::{DONE, Done, FOUND_PROBLEMS};
use crate::cli::format::FormatArg;
use crate::cli::line::{Ink, Line};
use crate::cli::session::{Session, applied_json, settle};
use clap::Args;
use serde_json::json;

/// Commit what was edited by hand
///
/// The message is made from the fields that changed. Files with errors are held back and told; then the exit code is 1. Where git
/// waits for a decision on a record, nothing is committed and the exit code is 3.
#[derive(Debug, Args)]
pub struct Commit {
    #[command(flatten)]
    format: FormatArg,
}

impl Commit {
    /// Commits it.
    pub fn run(self, session: &mut Session<'_>) -> Done {
        let mut workspace = session.open()?;
        workspace.refuse_unmerged()?;
        let edited = workspace.hand_edited()?;
        let done = workspace.commit_by_hand(&edited)?;
        settle(&workspace)?;
        let held_back = &done.held_back;
        if self.format.is_json() {
            let mut told = done
                .applied
                .as_ref()
                .map_or_else(|| json!({"commit": null, "subject": null, "refs": []}), applied_json);
            told["held_back"] = held_back.iter().map(super::check::as_json).collect();
            session.out.json(&told)?;
        } else {
            match &done.applied {
                Some(applied) => session.tell_commit(applied)?,
                None if held_back.is_empty() => {
                    session
                        .out
                        .say(crate::tr!("nothing to commit: the files are as in the newest commit"))?;
                }
                None => {}
            }
            for problem in held_back {
                let line = Line::new().ink(Ink::Bad, crate::tr!("held back: "));
                session.out.line(&line.text(problem.to_string()))?;
            }
        }
        Ok(if held_back.is_empty() { DONE } else { FOUND_PROBLEMS })
    }
}
